/** The work that every contestant does; each is given the number of the turn. */
export const tasks = ["point read", "100 rows", "insert", "transaction"] as const;
export type Task = (typeof tasks)[number];

/** A way to reach an engine. `with` names the bare driver that it is held against; a bare driver has none. */
export interface Contestant {
  readonly name: string;
  readonly against: string | null;
  readonly work: { readonly [task in Task]: (turn: number) => unknown };
  close(): unknown;
}

/** A parameter set of an insert: every column filled but three, as most orders are. */
export const newOrder = {
  employee_id: 1,
  customer_id: 2,
  order_date: "2025-01-10T09:30:00",
  shipped_date: "2025-01-12T00:00:00",
  shipper_id: 1,
  ship_name: "Karen Toh",
  ship_address: "789 27th Street",
  ship_city: "Las Vegas",
  ship_state_province: "NV",
  ship_zip_postal_code: "99999",
  ship_country_region: "USA",
  shipping_fee: "200.0000",
  taxes: "12.3400",
  payment_type: "Check",
  paid_date: "2025-01-11T00:00:00",
  notes: null,
  tax_rate: "0.0825",
  tax_status_id: null,
  status_id: 0,
} as const;

/** Orders are numbered from 1 without gaps; these are read and changed in turn. */
export function idOf(turn: number): number {
  return 1 + (turn % 500);
}

/** An amount that differs from turn to turn. */
export function feeOf(turn: number): string {
  return `${10 + (turn % 90)}.2500`;
}
