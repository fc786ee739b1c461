/** A kind of resource: where it is on the web and in the database, and where the load leaves its marks. */
export interface Table {
  readonly path: string;
  /** Also what the audit calls it, in the plural. */
  readonly name: string;
  readonly audited: string;
  /** The column that holds the key of the request that made the row. */
  readonly birth: string;
  /** The columns that hold the key of the last write. */
  readonly marks: readonly string[];
}

const party = (name: string, audited: string): Table => ({
  path: `/api/${name}`,
  ...{ name, audited, birth: "job_title", marks: ["notes"] },
});

export const orders: Table = {
  path: "/api/orders",
  name: "orders",
  audited: "order",
  birth: "ship_zip_postal_code",
  marks: ["notes", "ship_city"],
};

export const tables: readonly Table[] = [
  orders,
  party("customers", "customer"),
  party("employees", "employee"),
  party("shippers", "shipper"),
  party("suppliers", "supplier"),
  {
    path: "/api/products",
    name: "products",
    audited: "product",
    birth: "quantity_per_unit",
    marks: ["description"],
  },
];

/** What a path names: one resource, or the collection when `id` is null. */
export function resourceOf(path: string): { readonly table: Table; readonly id: number | null } | null {
  const match = /^(\/api\/[a-z]+)(?:\/([0-9]+))?(?:\?|$)/.exec(path);
  const table = tables.find((known) => known.path === match?.[1]);
  if (match === null || table === undefined) return null;
  return { table, id: match[2] === undefined ? null : Number(match[2]) };
}

/** Columns that hold amounts, as ten-thousandths on SQLite. */
export const amountColumns: ReadonlySet<string> = new Set([
  ...["shipping_fee", "taxes", "tax_rate", "quantity", "unit_price", "discount"],
  ...["standard_cost", "list_price", "unit_cost", "payment_amount", "amount_due", "tax", "shipping"],
]);
