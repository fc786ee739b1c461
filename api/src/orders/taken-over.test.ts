/**
 * The API on a real, old database: the well-known MySQL port of Northwind, taken over. Goal: every row it holds can be
 * read, and written in fields that are in order, whatever stands in the others. The dump is test data beside the
 * repository; without it these tests are skipped, except in CI.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createConnection } from "mariadb";
import type { Database, Decimal } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { migrateMariadb, splitStatements } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { startTimeoutMs } from "../both-engines.ts";
import { fromUnits, isDecimal, toUnits } from "../contract/decimal.ts";
import { createLog } from "../http/log.ts";
import { type RunningServer, startServer } from "../http/server.ts";

const dump = join(import.meta.dir, "../../../../shared/northwind");
const present = existsSync(join(dump, "northwind.sql"));
if (!present && process.env.CI) throw new Error(`the Northwind dump is missing: ${dump}`);

let mariadb: PrivateMariadb;
let database: Database;
let server: RunningServer;

async function loadDump(): Promise<void> {
  const { host, port, user, password } = mariadb;
  const connection = await createConnection({ host, port, user, password, charset: "utf8mb4" });
  await connection.query("SET sql_mode = 'NO_ENGINE_SUBSTITUTION'");
  for (const file of ["northwind.sql", "northwind-data.sql"]) {
    const text = readFileSync(join(dump, file), "utf8").replaceAll(/^#.*$/gm, "");
    for (const statement of splitStatements(text)) await connection.query(statement.text);
  }
  await connection.end();
}

type Json = Readonly<Record<string, unknown>>;

async function call(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(server.url + path, init);
  const parsed: unknown = await response.json();
  return { status: response.status, body: typeof parsed === "object" ? { ...parsed } : {} };
}

async function list(path: string): Promise<readonly Json[]> {
  const { status, body } = await call("GET", path);
  expect([path, status]).toEqual([path, 200]);
  return Array.isArray(body.data) ? body.data : [];
}

/** The exact sum of one amount over many rows. */
function sum(rows: readonly Json[], field: string): string {
  const amounts = rows.map(({ [field]: amount }) => amount);
  return fromUnits(amounts.reduce((total: bigint, text) => total + (isAmount(text) ? toUnits(text) : 0n), 0n));
}

const isAmount = (value: unknown): value is Decimal => typeof value === "string" && isDecimal(value);

describe.skipIf(!present)("on the taken-over Northwind", () => {
  beforeAll(async () => {
    mariadb = await startPrivateMariadb();
    await loadDump();
    const { host, port, user, password } = mariadb;
    const options = { host, port, user, password, database: "northwind" };
    await migrateMariadb({ folder: join(import.meta.dir, "../../../schema/mariadb"), server: options });
    database = await openMariadb(options);
    server = startServer({ config: { port: 0, host: "127.0.0.1", corsOrigins: [] }, database, log: createLog("off") });
  }, startTimeoutMs);

  afterAll(async () => {
    await server.stop();
    await database.close();
    await mariadb.stop();
  });

  test("GET /api/orders 200: 48 orders with 58 details worth 68137.0000, shipping 2138.0000", async () => {
    const orders = await list("/api/orders?include=details,customer,employee,shipper");
    expect(orders).toHaveLength(48);
    expect(orders.flatMap(({ order_details }) => order_details)).toHaveLength(58);
    expect(sum(orders, "subtotal")).toBe(fromUnits(681_370_000n));
    expect(sum(orders, "shipping_fee")).toBe(fromUnits(21_380_000n));
    expect(sum(orders, "order_total")).toBe(fromUnits(702_750_000n));
  });

  test("GET 200: every row of every resource, with its letters", async () => {
    const counts = { customers: 29, employees: 9, shippers: 3, suppliers: 10, products: 45 };
    for (const [resource, count] of Object.entries(counts))
      expect([resource, (await list(`/api/${resource}`)).length]).toEqual([resource, count]);
    expect(await list("/api/customers?q=perez-olaeta")).toMatchObject([{ last_name: "Pérez-Olaeta" }]);
    expect(await list("/api/customers?q=o'donnell")).toMatchObject([{ last_name: "O’Donnell" }]);
    expect(await list("/api/products?q=NWTB-1")).toMatchObject([{ supplier_ids: [4] }]);
  });

  test("GET /api/orders/{id}/history 200 and empty: nothing was written down before", async () => {
    const { status, body } = await call("GET", "/api/orders/30/history");
    expect([status, body.data]).toEqual([200, []]);
  });

  test("PUT /api/orders/{id} 200: every order takes a note and keeps everything else", async () => {
    for (const before of await list("/api/orders?include=details")) {
      const { status, body } = await call("PUT", `/api/orders/${before.id}?include=details`, { notes: "checked" });
      expect([status, body.data]).toEqual([200, { ...before, notes: "checked" }]);
    }
  });

  test("PUT 200: every customer, employee, shipper, supplier and product takes itself back", async () => {
    for (const resource of ["customers", "employees", "shippers", "suppliers", "products"])
      for (const { id, ...fields } of await list(`/api/${resource}`)) {
        const { status, body } = await call("PUT", `/api/${resource}/${id}`, fields);
        expect([resource, status, body.data]).toEqual([resource, 200, { id, ...fields }]);
      }
  });

  test("DELETE 409: what the history needs stays", async () => {
    const refused = await Promise.all(
      [
        "/api/orders/30",
        "/api/customers/27",
        "/api/products/1",
        "/api/employees/9",
        "/api/shippers/2",
        "/api/suppliers/1",
      ].map(async (path) => (await call("DELETE", path)).status),
    );
    expect(refused).toEqual([409, 409, 409, 409, 409, 409]);
  });
});
