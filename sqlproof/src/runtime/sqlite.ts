import { SQLiteError, Database as SqliteDatabase, type Statement } from "bun:sqlite";
import type { Bound } from "./encode.ts";
import { DatabaseError, type DatabaseErrorKind, RowCountError } from "./errors.ts";
import { type EngineForm, provenQuery } from "./query.ts";
import type { Database, ParamsArgument, Query, Queryable, RunResult, Transaction } from "./types.ts";

/** How to open an embedded database. */
export interface SqliteOptions {
  /** A file, created when missing, or `":memory:"`. */
  readonly path: string;
  /** How long a statement waits for another process's lock. Default 5000. */
  readonly busyTimeoutMs?: number;
}

type Rows = Statement<unknown, Bound[]>;

/**
 * Opens a SQLite file: WAL, synchronous=FULL (an acknowledged write is on disk), foreign keys on.
 * One connection writes and one reads, so a reader never sees an open transaction.
 * Throws `DatabaseError` when the file cannot be opened or is no database.
 */
export function openSqlite(options: SqliteOptions): Database {
  return translated(() => {
    const writer = new Connection(options);
    const reader = options.path === ":memory:" ? writer : new Connection(options);
    return new SqlitePair(writer, reader);
  });
}

/** One SQLite connection with its prepared statements. */
class Connection {
  readonly database: SqliteDatabase;
  readonly #statements = new Map<string, Rows>();

  constructor({ path, busyTimeoutMs = 5000 }: SqliteOptions) {
    this.database = new SqliteDatabase(path, { create: true, readwrite: true, strict: true });
    this.database.run(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
    this.database.run("PRAGMA journal_mode = WAL");
    this.database.run("PRAGMA synchronous = FULL");
    this.database.run("PRAGMA foreign_keys = ON");
    // At most 32 MB: with SQLite's default of 2 MB a large write spills its pages and reads them again.
    this.database.run("PRAGMA cache_size = -32768");
    // LIKE then means on SQLite what it means on a binary column of MariaDB.
    this.database.run("PRAGMA case_sensitive_like = ON");
  }

  /** The prepared statement of this text. Texts are few: one per query and list length class. */
  statement(text: string, bigInts: boolean): Rows {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement: Rows = this.database.prepare<unknown, Bound[]>(text);
    if (bigInts) statement.safeIntegers(true);
    this.#statements.set(text, statement);
    return statement;
  }

  rows(form: EngineForm, params: unknown): unknown[] {
    const { text, values } = form.call(params);
    return this.statement(text, form.bigInts)
      .values(...values)
      .map(form.decode);
  }

  run(form: EngineForm, params: unknown): number {
    const { text, values } = form.call(params);
    return this.statement(text, form.bigInts).run(...values).changes;
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.database.close();
  }
}

/** The four ways to run a query, over whatever decides on which connection and when. */
abstract class SqliteQueryable implements Queryable {
  readonly engine = "sqlite";
  protected abstract execute<T>(writes: boolean, work: (connection: Connection) => T): Promise<T>;

  async all<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R[]> {
    const proven = provenQuery(query);
    const form = proven.on("sqlite");
    const rows = await this.execute(proven.writes, (connection) => connection.rows(form, params[0]));
    // The row type is what both engines said of this very text: the proof is the cast's ground.
    return rows as R[];
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
    const proven = provenQuery(query);
    const form = proven.on("sqlite");
    return { rowsAffected: await this.execute(proven.writes, (connection) => connection.run(form, params[0])) };
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const form = provenQuery(query).on("sqlite");
    return this.execute(true, (connection) => {
      let changes = 0;
      for (const set of params) changes += connection.run(form, set);
      return changes;
    });
  }
}

class SqlitePair extends SqliteQueryable implements Database {
  /** The end of the last queued write: writers take turns, so none meets another's open transaction. */
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly writer: Connection,
    private readonly reader: Connection,
  ) {
    super();
  }

  protected execute<T>(writes: boolean, work: (connection: Connection) => T): Promise<T> {
    if (!writes && this.reader !== this.writer) return translatedAsync(() => work(this.reader));
    return this.#inTurn(() => translatedAsync(() => work(this.writer)));
  }

  override runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      translated(() => this.writer.database.run("BEGIN IMMEDIATE"));
      try {
        const result = await body(new SqliteTransaction(this.writer));
        translated(() => this.writer.database.run("COMMIT"));
        return result;
      } catch (error) {
        if (this.writer.database.inTransaction) this.writer.database.run("ROLLBACK");
        throw error;
      }
    });
  }

  async ping(): Promise<void> {
    translated(() => this.reader.database.run("SELECT 1 FROM sqlite_schema"));
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.reader !== this.writer) this.reader.close();
      this.writer.close();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastWrite.then(work, work);
    this.#lastWrite = turn.catch(ignoreHere);
    return turn;
  }
}

/** The caller of the failed turn gets its error; the next turn only needs to know that it is over. */
function ignoreHere(): void {}

class SqliteTransaction extends SqliteQueryable implements Transaction {
  readonly transaction = true;
  constructor(private readonly writer: Connection) {
    super();
  }
  protected execute<T>(_writes: boolean, work: (connection: Connection) => T): Promise<T> {
    return translatedAsync(() => work(this.writer));
  }
}

async function translatedAsync<T>(work: () => T): Promise<T> {
  return translated(work);
}

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof SQLiteError ? sqliteError(error) : error;
  }
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
