// Details that an older program called shipped although the ledger sold nothing of them: nothing is waited for, on either
// engine. The count of back orders, what comes in, the actions and the proof agree.
import { Database as SqliteFile } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { migrationsBefore } from "../../../../schema/earlier-migrations.ts";
import { startTimeoutMs } from "../../both-engines.ts";
import { createLog } from "../../http/log.ts";
import { type RunningServer, startServer } from "../../http/server.ts";
import { proveStock } from "./proof.ts";

/** The first step of the schema that keeps stock. */
const firstStep = 23;
const schema = join(import.meta.dir, "../../../../schema");
const folder = mkdtempSync(join(tmpdir(), "northwind-said-"));
const opened = new Map<string, { readonly database: Database; readonly server: RunningServer }>();
let mariadb: PrivateMariadb;

/** Detail 1 is called shipped, 2 as well although the ledger holds some of it, and 3 waits. */
function rows(one: number): readonly string[] {
  return [
    "INSERT INTO products (id, product_name, list_price, target_level) VALUES (1, 'Tea', 0, 30)",
    "INSERT INTO orders (id, status_id) VALUES (1, 0), (2, 1), (3, 0)",
    `INSERT INTO inventory_transactions (id, transaction_type, product_id, quantity)
      VALUES (1, 1, 1, 10), (2, 3, 1, 2)`,
    `INSERT INTO order_details (id, order_id, product_id, quantity, unit_price, status_id, inventory_id)
      VALUES (1, 1, 1, ${5 * one}, 0, 3, NULL), (2, 2, 1, ${4 * one}, 0, 3, 2), (3, 3, 1, ${20 * one}, 0, 5, NULL)`,
  ];
}

async function open(engine: "mariadb" | "sqlite", database: Database): Promise<void> {
  const config = { port: 0, host: "127.0.0.1", corsOrigins: [] };
  opened.set(engine, { database, server: startServer({ config, database, log: createLog("off") }) });
}

beforeAll(async () => {
  const earlier = (engine: "mariadb" | "sqlite") => {
    const steps = join(folder, engine);
    mkdirSync(steps);
    return migrationsBefore(engine, firstStep, steps);
  };
  const path = join(folder, "northwind.db");
  await migrateSqlite({ database: path, folder: earlier("sqlite") });
  const file = new SqliteFile(path);
  for (const statement of rows(10_000)) file.run(statement);
  file.close();
  await migrateSqlite({ database: path, folder: join(schema, "sqlite") });
  await open("sqlite", openSqlite({ path }));
  mariadb = await startPrivateMariadb({ extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
  const { host, port, user, password } = mariadb;
  const server = { host, port, user, password, database: "said_shipped" };
  await createMariadbDatabase(server);
  await migrateMariadb({ server, folder: earlier("mariadb") });
  const connection = await createConnection(server);
  for (const statement of rows(1)) await connection.query(statement);
  await connection.end();
  await migrateMariadb({ server, folder: join(schema, "mariadb") });
  await open("mariadb", await openMariadb(server));
}, startTimeoutMs);

afterAll(async () => {
  for (const { server, database } of opened.values()) {
    await server.stop();
    await database.close();
  }
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(["mariadb", "sqlite"] as const)("a detail that was called shipped, %s", (engine) => {
  async function call(method: string, path: string, body?: object) {
    const headers = { "content-type": "application/json" };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${opened.get(engine)?.server.url}${path}`, init);
    const { data } = Object(await response.json());
    expect([path, response.status]).toEqual([path, 200]);
    return data;
  }

  const detailOf = async (order: number) =>
    (await call("GET", `/api/orders/${order}?include=details`)).order_details[0];

  async function faults() {
    const found = opened.get(engine);
    if (found === undefined) throw new Error("it is not open");
    const { faults: all } = await proveStock(found.database, new AbortController().signal);
    return all.map(({ code, id }) => `${code} ${id}`);
  }

  /** What of the rows contradicts itself, whatever is counted: nobody knows what was held or sold for whom. */
  const known = ["detail-held 2", "entry-without-cause 1", "entry-without-cause 2"];

  test("is shipped, waits for nothing and is counted nowhere; the proof names what the ledger still holds for it", async () => {
    const gone = { allocated: "0.0000", returned: "0.0000", status_id: 3 };
    expect(await detailOf(1)).toMatchObject({ ...gone, shipped: "5.0000", invoiced: "5.0000" });
    expect(await detailOf(2)).toMatchObject({ ...gone, shipped: "4.0000", invoiced: "4.0000" });
    expect(await detailOf(3)).toMatchObject({ shipped: "0.0000", status_id: 5 });
    expect(await call("GET", "/api/stock/1")).toMatchObject({
      ...{ on_hand: "10.0000", allocated: "2.0000", on_order: "0.0000", back_ordered: "20.0000" },
    });
    expect((await faults()).toSorted()).toEqual(known);
    const { refused_actions } = await call("GET", "/api/orders/1/actions");
    const reasons = refused_actions.flatMap((one: { readonly reasons: readonly string[] }) => one.reasons);
    expect(reasons).toContain("Nothing of it waits to be allocated.");
    expect(reasons.join()).not.toContain("Still to be allocated");
    const promised = (await call("GET", "/api/orders/1?include=details,promises")).order_details;
    expect(promised).toMatchObject([{ promised_date: null }]);
  });

  test("gets nothing of what comes in: all of it goes to who waits, and what is counted is what is filled", async () => {
    const adjustment = { product_id: 1, type: "adjusted", quantity: 15, reason: "Delivery" };
    expect(await call("POST", "/api/stock/adjustments", adjustment)).toMatchObject({
      ...{ on_hand: "25.0000", allocated: "22.0000", back_ordered: "0.0000" },
    });
    expect(await detailOf(1)).toMatchObject({ allocated: "0.0000", shipped: "5.0000" });
    expect(await detailOf(2)).toMatchObject({ allocated: "0.0000", shipped: "4.0000" });
    expect(await detailOf(3)).toMatchObject({ allocated: "20.0000", status_id: 1 });
    expect((await faults()).toSorted()).toEqual(known);
  });
});
