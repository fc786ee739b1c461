import type { Database, RowOf } from "sqlproof";
import type { Currency } from "../../company/currency.ts";
import type { Report } from "../../reports/report.ts";
import { keysOf } from "../list/keys.ts";
import type { Key, List } from "../list/request.ts";
import { nameOf, personOf } from "../names.ts";
import { amountsOf } from "../rules.ts";
import { type Cell, csvLine, plain } from "./csv-cells.ts";
import { exportRows } from "./queries.ts";

type ExportRow = RowOf<typeof exportRows>;

/** A request for the next lines of the file. */
export interface ExportRequest extends List {
  readonly currency: Currency;
  readonly after: Key | null;
}

export interface ExportPart {
  readonly text: string;
  /** Where the next part begins, or null at the end. */
  readonly next: Key | null;
}

/** Orders read at once: few enough that requests do not wait for them, enough to be fast. */
const ordersAtOnce = 200;

/** A column: its name and its cell for an order. */
type Column = readonly [
  name: string,
  cell: (row: ExportRow, amounts: ReturnType<typeof amountsOf>, currency: Currency) => Cell,
];

const columns: readonly Column[] = [
  ["id", ({ id }) => plain(id)],
  ["order_date", ({ order_date }) => plain(order_date)],
  ["status", ({ status_name }) => status_name],
  ["customer_id", ({ customer_id }) => plain(customer_id)],
  ["customer", (row) => nameOf(customerOf(row))],
  ["employee_id", ({ employee_id }) => plain(employee_id)],
  ["employee", (row) => personOf({ first_name: row.employee_first_name, last_name: row.employee_last_name })],
  ["shipper_id", ({ shipper_id }) => plain(shipper_id)],
  ["shipper", ({ shipper_company }) => shipper_company],
  ["shipped_date", ({ shipped_date }) => plain(shipped_date)],
  ["ship_name", ({ ship_name }) => ship_name],
  ["ship_address", ({ ship_address }) => ship_address],
  ["ship_city", ({ ship_city }) => ship_city],
  ["ship_state_province", ({ ship_state_province }) => ship_state_province],
  ["ship_zip_postal_code", ({ ship_zip_postal_code }) => ship_zip_postal_code],
  ["ship_country_region", ({ ship_country_region }) => ship_country_region],
  ["payment_type", ({ payment_type }) => payment_type],
  ["paid_date", ({ paid_date }) => plain(paid_date)],
  ["tax_status", ({ tax_status_name }) => tax_status_name],
  ["tax_rate", ({ tax_rate }) => plain(tax_rate)],
  ["currency", (_row, _amounts, { code }) => code],
  ["subtotal", (_row, { subtotal }) => plain(subtotal)],
  ["taxes", ({ taxes }) => plain(taxes)],
  ["shipping_fee", ({ shipping_fee }) => plain(shipping_fee)],
  ["order_total", (_row, { orderTotal }) => plain(orderTotal)],
  ["notes", ({ notes }) => notes],
];

/** The line with the names of the columns. */
export const exportHeader = csvLine(columns.map(([name]) => name));

/** The next lines of the file. One statement reads each order with its details, so each line is consistent. */
export async function exportPart(
  db: Database,
  { filters, sort, currency, after }: ExportRequest,
): Promise<ExportPart | "too-many" | "gone"> {
  const keys = await keysOf(db, { filters, sort, after, rows: ordersAtOnce });
  if (typeof keys === "string") return keys;
  if (keys.length === 0) return { text: "", next: null };
  const rows = await db.all(exportRows, { ids: keys.map(({ id }) => id) });
  const byId = Map.groupBy(rows, ({ id }) => id);
  const last = keys.length === ordersAtOnce ? keys.at(-1) : undefined;
  return { text: keys.map(({ id }) => lineOf(byId.get(id) ?? [], currency)).join(""), next: last ?? null };
}

export const exportReport: Report<ExportRequest, ExportPart | "too-many" | "gone"> = {
  name: "export",
  make: exportPart,
};

/** Nothing for an order that was deleted since its key was read. */
function lineOf(rows: readonly ExportRow[], currency: Currency): string {
  const [order] = rows;
  if (order === undefined) return "";
  const details = rows.flatMap(({ quantity, unit_price, discount }) =>
    quantity === null || discount === null ? [] : [{ quantity, unit_price, discount }],
  );
  const amounts = amountsOf(order, details, currency.minorUnit);
  return csvLine(columns.map(([, cell]) => cell(order, amounts, currency)));
}

function customerOf({ customer_company, customer_first_name, customer_last_name }: ExportRow) {
  return { company: customer_company, first_name: customer_first_name, last_name: customer_last_name };
}
