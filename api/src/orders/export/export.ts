import { ApiError } from "../../contract/answer.ts";
import type { Reporter } from "../../reports/reporter.ts";
import type { Filters, Sort } from "../list/request.ts";
import { type ExportPart, exportHeader, exportReport } from "./csv.ts";
import { byteOrderMark } from "./csv-cells.ts";

/** Files sent at the same time, at most: a client that reads slowly occupies one for as long as it reads. */
const mostAtOnce = 8;

/** The CSV files that are being sent. */
export class Exports {
  #sending = 0;

  constructor(private readonly reporter: Reporter) {}

  /** Resolves when the first orders are read: until then an error can still be answered as one. */
  async open(
    list: { readonly filters: Filters; readonly sort: Sort },
    gone: AbortSignal,
  ): Promise<AsyncIterator<string>> {
    if (this.#sending >= mostAtOnce)
      throw new ApiError("overloaded", "Too many downloads at the moment: try again.", {
        headers: { "retry-after": "5" },
      });
    const next = (after: ExportPart["next"]) => this.reporter.run(exportReport, { ...list, after }, gone);
    return this.#parts(await next(null), next);
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
