import type { Database } from "sqlproof";
import type { SerializedAnswer } from "../contract/answer.ts";

/** Half of the memory that SQLite may use for its page cache. */
const defaultMaxBytes = 16 * 1024 * 1024;
/** The approximate memory of an answer in addition to its body and its URL. */
const overheadBytes = 256;

/**
 * Caches answers until the next commit, whichever process makes it. An answer is returned only while the database
 * reports that nothing has been committed since it was read; `refresh` checks that in every turn of the event loop.
 * With a database that cannot report commits (MariaDB), nothing is cached.
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
   * Empties the cache if anything has been committed. Returns the revision for which answers read from now on may be
   * cached, or null if they may not.
   */
  refresh(): number | null {
    const revision = this.database.revision?.() ?? null;
    if (revision === null || revision !== this.#revision) this.#clear();
    this.#revision = revision;
    return revision;
  }

  /** Returns the cached answer. Call it only right after `refresh`. */
  get(key: string): SerializedAnswer | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.#add(key, older);
    return older;
  }

  /** Caches an answer that was read after the `refresh` that returned this revision, unless a commit happened since. */
  put(key: string, answer: SerializedAnswer, revision: number | null): void {
    if (revision !== null && revision === this.#revision && !this.#recent.has(key)) this.#add(key, answer);
  }

  /**
   * The cache has two halves, because dropping the half that was not used lately is cheaper than finding the oldest.
   */
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

/** An upper bound of the memory of an answer. Text within Latin-1 takes only half of it. */
function bytesOf(key: string, { serialized: body }: SerializedAnswer): number {
  return overheadBytes + key.length + (typeof body === "string" ? 2 * body.length : body.byteLength);
}
