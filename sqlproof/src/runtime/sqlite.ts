import { SQLiteError } from "bun:sqlite";
import type { EngineForm } from "./engine-form.ts";
import { DatabaseError, type DatabaseErrorKind } from "./errors.ts";
import { provenQuery } from "./query.ts";
import { onlyRow, rowOrNull } from "./row-count.ts";
import { SqliteConnection, type SqliteOptions } from "./sqlite-connection.ts";
import type { Database, Query, Queryable, RunResult, Transaction } from "./types.ts";

export type { SqliteOptions } from "./sqlite-connection.ts";

/**
 * Opens a SQLite file: WAL, synchronous=FULL (an acknowledged write is on disk), foreign keys on.
 * One connection writes and one reads, so a reader never sees an open transaction.
 * Throws `DatabaseError` when the file cannot be opened or is no database.
 */
export function openSqlite(options: SqliteOptions): Database {
  try {
    const writer = new SqliteConnection(options);
    const reader = options.path === ":memory:" || options.readOnly ? writer : new SqliteConnection(options);
    return new SqlitePair(writer, reader);
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * The ways to run a query, over whatever decides on which connection and when. SQLite answers at once: a method whose
 * connection is free makes one promise, and no closure or async function, which would cost as much as a small query.
 */
abstract class SqliteQueryable implements Queryable {
  readonly engine = "sqlite";

  /** The connection of a query when it may use it now, else null: then it waits for its `turn`. */
  protected abstract free(writes: boolean): SqliteConnection | null;
  protected abstract turn<T>(work: (connection: SqliteConnection) => T): Promise<T>;
  abstract runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number>;

  all<P, R>(query: Query<P, R>, params?: unknown): Promise<R[]> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      return connection === null ? this.allLater(query, params) : Promise.resolve(rowsOf<R>(connection, form, params));
    } catch (error) {
      return Promise.reject(refusal(error));
    }
  }

  maybe<P, R>(query: Query<P, R>, params?: unknown): Promise<R | null> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      if (connection === null) return this.allLater(query, params).then((rows) => rowOrNull(rows, query.text));
      return Promise.resolve(rowOrNull(rowsOf<R>(connection, form, params), query.text));
    } catch (error) {
      return Promise.reject(refusal(error));
    }
  }

  one<P, R>(query: Query<P, R>, params?: unknown): Promise<R> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      if (connection === null) return this.allLater(query, params).then((rows) => onlyRow(rows, query.text));
      return Promise.resolve(onlyRow(rowsOf<R>(connection, form, params), query.text));
    } catch (error) {
      return Promise.reject(refusal(error));
    }
  }

  run<P, R>(query: Query<P, R>, params?: unknown): Promise<RunResult> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      if (connection === null) return this.runLater(query, params);
      return Promise.resolve({ rowsAffected: connection.run(form, params) });
    } catch (error) {
      return Promise.reject(refusal(error));
    }
  }

  // Apart from the above, whose variables would else be captured by a closure that is hardly ever made.
  private allLater<P, R>(query: Query<P, R>, params: unknown): Promise<R[]> {
    return this.turn((connection) => rowsOf<R>(connection, provenQuery(query).sqlite, params));
  }

  private runLater<P, R>(query: Query<P, R>, params: unknown): Promise<RunResult> {
    return this.turn((connection) => ({ rowsAffected: connection.run(provenQuery(query).sqlite, params) }));
  }
}

function rowsOf<R>(connection: SqliteConnection, form: EngineForm, params: unknown): R[] {
  // The row type is what both engines said of this very text: the proof is the cast's ground.
  return connection.rows(form, params) as R[];
}

class SqlitePair extends SqliteQueryable implements Database {
  /** Writers take turns, so none meets another's open transaction: true while somebody has the writer. */
  #taken = false;
  /** Who waits for the writer, first come first served. */
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly writer: SqliteConnection,
    private readonly reader: SqliteConnection,
  ) {
    super();
  }

  protected free(writes: boolean): SqliteConnection | null {
    if (!writes && this.reader !== this.writer) return this.reader;
    return this.#taken ? null : this.writer;
  }

  protected async turn<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    if (this.#taken) await this.#wait();
    this.#taken = true;
    try {
      return work(this.writer);
    } catch (error) {
      throw refusal(error);
    } finally {
      this.#over();
    }
  }

  runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.#taken) await this.#wait();
    this.#taken = true;
    const { writer } = this;
    try {
      writer.begin();
      const result = await body(new SqliteTransaction(writer));
      writer.commit();
      return result;
    } catch (error) {
      writer.rollback();
      throw refusal(error);
    } finally {
      this.#over();
    }
  }

  async ping(): Promise<void> {
    try {
      this.reader.database.run("SELECT 1 FROM sqlite_schema");
    } catch (error) {
      throw refusal(error);
    }
  }

  async close(): Promise<void> {
    await this.turn((writer) => {
      if (this.reader !== writer) this.reader.close();
      writer.close();
    });
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The writer goes to the next in the queue without being free in between: nobody can step in. */
  #over(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }
}

class SqliteTransaction extends SqliteQueryable implements Transaction {
  readonly transaction = true;
  constructor(private readonly writer: SqliteConnection) {
    super();
  }

  protected free(): SqliteConnection {
    return this.writer;
  }

  protected async turn<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    return work(this.writer);
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const form = provenQuery(query).sqlite;
    try {
      let changes = 0;
      for (const set of params) changes += this.writer.run(form, set);
      return changes;
    } catch (error) {
      throw refusal(error);
    }
  }
}

/** SQLite's refusals in this package's words; other errors pass unchanged. */
function refusal(error: unknown): unknown {
  return error instanceof SQLiteError ? sqliteError(error) : error;
}

const kinds: readonly (readonly [prefix: string, kind: DatabaseErrorKind])[] = [
  ["SQLITE_CONSTRAINT_UNIQUE", "unique"],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", "unique"],
  ["SQLITE_CONSTRAINT_ROWID", "unique"],
  ["SQLITE_CONSTRAINT_FOREIGNKEY", "foreign-key"],
  ["SQLITE_CONSTRAINT", "value"],
  ["SQLITE_MISMATCH", "value"],
  ["SQLITE_TOOBIG", "value"],
  ["SQLITE_BUSY", "lock-timeout"],
  ["SQLITE_LOCKED", "lock-timeout"],
  ["SQLITE_FULL", "storage-full"],
  ["SQLITE_READONLY", "read-only"],
  ["SQLITE_CANTOPEN", "unavailable"],
  ["SQLITE_NOTADB", "unavailable"],
  ["SQLITE_IOERR", "unavailable"],
  ["SQLITE_CORRUPT", "unavailable"],
];

/** SQLite's refusal in this package's words. */
export function sqliteError(error: SQLiteError): DatabaseError {
  const code = error.code ?? "SQLITE_ERROR";
  const kind = kinds.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "other";
  return new DatabaseError(kind, error.message, { cause: error, code });
}
