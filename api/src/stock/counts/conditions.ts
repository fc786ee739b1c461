// What may be done with a count, and everything that stands against it.
import type { Issue, ProblemCode } from "../../contract/answer.ts";
import { quantityText } from "../../contract/decimal.ts";
import type { Principal } from "../../rights/principal.ts";
import type { Right } from "../../rights/rights.ts";
import { type ActionName, actionNames, type StockCount } from "./fields.ts";
import { differenceOf, type StoredCount } from "./read.ts";

/** The right that each action needs. */
export const rightOf = {
  update: "write-stock",
  approve: "approve-counts",
  cancel: "write-stock",
} as const satisfies Readonly<Record<ActionName, Right>>;

/** What is on hand of the products whose stock is kept, in units. */
export type OnHand = (product_id: number) => bigint | null;

/** What stands against an action, and what to do about it. */
interface Condition {
  readonly code: ProblemCode;
  readonly message: string;
  readonly what_to_do: string;
}

/** Every action with everything that stands against it, the rights of who asks among it. */
export function actionsOf(
  count: StoredCount,
  onHand: OnHand,
  { rights }: Principal,
): NonNullable<StockCount["actions"]> {
  return actionNames.map((action) => {
    const right = rightOf[action];
    const message = `You lack the right ${right}.`;
    const lacking: Condition = { code: "forbidden", message, what_to_do: "Ask who manages users for it." };
    const unmet = [...(rights.has(right) ? [] : [lacking]), ...unmetOf(action, count, onHand)];
    return { action, allowed: unmet.length === 0, unmet };
  });
}

/** The issues of a request that asks for an action all the same. */
export function actionIssues(action: ActionName, count: StoredCount, onHand: OnHand): readonly Issue[] {
  return unmetOf(action, count, onHand).map(({ code, message, what_to_do }) => ({
    ...{ pointer: "#", code, message: `${message} ${what_to_do}` },
  }));
}

function unmetOf(action: ActionName, { row, details }: StoredCount, onHand: OnHand): readonly Condition[] {
  const state = (message: string, what_to_do: string): Condition => ({ code: "state", message, what_to_do });
  if (row.status !== "open") return [state(`It is ${row.status}.`, "Make another count sheet.")];
  if (action !== "approve") return [];
  if (details.every(({ counted }) => counted === null))
    return [state("Nothing has been counted.", "Enter what was counted, or cancel the count.")];
  return details.flatMap((detail): Condition[] => {
    const difference = differenceOf(detail);
    if (difference === null || difference === 0n) return [];
    const [product, now] = [`product ${detail.product_id}`, onHand(detail.product_id)];
    if (now === null) return [state(`The stock of ${product} is not kept any more.`, "Take back what was counted.")];
    if (now + difference >= 0n) return [];
    const below = `The count of ${product} is ${quantityText(-difference)} below what was expected`;
    return [state(`${below}, but only ${quantityText(now)} is on hand now.`, "Count it again.")];
  });
}
