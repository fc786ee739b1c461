import { ApiError } from "../../contract/answer.ts";
import type { Reporter } from "../../reports/reporter.ts";
import type { Filters, Sort } from "../list/list.ts";
import { byteOrderMark } from "./csv.ts";
import { type SheetPart, sheetHeader } from "./rows.ts";

/** So many sheets are sent at the same time; a client that reads slowly holds one for as long as it reads. */
const mostAtOnce = 8;

/** The sheets that are being sent. */
export class Sheets {
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
    const next = (after: SheetPart["next"]) => this.reporter.run("sheet", { ...list, after }, gone);
    return this.#parts(await next(null), next);
  }

  /** Reads on only when the client has taken what there was. */
  async *#parts(first: SheetPart, next: (after: SheetPart["next"]) => Promise<SheetPart>): AsyncGenerator<string> {
    this.#sending += 1;
    try {
      yield byteOrderMark + sheetHeader + first.text;
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
