import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations/sqlite";
import { anchorsReport } from "../orders/overview/anchors.ts";
import { countsReport } from "../orders/overview/counts.ts";
import { deleteOrder } from "../orders/queries.ts";
import { createReporter } from "../report-list.ts";
import type { Reporter } from "./reporter.ts";

const folder = mkdtempSync(join(tmpdir(), "northwind-reports-"));
const path = join(folder, "northwind.db");
const filters = {
  ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null },
  ...{ order_date_from: null, order_date_to: null, q: null, more: null },
};
let database: Database;
const reporters: Reporter[] = [];

function reporter(source: string, largeFrom = 0): Reporter {
  const made = createReporter(database, { engine: "sqlite", path: source }, { largeFrom });
  reporters.push(made);
  return made;
}

beforeAll(async () => {
  await migrateSqlite({ folder: join(import.meta.dir, "..", "..", "..", "schema", "sqlite"), database: path });
  database = openSqlite({ path });
});
afterAll(async () => {
  for (const made of reporters) await made.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

test("large reports are made in the report thread, small ones in this thread", async () => {
  const elsewhere = join(folder, "no-database");
  writeFileSync(elsewhere, "This is not a database. ".repeat(100));
  expect(await reporter(elsewhere, 1).run(countsReport, filters)).toEqual([]);
  await expect(reporter(elsewhere).run(countsReport, filters)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await reporter(path).run(countsReport, filters)).toEqual([]);
});

test("a cancelled report is rejected, and the thread makes further reports", async () => {
  const made = reporter(path);
  const client = new AbortController();
  const refused = made.run(anchorsReport, { filters, sort: "id" }, client.signal);
  client.abort();
  await expect(refused).rejects.toMatchObject({ code: "timeout" });
  expect(await made.run(anchorsReport, { filters, sort: "id" })).toEqual({ total: 0, every: 250, anchors: [null] });
});

test("a report of a lost thread is rejected, and the next report starts another thread", async () => {
  const made = reporter(path);
  await made.run(countsReport, filters);
  const lost = made.run(countsReport, filters);
  // Let the request be sent to the thread.
  await new Promise((resolve) => setImmediate(resolve));
  const closed = made.close();
  // The report may have been made or rejected, but must not be left waiting.
  expect(await lost.catch((error: unknown) => error)).toBeDefined();
  await closed;
  expect(await made.run(countsReport, filters)).toEqual([]);
});

test("a read-only connection refuses to write", async () => {
  const reading = openSqlite({ path, readOnly: true });
  await expect(reading.run(deleteOrder, { id: 1, version: 0 })).rejects.toMatchObject({ kind: "read-only" });
  await reading.close();
});
