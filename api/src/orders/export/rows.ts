import type { Database } from "sqlproof";
import type { Currency } from "../../company/currency.ts";
import type { Report } from "../../reports/report.ts";
import { keysOf } from "../list/keys.ts";
import type { Key, List } from "../list/request.ts";
import { amountsOf } from "../rules.ts";
import { type Cell, columns, type ExportRow } from "./columns.ts";
import { type CsvStyle, csvLine } from "./csv-cells.ts";
import { exportRows } from "./queries.ts";
import { xlsxRow } from "./xlsx-cells.ts";

/** A request for the next rows of a file: of CSV in a style, or of a sheet. */
export interface ExportRequest extends List {
  readonly format: CsvStyle | "xlsx";
  readonly currency: Currency;
  readonly after: Key | null;
}

export interface ExportPart {
  readonly text: string;
  readonly rows: number;
  /** Where the next part begins, or null at the end. */
  readonly next: Key | null;
}

/** Orders read at once: few enough that requests do not wait for them, enough to be fast. */
const ordersAtOnce = 200;

/** The next rows of the file. One statement reads each order with its details, so each row is consistent. */
export async function exportPart(
  db: Database,
  { filters, sort, after, format, currency }: ExportRequest,
): Promise<ExportPart | "too-many" | "gone"> {
  const keys = await keysOf(db, { filters, sort, after, rows: ordersAtOnce });
  if (typeof keys === "string") return keys;
  if (keys.length === 0) return { text: "", rows: 0, next: null };
  const rows = await db.all(exportRows, { ids: keys.map(({ id }) => id) });
  const byId = Map.groupBy(rows, ({ id }) => id);
  const last = keys.length === ordersAtOnce ? keys.at(-1) : undefined;
  const lines = keys.flatMap(({ id }) => {
    const cells = cellsOf(byId.get(id) ?? [], currency);
    return cells === null ? [] : [format === "xlsx" ? xlsxRow(cells) : csvLine(cells, format)];
  });
  return { text: lines.join(""), rows: lines.length, next: last ?? null };
}

export const exportReport: Report<ExportRequest, ExportPart | "too-many" | "gone"> = {
  name: "export",
  make: exportPart,
};

/** Null for an order that was deleted since its key was read. */
function cellsOf(rows: readonly ExportRow[], currency: Currency): readonly Cell[] | null {
  const [order] = rows;
  if (order === undefined) return null;
  const details = rows.flatMap(({ quantity, unit_price, discount }) =>
    quantity === null || discount === null ? [] : [{ quantity, unit_price, discount }],
  );
  const amounts = amountsOf(order, details, currency.minorUnit);
  return columns.map(([, cell]) => cell(order, amounts, currency));
}
