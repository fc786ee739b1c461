import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { loadSample } from "northwind-schema/sample";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { generateOrders } from "../../schema/sample/generate.ts";
import { type Contestant, root } from "./contestant.ts";

/** The databases of a race: a private MariaDB and a SQLite file, both with the same orders. */
export interface RaceDatabases {
  readonly folder: string;
  readonly mariadbUrl: string;
  readonly mariadbPid: number;
  readonly mariadbVersion: string;
  /** Orders are numbered from 1 to here. */
  readonly lastOrder: number;
  /** Customers with a typical number of orders. */
  readonly customers: readonly number[];
  readonly employees: readonly number[];
  urlFor(contestant: Contestant): string;
  /** Removes the orders that a contestant created, so that the next finds what it found. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const today = "2025-01-15";
const schema = join(root, "schema");
const fewOrders = 30;
const manyOrders = 50;
const purgeTimeoutMs = 20_000;

/**
 * As durable as a production server: every commit is on disk before it is answered. The buffer pool holds all data and
 * the log a full run, so that no contestant pays for a checkpoint of the one before.
 */
const serverArgs = [
  "--innodb-flush-log-at-trx-commit=1",
  "--innodb-buffer-pool-size=1G",
  "--innodb-log-file-size=512M",
  "--max-connections=1200",
];

export async function openRaceDatabases(orders: number, log: (line: string) => void): Promise<RaceDatabases> {
  const server = await startPrivateMariadb({ extraArgs: serverArgs });
  const folder = mkdtempSync(join(tmpdir(), "northwind-bench-"));
  const { host, port, user, password } = server;
  const address = { host, port, user, password, database: "northwind" };
  const close = async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
  try {
    log(`Loading ${orders.toLocaleString("en")} orders into MariaDB and SQLite ...`);
    await createMariadbDatabase(address);
    await migrateMariadb({ folder: join(schema, "mariadb"), server: address });
    await fill(await openMariadb({ ...address, statementTimeoutMs: 600_000 }), orders);
    const sqlite = join(folder, "northwind.db");
    await migrateSqlite({ folder: join(schema, "sqlite"), database: sqlite });
    await fill(openSqlite({ path: sqlite }), orders);
    const connection = await createConnection({ ...address, multipleStatements: false });
    await connection.query("ANALYZE TABLE orders, order_details, customers");
    const lastOrder = await numberOf(connection, "SELECT MAX(id) FROM orders");
    return {
      folder,
      mariadbUrl: server.url("northwind"),
      mariadbPid: server.pid,
      mariadbVersion: String((await column(connection, "SELECT VERSION()"))[0]),
      lastOrder,
      customers: await customersOfAverage(connection),
      employees: (await column(connection, "SELECT id FROM employees ORDER BY id LIMIT 9")).map(Number),
      urlFor: ({ database }) => (database === "sqlite" ? `sqlite:${sqlite}` : server.url("northwind")),
      clear: () => clear(connection, lastOrder),
      async close() {
        await connection.end();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(database: Database, orders: number): Promise<void> {
  await loadSample(database, today);
  await generateOrders(database, { orders, seed: 1, today });
  await database.close();
}

async function customersOfAverage(connection: Connection): Promise<readonly number[]> {
  const found = await column(
    connection,
    `SELECT customer_id FROM orders WHERE customer_id IS NOT NULL GROUP BY customer_id
      HAVING COUNT(*) BETWEEN ${fewOrders} AND ${manyOrders} ORDER BY customer_id LIMIT 200`,
  );
  if (found.length === 0) throw new Error(`No customer has ${fewOrders} to ${manyOrders} orders.`);
  return found.map(Number);
}

async function clear(connection: Connection, lastOrder: number): Promise<void> {
  await connection.query(`DELETE FROM orders WHERE id > ${lastOrder}`);
  // The server still purges the deleted rows, which would slow the next contestant.
  const deadline = performance.now() + purgeTimeoutMs;
  const left = `SELECT COUNT FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rseg_history_len'`;
  while ((await numberOf(connection, left)) > 100 && performance.now() < deadline) await Bun.sleep(100);
}

async function numberOf(connection: Connection, query: string): Promise<number> {
  return Number((await column(connection, query))[0]);
}

async function column(connection: Connection, query: string): Promise<readonly unknown[]> {
  const rows: unknown = await connection.query({ sql: query, rowsAsArray: true });
  return Array.isArray(rows) ? rows.map((row: unknown) => (Array.isArray(row) ? row[0] : null)) : [];
}
