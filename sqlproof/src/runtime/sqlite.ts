import { SQLiteError } from "bun:sqlite";
import { DatabaseError, type DatabaseErrorKind, RowCountError } from "./errors.ts";
import { provenQuery } from "./query.ts";
import { SqliteConnection, type SqliteOptions } from "./sqlite-connection.ts";
import type { Database, ParamsArgument, Query, Queryable, RunResult, Transaction } from "./types.ts";

export type { SqliteOptions } from "./sqlite-connection.ts";

/**
 * Opens a SQLite file: WAL, synchronous=FULL (an acknowledged write is on disk), foreign keys on.
 * One connection writes and one reads, so a reader never sees an open transaction.
 * Throws `DatabaseError` when the file cannot be opened or is no database.
 */
export function openSqlite(options: SqliteOptions): Database {
  try {
    const writer = new SqliteConnection(options);
    const reader = options.path === ":memory:" ? writer : new SqliteConnection(options);
    return new SqlitePair(writer, reader);
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * The ways to run a query, over whatever decides on which connection and when. SQLite answers at once, so where
 * nothing is to be waited for nothing is: each method is one promise and no closure.
 */
abstract class SqliteQueryable implements Queryable {
  readonly engine = "sqlite";

  /** The connection of a query when it may use it now, else null: then `turn` is waited for. */
  protected abstract free(writes: boolean): SqliteConnection | null;
  protected abstract turn<T>(work: (connection: SqliteConnection) => T): Promise<T>;
  abstract runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number>;

  async all<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R[]> {
    const { sqlite: form } = provenQuery(query);
    const given: unknown = params[0];
    const connection = this.free(form.writes);
    try {
      const rows = connection?.rows(form, given) ?? (await this.turn((writer) => writer.rows(form, given)));
      // The row type is what both engines said of this very text: the proof is the cast's ground.
      return rows as R[];
    } catch (error) {
      throw refusal(error);
    }
  }

  async maybe<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R | null> {
    const rows = await this.all(query, ...params);
    if (rows.length > 1) throw new RowCountError(`${rows.length} rows where one at most is allowed: ${query.text}`);
    return rows[0] ?? null;
  }

  async one<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R> {
    const rows = await this.all(query, ...params);
    const [row] = rows;
    if (row === undefined || rows.length > 1)
      throw new RowCountError(`${rows.length} rows where exactly one is needed: ${query.text}`);
    return row;
  }

  async run<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<RunResult> {
    const { sqlite: form } = provenQuery(query);
    const given: unknown = params[0];
    const connection = this.free(form.writes);
    try {
      return { rowsAffected: connection?.run(form, given) ?? (await this.turn((writer) => writer.run(form, given))) };
    } catch (error) {
      throw refusal(error);
    }
  }
}

class SqlitePair extends SqliteQueryable implements Database {
  /** The end of the last queued write: writers take turns, so none meets another's open transaction. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  /** Turns that are not over. While there are none the writer is free. */
  #turns = 0;

  constructor(
    private readonly writer: SqliteConnection,
    private readonly reader: SqliteConnection,
  ) {
    super();
  }

  protected free(writes: boolean): SqliteConnection | null {
    if (!writes && this.reader !== this.writer) return this.reader;
    return this.#turns === 0 ? this.writer : null;
  }

  protected turn<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    return this.#inTurn(async () => work(this.writer));
  }

  runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const { writer } = this;
      try {
        writer.begin();
        const result = await body(new SqliteTransaction(writer));
        writer.commit();
        return result;
      } catch (error) {
        writer.rollback();
        throw refusal(error);
      }
    });
  }

  async ping(): Promise<void> {
    try {
      this.reader.database.run("SELECT 1 FROM sqlite_schema");
    } catch (error) {
      throw refusal(error);
    }
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.reader !== this.writer) this.reader.close();
      this.writer.close();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const free = this.#turns === 0;
    this.#turns += 1;
    // With nobody to wait for the work begins now, and not some promises later.
    const turn = free ? work() : this.#lastTurn.then(work, work);
    this.#lastTurn = turn.then(this.#turnOver, this.#turnOver);
    return turn;
  }

  /** The caller of a failed turn gets its error; the next turn only needs to know that it is over. */
  readonly #turnOver = (): void => {
    this.#turns -= 1;
  };
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
    const { sqlite: form } = provenQuery(query);
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
