// Defaults by the clock: what agrees today is refused where another day, year or time zone might show a difference.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

function found([type, mariadb, sqlite]: Case): Promise<string[]> {
  const stored = type === "INT" ? "INTEGER" : "TEXT";
  return differences(
    server,
    `CREATE TABLE t (${id}, n INT NOT NULL, w ${type} NOT NULL DEFAULT ${mariadb})`,
    `CREATE TABLE t (${rowid}, n INTEGER NOT NULL, w ${stored} NOT NULL DEFAULT ${sqlite}) STRICT`,
  );
}

type Case = readonly [type: "DATE" | "DATETIME" | "INT", mariadb: string, sqlite: string];

const refused: readonly Case[] = [
  ["DATE", "(CURRENT_DATE + INTERVAL 1 MONTH)", "(date('now', '+1 month'))"],
  ["DATE", "(CURRENT_DATE + INTERVAL 1 YEAR)", "(date('now', '+1 year'))"],
  ["DATE", "(LAST_DAY(CURRENT_DATE))", "(date('now', 'start of month', '+1 month', '-1 day'))"],
  ["DATE", "CURRENT_DATE", "(date('now', 'localtime'))"],
  ["DATETIME", "CURRENT_TIMESTAMP", "(datetime('now', 'localtime'))"],
  ["INT", "(YEAR(CURRENT_DATE))", "(CAST(strftime('%Y', 'now') AS INTEGER))"],
  ["INT", "(YEAR(CURRENT_DATE))", String(new Date().getUTCFullYear())],
  ["DATE", "(CAST(NOW() + INTERVAL 36 HOUR AS DATE))", "(date('now', '+36 hours'))"],
];

describe("what may differ another day", () => {
  for (const one of refused)
    test(one.join(" "), async () =>
      expect((await found(one)).join("\n")).toMatch(
        /^column t\.w by default is .* on (MariaDB|SQLite), which is tried today and may differ another day: write CURRENT_/,
      ),
    );
});

const alike: readonly Case[] = [
  ["DATE", "CURRENT_DATE", "CURRENT_DATE"],
  ["DATE", "(CURDATE() + INTERVAL 30 DAY)", "(date('now', '+30 days'))"],
  ["DATE", "(CURRENT_DATE - INTERVAL 1 DAY)", "(date(CURRENT_DATE, '-1 day'))"],
  ["DATETIME", "CURRENT_TIMESTAMP", "(datetime('now'))"],
  ["DATETIME", "(NOW() + INTERVAL 90 MINUTE)", "(datetime('now', '+90 minutes'))"],
  ["DATETIME", "(CURRENT_TIMESTAMP + INTERVAL 2 HOUR)", "(strftime('%Y-%m-%d %H:%M:%S', 'now', '+2 hours'))"],
  ["DATE", "'2024-02-29'", "'2024-02-29'"],
  ["INT", "(CHAR_LENGTH('not now'))", "(length('not now'))"],
];

describe("what is alike at every moment", () => {
  for (const one of alike) test(one.join(" "), async () => expect(await found(one)).toEqual([]));
});
