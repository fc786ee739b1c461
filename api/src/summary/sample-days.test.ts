// The home page of the sample company always has something to show: on each of these days, the real queries make the
// summary of a database that was filled on that day.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "northwind-schema/sample";
import { dateTime, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { summaryOf } from "./summary.ts";

const folder = mkdtempSync(join(tmpdir(), "northwind-days-"));
const empty = join(folder, "empty.db");

beforeAll(() => migrateSqlite({ folder: join(import.meta.dir, "../../../schema/sqlite"), database: empty }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Days around the end of a year, the end of February with and without a leap day, and the ends of other months. */
const days = [
  ...["2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05"],
  ...["2027-02-28", "2027-03-01", "2027-03-28", "2027-05-31", "2027-06-01", "2027-10-31"],
  ...["2028-02-28", "2028-02-29", "2028-03-01", "2028-04-30", "2028-07-01", "2028-07-02", "2028-07-03"],
];

async function summaryOn(day: string, time: string) {
  const path = join(folder, `${day}.db`);
  copyFileSync(empty, path);
  const database = openSqlite({ path });
  try {
    await loadSample(database, day);
    return await summaryOf(
      database,
      { now: dateTime(`${day}T${time}`), minorUnit: 2, lateDays: 7 },
      AbortSignal.timeout(60_000),
    );
  } finally {
    await database.close();
  }
}

describe.each(days)("the sample company of %s", (day) => {
  test.each(["00:00:00", "23:59:59"])("at %s has open and late orders, monthly sales and a top five", async (time) => {
    const { orders_by_status, late, sales_by_month, top_products, top_customers } = await summaryOn(day, time);
    expect(orders_by_status.map(({ status_id, orders }) => [status_id, orders > 0])).toEqual([
      [0, true],
      [1, true],
      [2, true],
      [3, true],
      [4, false],
    ]);
    expect(late.orders).toBeGreaterThanOrEqual(2);
    expect(late.orders).toBeLessThanOrEqual(6);
    expect(late.first.length).toBe(late.orders);
    expect(sales_by_month).toHaveLength(12);
    expect(sales_by_month.at(-1)?.month).toBe(day.slice(0, 7));
    for (const { orders, sales } of sales_by_month.slice(0, -1)) {
      expect(orders).toBeGreaterThanOrEqual(20);
      expect(sales).toMatch(/^\d{5,6}\.\d{4}$/);
    }
    expect([top_products.length, top_customers.length]).toEqual([5, 5]);
  });
});
