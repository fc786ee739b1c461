import type { Queryable } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import type { Issue } from "../contract/answer.ts";
import { changedMembers, membersSentBack } from "../contract/object.ts";
import type { OrderUpdate } from "./fields.ts";
import { includes, type StoredOrder, withIncludesOf } from "./read.ts";

/** An issue for each member of an update, or of its details, that only the server sets and that differs from the order. */
export async function sentBackIssues(
  db: Queryable,
  body: OrderUpdate,
  stored: StoredOrder,
  minorUnit: MinorUnit,
): Promise<readonly Issue[]> {
  const names: readonly string[] = membersSentBack(body);
  const details = body.order_details ?? [];
  if (names.length === 0 && details.every((detail) => membersSentBack(detail).length === 0)) return [];
  const wanted = new Set(includes.filter((name) => name === "details" || names.includes(name)));
  const current = await withIncludesOf(db, stored, wanted, minorUnit);
  const currentDetails = new Map(current.order_details?.map((detail) => [detail.id, detail]));
  const ofDetails = details.flatMap((detail, index) => {
    const known = detail.id === undefined ? {} : currentDetails.get(detail.id);
    // An unknown id is an issue of its own.
    if (known === undefined) return [];
    const place = `/order_details/${index}`;
    // What is promised changes without the order.
    return changedMembers(detail, known, place).filter(({ pointer }) => pointer !== `#${place}/promised_date`);
  });
  // So does what may be done with it.
  return [...changedMembers(body, current).filter(({ pointer }) => pointer !== "#/actions"), ...ofDetails];
}
