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
  // Most answers have nothing to hide from most users, and looking costs a tenth of copying.
  return has(hidden, data) ? without(hidden, data) : data;
}

function has(hidden: ReadonlySet<string>, data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  if (Array.isArray(data)) return data.some((element) => has(hidden, element));
  for (const member of hidden) if (member in data) return true;
  for (const value of Object.values(data)) if (typeof value === "object" && has(hidden, value)) return true;
  return false;
}

function without(hidden: ReadonlySet<string>, data: unknown): unknown {
  if (Array.isArray(data)) return data.map((element) => without(hidden, element));
  if (typeof data !== "object" || data === null) return data;
  const kept: [member: string, value: unknown][] = [];
  for (const [member, value] of Object.entries(data))
    if (!hidden.has(member)) kept.push([member, typeof value === "object" ? without(hidden, value) : value]);
  return Object.fromEntries(kept);
}
