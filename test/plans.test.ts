// On both engines every statement uses an index, so that a page costs the same with fifty orders and with ten million,
// or gives a reason: `Scans TABLE: the reason` in the comment directly above it or in a block comment of its file.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { loadSample } from "northwind-schema/sample";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { proofs } from "../.sqlproof/generated/queries.ts";
import { basicKeysOf, type ScanLimit } from "../api/src/orders/list/keyset.ts";
import { waitingDetails } from "../api/src/orders/stock/queries.ts";
import { generateOrders } from "../schema/sample/generate.ts";
import { readConfig } from "../sqlproof/src/check/config.ts";
import type { Location } from "../sqlproof/src/check/parse/source-files.ts";
import { readProject } from "../sqlproof/src/check/project.ts";
import { mariadbScans, type Scan, sqliteScans } from "./plans/plans.ts";

const root = join(import.meta.dir, "..");
/** Enough orders that no engine prefers to read the entire table. */
const orders = 20_000;
const today = "2025-01-15";
const folder = mkdtempSync(join(tmpdir(), "northwind-plans-"));
const path = join(folder, "northwind.db");
let server: PrivateMariadb;
let mariadb: Connection;
let sqlite: SqliteDatabase;

/** Tables with a few fixed rows, which any statement may read completely. */
const small = new Set([
  ...["orders_status", "order_details_status", "orders_tax_status", "purchase_order_status", "privileges"],
  ...["inventory_transaction_types", "sales_reports", "strings", "setup_steps", "company"],
]);

beforeAll(async () => {
  server = await startPrivateMariadb({ extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
  const { host, port, user, password } = server;
  const address = { host, port, user, password, database: "northwind" };
  await createMariadbDatabase(address);
  await migrateMariadb({ folder: join(root, "schema/mariadb"), server: address });
  await fill(await openMariadb({ ...address, statementTimeoutMs: 60_000 }));
  await migrateSqlite({ folder: join(root, "schema/sqlite"), database: path });
  await fill(openSqlite({ path }));
  mariadb = await createConnection(address);
  const tables: readonly Record<string, string>[] = await mariadb.query("SHOW TABLES");
  await mariadb.query(`ANALYZE TABLE ${tables.flatMap((table) => Object.values(table)).join(", ")}`);
  sqlite = new SqliteDatabase(path);
}, 240_000);

afterAll(async () => {
  await mariadb.end();
  sqlite.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(database: Database): Promise<void> {
  await loadSample(database, today);
  await generateOrders(database, { orders, seed: 1, today });
  await database.close();
}

test("every statement uses an index or gives a reason why not", async () => {
  const { literals, places } = readProject(readConfig(root));
  const unexplained: string[] = [];
  for (const [key] of literals) {
    const proof = proofs[key];
    if (proof === undefined) throw new Error(`not proven: ${key}`);
    // An insert does not read the table into which it inserts.
    if (proof.kind === "insert") continue;
    const scans = [...(await mariadbScans(mariadb, proof)), ...sqliteScans(sqlite, proof)];
    for (const place of (places.get(key) ?? []).filter(({ file }) => !file.endsWith(".test.ts"))) {
      const explained = explainedAbove(place);
      const found = scans.filter(({ table }) => !small.has(table) && !explained.has(table));
      unexplained.push(...found.map((scan) => describeScan(place, scan)));
    }
  }
  expect(unexplained).toEqual([]);
});

function describeScan({ file, line }: Location, { engine, table, plan }: Scan): string {
  return `${file}:${line}: ${engine} scans ${table} (${plan})`;
}

/** The tables that the comment directly above a line or the block comments of its file explain. */
function explainedAbove({ file, line }: Location): ReadonlySet<string> {
  const text = readFileSync(join(root, file), "utf8");
  const lines = text.split("\n");
  const comments = [...text.matchAll(/^\/\*\n[\s\S]*?\*\//gm)].map(([block]) => block);
  for (let at = line - 2; /^\s*(\/\/|\*|\/\*)/.test(lines[at] ?? ""); at -= 1) comments.push(lines[at] ?? "");
  return new Set(
    comments.flatMap((comment) => [...comment.matchAll(/\bScans (\w+):/g)].map(([, table = ""]) => table)),
  );
}

test("a planted scan is found on both engines", async () => {
  const text = "SELECT id FROM orders WHERE notes = 'x'";
  const statements = { mariadb: { parts: [text], binds: [] }, sqlite: { parts: [text], binds: [] } };
  const planted = { kind: "select", parameters: [], columns: [], statements } as const;
  const found = [...(await mariadbScans(mariadb, planted)), ...sqliteScans(sqlite, planted)];
  expect(found.map(({ engine, table }) => `${engine} ${table}`)).toEqual(["MariaDB orders", "SQLite orders"]);
});

test("the details that wait for a product are found without reading those that are shipped", async () => {
  const busiest = "SELECT product_id FROM order_details GROUP BY product_id ORDER BY COUNT(*) DESC LIMIT 1";
  const [{ product_id }] = await mariadb.query(busiest);
  const [{ details }] = await mariadb.query("SELECT COUNT(*) AS details FROM order_details WHERE product_id = ?", [
    product_id,
  ]);
  const text = waitingDetails.text.replaceAll(":product_ids...", "?");
  const rowsRead = async () => {
    const rows: readonly { readonly Value: string }[] = await mariadb.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const before = await rowsRead();
  await mariadb.query(text, [product_id, product_id]);
  expect((await rowsRead()) - before).toBeLessThan(Number(details) / 4);
  const plan = JSON.stringify(sqlite.query(`EXPLAIN QUERY PLAN ${text}`).all(product_id, product_id));
  expect(plan.match(/order_details_by_product \(product_id=\? AND status_id=\?\)/g)).toHaveLength(2);
});

test("a search without results takes at most a tenth of the time of scanning all orders", async () => {
  const { host, port, user, password } = server;
  const databases = [openSqlite({ path }), await openMariadb({ host, port, user, password, database: "northwind" })];
  for (const database of databases) {
    const searchMs = async (limits?: readonly ScanLimit[]) => {
      const begin = performance.now();
      expect(
        await basicKeysOf(database, { filters: withoutResults, sort: "id", after: null, rows: 51 }, limits),
      ).toEqual([]);
      return performance.now() - begin;
    };
    // Other work of the machine only ever adds to a time, so of each the shortest is the truest.
    let [search, scan] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 15; round += 1) {
      search = Math.min(search, await searchMs());
      scan = Math.min(scan, await searchMs([]));
    }
    expect(search / scan).toBeLessThan(0.1);
    await database.close();
  }
});

const withoutResults = {
  ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null },
  ...{ order_date_from: null, order_date_to: null, q: "qqxzj", more: null },
};
