import { ApiError } from "../../contract/answer.ts";
import type { Reporter } from "../../reports/reporter.ts";
import type { Filters, Sort } from "../list/request.ts";
import { byteOrderMark } from "./csv.ts";
import { type ExportPart, exportHeader, exportReport } from "./rows.ts";

/** So many exports are sent at the same time; a client that reads slowly holds one for as long as it reads. */
const mostAtOnce = 8;

/** The exports that are being sent. */
export class Exports {
  #sending = 0;

  constructor(private readonly reporter: Reporter) {}

  /** Resolves when the first orders are read: until then a refusal can still be told as one. */
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

  /** Reads on only when the client has taken what there was. */
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
