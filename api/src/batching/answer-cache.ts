import type { Database } from "sqlproof";
import type { SerializedAnswer } from "../contract/answer.ts";

/** Half of the memory that SQLite itself may use for its pages. */
const defaultMaxBytes = 16 * 1024 * 1024;
/** What an answer takes beside its body and its URL, roughly. */
const overheadBytes = 256;

/**
 * Answers cached until the next commit, by whatever process. An answer is given only while the database says that nothing
 * has been committed since it was read; `refresh` asks it in every turn of the event loop. Where a database cannot say so
 * (MariaDB), nothing is cached.
 */
export class AnswerCache {
  #recent = new Map<string, SerializedAnswer>();
  #recentBytes = 0;
  #older: ReadonlyMap<string, SerializedAnswer> = new Map();
  #revision: number | null = null;

  readonly isPossible: boolean;

  constructor(
    private readonly database: Pick<Database, "revision">,
    private readonly maxBytes = defaultMaxBytes,
  ) {
    this.isPossible = database.revision !== undefined;
  }

  /**
   * Empties the cache if anything has been committed. Gives the revision under which reads from now on may be cached, or
   * null when they may not.
   */
  refresh(): number | null {
    const revision = this.database.revision?.() ?? null;
    if (revision === null || revision !== this.#revision) this.#clear();
    this.#revision = revision;
    return revision;
  }

  /** Call it right after `refresh` only. */
  get(key: string): SerializedAnswer | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.#add(key, older);
    return older;
  }

  /** Caches an answer read since the `refresh` that gave this revision, unless something was committed meanwhile. */
  put(key: string, answer: SerializedAnswer, revision: number | null): void {
    if (revision !== null && revision === this.#revision && !this.#recent.has(key)) this.#add(key, answer);
  }

  /** In two halves: dropping the older half, which nobody has asked for lately, is cheaper than finding the oldest answer. */
  #add(key: string, answer: SerializedAnswer): void {
    const bytes = bytesOf(key, answer);
    if (bytes > this.maxBytes / 16) return;
    if (this.#recentBytes + bytes > this.maxBytes / 2) {
      this.#older = this.#recent;
      this.#recent = new Map();
      this.#recentBytes = 0;
    }
    this.#recent.set(key, answer);
    this.#recentBytes += bytes;
  }

  #clear(): void {
    if (this.#recent.size === 0) return;
    this.#recent = new Map();
    this.#older = new Map();
    this.#recentBytes = 0;
  }
}

/** An upper bound: text without a letter beyond Latin-1 takes half of it. */
function bytesOf(key: string, { serialized: body }: SerializedAnswer): number {
  return overheadBytes + key.length + (typeof body === "string" ? 2 * body.length : body.byteLength);
}
