// Who may do what: the one table of rights and roles. Every route declares its right, or does not compile.

/** What a user may be. A user may have several roles, and has the rights of all of them. */
export const roles = [
  "viewer",
  "order-clerk",
  "warehouse",
  "purchasing",
  "approver",
  "accounts",
  "manager",
  "admin",
] as const;
export type Role = (typeof roles)[number];

const leaders = ["manager", "admin"] as const;
const everyone = roles;

/** Each right with the roles that have it. */
export const rights = {
  "read-orders": everyone,
  "write-orders": ["order-clerk", ...leaders],
  /** Sending goods out, and what is written on a shipment. */
  "ship-orders": ["order-clerk", "warehouse", ...leaders],
  "delete-orders": ["order-clerk", ...leaders],
  "export-orders": ["order-clerk", "accounts", ...leaders],
  "read-customers": everyone,
  "write-customers": ["order-clerk", "accounts", ...leaders],
  "read-products": everyone,
  "write-products": ["purchasing", ...leaders],
  "read-stock": everyone,
  /** Adjusting and counting. */
  "write-stock": ["warehouse", ...leaders],
  /** Making the stock what was counted. */
  "approve-counts": ["approver", ...leaders],
  "read-purchases": everyone,
  "write-purchases": ["purchasing", ...leaders],
  /** Never used by who submitted the purchase order. */
  "approve-purchases": ["approver", ...leaders],
  "receive-purchases": ["warehouse", "purchasing", ...leaders],
  "read-suppliers": everyone,
  "write-suppliers": ["purchasing", ...leaders],
  "read-employees": everyone,
  "write-employees": leaders,
  "read-shippers": everyone,
  "write-shippers": ["warehouse", ...leaders],
  "read-tax-rates": everyone,
  "write-tax-rates": ["accounts", ...leaders],
  "read-summary": ["viewer", "order-clerk", "purchasing", "approver", "accounts", ...leaders],
  "read-company": everyone,
  "write-company": ["admin"],
  "read-changes": leaders,
  "read-audit": leaders,
  "manage-users": ["admin"],
  // Rights to fields: who lacks them never gets the fields, in whatever answer.
  /** List prices, unit prices, amounts and totals. */
  "see-prices": ["viewer", "order-clerk", "purchasing", "approver", "accounts", ...leaders],
  /** Standard cost, purchase prices and margins. */
  "see-costs": ["purchasing", "approver", "accounts", ...leaders],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Right = keyof typeof rights;

/** Of a route that anybody may use, signed in or not, and of one that anybody may who is signed in. */
export type RouteRight = Right | "public" | "signed-in";

const all = Object.keys(rights).filter((name): name is Right => name in rights);

/** What these rights show is worth nothing without amounts: without the other right they count for nothing. */
const needed: ReadonlyMap<Right, Right> = new Map([
  ["export-orders", "see-prices"],
  // What is sent back is compared with what is stored.
  ["write-orders", "see-prices"],
  ["write-products", "see-prices"],
  ["read-summary", "see-prices"],
  ["write-purchases", "see-costs"],
  ["approve-purchases", "see-costs"],
  ["see-costs", "see-prices"],
]);

/** The right that this one needs beside it, or null. */
export function neededFor(right: Right): Right | null {
  return needed.get(right) ?? null;
}

/** The rights that these roles have together. */
export function rightsOf(given: readonly Role[]): ReadonlySet<Right> {
  return new Set(all.filter((right) => rights[right].some((role) => given.includes(role))));
}

const names = new WeakMap<ReadonlySet<Right>, string>();

/** A name that only the same rights have. */
export function nameOf(given: ReadonlySet<Right>): string {
  const known = names.get(given);
  if (known !== undefined) return known;
  const name = all.filter((right) => given.has(right)).join(" ");
  names.set(given, name);
  return name;
}

/** A user's roles, and how often the user's employee has the privilege of Purchase Approvals: once, or not at all. */
interface StoredRoles {
  readonly roles: string;
  readonly approvals: number | null;
}

/** The roles of a user. Who is an employee is an approver by the privilege, as in the original, and by nothing else. */
export function rolesOf({ roles: text, approvals }: StoredRoles): readonly Role[] {
  const stored = rolesIn(text);
  return (approvals ?? 0) > 0 && !stored.includes("approver") ? [...stored, "approver"] : stored;
}

/** The roles in a column; names that this version does not know count as none. */
export function rolesIn(text: string): readonly Role[] {
  const names = text.split(" ");
  return roles.filter((role) => names.includes(role));
}
