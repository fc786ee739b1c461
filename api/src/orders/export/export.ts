import type { Database } from "sqlproof";
import type { Currency } from "../../company/currency.ts";
import { ApiError } from "../../contract/answer.ts";
import type { Reporter } from "../../reports/reporter.ts";
import { refuseUnknown } from "../list/known.ts";
import { refuseSort } from "../list/list.ts";
import type { Key, List } from "../list/request.ts";
import { type ExportPart, exportHeader, exportReport } from "./csv.ts";
import { byteOrderMark } from "./csv-cells.ts";

/** Files sent at the same time, at most: a client that reads slowly occupies one for as long as it reads. */
const mostAtOnce = 8;

/** The CSV files that are being sent. */
export class Exports {
  #sending = 0;

  constructor(
    private readonly database: Database,
    private readonly reporter: Reporter,
  ) {}

  /** Resolves when the first orders are read: until then an error can still be answered as one. */
  async open(list: List & { readonly currency: Currency }, gone: AbortSignal): Promise<AsyncIterator<string>> {
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
    if (first.text === "") await refuseUnknown(this.database, list.filters);
    return this.#parts(first, next);
  }

  /** Reads the next part only when the client has taken the previous one. */
  async *#parts(first: ExportPart, next: (after: ExportPart["next"]) => Promise<ExportPart>): AsyncGenerator<string> {
    this.#sending += 1;
    try {
      yield byteOrderMark + exportHeader + first.text;
      for (let after = first.next; after !== null; ) {
        const part = await next(after);
        yield part.text;
        after = part.next;
      }
    } finally {
      this.#sending -= 1;
    }
  }
}
