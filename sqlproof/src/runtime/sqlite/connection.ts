import { sqlite } from "#sqlite";
import { refuseUnsafeSqlite } from "../../self-check/sqlite.ts";
import { DecodeError, RoundedError } from "../codec/decode.ts";
import type { Bound } from "../codec/encode.ts";
import type { EngineForm } from "../engine-form.ts";
import type { StatementObserver } from "../observed.ts";
import type { SqliteDatabase, SqliteStatement } from "./driver.ts";
import { createPrivateFile } from "./private-file.ts";

/** How to open an embedded database. */
export interface SqliteOptions {
  /** A file, created when missing, or `":memory:"`. */
  readonly path: string;
  /** How long a write waits for the lock of another process. Default 5000. */
  readonly busyTimeoutMs?: number;
  /**
   * How long a transaction may be idle while its body waits for something else. It is then rolled back and fails with
   * `query-timeout`, so that it does not hold the one writer forever. Default 2000.
   */
  readonly idleTransactionTimeoutMs?: number;
  /** Refuses writes and opens only one connection. */
  readonly readOnly?: boolean;
  /** Called after each statement. Default: nobody watches, and nothing costs more. */
  readonly onStatement?: StatementObserver | undefined;
  /** For tests: rows that nothing puts in order come in reverse, so that a missing ORDER BY is noticed. */
  readonly reversesUnordered?: boolean;
}

export const defaultBusyTimeoutMs = 5000;

/**
 * A prepared statement and how its rows are read: as SQLite's own row objects, converted in place, or as arrays of
 * values where a name was written `AS "n!"`.
 */
interface Prepared {
  readonly statement: Rows;
  readonly converts: boolean;
  readonly all: ((params: unknown) => unknown) | null;
  readonly run: ((params: unknown) => unknown) | null;
}

type Rows = SqliteStatement;

const waitMs = 10;

/**
 * Switches the file to WAL. It needs a lock for it, for which SQLite does not wait where another process has just made
 * the file or writes to it.
 */
function useWal(database: SqliteDatabase, timeoutMs: number): void {
  const end = performance.now() + timeoutMs;
  for (;;)
    try {
      database.run("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      const isBusy = sqlite.isSqliteError(error) && error.code === "SQLITE_BUSY";
      if (!isBusy || performance.now() >= end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
    }
}

/** One SQLite connection with its prepared statements. */
export class SqliteConnection {
  readonly path: string;
  readonly database: SqliteDatabase;
  /** Statements whose text never varies, by the number of their form. */
  readonly #fixed: (Prepared | undefined)[] = [];
  /** Statements with lists, by text: one per padded length. */
  readonly #byText = new Map<string, Prepared>();
  readonly #exact = new Map<string, Rows>();
  readonly #begin: SqliteStatement;
  readonly #commit: SqliteStatement;
  readonly #rollback: SqliteStatement;
  readonly #savepoint: SqliteStatement;
  readonly #release: SqliteStatement;
  readonly #rollbackTo: SqliteStatement;
  readonly #dataVersion: SqliteStatement;

  constructor(options: SqliteOptions) {
    const { path, busyTimeoutMs = defaultBusyTimeoutMs, readOnly = false, reversesUnordered = false } = options;
    this.path = path;
    createPrivateFile(path);
    this.database = sqlite.open(path, "create");
    this.database.run(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
    useWal(this.database, busyTimeoutMs);
    this.database.run("PRAGMA synchronous = FULL");
    this.database.run("PRAGMA foreign_keys = ON");
    // At most 32 MB: with SQLite's default of 2 MB, a large write spills its pages to disk and reads them again.
    this.database.run("PRAGMA cache_size = -32768");
    // This makes LIKE behave as on a binary column of MariaDB.
    this.database.run("PRAGMA case_sensitive_like = ON");
    refuseUnsafeSqlite(this.database, path);
    if (readOnly) this.database.run("PRAGMA query_only = ON");
    if (reversesUnordered) this.database.run("PRAGMA reverse_unordered_selects = ON");
    this.#begin = this.database.prepare("BEGIN IMMEDIATE");
    this.#commit = this.database.prepare("COMMIT");
    this.#rollback = this.database.prepare("ROLLBACK");
    this.#savepoint = this.database.prepare("SAVEPOINT write");
    this.#release = this.database.prepare("RELEASE write");
    this.#rollbackTo = this.database.prepare("ROLLBACK TO write");
    this.#dataVersion = this.database.prepare("PRAGMA data_version");
  }

  rows(form: EngineForm, params: unknown): unknown[] {
    // A write must not run twice, so numbers that may be large are read exactly the first time.
    if (form.writes && form.mayRound) return this.#exactRows(form, params);
    const prepared = this.#prepared(form, params);
    if (!prepared.converts) return this.#exactRows(form, params);
    try {
      const rows = prepared.all === null ? prepared.statement.all(...form.values(params)) : prepared.all(params);
      if (!Array.isArray(rows)) throw new DecodeError("SQLite gave no rows");
      if (form.convert !== null) for (let index = 0; index < rows.length; index += 1) form.convert(rows[index]);
      return rows;
    } catch (error) {
      if (error instanceof RoundedError) return this.#exactRows(form, params);
      throw error;
    }
  }

  run(form: EngineForm, params: unknown): number {
    const { statement, run } = this.#prepared(form, params);
    const result = run === null ? statement.run(...form.values(params)) : run(params);
    return form.upserts ?? changesOf(result);
  }

  /**
   * Changes when any other connection, of this process or another, has committed: SQLite itself uses it to decide
   * whether its cached pages are still valid. Null when it is not available.
   */
  revision(): number | null {
    try {
      const row = this.#dataVersion.get();
      const version = typeof row === "object" && row !== null && "data_version" in row ? row.data_version : null;
      return typeof version === "number" ? version : null;
    } catch {
      return null;
    }
  }

  /** How it would carry out a statement: one step per line of SQLite's answer, those within others after them. */
  explain(text: string, values: readonly Bound[]): string {
    const statement = this.database.prepare<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${text}`);
    try {
      return statement
        .all(...values)
        .map(({ detail }) => detail)
        .join("; ");
    } finally {
      statement.finalize();
    }
  }

  /** False when SQLite has ended the transaction by itself, as it does when memory or the disk fails. */
  get inTransaction(): boolean {
    return this.database.inTransaction;
  }

  /** Makes statements fail at once on another process's lock instead of blocking this whole process. */
  failWhenLocked(): void {
    this.database.run("PRAGMA busy_timeout = 0");
  }

  begin(): void {
    // A transaction is still open when its ROLLBACK failed.
    this.rollback();
    this.#begin.run();
  }

  commit(): void {
    this.#commit.run();
  }

  /** Ends an open transaction; SQLite may have ended it by itself. */
  rollback(): void {
    if (this.inTransaction) this.#rollback.run();
  }

  /** Begins a part of the transaction that can be rolled back on its own. */
  savepoint(): void {
    this.#savepoint.run();
  }

  releaseSavepoint(): void {
    this.#release.run();
  }

  rollbackToSavepoint(): void {
    this.#rollbackTo.run();
    this.#release.run();
  }

  close(): void {
    const prepared = [...this.#fixed, ...this.#byText.values()];
    for (const one of prepared) one?.statement.finalize();
    const own = [this.#begin, this.#commit, this.#rollback, this.#savepoint, this.#release, this.#rollbackTo];
    this.#dataVersion.finalize();
    for (const statement of [...this.#exact.values(), ...own]) statement.finalize();
    this.database.close();
  }

  #prepared(form: EngineForm, params: unknown): Prepared {
    if (form.text !== null) return this.#fixed[form.number] ?? this.#prepareFixed(form, form.text);
    const text = form.textFor(params);
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const prepared = this.#prepare(form, text);
    this.#byText.set(text, prepared);
    return prepared;
  }

  #prepareFixed(form: EngineForm, text: string): Prepared {
    const prepared = this.#prepare(form, text);
    this.#fixed[form.number] = prepared;
    return prepared;
  }

  #prepare(form: EngineForm, text: string): Prepared {
    const statement = this.database.prepare(text);
    const names = statement.columnNames;
    const converts = form.columnNames.every((name, index) => name === names[index]);
    return { statement, converts, all: form.direct(statement, "all"), run: form.direct(statement, "run") };
  }

  /** Reads whole numbers as BigInt, because some number was or might be beyond 2^53. */
  #exactRows(form: EngineForm, params: unknown): unknown[] {
    const values = form.values(params);
    const text = form.textFor(params);
    let statement = this.#exact.get(text);
    if (statement === undefined) {
      statement = this.database.prepare(text);
      statement.safeIntegers(true);
      this.#exact.set(text, statement);
    }
    return statement.values(...values).map(form.decode);
  }
}

function changesOf(result: unknown): number {
  return typeof result === "object" && result !== null && "changes" in result ? Number(result.changes) : 0;
}
