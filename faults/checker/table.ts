/** A resource: its path, its table, and the columns in which the load leaves the keys of its writes. */
export interface Table {
  readonly path: string;
  /** The table. */
  readonly name: string;
  /** The resource's name in the audit log. */
  readonly audited: string;
  /** The column with the key of the request that created the row. */
  readonly createKey: string;
  /** The columns with the key of the last write. */
  readonly writeKeys: readonly string[];
}

const contact = (name: string, audited: string): Table => ({
  path: `/api/${name}`,
  ...{ name, audited, createKey: "job_title", writeKeys: ["notes"] },
});

export const orders: Table = {
  path: "/api/orders",
  name: "orders",
  audited: "order",
  createKey: "ship_zip_postal_code",
  writeKeys: ["notes", "ship_city"],
};

export const tables: readonly Table[] = [
  orders,
  contact("customers", "customer"),
  contact("employees", "employee"),
  contact("shippers", "shipper"),
  contact("suppliers", "supplier"),
  {
    path: "/api/products",
    name: "products",
    audited: "product",
    createKey: "quantity_per_unit",
    writeKeys: ["description"],
  },
];

/** The resource that a path names; the collection when `id` is null. */
export function resourceOf(path: string): { readonly table: Table; readonly id: number | null } | null {
  const match = /^(\/api\/[a-z]+)(?:\/([0-9]+))?(?:\?|$)/.exec(path);
  const table = tables.find((known) => known.path === match?.[1]);
  if (match === null || table === undefined) return null;
  return { table, id: match[2] === undefined ? null : Number(match[2]) };
}

/** The decimal places of a column; null if it has no decimals. SQLite stores them as whole units of the last place. */
export function placesOf(column: string): number | null {
  return column === "tax_rate" ? 6 : amountColumns.has(column) ? 4 : null;
}

const amountColumns: ReadonlySet<string> = new Set([
  ...["shipping_fee", "taxes", "quantity", "unit_price", "discount"],
  ...["standard_cost", "list_price", "unit_cost", "payment_amount", "amount_due", "tax", "shipping"],
  ...["allocated", "shipped", "invoiced", "returned", "received"],
  ...["expected", "counted", "pack_quantity", "minimum_quantity"],
  ...["on_hand", "on_order", "back_ordered", "to_reorder"],
]);
