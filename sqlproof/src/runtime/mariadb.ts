import type { Bound } from "./encode.ts";
import { DatabaseError } from "./errors.ts";
import { bunDriver } from "./mariadb-bun.ts";
import type { MariadbDriver, MariadbOptions } from "./mariadb-driver.ts";
import { endsConnection, mariadbError, unsupportedLogin } from "./mariadb-errors.ts";
import { ConnectionPool, type OpenConnection } from "./mariadb-pool.ts";
import { MariadbQueryable, type Reader } from "./mariadb-queryable.ts";
import { commanded, MariadbWriter, unknownOutcome, waiting } from "./mariadb-writer.ts";
import { provenQuery } from "./query.ts";
import type { Database, Query, Transaction } from "./types.ts";

export type { ClusterEvent, MariadbNode, MariadbOptions } from "./mariadb-driver.ts";
export { mariadbError } from "./mariadb-errors.ts";
export { connectionConfig } from "./mariadb-npm.ts";

/**
 * Opens a pool, or with several `nodes` one per node. The first connections are made at once, so that a wrong password
 * or a missing database is a clear `DatabaseError` here and not a time-out later.
 */
export async function openMariadb(options: MariadbOptions): Promise<Database> {
  try {
    return await openMariadbWith(bunDriver, options);
  } catch (error) {
    // The vendor's client knows MariaDB's own ways to log in, e.g. ed25519.
    if (!(error instanceof DatabaseError) || error.code !== unsupportedLogin) throw error;
    const { npmDriver } = await import("./mariadb-npm.ts");
    return openMariadbWith(npmDriver, options);
  }
}

/** The same over a named driver: for the tests and the figures that chose one. */
export async function openMariadbWith(driver: MariadbDriver, options: MariadbOptions): Promise<Database> {
  if (options.nodes !== undefined && options.nodes.length > 1) {
    const { openCluster } = await import("./mariadb-cluster.ts");
    return openCluster(driver, options, options.nodes, (pool) => new MariadbDatabase(pool));
  }
  const [only] = options.nodes ?? [];
  return openOne(driver, only === undefined ? options : { ...options, ...only });
}

async function openOne(driver: MariadbDriver, options: MariadbOptions): Promise<Database> {
  const pool = new ConnectionPool(driver, options);
  try {
    await pool.open();
  } catch (error) {
    await pool.close();
    throw error;
  }
  return new MariadbDatabase(pool);
}

class MariadbDatabase extends MariadbQueryable implements Database {
  readonly #writer: MariadbWriter;
  constructor(private readonly pool: ConnectionPool) {
    super();
    this.#writer = new MariadbWriter(pool);
  }

  async answer<T>(query: Query<unknown, unknown>, params: unknown, read: Reader<T>): Promise<T> {
    const proven = provenQuery(query);
    const form = proven.mariadb;
    const values = form.values(params);
    const text = form.text ?? form.textFor(params);
    const connection = this.pool.take() ?? (await this.pool.acquire());
    let answer: unknown;
    try {
      if (form.writes && !connection.waitsForLocks) await waiting(connection, true);
      answer = await connection.server.execute(text, values);
      connection.server.settled();
      this.pool.release(connection);
    } catch (error) {
      connection.server.settled();
      // A read may be asked again: that the server ended this connection says nothing of the next one.
      const again = !form.writes && connection.lost;
      const refusal = this.#refusal(connection, error);
      this.pool.release(connection);
      if (form.writes && endsConnection(refusal)) throw unknownOutcome(refusal);
      if (!again || !endsConnection(refusal)) throw refusal;
      answer = await this.#again(text, values);
    }
    return read(answer, proven, this.pool);
  }

  async #again(text: string, values: Bound[]): Promise<unknown> {
    const connection = await this.pool.acquire();
    try {
      return await connection.server.execute(text, values);
    } catch (error) {
      throw this.#refusal(connection, error);
    } finally {
      connection.server.settled();
      this.pool.release(connection);
    }
  }

  #refusal(connection: OpenConnection, error: unknown): unknown {
    const refusal = mariadbError(error);
    if (endsConnection(refusal)) this.pool.cut(connection);
    return refusal;
  }

  runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#writer.alone(body);
  }

  sharedTransaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#writer.shared(body);
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
    this.#writer.close();
    return this.pool.close();
  }
}
