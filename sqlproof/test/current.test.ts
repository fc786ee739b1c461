// A database that is up to date and safe is opened over one connection; everything else is left to the full checks.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateMariadb } from "../src/migrations/mariadb.ts";
import { openCurrentMariadb } from "../src/migrations/mariadb-current.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { admin } from "./driver-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "sqlproof-current-"));
const step = (number: number) => join(folder, `000${number}_step.sql`);
let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
  await admin(server, "CREATE DATABASE shop");
  writeFileSync(step(1), "CREATE TABLE IF NOT EXISTS orders (id INT NOT NULL PRIMARY KEY) ENGINE = InnoDB;\n");
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const options = () => {
  const { host, port, user, password } = server;
  return { host, port, user, password, database: "shop" };
};

/** Whether it was opened. */
async function isOpened(server = options()): Promise<boolean> {
  const opened = await openCurrentMariadb(server, folder);
  await opened?.database.close();
  return opened !== null;
}

test("a fully migrated database is opened over one connection, and its recorded steps are returned", async () => {
  expect(await isOpened()).toBe(false);
  expect(await migrateMariadb({ server: options(), folder })).toMatchObject({ applied: ["0001_step"] });
  const before = await connectionsSoFar();
  const opened = await openCurrentMariadb(options(), folder);
  expect(opened?.migration).toEqual({ from: 1, to: 1, applied: [], adopted: false });
  await opened?.database.ping();
  await opened?.database.close();
  // The second is the one that counts.
  expect((await connectionsSoFar()) - before).toBe(2);
});

test("nothing is opened with a wrong password or without the database", async () => {
  expect(await isOpened()).toBe(true);
  expect(await isOpened({ ...options(), password: "wrong" })).toBe(false);
  expect(await isOpened({ ...options(), database: "nowhere" })).toBe(false);
});

test("a pending, a changed and an unknown step are left to the migration", async () => {
  writeFileSync(step(2), "ALTER TABLE orders ADD COLUMN IF NOT EXISTS fee INT;\n");
  expect(await isOpened()).toBe(false);
  await migrateMariadb({ server: options(), folder });
  expect(await isOpened()).toBe(true);
  writeFileSync(step(2), "ALTER TABLE orders ADD COLUMN IF NOT EXISTS fees INT;\n");
  expect(await isOpened()).toBe(false);
  rmSync(step(2));
  expect(await isOpened()).toBe(false);
  writeFileSync(step(2), "ALTER TABLE orders ADD COLUMN IF NOT EXISTS fee INT;\n");
  expect(await isOpened()).toBe(true);
  await admin(server, "UPDATE shop.schema_migrations SET finished_at = NULL WHERE version = 2");
  expect(await isOpened()).toBe(false);
  await admin(server, "UPDATE shop.schema_migrations SET finished_at = UTC_TIMESTAMP() WHERE version = 2");
});

test.each([
  ["SET GLOBAL innodb_flush_log_at_trx_commit = 0", "SET GLOBAL innodb_flush_log_at_trx_commit = 1"],
  ["ALTER TABLE shop.orders MODIFY fee FLOAT", "ALTER TABLE shop.orders MODIFY fee INT"],
  ["ALTER TABLE shop.orders DROP PRIMARY KEY", "ALTER TABLE shop.orders ADD PRIMARY KEY (id)"],
  ["ALTER TABLE shop.orders ENGINE = MyISAM", "ALTER TABLE shop.orders ENGINE = InnoDB"],
])("an unsafe database is not opened: %s", async (harm, remedy) => {
  expect(await isOpened()).toBe(true);
  await admin(server, harm);
  expect(await isOpened()).toBe(false);
  await admin(server, remedy);
  expect(await isOpened()).toBe(true);
});

async function connectionsSoFar(): Promise<number> {
  const rows = await admin(
    server,
    "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'CONNECTIONS'",
  );
  return Number(/\d+/.exec(JSON.stringify(rows))?.[0]);
}
