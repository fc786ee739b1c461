/** The tasks of every contestant; each call gets its index. */
export const tasks = ["point read", "100 rows", "insert", "transaction"] as const;
export type Task = (typeof tasks)[number];

/** A way to use an engine. `against` names the bare driver to compare it with; null for a bare driver. */
export interface Contestant {
  readonly name: string;
  readonly against: string | null;
  readonly work: { readonly [task in Task]: (index: number) => unknown };
  close(): unknown;
}

/** The parameters of an insert: all columns but three are filled, as in most orders. */
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
  tax_rate: "0.082500",
  tax_status_id: null,
  status_id: 0,
} as const;

/** Orders are numbered from 1 without gaps; the first 500 are read and changed, one after the other. */
export function idOf(index: number): number {
  return 1 + (index % 500);
}

/** An amount that differs from call to call. */
export function feeOf(index: number): string {
  return `${10 + (index % 90)}.2500`;
}
