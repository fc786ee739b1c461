// The proof of the stock of the well-known Northwind, taken over on MariaDB and moved to SQLite: exactly its known faults.
// The dump is test data beside the repository; without it these tests are skipped, except in CI.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { sql } from "northwind-schema/sql";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { migrateMariadb, splitStatements } from "sqlproof/migrations";
import { moveDatabase } from "sqlproof/move";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import type { Fault } from "./fault.ts";
import { proveStock } from "./proof.ts";

const root = join(import.meta.dir, "../../../..");
const dump = join(root, "../shared/northwind");
const present = existsSync(join(dump, "northwind.sql"));
if (!present) {
  const words = `the Northwind dump is missing: ${dump}`;
  if (process.env.CI) throw new Error(words);
  console.log(`Skipped: ${words}`);
}

const folder = mkdtempSync(join(tmpdir(), "northwind-proof-"));
const path = join(folder, "northwind.db");
const databases = new Map<"mariadb" | "sqlite", Database>();
let server: PrivateMariadb;

beforeAll(async () => {
  if (!present) return;
  server = await startPrivateMariadb({ extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
  const { host, port, user, password } = server;
  const connection = await createConnection({ host, port, user, password, charset: "utf8mb4" });
  // The files expect MySQL's default modes, and name their database themselves.
  await connection.query("SET sql_mode = 'NO_ENGINE_SUBSTITUTION'");
  for (const file of ["northwind.sql", "northwind-data.sql"])
    for (const { text } of splitStatements(readFileSync(join(dump, file), "utf8").replaceAll(/^#.*$/gm, "")))
      await connection.query(text);
  await connection.end();
  const address = { host, port, user, password, database: "northwind" };
  await migrateMariadb({ server: address, folder: join(root, "schema/mariadb") });
  const source = { engine: "mariadb", server: address } as const;
  await moveDatabase({
    source,
    target: { engine: "sqlite", path },
    folder: join(root, "schema/sqlite"),
    onEvent: () => {},
  });
  databases.set("mariadb", await openMariadb(address));
  databases.set("sqlite", openSqlite({ path }));
}, 120_000);

afterAll(async () => {
  for (const database of databases.values()) await database.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const totals = sql(`
  SELECT SUM(on_hand) AS on_hand, SUM(on_hand - allocated) AS available, SUM(on_order) AS on_order, SUM(low) AS low,
    SUM(CASE WHEN to_reorder > 0 THEN 1 ELSE 0 END) AS reordered, SUM(to_reorder) AS to_reorder FROM product_stock
`);

const expected: Readonly<Partial<Record<Fault["code"], readonly number[]>>> = {
  "detail-held": [86],
  "entry-without-detail": [96, 97, 98],
  // All of them: not one of the original carries a number.
  "entry-without-cause": Array.from({ length: 102 }, (_, index) => index + 35),
  "order-without-details": [57, 59, 61, 62, 64, 65, 66, 68],
  "order-new-but-shipped": [57, 59, 61, 62, 64, 65, 66],
  "order-new-but-invoiced": [69, 70, 71],
  "orders-missing": [49, 52],
};

describe.skipIf(!present).each(["mariadb", "sqlite"] as const)("Northwind taken over, %s", (engine) => {
  const database = () => {
    const found = databases.get(engine);
    if (found === undefined) throw new Error("it is not open");
    return found;
  };

  test("has the stock of the original", async () => {
    const row = await database().one(totals);
    expect(Object.values(row).map(Number)).toEqual([1063, 485, 711, 28, 31, 2135]);
  });

  test("has exactly the known faults of the original, each with its row", async () => {
    const { faults, total } = await proveStock(database(), new AbortController().signal);
    const found = Object.groupBy(faults, ({ code }) => code);
    const { "product-code-twice": codes, ...others } = found;
    const ids = Object.entries(others).map(([code, some]) => [code, some.map(({ id }) => id)]);
    expect<unknown>(Object.fromEntries(ids)).toEqual(expected);
    expect(codes?.map(({ message }) => message.replace(/.*code, /, ""))).toEqual(["NWTJP-6.", "NWTC-82."]);
    expect(total).toBe(faults.length);
    expect(found["detail-held"]?.[0]?.message).toBe(
      "Order detail 86 wants 10 and has 10 allocated, but the ledger holds 110 for it, from entry 136 on.",
    );
    expect(found["orders-missing"]?.map(({ message }) => message)).toEqual([
      ...["Order 49 is missing.", "The orders 52 to 54 are missing."],
    ]);
  });
});
