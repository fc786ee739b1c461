import type { Database } from "sqlproof";
import type { SharedAnswer } from "../contract/answer.ts";

/** Half of what SQLite itself may keep of its pages. */
const mostBytes = 16 * 1024 * 1024;
/** What an answer takes beside its body and its address, about. */
const overheadBytes = 256;

/**
 * Answers that stand until something is committed, by whomever. Each is given only while the database says that nothing was,
 * which is asked anew in every turn of the event loop. Where a database cannot say so, nothing is kept.
 */
export class StandingAnswers {
  #recent = new Map<string, SharedAnswer>();
  #recentBytes = 0;
  #older: ReadonlyMap<string, SharedAnswer> = new Map();
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
  get(key: string): SharedAnswer | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.#add(key, older);
    return older;
  }

  /** Keeps what was read since the `look` that gave this number, unless something has been committed while it was read. */
  keep(key: string, answer: SharedAnswer, revision: number | null): void {
    if (revision !== null && revision === this.#revision && !this.#recent.has(key)) this.#add(key, answer);
  }

  /** In two halves: to drop the older one, which nobody has asked for of late, costs less than to find the oldest answer. */
  #add(key: string, answer: SharedAnswer): void {
    const bytes = bytesOf(key, answer);
    if (bytes > this.most / 16) return;
    if (this.#recentBytes + bytes > this.most / 2) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#recentBytes = 0;
    }
    this.#recent.set(key, answer);
    this.#recentBytes += bytes;
  }

  #forget(): void {
    if (this.#recent.size === 0) return;
    this.#recent = new Map();
    this.#older = new Map();
    this.#recentBytes = 0;
  }
}

/** At most: text with no letter beyond Latin-1 takes half. */
function bytesOf(key: string, { written }: SharedAnswer): number {
  return overheadBytes + key.length + (typeof written === "string" ? 2 * written.length : written.byteLength);
}
