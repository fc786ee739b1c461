// Triggers that read or write rows of other tables, or several rows of their own: these rows are there when they run.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { differences } from "./two-schemas.ts";

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(() => server.stop());

const key = "id INT NOT NULL PRIMARY KEY";
const tables = {
  mariadb: `CREATE TABLE t (${key}, sid INT NOT NULL, n INT NOT NULL, z INT NULL);
    CREATE TABLE stock (${key}, qty INT NOT NULL, act TINYINT(1) NOT NULL DEFAULT 1);
    CREATE TABLE line (${key}, sid INT NOT NULL, amount DECIMAL(9,2) NOT NULL);
    CREATE VIEW active AS SELECT id, qty FROM stock WHERE act = 1;`,
  sqlite: `CREATE TABLE t (${key}, sid INTEGER NOT NULL, n INTEGER NOT NULL, z INTEGER) STRICT;
    CREATE TABLE stock (${key}, qty INTEGER NOT NULL, act INTEGER NOT NULL DEFAULT 1 CHECK (act BETWEEN 0 AND 1)) STRICT;
    CREATE TABLE line (${key}, sid INTEGER NOT NULL, amount INTEGER NOT NULL) STRICT;
    CREATE VIEW active AS SELECT id, qty FROM stock WHERE act = 1;`,
};

function found(event: string, mariadb: string, sqlite: string): Promise<string[]> {
  const [when = "", of] = event.split(" OF ");
  const [timing, on = "t"] = when.split(" ON ");
  const columns = of === undefined ? "" : ` OF ${of}`;
  return differences(
    server,
    `${tables.mariadb} CREATE TRIGGER g ${timing} ON ${on} FOR EACH ROW BEGIN ${mariadb}; END;`,
    `${tables.sqlite} CREATE TRIGGER g ${timing}${columns} ON ${on} ${sqlite}; END;`,
  );
}

const refuse = "SELECT RAISE(ABORT, 'no')";
const signalIf = (condition: string): string => `IF ${condition} THEN SIGNAL SQLSTATE '45000'; END IF`;
const raiseIf = (condition: string): string => `WHEN ${condition} BEGIN ${refuse}`;

const unlike: readonly (readonly [event: string, mariadb: string, sqlite: string, said: RegExp])[] = [
  [
    "AFTER INSERT",
    "UPDATE stock SET qty = qty - NEW.n WHERE id = NEW.sid",
    "BEGIN UPDATE stock SET qty = qty + NEW.n WHERE id = NEW.sid",
    /^table t: after INSERT, its triggers leave the row \["1","0","0"\] more in stock on MariaDB and the row \["1","20","0"\]/,
  ],
  [
    "AFTER DELETE",
    "IF OLD.z > 0 THEN UPDATE stock SET qty = qty + OLD.n WHERE id = OLD.sid; END IF",
    "BEGIN UPDATE stock SET qty = qty + OLD.n WHERE id = OLD.sid",
    /^table t: after DELETE, its triggers leave .* in stock/,
  ],
  [
    "AFTER INSERT",
    "DELETE FROM stock WHERE id = NEW.sid",
    "BEGIN DELETE FROM stock WHERE id < NEW.sid",
    /^table t: after INSERT, .* in stock/,
  ],
  [
    "AFTER UPDATE OF n",
    "UPDATE stock SET qty = qty - OLD.n WHERE id = OLD.sid; UPDATE stock SET qty = qty + NEW.n WHERE id = NEW.sid",
    "BEGIN UPDATE stock SET qty = qty - OLD.n + NEW.n WHERE id = NEW.sid",
    /^table t: after UPDATE, .* in stock/,
  ],
  [
    "BEFORE INSERT",
    signalIf("(SELECT act FROM stock WHERE id = NEW.sid) = 0"),
    raiseIf("(SELECT act FROM stock WHERE id = NEW.sid) = 1"),
    /^table t: SQLite takes an INSERT of id = 1, .* beside id = 1, act = 0 in stock and MariaDB refuses/,
  ],
  [
    "BEFORE INSERT",
    signalIf("(SELECT qty FROM stock WHERE id = NEW.sid) < NEW.n"),
    raiseIf("(SELECT qty FROM stock WHERE id = NEW.sid) <= NEW.n"),
    /^table t: MariaDB takes an INSERT .* beside .* in stock and SQLite refuses/,
  ],
  [
    "BEFORE INSERT",
    signalIf("(SELECT SUM(n) FROM t WHERE sid = NEW.sid) > 100"),
    raiseIf("(SELECT SUM(n) FROM t WHERE sid = NEW.sid) >= 100"),
    /^table t: MariaDB takes an INSERT .* beside rows of t and SQLite refuses/,
  ],
  [
    "AFTER INSERT",
    signalIf("(SELECT COUNT(*) FROM t WHERE sid = NEW.sid) > 3"),
    raiseIf("(SELECT COUNT(*) FROM t WHERE sid = NEW.sid) > 4"),
    /^table t: SQLite takes an INSERT of id = 4, .* beside rows of t and MariaDB refuses/,
  ],
  [
    "BEFORE INSERT",
    signalIf("(SELECT SUM(amount) FROM line WHERE line.sid = NEW.sid) > 100"),
    raiseIf("(SELECT SUM(amount) FROM line WHERE line.sid = NEW.sid) >= 10000"),
    /^table t: MariaDB takes an INSERT .* beside .* in line and SQLite refuses/,
  ],
  [
    "BEFORE INSERT",
    signalIf("(SELECT COUNT(*) FROM line WHERE sid = NEW.sid) >= 3"),
    raiseIf("(SELECT COUNT(*) FROM line WHERE sid = NEW.sid) > 3"),
    /^table t: SQLite takes an INSERT .* beside .* in line and MariaDB refuses/,
  ],
  [
    "BEFORE INSERT",
    signalIf("(SELECT qty FROM active WHERE id = NEW.sid) > 3"),
    raiseIf("(SELECT qty FROM active WHERE id = NEW.sid) > 4"),
    /^table t: SQLite takes an INSERT .* beside .* in stock and MariaDB refuses/,
  ],
  [
    "BEFORE DELETE ON stock",
    signalIf("EXISTS (SELECT 1 FROM t WHERE sid = OLD.id)"),
    raiseIf("EXISTS (SELECT 1 FROM t WHERE id = OLD.id)"),
    /^table stock: MariaDB takes a DELETE where id = 2 beside id = 2, sid = 1 in t and SQLite refuses/,
  ],
  [
    "AFTER INSERT ON stock",
    "INSERT INTO t (id, sid, n) SELECT id + 1000, NEW.id, n FROM t",
    "BEGIN INSERT INTO t (id, sid, n) SELECT id + 2000, NEW.id, n FROM t",
    /^table stock: after INSERT, .* in t on MariaDB/,
  ],
];

describe("what triggers do beside other rows", () => {
  for (const [event, mariadb, sqlite, said] of unlike)
    test(`${event}: ${mariadb} and ${sqlite}`, async () =>
      expect((await found(event, mariadb, sqlite)).join("\n")).toMatch(said));
});

test("a value that a trigger looks up in another column", async () => {
  const said = await differences(
    server,
    `${tables.mariadb} CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW
       SET NEW.z = (SELECT qty FROM stock WHERE id = NEW.sid);`,
    `${tables.sqlite} CREATE TRIGGER g AFTER INSERT ON t BEGIN
       UPDATE t SET z = (SELECT act FROM stock WHERE id = NEW.sid) WHERE id = NEW.id; END;`,
  );
  expect(said.join("\n")).toMatch(/^table t: after INSERT, its triggers leave .* in t on MariaDB/);
});

describe("bookings that a trigger keeps apart", () => {
  const bookings = (condition: string) => ({
    mariadb: `CREATE TABLE b (${key}, room INT NOT NULL, a DATE NOT NULL, z DATE NOT NULL);
      CREATE TRIGGER g BEFORE INSERT ON b FOR EACH ROW BEGIN
        ${signalIf(`EXISTS (SELECT 1 FROM b WHERE room = NEW.room AND ${condition})`)}; END;`,
    sqlite: `CREATE TABLE b (${key}, room INTEGER NOT NULL, a TEXT NOT NULL, z TEXT NOT NULL) STRICT;
      CREATE TRIGGER g BEFORE INSERT ON b ${raiseIf(`EXISTS (SELECT 1 FROM b WHERE room = NEW.room AND ${condition})`)}; END;`,
  });
  const apart = bookings("a < NEW.z AND NEW.a < z");

  test("both up to the day", async () => expect(await differences(server, apart.mariadb, apart.sqlite)).toEqual([]));

  for (const condition of ["a <= NEW.z AND NEW.a < z", "a < NEW.z AND NEW.a <= z", "NEW.a BETWEEN a AND z"])
    test(`or ${condition}`, async () => {
      const said = await differences(server, apart.mariadb, bookings(condition).sqlite);
      expect(said.join("\n")).toMatch(/^table b: .* beside rows of b and /);
    });
});

const alike: readonly (readonly [event: string, mariadb: string, sqlite: string])[] = [
  [
    "AFTER INSERT",
    "UPDATE stock SET qty = qty - NEW.n, act = (qty - NEW.n > 0) WHERE id = NEW.sid",
    "BEGIN UPDATE stock SET qty = qty - NEW.n, act = (qty - NEW.n > 0) WHERE id = NEW.sid",
  ],
  [
    "BEFORE INSERT",
    signalIf("COALESCE((SELECT SUM(amount) FROM line WHERE line.sid = NEW.sid), 0) >= 100.50"),
    raiseIf("(SELECT SUM(amount) FROM line WHERE line.sid = NEW.sid) > 10049"),
  ],
  [
    "AFTER INSERT",
    signalIf("(SELECT COUNT(*) FROM t WHERE sid = NEW.sid) > 3"),
    raiseIf("(SELECT COUNT(*) FROM t WHERE sid = NEW.sid) >= 4"),
  ],
  [
    "AFTER UPDATE OF n, sid",
    "UPDATE stock SET qty = qty - OLD.n WHERE id = OLD.sid; UPDATE stock SET qty = qty + NEW.n WHERE id = NEW.sid",
    "BEGIN UPDATE stock SET qty = qty - OLD.n WHERE id = OLD.sid; UPDATE stock SET qty = qty + NEW.n WHERE id = NEW.sid",
  ],
  [
    "BEFORE DELETE ON stock",
    signalIf("EXISTS (SELECT 1 FROM t WHERE sid = OLD.id)"),
    raiseIf("(SELECT COUNT(*) FROM t WHERE sid = OLD.id) > 0"),
  ],
  [
    "AFTER INSERT ON stock",
    "INSERT INTO t (id, sid, n) SELECT id + 1000, NEW.id, n FROM t",
    "BEGIN INSERT INTO t (id, sid, n) SELECT id + 1000, NEW.id, n FROM t",
  ],
];

describe("the same triggers", () => {
  for (const [event, mariadb, sqlite] of alike)
    test(`${event}: ${mariadb} and ${sqlite}`, async () => expect(await found(event, mariadb, sqlite)).toEqual([]));
});
