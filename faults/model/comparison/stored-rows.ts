import { openStores, type Store, type StoreAddress, text } from "../../database/store.ts";
import { type Company, type Json, type Resource, type Row, resourceTables, tables } from "../company.ts";
import { resourceForms } from "../resources.ts";
import type { Engine } from "./engine.ts";

/** Children before their parents. Reference tables stay. */
const emptied = [
  "audit_log",
  "idempotency_keys",
  ...["inventory_transactions", "order_return_details", "order_returns"],
  ...["shipment_details", "shipments", "invoices"],
  "order_details",
  "orders",
  ...["product_suppliers", "product_stock"],
  "products",
  "tax_rates",
  "customers",
  "employees",
  "shippers",
  "suppliers",
];

/** Opens the database directly. */
export async function openStore(address: StoreAddress): Promise<Store> {
  const [store] = await openStores(address);
  return store;
}

/** Empties the tables, so that a run begins where the model begins. */
export async function emptyStore(store: Store): Promise<void> {
  const known = await tableNames(store);
  for (const table of emptied) if (known.has(table)) await store.rows(`DELETE FROM ${table}`);
  for (const table of tables) {
    const [left] = await store.rows(`SELECT COUNT(*) AS count FROM ${table}`);
    if (text(left?.count) !== "0")
      throw new Error(`${store.name}: ${text(left?.count)} ${table} are left of ${[...known]}`);
  }
}

async function tableNames(store: Store): Promise<ReadonlySet<string>> {
  const sql =
    store.engine === "sqlite"
      ? "SELECT name AS name FROM sqlite_master WHERE type = 'table'"
      : "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()";
  return new Set((await store.rows(sql)).map(({ name }) => text(name)));
}

/** Every difference between the rows of the database and those of the model, ids and versions included. */
export async function rowDifferences(store: Store, engine: Engine, company: Company): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const columns = table === "order_details" ? detailColumns : columnsOf(table);
    const rows = await store.rows(`SELECT * FROM ${table} ORDER BY id`);
    const stored = rows.map((cells) =>
      Object.fromEntries(columns.map((name) => [name, cellOf(store, name, cells[name])])),
    );
    const real = stored.map((cells) => JSON.stringify(inModelIds(table, cells, engine)));
    const expected = company.all(table).map((row) => JSON.stringify(modelCells(table, row, columns)));
    const missing = expected.filter((row) => !real.includes(row));
    const extra = real.filter((row) => !expected.includes(row));
    for (const row of missing) found.push(`${store.name} has no ${table} ${row}`);
    for (const row of extra) found.push(`${store.name} has ${table} ${row}, the model has not`);
  }
  return found;
}

const detailColumns = [
  ...["id", "order_id", "product_id", "quantity", "unit_price", "discount"],
  ...["allocated", "shipped", "invoiced", "returned", "status_id", "date_allocated"],
  ...["position", "product_code", "product_name", "quantity_per_unit", "tax_class", "tax_rate"],
];

function columnsOf(table: Resource): readonly string[] {
  return ["id", "version", ...Object.keys(resourceForms[table].update).filter((name) => name !== "order_details")];
}

type Cells = Readonly<Record<string, string | null>>;

const amountColumns =
  /^(allocated|shipped|invoiced|returned|shipping_fee|taxes|quantity|unit_price|discount|standard_cost|list_price)$/;

/** One written form for both engines: amounts with four places, a tax rate with six, dates with a T, all as text. */
function cellOf(store: Store, column: string, cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  const places = column === "tax_rate" ? 6 : amountColumns.test(column) ? 4 : 0;
  if (places > 0 && store.engine === "sqlite") {
    const digits = text(cell).padStart(places + 1, "0");
    return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }
  return /_date$/.test(column) ? text(cell).replace(" ", "T") : text(cell);
}

const references: readonly (readonly [column: string, table: Resource])[] = [
  ["customer_id", "customers"],
  ["employee_id", "employees"],
  ["shipper_id", "shippers"],
  ["order_id", "orders"],
  ["product_id", "products"],
];

function inModelIds(table: (typeof tables)[number], cells: Cells, engine: Engine): Cells {
  const renamed: Record<string, string | null> = { ...cells };
  const known = (of: (typeof tables)[number], id: string) => String(engine.toModel(of, Number(id)));
  if (cells.id) renamed.id = known(table, cells.id);
  for (const [column, of] of references) if (cells[column]) renamed[column] = known(of, cells[column]);
  if (cells.supplier_ids) {
    const ids = cells.supplier_ids.split(";").map((id) => known("suppliers", id));
    renamed.supplier_ids = ids.join(";");
  }
  return renamed;
}

function modelCells(table: (typeof tables)[number], row: Row, columns: readonly string[]): Cells {
  const all: Readonly<Record<string, Json>> = {
    ...row.fields,
    id: row.id,
    ...(table === "order_details" ? {} : { version: row.version }),
  };
  return Object.fromEntries(columns.map((name) => [name, modelCell(all[name])]));
}

function modelCell(value: Json | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(";");
  return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

/** The number of rows of every resource, to print at the end. */
export function rowCounts(company: Company): string {
  return resourceTables.map((resource) => `${company.rows[resource].size} ${resource}`).join(", ");
}
