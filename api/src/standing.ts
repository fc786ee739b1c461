import type { Database } from "sqlproof";
import type { Written } from "./answer.ts";

/** Half of what SQLite itself may keep of its pages. */
const mostBytes = 16 * 1024 * 1024;
/** What an answer takes beside its body, about. */
const overheadBytes = 256;
/** A larger one would put out too many others. */
const largestBytes = mostBytes / 16;

/**
 * Answers that stand until something is committed, by whomever. Each is given only while the database says that nothing was,
 * which is asked anew in every turn of the event loop. Where a database cannot say so, nothing is kept.
 */
export class StandingAnswers {
  #answers = new Map<string, Written>();
  #bytes = 0;
  #revision: number | null = null;

  readonly isPossible: boolean;

  constructor(
    private readonly database: Pick<Database, "revision">,
    private readonly most = mostBytes,
  ) {
    this.isPossible = database.revision !== undefined;
  }

  /** Forgets what no longer stands. What is read from now on may be kept under the number, or not at all when it is null. */
  look(): number | null {
    const revision = this.database.revision?.() ?? null;
    if (revision === null || revision !== this.#revision) this.#forget();
    this.#revision = revision;
    return revision;
  }

  /** Right after `look` only. */
  get(key: string): Written | undefined {
    return this.#answers.get(key);
  }

  /** Keeps what was read since the `look` that gave this number, unless something has been committed while it was read. */
  keep(key: string, answer: Written, revision: number | null): void {
    const { byteLength } = answer.written;
    if (revision === null || revision !== this.#revision || byteLength > largestBytes || this.#answers.has(key)) return;
    this.#answers.set(key, answer);
    this.#bytes += byteLength + overheadBytes;
    // The oldest first.
    for (const [oldest, { written }] of this.#answers) {
      if (this.#bytes <= this.most) break;
      this.#answers.delete(oldest);
      this.#bytes -= written.byteLength + overheadBytes;
    }
  }

  #forget(): void {
    if (this.#answers.size === 0) return;
    this.#answers = new Map();
    this.#bytes = 0;
  }
}
