import * as driver from "mariadb";
import type { Bound } from "./encode.ts";
import { DatabaseError, type DatabaseErrorKind, RowCountError } from "./errors.ts";
import { type EngineForm, provenQuery } from "./query.ts";
import { sessionStatements } from "./session.ts";
import type { Database, ParamsArgument, Query, Queryable, RunResult, Transaction } from "./types.ts";

/** How to reach a MariaDB server. Times are in milliseconds. */
export interface MariadbOptions {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Most connections at once. Default 10. */
  readonly connectionLimit?: number;
  /** How long a query waits for a free connection. Default 3000. */
  readonly acquireTimeoutMs?: number;
  /** How long opening a connection may take. Default 3000. */
  readonly connectTimeoutMs?: number;
  /** The server ends a statement after this time. Default 10000. */
  readonly statementTimeoutMs?: number;
}

/**
 * Opens a pool. The first connection is made at once, so that a wrong password or a missing database is
 * a clear `DatabaseError` here and not a time-out later.
 */
export async function openMariadb(options: MariadbOptions): Promise<Database> {
  const config = connectionConfig(options);
  try {
    const connection = await driver.createConnection(config);
    await connection.end();
  } catch (error) {
    throw mariadbError(error);
  }
  const pool = driver.createPool({
    ...config,
    connectionLimit: options.connectionLimit ?? 10,
    acquireTimeout: options.acquireTimeoutMs ?? 3000,
    // A minimum of one keeps a warm connection; the rest close when the load is gone.
    minimumIdle: 1,
    idleTimeout: 60,
    // Session settings are made once per connection; a reset would cost a round trip on every release.
    noControlAfterUse: true,
  });
  return new MariadbPool(pool);
}

/** The driver's settings that this package relies on: exact types, counted rows, the session of the checker. */
export function connectionConfig(options: Omit<MariadbOptions, "database"> & { readonly database?: string }) {
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
  return {
    ...(options.socketPath === undefined
      ? { host: options.host ?? "127.0.0.1", port: options.port ?? 3306 }
      : { socketPath: options.socketPath }),
    user: options.user,
    password: options.password,
    ...(options.database === undefined ? {} : { database: options.database }),
    charset: "utf8mb4",
    connectTimeout: options.connectTimeoutMs ?? 3000,
    // Longer than the server's own limit: this one only frees callers of a server that no longer answers.
    socketTimeout: statementTimeoutMs + 5000,
    initSql: sessionStatements(statementTimeoutMs),
    rowsAsArray: true,
    dateStrings: true,
    insertIdAsNumber: true,
    autoJsonMap: false,
    foundRows: true,
    permitSetMultiParamEntries: false,
    prepareCacheLength: 512,
  };
}

/** What a pool and a connection have in common. */
interface Executor {
  execute<T>(sql: string, values: Bound[]): Promise<T>;
  batch<T>(sql: string, values: Bound[][]): Promise<T>;
}

abstract class MariadbQueryable implements Queryable {
  readonly engine = "mariadb";
  protected abstract readonly executor: Executor;

  async all<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R[]> {
    const form = provenQuery(query).on("mariadb");
    const rows = await this.execute(form, params[0]);
    if (!Array.isArray(rows)) return [];
    const decoded: unknown[] = rows.map((row) => form.decode(row));
    // The row type is what both engines said of this very text: the proof is the cast's ground.
    return decoded as R[];
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
    const form = provenQuery(query).on("mariadb");
    const result = await this.execute(form, params[0]);
    return { rowsAffected: form.upserts ?? (Array.isArray(result) ? result.length : affectedRows(result)) };
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const [first, ...rest] = params;
    if (first === undefined) return 0;
    const form = provenQuery(query).on("mariadb");
    const { text, values } = form.call(first);
    const sets = [values, ...rest.map((set) => form.call(set).values)];
    try {
      const result = await this.executor.batch<unknown>(text, sets);
      return form.upserts === null ? affectedRows(result) : form.upserts * sets.length;
    } catch (error) {
      throw mariadbError(error);
    }
  }

  private async execute(form: EngineForm, params: unknown): Promise<unknown> {
    const { text, values } = form.call(params);
    try {
      return await this.executor.execute<unknown>(text, values);
    } catch (error) {
      throw mariadbError(error);
    }
  }
}

function affectedRows(result: unknown): number {
  return typeof result === "object" && result !== null && "affectedRows" in result ? Number(result.affectedRows) : 0;
}

class MariadbPool extends MariadbQueryable implements Database {
  protected readonly executor: Executor;
  constructor(private readonly pool: driver.Pool) {
    super();
    this.executor = pool;
  }

  override runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const connection = await translated(() => this.pool.getConnection());
    let healthy = true;
    try {
      await translated(() => connection.beginTransaction());
      const result = await body(new MariadbTransaction(connection));
      await translated(() => connection.commit());
      return result;
    } catch (error) {
      healthy = await rolledBack(connection);
      throw error;
    } finally {
      // A connection whose transaction could not be ended must never serve another request.
      if (healthy) await connection.release();
      else connection.destroy();
    }
  }

  async ping(): Promise<void> {
    await translated(() => this.pool.query("SELECT 1"));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

async function rolledBack(connection: driver.PoolConnection): Promise<boolean> {
  try {
    await connection.rollback();
    return connection.isValid();
  } catch {
    return false;
  }
}

class MariadbTransaction extends MariadbQueryable implements Transaction {
  readonly transaction = true;
  protected readonly executor: Executor;
  constructor(connection: driver.PoolConnection) {
    super();
    this.executor = connection;
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw mariadbError(error);
  }
}

const kinds: ReadonlyMap<number, DatabaseErrorKind> = new Map([
  [1062, "unique"],
  [1451, "foreign-key"],
  [1452, "foreign-key"],
  [1048, "value"],
  [1264, "value"],
  [1265, "value"],
  [1292, "value"],
  [1366, "value"],
  [1406, "value"],
  [4025, "value"],
  [1213, "conflict"],
  [1020, "conflict"],
  [1205, "lock-timeout"],
  [1969, "query-timeout"],
  [1040, "too-busy"],
  [1203, "too-busy"],
  [1114, "storage-full"],
  [1021, "storage-full"],
  [1290, "read-only"],
  [1044, "access-denied"],
  [1045, "access-denied"],
  [1142, "access-denied"],
  [1227, "access-denied"],
  [1698, "access-denied"],
  [1049, "no-such-database"],
  [1047, "unavailable"],
  [1053, "unavailable"],
] satisfies [number, DatabaseErrorKind][]);

/** The driver's number for "no connection was free in time". */
const poolTimeout = 45028;

/** MariaDB's refusal, or the driver's, in this package's words. Other errors pass unchanged. */
export function mariadbError(error: unknown): unknown {
  if (isSystemError(error)) return new DatabaseError("unavailable", error.message, { cause: error, code: error.code });
  if (!(error instanceof driver.SqlError)) return error;
  const { errno, sqlMessage } = error;
  const message = sqlMessage ?? error.message;
  return new DatabaseError(kindOf(error), message, { cause: error, code: errno });
}

/** Faults of the network come as the runtime's own errors: ECONNREFUSED, ENOTFOUND, ECONNRESET .. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    !(error instanceof driver.SqlError) &&
    "code" in error &&
    typeof error.code === "string" &&
    /^E[A-Z]+$/.test(error.code)
  );
}

function kindOf(error: driver.SqlError): DatabaseErrorKind {
  const known = kinds.get(error.errno);
  if (known !== undefined) return known;
  if (error.errno === poolTimeout) {
    // The pool hides why it has no connection; its cause tells a dead server from a busy one.
    if (isSystemError(error.cause)) return "unavailable";
    return error.cause instanceof driver.SqlError && error.cause.fatal ? kindOf(error.cause) : "too-busy";
  }
  return error.fatal || error.errno >= 45000 || error.errno < 0 ? "unavailable" : "other";
}
