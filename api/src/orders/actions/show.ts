// An order as one who asks for it sees it, with what that one may do with it.
import type { DateTime, Queryable } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import type { Right } from "../../rights/rights.ts";
import type { Order } from "../fields.ts";
import { type Includes, type StoredOrder, withIncludesOf } from "../read.ts";
import { promisesOf } from "../stock/promises.ts";
import { reportedActions } from "./conditions.ts";
import { situationOf } from "./situation.ts";

/** Whose order is shown, and to whom. */
export interface Asker {
  readonly company: Pick<CurrentCompany, "now" | "currency" | "terms">;
  readonly rights: ReadonlySet<Right>;
}

/** A stored order with its includes, `actions` and `promises` among them. */
export async function shownOrderTo(
  db: Queryable,
  stored: StoredOrder,
  wanted: Includes,
  { company, rights }: Asker,
): Promise<Order> {
  const order = await withIncludesOf(db, stored, wanted, company.currency.minorUnit);
  const promised = wanted.has("promises") ? await withPromises(db, stored, order, company.now()) : order;
  if (!wanted.has("actions")) return promised;
  return { ...promised, actions: reportedActions(await situationOf(db, stored, { company, rights }), rights) };
}

async function withPromises(db: Queryable, stored: StoredOrder, order: Order, now: DateTime): Promise<Order> {
  const promises = await promisesOf(db, stored, now);
  const promised = order.order_details?.map((detail) => ({
    ...detail,
    promised_date: promises.get(detail.id) ?? null,
  }));
  return promised === undefined ? order : { ...order, order_details: promised };
}
