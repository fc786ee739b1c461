// MariaDB at run time: a pool of connections, or one pool per node of a Galera cluster.
// `open.ts` is the way in; `queryable`, `transaction` and `errors` have the same roles as on SQLite.
import { runtimeDriver } from "#mariadb";
import type { Bound } from "../codec/encode.ts";
import { DatabaseError } from "../errors.ts";
import type { DatabaseLoad, DatabaseSize } from "../load.ts";
import { planText } from "../plan-text.ts";
import { provenQuery } from "../query.ts";
import type { Database, Exact, Query, Transaction } from "../types.ts";
import type { MariadbDriver, MariadbOptions } from "./driver.ts";
import { endsConnection, mariadbError, packetTooLarge, unsupportedLogin } from "./errors.ts";

import { type Commits, ConnectionPool, type OpenConnection } from "./pool.ts";
import { MariadbQueryable, type Reader } from "./queryable.ts";
import { MariadbTransaction } from "./transaction.ts";

export type { ClusterEvent, MariadbNode, MariadbOptions } from "./driver.ts";
export { mariadbError } from "./errors.ts";
export { connectionConfig } from "./npm.ts";

/**
 * Opens a pool, or with several `nodes` one pool per node. It connects at once, so that a wrong password or a missing
 * database is a clear `DatabaseError` here and not a timeout later.
 */
export async function openMariadb(options: MariadbOptions): Promise<Database> {
  try {
    return await openMariadbWith(runtimeDriver, options);
  } catch (error) {
    // The vendor's client supports MariaDB's own logins, such as ed25519.
    if (!(error instanceof DatabaseError) || error.code !== unsupportedLogin) throw error;
    const { npmDriver } = await import("./npm.ts");
    return openMariadbWith(npmDriver, options);
  }
}

/** The same with a given driver, for the tests and benchmarks that compare drivers. */
export async function openMariadbWith(driver: MariadbDriver, options: MariadbOptions): Promise<Database> {
  if (options.nodes !== undefined && options.nodes.length > 1) {
    const { openCluster } = await import("./cluster.ts");
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

/** The sizes of tables are estimates of the server, and it knows nothing of the log of one database alone. */
const sizeQuery = `
  SELECT CAST(COALESCE(SUM(data_length + index_length), 0) AS CHAR) FROM information_schema.TABLES
  WHERE table_schema = DATABASE()`;

class MariadbDatabase extends MariadbQueryable implements Database {
  #commits = 0;

  constructor(private readonly pool: ConnectionPool) {
    super();
  }

  async answer<T>(query: Query<unknown, unknown>, params: unknown, read: Reader<T>): Promise<T> {
    const proven = provenQuery(query);
    const form = proven.mariadb;
    const values = form.values(params);
    const text = form.text ?? form.textFor(params);
    const taken = this.pool.take("each commits") ?? (await this.pool.acquire());
    const connection = taken.commits === "each commits" ? taken : await this.#switched(taken, "each commits");
    let answer: unknown;
    try {
      answer = await connection.server.execute(text, values);
      connection.server.settled();
      this.pool.release(connection);
      if (form.writes) this.#commits += 1;
    } catch (error) {
      connection.server.settled();
      // A read may be retried: the end of this connection says nothing about the next one.
      const again = !form.writes && connection.lost;
      const failure = this.#databaseError(connection, error);
      this.pool.release(connection);
      if (form.writes && endsConnection(failure)) throw unknownOutcome(failure);
      if (!again || !endsConnection(failure)) throw failure;
      answer = await this.#again(text, values);
    }
    return read(answer, proven, this.pool);
  }

  async #again(text: string, values: Bound[]): Promise<unknown> {
    const connection = await this.#switched(await this.pool.acquire(), "each commits");
    try {
      return await connection.server.execute(text, values);
    } catch (error) {
      throw this.#databaseError(connection, error);
    } finally {
      connection.server.settled();
      this.pool.release(connection);
    }
  }

  #databaseError(connection: OpenConnection, error: unknown): unknown {
    const failure = mariadbError(error);
    if (endsConnection(failure)) this.pool.cut(connection);
    return failure;
  }

  /**
   * Switches the connection's autocommit where needed. A transaction never relies on BEGIN: if the engine rolled it back
   * in the middle of several statements that were sent together, the later ones would each commit.
   */
  async #switched(connection: OpenConnection, wanted: Commits): Promise<OpenConnection> {
    if (connection.commits === wanted) return connection;
    try {
      await commanded(connection, wanted === "none commits" ? "SET autocommit = 0" : "SET autocommit = 1");
      connection.commits = wanted;
      return connection;
    } catch (error) {
      this.pool.cut(connection);
      this.pool.release(connection);
      throw error;
    }
  }

  async runMany<P, R, A extends P>(query: Query<P, R>, params: readonly Exact<P, A>[]): Promise<number> {
    const { mariadb: form } = provenQuery(query);
    const sets = params.map((set) => form.copied(set));
    return this.transaction((tx) => tx.runMany<unknown, R, unknown>(query, sets));
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const taken = this.pool.take("none commits") ?? (await this.pool.acquire());
    const connection = await this.#switched(taken, "none commits");
    const transaction = new MariadbTransaction(this.pool, connection.server);
    let clean = false;
    let committing = false;
    try {
      const result = await body(transaction);
      transaction.end();
      committing = true;
      await commanded(connection, "COMMIT");
      clean = true;
      this.#commits += 1;
      return result;
    } catch (error) {
      transaction.over();
      clean = await rolledBack(connection);
      throw committing ? unknownOutcome(error) : error;
    } finally {
      // A connection whose transaction could not be ended must never serve another caller.
      if (!clean) this.pool.cut(connection);
      this.pool.release(connection);
    }
  }

  load(): DatabaseLoad {
    const pools = [this.pool.load("")];
    const commits = this.#commits;
    return { pools, nodes: [], writesWaiting: 0, commits, commitSizes: null, writesCommitted: commits };
  }

  async size(): Promise<DatabaseSize> {
    const rows = await this.#asked(sizeQuery, []);
    const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
    return { data: Array.isArray(row) ? Number(row[0]) : 0, log: 0 };
  }

  async explain(text: string, values: readonly Bound[]): Promise<string> {
    return planText(await this.#asked(`EXPLAIN ${text}`, [...values]));
  }

  #asked(text: string, values: Bound[]): Promise<unknown> {
    return this.#onConnection(async ({ server }) => {
      try {
        return await server.execute(text, values);
      } finally {
        server.settled();
      }
    });
  }

  ping(): Promise<void> {
    return this.#onConnection((connection) => commanded(connection, "DO 1"));
  }

  /** A connection on which something failed is not used again. */
  async #onConnection<T>(work: (connection: OpenConnection) => Promise<T>): Promise<T> {
    const connection = this.pool.take("each commits") ?? (await this.pool.acquire());
    try {
      return await work(connection);
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

/** After a failed COMMIT only a conflict, as Galera reports it, makes a rollback certain. */
function unknownOutcome(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.kind === "conflict" || error.code === packetTooLarge) return error;
  const code = error.code === null ? {} : { code: error.code };
  return new DatabaseError("unknown-outcome", `it is not known whether this was carried out: ${error.message}`, {
    cause: error,
    ...code,
  });
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
