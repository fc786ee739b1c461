import type { Right } from "./rights.ts";

/** Members of answers that only who has a right may see. */
const shownBy: ReadonlyMap<Right, readonly string[]> = new Map([
  ["see-costs", ["standard_cost", "unit_cost", "extended_cost", "total_cost", "payment_amount"]],
  [
    "see-prices",
    [
      ...["list_price", "unit_price", "discount", "extended_price"],
      ...["subtotal", "taxes", "tax_breakdown", "shipping_fee", "order_total"],
    ],
  ],
  // What an order has of them.
  ["read-customers", ["customer"]],
  ["read-employees", ["employee"]],
  ["read-shippers", ["shipper"]],
]);
/** Hashes of states in a history: whoever may not see all of a state could try values until the hash is right. */
const hashes = ["hash", "previous_hash"] as const;

/** What a principal does not see. */
export interface View {
  /** The rights that are missing, so that equal reads of equal views can share an answer; empty for who sees everything. */
  readonly name: string;
  readonly hidden: ReadonlySet<string>;
}

export const everything: View = { name: "", hidden: new Set() };
const views = new Map<string, View>([["", everything]]);

/** The view that goes with these rights. Who sees no prices sees no costs either. */
export function viewOf(rights: ReadonlySet<Right>): View {
  const sees = (right: Right) => rights.has(right) && (right !== "see-costs" || rights.has("see-prices"));
  const missing = [...shownBy.keys()].filter((right) => !sees(right));
  const name = missing.join(" ");
  const view = views.get(name) ?? {
    name,
    hidden: new Set([...hashes, ...missing.flatMap((right) => shownBy.get(right) ?? [])]),
  };
  views.set(name, view);
  return view;
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
