// The contract of a MariaDB driver, third part: one statement for many sets of values.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Database } from "../src/index.ts";
import type { PrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { drivers, ending, openOn, startServer, statement } from "./driver-contract.ts";

const add = statement(
  "INSERT INTO things (name, small) VALUES (CONCAT(:name, ' (?)'), :small) RETURNING id, name",
  { name: "text", small: "integer" },
  { id: "integer", name: "text" },
);
const addNumbered = statement("INSERT INTO things (id, small) VALUES (:id, 0)", { id: "integer" });
const smallOf = statement("SELECT small FROM things WHERE id = :id", { id: "integer" }, { small: "integer" });
const write = statement("UPDATE things SET small = :small WHERE id = :id", { id: "integer", small: "integer" });
const countOf = statement("SELECT COUNT(*) AS n FROM things WHERE name LIKE :name", { name: "text" }, { n: "bigint" });

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

for (const driver of drivers)
  describe(driver.name, () => {
    let db: Database;
    beforeAll(async () => {
      db = await openOn(server, driver, { statementTimeoutMs: 10_000 });
    });
    afterAll(() => db.close());

    for (const count of [0, 1, 2, 3, 64, 65, 200])
      test(`oneEach returns ${count} rows in the order of their sets`, async () => {
        const sets = Array.from({ length: count }, (_, index) => ({ name: `${driver.name} ${count}`, small: index }));
        const rows = await db.transaction((tx) => tx.oneEach(add, sets));
        expect(rows.map(({ name }) => name)).toEqual(sets.map(({ name }) => `${name} (?)`));
        const smalls = await Promise.all(rows.map(({ id }) => db.one(smallOf, { id: Number(id) })));
        expect(smalls.map(({ small }) => small)).toEqual(sets.map(({ small }) => small));
      });

    test("oneEach: sets of a megabyte do not build a statement that is too large", async () => {
      const sets = Array.from({ length: 8 }, (_, small) => ({ name: "x", note: "y".repeat(1_000_000), small }));
      const addNote = statement(
        "INSERT INTO things (name, note, small) VALUES (:name, :note, :small) RETURNING small",
        { name: "text", note: "text", small: "integer" },
        { small: "integer" },
      );
      const rows = await db.transaction((tx) => tx.oneEach(addNote, sets));
      expect(rows.map(({ small }) => small)).toEqual(sets.map(({ small }) => small));
    });

    test("oneEach: one refused set undoes all", async () => {
      const sets = ["gone 1", "gone 2".padEnd(200), "gone 3"].map((name) => ({ name, small: 1 }));
      expect((await ending(db.transaction((tx) => tx.oneEach(add, sets)))).kind).toBe("value");
      expect((await db.one(countOf, { name: "gone%" })).n).toBe(0);
    });

    test("a statement after the end of its transaction is refused and never runs", async () => {
      const late = Promise.withResolvers<void>();
      let statementLate: Promise<unknown> = Promise.resolve();
      await db.transaction(async (tx) => {
        await tx.oneEach(add, [{ name: "in time", small: 1 }]);
        statementLate = late.promise.then(() => tx.oneEach(add, [{ name: "too late", small: 1 }]));
      });
      late.resolve();
      expect((await ending(statementLate)).kind).toBe("other");
      expect((await db.one(countOf, { name: "too late%" })).n).toBe(0);
    });

    test("a deadlock in the middle of many statements: the later ones leave nothing behind", async () => {
      const base = 1_000_000 * (1 + drivers.indexOf(driver));
      await db.runMany(
        addNumbered,
        Array.from({ length: 40 }, (_, place) => ({ id: base + place })),
      );
      const held = Promise.withResolvers<void>();
      const waiting = Promise.withResolvers<void>();
      // The larger of the two transactions survives.
      const heavy = db.transaction(async (tx) => {
        await tx.runMany(
          write,
          Array.from({ length: 30 }, (_, place) => ({ id: base + place, small: 1 })),
        );
        held.resolve();
        await waiting.promise;
        await tx.run(write, { id: base + 31, small: 1 });
      });
      await held.promise;
      const light = ending(
        db.transaction(async (tx) => {
          await tx.run(write, { id: base + 31, small: 2 });
          setTimeout(waiting.resolve, 200);
          const places = [32, 0, 33, 34, 35];
          await tx.runMany(
            write,
            places.map((place) => ({ id: base + place, small: 2 })),
          );
        }),
      );
      expect((await light).kind).toBe("conflict");
      await heavy;
      for (const place of [31, 32, 33, 34, 35])
        expect(await db.one(smallOf, { id: base + place })).toEqual({ small: place === 31 ? 1 : 0 });
    });
  });
