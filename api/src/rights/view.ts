import type { Right } from "./rights.ts";

/** Members of answers that only who sees costs may see. */
const costs = ["standard_cost"] as const;
/** Members of answers that only who sees prices may see. */
const prices = [
  ...["list_price", "unit_price", "discount", "extended_price"],
  ...["subtotal", "taxes", "tax_breakdown", "shipping_fee", "order_total"],
] as const;

/** What a principal does not see. There are three of them, so that equal reads of equal views can share an answer. */
export interface View {
  /** Empty for who sees everything. */
  readonly name: "" | "without costs" | "without prices";
  readonly hidden: ReadonlySet<string>;
}

export const everything: View = { name: "", hidden: new Set() };
const withoutCosts: View = { name: "without costs", hidden: new Set(costs) };
const withoutPrices: View = { name: "without prices", hidden: new Set([...costs, ...prices]) };

/** The view that goes with these rights. Who sees no prices sees no costs either. */
export function viewOf(rights: ReadonlySet<Right>): View {
  if (!rights.has("see-prices")) return withoutPrices;
  return rights.has("see-costs") ? everything : withoutCosts;
}

/** Data without what the view hides, at any depth: in lists, in what is included, and in the states of a history. */
export function seenIn({ hidden }: View, data: unknown): unknown {
  if (Array.isArray(data)) return data.map((element) => seenIn({ name: "", hidden }, element));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([member, value]) =>
      hidden.has(member) ? [] : [[member, seenIn({ name: "", hidden }, value)]],
    ),
  );
}
