// Triggers that compare OLD and NEW: values must be found for which they differ.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences, id, rowid } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const members = "'new', 'open', 'paid', 'void', 'late'";
const columns = {
  mariadb: `st ENUM(${members}) COLLATE utf8mb4_nopad_bin NOT NULL, n INT NOT NULL, p DECIMAL(9,2) NOT NULL, d DATE NOT NULL,
    done TINYINT(1) NOT NULL, v VARCHAR(9) COLLATE utf8mb4_nopad_bin NOT NULL`,
  sqlite: `st TEXT NOT NULL CHECK (st IN (${members})), n INTEGER NOT NULL, p INTEGER NOT NULL, d TEXT NOT NULL,
    done INTEGER NOT NULL CHECK (done IN (0, 1)), v TEXT NOT NULL`,
};

/** Triggers that refuse an UPDATE on a condition. */
function found(mariadb: string, sqlite: string): Promise<string[]> {
  return differences(
    server,
    `CREATE TABLE t (${id}, ${columns.mariadb}) CHARACTER SET utf8mb4;
     CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW BEGIN IF ${mariadb} THEN SIGNAL SQLSTATE '45000'; END IF; END;`,
    `CREATE TABLE t (${rowid}, ${columns.sqlite}) STRICT;
     CREATE TRIGGER g BEFORE UPDATE ON t WHEN ${sqlite} BEGIN SELECT RAISE(ABORT, 'no'); END;`,
  );
}

const unlike: readonly (readonly [mariadb: string, sqlite: string])[] = [
  ["NEW.n - OLD.n > 10", "NEW.n - OLD.n >= 10"],
  ["OLD.n - NEW.n > 10", "OLD.n - NEW.n > 11"],
  ["NEW.n > OLD.n * 3", "NEW.n >= OLD.n * 3 AND OLD.n > 1"],
  ["NEW.p > OLD.p * 1.5", "NEW.p >= OLD.p * 1.5 AND OLD.p > 3"],
  ["OLD.st = 'paid' AND NEW.st <> 'paid'", "OLD.st = 'paid' AND NEW.st NOT IN ('paid', 'new')"],
  ["OLD.st = 'open' AND NEW.st = 'late'", "OLD.st = 'void' AND NEW.st = 'late'"],
  ["OLD.v = 'open' AND NEW.v = 'late'", "OLD.v = 'open' AND NEW.v IN ('late', 'lost')"],
  ["OLD.st = 'paid' AND NEW.n <> OLD.n", "OLD.st IN ('paid', 'void') AND NEW.n <> OLD.n"],
  ["OLD.done AND NEW.n <> OLD.n", "OLD.done AND NEW.n > OLD.n"],
  ["DATEDIFF(NEW.d, OLD.d) > 30", "julianday(NEW.d) - julianday(OLD.d) >= 30"],
  ["NEW.d > OLD.d + INTERVAL 1 MONTH", "NEW.d > date(OLD.d, '+1 month')"],
];

describe("what triggers make of two values", () => {
  for (const [mariadb, sqlite] of unlike)
    test(`${mariadb} and ${sqlite}`, async () =>
      expect((await found(mariadb, sqlite)).join("\n")).toMatch(/takes|OLD/));
});

const alike: readonly (readonly [mariadb: string, sqlite: string])[] = [
  ["NEW.n - OLD.n > 10", "NEW.n > OLD.n + 10"],
  ["NEW.p > OLD.p * 1.5", "NEW.p * 2 > OLD.p * 3"],
  ["OLD.st = 'paid' AND NEW.st <> 'paid'", "NEW.st <> OLD.st AND OLD.st = 'paid'"],
  ["OLD.st = 'paid' AND NEW.n <> OLD.n", "OLD.st = 'paid' AND NEW.n IS NOT OLD.n"],
  ["DATEDIFF(NEW.d, OLD.d) > 30", "julianday(NEW.d) - julianday(OLD.d) > 30"],
];

describe("the same triggers", () => {
  for (const [mariadb, sqlite] of alike)
    test(`${mariadb} and ${sqlite}`, async () => expect(await found(mariadb, sqlite)).toEqual([]));
});
