// The contract of a MariaDB driver, first part: values. The same cases run on each driver.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Database, DecodeError } from "../src/index.ts";
import type { PrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { admin, drivers, ending, holdAll, openOn, startServer, statement } from "./driver-contract.ts";

const columns = {
  name: "text",
  amount: "decimal",
  big: "bigint",
  happened: "datetime",
  on_day: "date",
  flag: "boolean",
  small: "integer",
  weight: "double",
  bytes: "blob",
  note: "text",
} as const;
const names = Object.keys(columns);
const add = statement(
  `INSERT INTO things (${names.join(", ")}) VALUES (${names.map((name) => `:${name}`).join(", ")}) RETURNING id`,
  columns,
  { id: "integer" },
);
const addName = statement("INSERT INTO things (name) VALUES (:name)", { name: "text" });
const addNameGetId = statement(
  "INSERT INTO things (name) VALUES (:name) RETURNING id",
  { name: "text" },
  { id: "integer" },
);
const rename = statement("UPDATE things SET name = :name WHERE id = :id", { name: "text", id: "integer" });
const byId = statement(`SELECT ${names.join(", ")} FROM things WHERE id = :id`, { id: "integer" }, columns);
const nothing = Object.fromEntries(names.map((name) => [name, null]));

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

for (const driver of drivers)
  describe(driver.name, () => {
    let db: Database;
    beforeAll(async () => {
      // 2,000 reads share three connections: on a busy machine the last of them wait for long.
      db = await openOn(server, driver, { statementTimeoutMs: 10_000, acquireTimeoutMs: 20_000 });
    });
    afterAll(() => db.close());

    /** Stores one row and reads it back. */
    const through = async (row: Record<string, unknown>): Promise<Record<string, unknown>> => {
      const values: Readonly<Record<string, unknown>> = { ...nothing, ...row };
      const { id } = await db.one(add, values);
      return db.one(byId, { id });
    };

    test("every type comes back as it went in, and null in each", async () => {
      const row = {
        name: `quotes ' " \\ \` and % _ 漢 🙂`,
        amount: "-0.0000000001",
        big: -9007199254740991,
        happened: "2024-02-29T23:59:59",
        on_day: "1970-01-01",
        flag: true,
        small: -32768,
        weight: 0.1,
        bytes: new Uint8Array([0, 255, 39, 92]),
        note: "",
      };
      expect(await through(row)).toEqual(row);
      expect(await through(nothing)).toEqual(nothing);
      expect(await through({ flag: false, bytes: new Uint8Array(), big: 0 })).toEqual({
        ...nothing,
        flag: false,
        bytes: new Uint8Array(),
        big: 0,
      });
    });

    test("38 digits of a DECIMAL are exact", async () => {
      const cast = statement("SELECT CAST(:x AS DECIMAL(38,10)) AS x", { x: "text" }, { x: "decimal" });
      for (const amount of ["9007199254740993.0000000001", "-9999999999999999999999999999.9999999999", "0.1000000000"])
        expect(await db.one(cast, { x: amount })).toEqual({ x: amount });
      for (const amount of ["922337203.6854775807", "-0.0000000001"])
        expect((await through({ amount })).amount).toBe(amount);
    });

    test("a BIGINT beyond 2^53 is stored exactly, refused as a number and never rounded", async () => {
      const asText = statement(
        "SELECT CAST(big AS CHAR) AS text FROM things WHERE id = :id",
        { id: "integer" },
        { text: "text" },
      );
      for (const big of [2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n]) {
        const { id } = await db.one(add, { ...nothing, big });
        expect((await db.one(asText, { id })).text).toBe(String(big));
        const refused = await db.one(byId, { id }).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(DecodeError);
      }
      for (const big of [2 ** 31, -(2 ** 31) - 1, 2 ** 32, Number.MAX_SAFE_INTEGER])
        expect((await through({ big })).big).toBe(big);
    });

    test("a naive DATETIME is the same text whatever the time zone of the process", async () => {
      const zone = process.env.TZ;
      try {
        for (const other of ["America/New_York", "Asia/Kolkata", "UTC"]) {
          process.env.TZ = other;
          // 02:30 does not exist on that day in New York.
          for (const happened of ["2024-03-10T02:30:00", "1000-01-01T00:00:00", "9999-12-31T23:59:59"])
            expect((await through({ happened })).happened).toBe(happened);
          for (const on_day of ["2024-03-10", "1000-01-01", "9999-12-31"])
            expect((await through({ on_day })).on_day).toBe(on_day);
        }
      } finally {
        process.env.TZ = zone ?? "";
      }
    });

    test("a zero date never comes back as a different day", async () => {
      const { id } = await db.one(addNameGetId, { name: "zero" });
      await admin(server, `SET sql_mode=''; UPDATE contract.things SET happened='0000-00-00' WHERE id=${id}`);
      const read = await db.one(byId, { id }).catch((error: unknown) => error);
      if (read instanceof Error) expect(read).toBeInstanceOf(DecodeError);
      else expect(read).toMatchObject({ happened: "0000-00-00T00:00:00" });
    });

    test("matched rows count even if an UPDATE changes nothing", async () => {
      expect(await db.run(addName, { name: "same" })).toEqual({ rowsAffected: 1 });
      expect(await db.run(addNameGetId, { name: "same" })).toEqual({ rowsAffected: 1 });
      const { id } = await db.one(addNameGetId, { name: "same" });
      for (const name of ["same", "same"]) expect(await db.run(rename, { id, name })).toEqual({ rowsAffected: 1 });
      expect((await db.run(rename, { id: -1, name: "none" })).rowsAffected).toBe(0);
    });

    test("runMany counts all rows; one refused row undoes all", async () => {
      const sets = Array.from({ length: 500 }, (_, index) => ({ name: `many ${index}` }));
      expect(await db.runMany(addName, sets)).toBe(500);
      const count = statement("SELECT COUNT(*) AS n FROM things WHERE name LIKE 'too%'", {}, { n: "bigint" });
      const tooLong = [{ name: "too many" }, { name: "x".repeat(101) }, { name: "too late" }];
      expect((await ending(db.runMany(addName, tooLong))).kind).toBe("value");
      expect((await db.one(count, {})).n).toBe(0);
    });

    test("binary data with every byte value and of a megabyte", async () => {
      const every = new Uint8Array(256).map((_, index) => index);
      const large = new Uint8Array(1_000_000).map((_, index) => (index * 31) % 256);
      expect((await through({ bytes: every })).bytes).toEqual(every);
      const { bytes } = await through({ bytes: large });
      expect(bytes instanceof Uint8Array && Buffer.compare(bytes, large)).toBe(0);
    });

    test("a statement larger than the server accepts is refused, and the pool keeps working", async () => {
      const { kind } = await ending(db.run(addName, { name: "y".repeat(5_000_000) }));
      expect(["value", "unavailable", "other"]).toContain(kind);
      expect((await ending(db.run(addName, { name: "after" }))).kind).toBe("done");
    });

    test("20,000 rows and a cell of 3 MB", async () => {
      const digits =
        "SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9";
      const many = statement(
        `WITH d AS (${digits}) SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n, REPEAT('z', 100) AS filler ` +
          "FROM d a, d b, d c, d e, d f WHERE f.d < 2 ORDER BY n",
        {},
        { n: "bigint", filler: "text" },
      );
      const rows = await db.all(many, {});
      expect(rows).toHaveLength(20_000);
      expect(rows.every(({ n, filler }, index) => n === index && filler === "z".repeat(100))).toBe(true);
      const note = "漢".repeat(1_000_000);
      expect((await through({ note })).note === note).toBe(true);
    });

    test("3,000 different texts at once: each gets its own answer, and the number of prepared statements stays bounded", async () => {
      const wrong: unknown[] = [];
      const ask = async (index: number): Promise<void> => {
        const { n } = await db.one(statement(`SELECT ${index} + :m AS n`, { m: "integer" }, { n: "bigint" }), { m: 1 });
        if (Number(n) !== index + 1) wrong.push([index, n]);
      };
      for (let round = 0; round < 30; round += 1)
        await Promise.all(Array.from({ length: 100 }, (_, index) => ask(round * 100 + index)));
      expect(wrong).toEqual([]);
      const [status] = Object.values(Object(await admin(server, "SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'")));
      expect(Number(Object(status).Value)).toBeLessThan(3 * 1024 + 100);
    }, 30_000);

    test("2,000 concurrent reads never get each other's rows while connections are killed", async () => {
      const ids: unknown[] = [];
      for (let index = 0; index < 50; index += 1) ids.push((await db.one(addNameGetId, { name: `own ${index}` })).id);
      const { ids: connections, letGo } = await holdAll(db);
      await letGo();
      const reads = Array.from({ length: 2000 }, (_, index) => db.one(byId, { id: ids[index % 50] }));
      await admin(server, `KILL ${connections[0]}`);
      const answers = await Promise.allSettled(reads);
      const wrong = answers.filter(
        (answer, i) => answer.status === "fulfilled" && answer.value.name !== `own ${i % 50}`,
      );
      expect(wrong).toEqual([]);
      expect(answers.filter(({ status }) => status === "rejected")).toEqual([]);
    });

    test("statements sent together in one transaction are answered in order", async () => {
      const numbered = statement("SELECT :n AS n", { n: "integer" }, { n: "bigint" });
      const answers = await db.transaction((tx) =>
        Promise.all(Array.from({ length: 20 }, (_, n) => tx.one(numbered, { n }))),
      );
      expect(answers.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    });
  });
