// Shared transactions of MariaDB: those that arrive together are one, and each fails alone.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import type { Database, Transaction } from "../src/index.ts";
import type { PrivateMariadb } from "../src/private-mariadb.ts";
import { bunDriver } from "../src/runtime/mariadb-bun.ts";
import { admin, ending, idOf, openOn, startServer, statement } from "./driver-contract.ts";

const add = statement("INSERT INTO entries (name) VALUES (:name)", { name: "text" });
const names = statement("SELECT name FROM entries ORDER BY name", {}, { name: "text" });
const nameOf = statement("SELECT name FROM entries WHERE id = :id", { id: "integer" }, { name: "text" });
const lock = statement(
  "SELECT version FROM things WHERE id = :id FOR UPDATE",
  { id: "integer" },
  { version: "integer" },
);
const bump = statement("UPDATE things SET version = version + 1 WHERE id = :id AND version = :version", {
  ...{ id: "integer", version: "integer" },
});
const version = statement("SELECT version FROM things WHERE id = :id", { id: "integer" }, { version: "integer" });

const schema = `
  CREATE TABLE entries (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL UNIQUE);
  DROP TABLE things; CREATE TABLE things (id INT PRIMARY KEY, version INT NOT NULL);`;

let server: PrivateMariadb;
let database: Database;
beforeAll(async () => {
  server = await startServer();
  await admin(server, `USE contract; ${schema}`);
  database = await openOn(server, bunDriver, { connectionLimit: 8 });
}, 60_000);
afterAll(async () => {
  await database.close();
  await server.stop();
});
beforeEach(() => admin(server, "USE contract; DELETE FROM entries; REPLACE INTO things VALUES (1, 0), (2, 0)"));

const stored = async () => (await database.all(names, {})).map(({ name }) => name);
const adding = (name: string) => database.sharedTransaction((tx) => tx.run(add, { name }));

/** Runs them while a first one keeps the turn, so that they share the next: their endings. */
async function together(works: readonly (() => Promise<unknown>)[]): Promise<readonly string[]> {
  const first = database.sharedTransaction((tx) => tx.all(names, {}));
  const endings = await Promise.all(works.map(async (work) => (await ending(work())).kind));
  await first;
  return endings;
}

async function commits(): Promise<number> {
  const counted: unknown = await admin(server, "SHOW GLOBAL STATUS LIKE 'Com_commit'");
  const [row]: readonly unknown[] = Array.isArray(counted) ? counted : [];
  if (typeof row !== "object" || row === null || !("Value" in row)) throw new Error("no count of commits");
  return Number(row.Value);
}

describe("one commit", () => {
  test("transactions that arrive together share it, on one connection", async () => {
    const before = await commits();
    const connections = new Set<number>();
    const works = Array.from(
      { length: 20 },
      (_, index) => () =>
        database.sharedTransaction(async (tx) => {
          connections.add(await idOf(tx));
          await tx.run(add, { name: `entry ${index}` });
        }),
    );
    expect(new Set(await together(works))).toEqual(new Set(["done"]));
    expect(await stored()).toHaveLength(20);
    expect([connections.size, (await commits()) - before]).toEqual([1, 2]);
  });

  test("a crowd of hundreds is done, and nobody is forgotten", async () => {
    await Promise.all(Array.from({ length: 500 }, (_, index) => adding(`entry ${index}`)));
    expect(await stored()).toHaveLength(500);
  });
});

describe("each fails alone", () => {
  test("a refused statement, and an error after a write: the others are kept", async () => {
    const throwing = () =>
      database.sharedTransaction(async (tx) => {
        await tx.run(add, { name: "gone" });
        throw new Error("a rule");
      });
    const endings = await together([() => adding("a"), () => adding("a"), throwing, () => adding("b")]);
    expect(endings).toEqual(["done", "unique", "Error: a rule", "done"]);
    expect(await stored()).toEqual(["a", "b"]);
  });

  test("a refusal that rested on a peer's write which was then taken back does not count", async () => {
    let runs = 0;
    const seesNothing = async () =>
      database.sharedTransaction(async (tx) => {
        runs += 1;
        await tx.all(names, {});
        if ((await tx.all(names, {})).length > 0) throw new Error("seen");
      });
    const failing = () =>
      database.sharedTransaction(async (tx) => {
        await tx.run(add, { name: "taken back" });
        await tx.all(names, {});
        throw new Error("a rule");
      });
    expect(await together([failing, seesNothing])).toEqual(["Error: a rule", "done"]);
    expect(runs).toBeGreaterThan(1);
  });

  test("read, change and write of one row by many at once: no change is lost", async () => {
    const bumping = async (): Promise<void> => {
      const done = await database.sharedTransaction(async (tx) => {
        const [row] = await tx.all(lock, { id: 1 });
        return (await tx.run(bump, { id: 1, version: row?.version })).rowsAffected === 1;
      });
      if (!done) await bumping();
    };
    await Promise.all(Array.from({ length: 30 }, bumping));
    expect((await database.one(version, { id: 1 })).version).toBe(30);
  });
});

describe("nobody waits for another", () => {
  test("a row that somebody else has locked: whoever needs it waits alone, the others are done meanwhile", async () => {
    const gate = Promise.withResolvers<void>();
    const inside = Promise.withResolvers<void>();
    const holder = database.sharedTransaction(async (tx) => {
      await tx.all(lock, { id: 2 });
      inside.resolve();
      await gate.promise;
    });
    await inside.promise;
    const order: string[] = [];
    const note = (word: string, work: Promise<unknown>) => work.then(() => order.push(word));
    const needs = note(
      "waited",
      database.sharedTransaction((tx) => tx.all(lock, { id: 2 })),
    );
    await Promise.all([note("other", adding("a")), note("other", adding("b"))]);
    order.push("let go");
    gate.resolve();
    await Promise.all([holder, needs]);
    expect(order).toEqual(["other", "other", "let go", "waited"]);
  });

  test("a body that waits for something else keeps nobody, and never runs twice at the same time", async () => {
    const gate = Promise.withResolvers<void>();
    let [running, most, runs] = [0, 0, 0];
    const waiting = () =>
      database.sharedTransaction(async (tx) => {
        [running, runs] = [running + 1, runs + 1];
        most = Math.max(most, running);
        await tx.run(add, { name: "waits" });
        await gate.promise;
        running -= 1;
      });
    const both = together([waiting, () => adding("a")]);
    while (!(await stored()).includes("a")) await Bun.sleep(5);
    gate.resolve();
    expect(await both).toEqual(["done", "done"]);
    expect([most, runs, await stored()]).toEqual([1, 2, ["a", "waits"]]);
  });

  test("what is left of a transaction cannot write after its end", async () => {
    let leaked: Transaction | undefined;
    await database.sharedTransaction(async (tx) => {
      leaked = tx;
      await tx.all(nameOf, { id: 1 });
    });
    expect((await ending(leaked?.run(add, { name: "late" }) ?? Promise.resolve())).kind).toBe("other");
    expect(await stored()).toEqual([]);
  });
});

test("a connection that ends in the middle: all run on, or are told; nothing is half written", async () => {
  const cut = () =>
    database.sharedTransaction(async (tx) => {
      await tx.run(add, { name: "cut" });
      await admin(server, `KILL CONNECTION ${await idOf(tx)}`);
      await tx.all(names, {});
    });
  const endings = await together([() => adding("a"), cut, () => adding("b")]);
  expect(new Set(endings)).toEqual(new Set(["unavailable"]));
  expect(await stored()).toEqual([]);
  await adding("after");
  expect(await stored()).toEqual(["after"]);
});
