// SQLite at run time: one connection that writes, with group commit, and one that reads.
// `open.ts` is the way in; `queryable`, `transaction` and `errors` have the same roles as on MariaDB.
import { stat } from "node:fs/promises";
import { type Bound, ParameterError } from "../codec/encode.ts";
import { DatabaseError } from "../errors.ts";
import type { DatabaseLoad, DatabaseSize } from "../load.ts";
import { provenQuery } from "../query.ts";
import type { Database, Query, Transaction } from "../types.ts";
import { SqliteConnection, type SqliteOptions } from "./connection.ts";
import { asDatabaseError, closedError, openingError } from "./errors.ts";
import { ObservedSqliteConnection } from "./observed.ts";
import { SqliteQueryable } from "./queryable.ts";
import { firstFailure, type SqliteTransaction } from "./transaction.ts";
import { refuseInside, Write } from "./write.ts";
import { SqliteWriter, type WriterOptions } from "./writer.ts";

export type { SqliteOptions } from "./connection.ts";

/**
 * Opens a SQLite file with WAL, synchronous=FULL (an acknowledged write is on disk) and foreign keys. One connection
 * writes and one reads, so readers never see an open transaction. Writes that arrive together share one commit.
 * Throws `DatabaseError` when the file cannot be opened or is not a database.
 */
export function openSqlite(options: SqliteOptions): Database {
  try {
    const connect = () => connection(options);
    const writer = connect();
    const single = options.path === ":memory:" || options.readOnly === true;
    const reader = single ? writer : connect();
    return openSqliteOn(writer, reader, options);
  } catch (error) {
    throw openingError(error, options.path);
  }
}

function connection(options: SqliteOptions): SqliteConnection {
  const { onStatement } = options;
  return onStatement === undefined ? new SqliteConnection(options) : new ObservedSqliteConnection(options, onStatement);
}

/** The same on open connections, identical for an in-memory database; for tests that restrict a connection. */
export function openSqliteOn(writer: SqliteConnection, reader: SqliteConnection, options: WriterOptions): Database {
  return new SqlitePair(writer, reader, new SqliteWriter(writer, options));
}

class SqlitePair extends SqliteQueryable implements Database {
  #isClosed = false;

  constructor(
    private readonly connection: SqliteConnection,
    private readonly reader: SqliteConnection,
    private readonly writer: SqliteWriter,
  ) {
    super();
  }

  protected free(writes: boolean): SqliteConnection | null {
    if (this.reader !== this.connection) return writes ? null : this.reader;
    // An in-memory database has no durable commit to share.
    return this.writer.isFree ? this.connection : null;
  }

  protected enqueue<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    return this.#write(({ connection }) => work(connection));
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const { sqlite: form } = provenQuery(query);
    const sets = params.map((set) => form.copied(set));
    return this.enqueue((connection) => {
      try {
        return sets.reduce((changes, set) => changes + connection.run(form, set), 0);
      } catch (error) {
        throw firstFailure(form, sets, error);
      }
    });
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#write(body);
  }

  /** The reader's revision: SQLite does not count a connection's own commits, and the reader never writes. */
  revision(): number | null {
    return this.reader === this.connection ? null : this.reader.revision();
  }

  load(): DatabaseLoad {
    return { pools: [], nodes: [], ...this.writer.load() };
  }

  async size(): Promise<DatabaseSize> {
    const { path } = this.connection;
    return { data: await bytesOf(path), log: await bytesOf(`${path}-wal`) };
  }

  async explain(text: string, values: readonly Bound[]): Promise<string> {
    try {
      return this.reader.explain(text, values);
    } catch (error) {
      throw this.failure(error);
    }
  }

  async ping(): Promise<void> {
    try {
      this.reader.database.run("SELECT 1 FROM sqlite_schema");
    } catch (error) {
      throw this.failure(error);
    }
  }

  async close(): Promise<void> {
    await this.writer.close();
    this.#isClosed = true;
    if (this.reader !== this.connection) this.reader.close();
    this.connection.close();
  }

  protected failure(error: unknown): unknown {
    const isOfCaller = error instanceof DatabaseError || error instanceof ParameterError;
    // Each runtime has its own words for what was closed: the database, or a statement of it.
    return this.#isClosed && !isOfCaller ? closedError(error) : asDatabaseError(error);
  }

  async #write<T>(work: (tx: SqliteTransaction) => T | Promise<T>): Promise<T> {
    refuseInside(this.connection);
    const write = new Write(work);
    this.writer.add(write);
    return write.answered;
  }
}

/** A file that is not there takes no space: a database in memory has none, and a closed one has no WAL. */
async function bytesOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
