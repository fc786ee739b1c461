import type { Database } from "sqlproof";
import type { Currency } from "../../company/currency.ts";
import { ApiError } from "../../contract/answer.ts";
import type { Reporter } from "../../reports/reporter.ts";
import { refuseUnknown } from "../list/known.ts";
import { refuseSort } from "../list/list.ts";
import type { Key, List } from "../list/request.ts";
import { columns } from "./columns.ts";
import { byteOrderMark, type CsvStyle, csvLine } from "./csv-cells.ts";
import { type ExportPart, exportReport } from "./rows.ts";

/** Files sent at the same time, at most: a client that reads slowly occupies one for as long as it reads. */
const mostAtOnce = 8;

/** A list as a file: CSV in a style, or a workbook with one sheet of this name. */
export interface ExportedList extends List {
  readonly format: CsvStyle | "xlsx";
  /** The currency of the company: amounts are rounded to what can be paid in it. */
  readonly currency: Currency;
}

const columnNames = columns.map(([name]) => name);
/** The name of the sheet. */
const sheetName = "orders";

/** The files that are being sent. */
export class Exports {
  #sending = 0;

  constructor(
    private readonly database: Database,
    private readonly reporter: Reporter,
  ) {}

  /** Resolves when the first orders are read: until then an error can still be answered as one. */
  async open(list: ExportedList, gone: AbortSignal): Promise<AsyncIterator<string | Uint8Array<ArrayBuffer>>> {
    if (this.#sending >= mostAtOnce)
      throw new ApiError("overloaded", "Too many downloads at the moment: try again.", {
        headers: { "retry-after": "5" },
      });
    const next = async (after: Key | null) => {
      const part = await this.reporter.run(exportReport, { ...list, after }, gone);
      if (part === "gone") throw new Error("the file cannot go on after an order whose customer is gone");
      if (part === "too-many") throw refuseSort(list.sort);
      return part;
    };
    const first = await next(null);
    if (first.rows === 0) await refuseUnknown(this.database, list.filters);
    const parts = this.#parts(first, next);
    if (list.format !== "xlsx") return csvFile(parts, list.format);
    // Most processes never write a workbook.
    const { workbook } = await import("./xlsx.ts");
    return workbook(sheetName, columnNames, parts);
  }

  /** Reads the next part only when the client has taken the previous one. */
  async *#parts(first: ExportPart, next: (after: Key) => Promise<ExportPart>): AsyncGenerator<ExportPart> {
    this.#sending += 1;
    try {
      yield first;
      for (let after = first.next; after !== null; ) {
        const part = await next(after);
        yield part;
        after = part.next;
      }
    } finally {
      this.#sending -= 1;
    }
  }
}

async function* csvFile(parts: AsyncIterable<ExportPart>, style: CsvStyle): AsyncGenerator<string> {
  let head =
    byteOrderMark +
    csvLine(
      columnNames.map((text) => ({ text })),
      style,
    );
  for await (const { text } of parts) {
    yield head + text;
    head = "";
  }
}
