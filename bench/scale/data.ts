import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loadSample } from "northwind-schema/sample";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import type { PrivateMariadb } from "sqlproof/private-mariadb";
import { generateOrders } from "../../schema/sample/generate.ts";
import { Progress } from "../../schema/sample/progress.ts";
import { root } from "../race/contestant.ts";

const today = "2025-01-15";
const folder = join(root, ".cache/scale");

/** A SQLite file with generated orders, made once and cached, because ten million take minutes. */
export async function sqliteUrl(orders: number): Promise<string> {
  const path = join(folder, `orders-${orders}.db`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = join(folder, `building-${orders}.db`);
    for (const end of ["", "-wal", "-shm"]) rmSync(`${unfinished}${end}`, { force: true });
    await migrateSqlite({ folder: join(root, "schema/sqlite"), database: unfinished });
    await fill(openSqlite({ path: unfinished }), orders);
    renameSync(unfinished, path);
  }
  return `sqlite:${path}`;
}

export async function mariadbUrl(
  server: PrivateMariadb,
  orders: number,
  database = `orders_${orders}`,
): Promise<string> {
  const { host, port, user, password } = server;
  const address = { host, port, user, password, database };
  await createMariadbDatabase(address);
  await migrateMariadb({ folder: join(root, "schema/mariadb"), server: address });
  await fill(await openMariadb({ ...address, statementTimeoutMs: 600_000 }), orders);
  return server.url(database);
}

async function fill(database: Database, orders: number): Promise<void> {
  console.log(`Generating ${orders.toLocaleString("en")} orders ...`);
  await loadSample(database, today);
  const progress = new Progress(orders, console.log);
  await generateOrders(database, { orders, seed: 1, today, onProgress: (done) => progress.at(done) });
  await database.close();
}
