import type { Bound } from "./encode.ts";
import { DatabaseError, RowCountError } from "./errors.ts";
import type { MariadbDriver, MariadbOptions, ServerConnection } from "./mariadb-driver.ts";
import { endsConnection, mariadbError } from "./mariadb-errors.ts";
import { npmDriver } from "./mariadb-npm.ts";
import { ConnectionPool, type OpenConnection } from "./mariadb-pool.ts";
import { type ProvenQuery, provenQuery } from "./query.ts";
import type { Database, ParamsArgument, Query, Queryable, RunResult, Transaction } from "./types.ts";

export type { MariadbOptions } from "./mariadb-driver.ts";
export { mariadbError } from "./mariadb-errors.ts";
export { connectionConfig } from "./mariadb-npm.ts";

/**
 * Opens a pool. The first connection is made at once, so that a wrong password or a missing database is
 * a clear `DatabaseError` here and not a time-out later.
 */
export function openMariadb(options: MariadbOptions): Promise<Database> {
  return openMariadbWith(npmDriver, options);
}

/** The same over a named driver: for the tests and the figures that chose one. */
export async function openMariadbWith(driver: MariadbDriver, options: MariadbOptions): Promise<Database> {
  const pool = new ConnectionPool(driver, options);
  try {
    await pool.open();
  } catch (error) {
    await pool.close();
    throw error;
  }
  return new MariadbDatabase(pool);
}

abstract class MariadbQueryable implements Queryable {
  readonly engine = "mariadb";

  protected abstract execute(query: ProvenQuery, params: unknown): Promise<unknown>;
  protected abstract write(query: ProvenQuery, params: unknown): Promise<RunResult>;
  abstract runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number>;

  async all<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R[]> {
    const proven = provenQuery(query);
    const rows = await this.execute(proven, params[0]);
    if (!Array.isArray(rows)) return [];
    const { decode } = proven.on("mariadb");
    const decoded: unknown[] = new Array(rows.length);
    for (let index = 0; index < rows.length; index += 1) decoded[index] = decode(rows[index]);
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

  run<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<RunResult> {
    return this.write(provenQuery(query), params[0]);
  }
}

class MariadbDatabase extends MariadbQueryable implements Database {
  constructor(private readonly pool: ConnectionPool) {
    super();
  }

  protected async execute(query: ProvenQuery, params: unknown): Promise<unknown> {
    const { text, values } = query.on("mariadb").call(params);
    const connection = this.pool.take() ?? (await this.pool.acquire());
    try {
      return await connection.server.execute(text, values);
    } catch (error) {
      // A read may be asked again: that the server ended this connection says nothing of the next one.
      const again = !query.writes && connection.lost;
      const refusal = this.#refusal(connection, error);
      if (!again || !endsConnection(refusal)) throw refusal;
    } finally {
      this.pool.release(connection);
    }
    return this.#on(await this.pool.acquire(), text, values);
  }

  protected async write(query: ProvenQuery, params: unknown): Promise<RunResult> {
    const { text, values } = query.on("mariadb").call(params);
    const connection = this.pool.take() ?? (await this.pool.acquire());
    return runResult(query, connection.server, await this.#on(connection, text, values));
  }

  async #on(connection: OpenConnection, text: string, values: Bound[]): Promise<unknown> {
    try {
      return await connection.server.execute(text, values);
    } catch (error) {
      throw this.#refusal(connection, error);
    } finally {
      this.pool.release(connection);
    }
  }

  #refusal(connection: OpenConnection, error: unknown): unknown {
    const refusal = mariadbError(error);
    if (endsConnection(refusal)) this.pool.cut(connection);
    return refusal;
  }

  override runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const connection = this.pool.take() ?? (await this.pool.acquire());
    let clean = false;
    try {
      await commanded(connection, "BEGIN");
      const transaction = new MariadbTransaction(connection.server);
      const result = await body(transaction);
      // What the engine has rolled back cannot be committed, also when the body caught its error.
      if (transaction.ended !== null) throw transaction.ended;
      await commanded(connection, "COMMIT");
      clean = true;
      return result;
    } catch (error) {
      clean = await rolledBack(connection);
      throw error;
    } finally {
      // A connection whose transaction could not be ended must never serve another request.
      if (!clean) this.pool.cut(connection);
      this.pool.release(connection);
    }
  }

  async ping(): Promise<void> {
    const connection = this.pool.take() ?? (await this.pool.acquire());
    try {
      await commanded(connection, "DO 1");
    } catch (error) {
      this.pool.cut(connection);
      throw error;
    } finally {
      this.pool.release(connection);
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

class MariadbTransaction extends MariadbQueryable implements Transaction {
  readonly transaction = true;
  /** Why the engine rolled this transaction back by itself: later statements would each commit alone. */
  ended: DatabaseError | null = null;
  constructor(private readonly server: ServerConnection) {
    super();
  }

  protected async execute(query: ProvenQuery, params: unknown): Promise<unknown> {
    const { text, values } = query.on("mariadb").call(params);
    if (this.ended !== null) throw this.ended;
    try {
      return await this.server.execute(text, values);
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  protected async write(query: ProvenQuery, params: unknown): Promise<RunResult> {
    return runResult(query, this.server, await this.execute(query, params));
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const proven = provenQuery(query);
    const form = proven.on("mariadb");
    const calls = params.map((set) => form.call(set));
    const [first] = calls;
    if (first === undefined) return 0;
    if (this.ended !== null) throw this.ended;
    const sets = calls.map(({ values }) => values);
    try {
      const rowsAffected = await this.server.executeMany(first.text, sets);
      return proven.proof.upserts === undefined ? rowsAffected : proven.proof.upserts * sets.length;
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  #refusal(error: unknown): unknown {
    const refusal = mariadbError(error);
    if (refusal instanceof DatabaseError && (refusal.kind === "conflict" || endsConnection(refusal)))
      this.ended = refusal;
    return refusal;
  }
}

function runResult(query: ProvenQuery, server: ServerConnection, result: unknown): RunResult {
  return { rowsAffected: query.proof.upserts ?? server.rowsAffected(result) };
}

async function commanded(connection: OpenConnection, text: string): Promise<void> {
  try {
    await connection.server.command(text);
  } catch (error) {
    throw mariadbError(error);
  }
}

async function rolledBack(connection: OpenConnection): Promise<boolean> {
  if (connection.lost) return false;
  try {
    await connection.server.command("ROLLBACK");
    return !connection.lost;
  } catch {
    return false;
  }
}
