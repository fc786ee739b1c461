// Writes that arrive together share one durable commit, and each fails alone.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterEach, describe, expect, test } from "bun:test";
import { type Database, DatabaseError, type Transaction } from "../src/index.ts";
import type { WriterOptions } from "../src/runtime/sqlite/writer.ts";
import { add, addBelow, type Entries, names, openEntries } from "./entries.ts";

let opened: Entries[] = [];
afterEach(async () => {
  for (const entries of opened) await entries.remove();
  opened = [];
});

function entriesFile(options: WriterOptions = {}): Entries {
  const entries = openEntries(options);
  opened.push(entries);
  return entries;
}

/** "ok", the kind of a `DatabaseError`, or the message of another error. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    if (error instanceof DatabaseError) return error.kind;
    return error instanceof Error ? error.message : String(error);
  }
}

const outcomes = (works: readonly Promise<unknown>[]): Promise<string[]> => Promise.all(works.map(outcome));

/** A transaction that adds one entry. */
function adding(database: Database, name: string): Promise<{ id: number }> {
  return database.transaction((tx) => tx.one(add, { name }));
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `entry ${index}`);
}

describe("one commit", () => {
  test("transactions of one turn of the event loop share it, in order of arrival", async () => {
    const { database, stored, commits } = entriesFile();
    const before = commits();
    await Promise.all(numbered(20).map((name) => adding(database, name)));
    expect(commits() - before).toBe(1);
    expect(await stored()).toEqual(numbered(20));
  });

  test("single writes and runMany share it too and return their rows", async () => {
    const { database, commits } = entriesFile();
    const before = commits();
    const [one, many, all] = await Promise.all([
      database.one(add, { name: "one" }),
      database.runMany(add, [{ name: "many 1" }, { name: "many 2" }]),
      database.all(add, { name: "all" }),
    ]);
    expect({ one, many, all, commits: commits() - before }).toEqual({
      one: { id: 1 },
      many: 2,
      all: [{ id: 4 }],
      commits: 1,
    });
  });

  test("writes that arrive while a group runs join it, and those that arrive after its commit do not", async () => {
    const { database, commits } = entriesFile();
    const before = commits();
    const atWork = Promise.withResolvers<void>();
    const mayGoOn = Promise.withResolvers<void>();
    const first = database.transaction(async (tx) => {
      await tx.one(add, { name: "first" });
      atWork.resolve();
      await mayGoOn.promise;
    });
    await atWork.promise;
    const joins = adding(database, "joins");
    mayGoOn.resolve();
    await Promise.all([first, joins]);
    expect(commits() - before).toBe(1);
    await adding(database, "after");
    expect(commits() - before).toBe(2);
  });

  test("a large number of writes takes several commits, and none is forgotten", async () => {
    const { database, stored, commits } = entriesFile();
    const before = commits();
    await Promise.all(numbered(1000).map((name) => adding(database, name)));
    expect(await stored()).toEqual(numbered(1000));
    expect(commits() - before).toBeGreaterThan(1);
    expect(commits() - before).toBeLessThan(100);
  });

  test("no caller gets an answer before it, neither a success nor a failure that depends on another write", async () => {
    const { database, stored, commits } = entriesFile();
    const before = commits();
    const seen: string[] = [];
    const look = async (label: string, work: Promise<unknown>) => {
      const result = await outcome(work);
      seen.push(`${label} ${result} ${commits() - before}`);
    };
    await Promise.all([
      look("first", adding(database, "same")),
      look("second", adding(database, "same")),
      look("third", adding(database, "other")),
    ]);
    expect(seen).toEqual(["first ok 1", "second unique 1", "third ok 1"]);
    expect(await stored()).toEqual(["same", "other"]);
  });

  test("a reader sees nothing before the commit", async () => {
    const { database, stored } = entriesFile();
    const during = await Promise.all([
      adding(database, "a"),
      database.transaction(async (tx) => {
        await tx.one(add, { name: "b" });
        return { outside: await stored(), inside: (await tx.all(names)).length };
      }),
    ]);
    expect(during[1]).toEqual({ outside: [], inside: 2 });
    expect(await stored()).toEqual(["a", "b"]);
  });
});

describe("each fails alone", () => {
  test("a failed statement, a thrown error and a dry run undo only their own effects", async () => {
    const { database, stored, commits } = entriesFile();
    const before = commits();
    const throwing = (name: string, words: string) =>
      database.transaction(async (tx) => {
        await tx.one(add, { name });
        throw new Error(words);
      });
    const results = await outcomes([
      adding(database, "kept 1"),
      throwing("gone 1", "dry run"),
      adding(database, "kept 1"),
      database.runMany(add, [{ name: "gone 2" }, { name: "kept 1" }]),
      database.run(add, { name: "kept 2" }),
      throwing("gone 3", "rule"),
      database.transaction((tx) => outcome(tx.runMany(add, [{ name: "gone 4" }, { name: "kept 1" }]))),
      adding(database, "gone 1"),
    ]);
    expect(results).toEqual(["ok", "dry run", "unique", "unique", "ok", "rule", "unique", "ok"]);
    expect(await stored()).toEqual(["kept 1", "kept 2", "gone 1"]);
    expect(commits() - before).toBe(1);
  });

  test("a group of failures leaves nothing and commits nothing", async () => {
    const { database, stored, commits } = entriesFile();
    const before = commits();
    const failing = (name: string) =>
      database.transaction(async (tx) => {
        await tx.one(add, { name });
        throw new Error(name);
      });
    expect(await outcomes([failing("a"), failing("b"), failing("c")])).toEqual(["a", "b", "c"]);
    expect([await stored(), commits() - before]).toEqual([[], 0]);
  });

  test("an error that only appears at the commit fails its own write; the others are retried and committed", async () => {
    const { database, stored } = entriesFile();
    const orphan = () => database.transaction((tx) => tx.run(addBelow, { name: "orphan", parent: 999 }));
    const results = await outcomes([adding(database, "a"), orphan(), adding(database, "b"), orphan()]);
    expect(results).toEqual(["ok", "foreign-key", "ok", "foreign-key"]);
    expect(await stored()).toEqual(["a", "b"]);
  });

  test("a failure that depended on another write which then failed is revised", async () => {
    const { database, stored } = entriesFile();
    const results = await outcomes([
      adding(database, "first"),
      database.transaction((tx) => tx.run(addBelow, { name: "same", parent: 999 })),
      adding(database, "same"),
    ]);
    expect(results).toEqual(["ok", "foreign-key", "ok"]);
    expect(await stored()).toEqual(["first", "same"]);
  });

  test("a write too large for the disk fails alone, whatever its position", async () => {
    for (const place of [0, 1, 3]) {
      const { database, writer, stored } = entriesFile();
      writer.database.run("PRAGMA max_page_count = 40");
      const works = numbered(3).map((name) => () => adding(database, name));
      works.splice(place, 0, () =>
        database.transaction(async (tx) => {
          await tx.one(add, { name: "small part of the big one" });
          return tx.one(add, { name: "x".repeat(400_000) });
        }),
      );
      const results = await outcomes(works.map((work) => work()));
      expect(results).toEqual(works.map((_, index) => (index === place ? "storage-full" : "ok")));
      expect(await stored()).toEqual(numbered(3));
    }
  });

  test("when SQLite rolls everything back during one write, the others are retried and committed", async () => {
    for (const place of [0, 1, 3]) {
      const { database, stored } = entriesFile();
      const works: (() => Promise<unknown>)[] = numbered(3).map((name) => () => adding(database, name));
      works.splice(place, 0, () => database.runMany(add, [{ name: "part" }, { name: "poison" }]));
      const results = await outcomes(works.map((work) => work()));
      expect(results).toEqual(works.map((_, index) => (index === place ? "value" : "ok")));
      expect(await stored()).toEqual(numbered(3));
    }
  });

  test("a body that continues after SQLite rolled everything back cannot write", async () => {
    const { database, stored } = entriesFile();
    const stubborn = () =>
      database.transaction(async (tx) => {
        await tx.one(add, { name: "before" });
        await outcome(tx.one(add, { name: "poison" }));
        await outcome(tx.one(add, { name: "after" }));
      });
    expect(await outcomes([stubborn(), adding(database, "a"), stubborn(), adding(database, "b")])).toEqual([
      "value",
      "ok",
      "value",
      "ok",
    ]);
    expect(await stored()).toEqual(["a", "b"]);
  });

  test("a leftover statement cannot write after the end of its transaction", async () => {
    const { database, stored } = entriesFile();
    let leaked: Transaction | undefined;
    await database.transaction(async (tx) => {
      leaked = tx;
    });
    await adding(database, "a");
    expect(leaked?.one(add, { name: "late" })).rejects.toThrow("is over");
    expect(await stored()).toEqual(["a"]);
  });
});

describe("a body that waits", () => {
  test("does not delay earlier writes: it is rolled back and retried alone", async () => {
    const { database, stored } = entriesFile();
    let runs = 0;
    const order: string[] = [];
    const slow = () =>
      database.transaction(async (tx) => {
        runs += 1;
        await tx.one(add, { name: "slow" });
        await Bun.sleep(200);
      });
    const works = [
      adding(database, "before").then(() => order.push("before")),
      slow().then(() => order.push("slow")),
      adding(database, "after").then(() => order.push("after")),
    ];
    await Promise.all(works);
    expect(order).toEqual(["before", "after", "slow"]);
    expect(runs).toBe(2);
    expect(await stored()).toEqual(["before", "after", "slow"]);
  });

  test("one that never ends is rejected and holds the writer only up to its limit", async () => {
    const { database, stored } = entriesFile({ idleTransactionTimeoutMs: 100 });
    const hung = (name: string) =>
      database.transaction(async (tx) => {
        await tx.one(add, { name });
        await new Promise(() => {});
      });
    const results = await outcomes([
      hung("hung 1"),
      adding(database, "a"),
      hung("hung 2"),
      adding(database, "b"),
      hung("hung 3"),
    ]);
    expect(results).toEqual(["query-timeout", "ok", "query-timeout", "ok", "query-timeout"]);
    expect(await stored()).toEqual(["a", "b"]);
  });

  test("one that runs longer than that, statement by statement, is not rejected", async () => {
    const { database, stored } = entriesFile({ idleTransactionTimeoutMs: 150 });
    await database.transaction(async (tx) => {
      for (const name of numbered(6)) {
        await tx.one(add, { name });
        await Bun.sleep(50);
      }
    });
    expect(await stored()).toEqual(numbered(6));
  });

  test("a write on the database inside a transaction is refused at once; a read sees committed rows", async () => {
    const { database, stored } = entriesFile();
    const words = await outcome(
      database.transaction(async (tx) => {
        await tx.one(add, { name: "outer" });
        expect(await stored()).toEqual([]);
        await database.run(add, { name: "inner" });
      }),
    );
    expect(words).toContain("use that transaction");
    expect(await stored()).toEqual([]);
    await adding(database, "after");
    expect(await stored()).toEqual(["after"]);
  });
});

describe("other processes and closing", () => {
  test("while another process holds the lock, writers wait without blocking readers", async () => {
    const { database, path, stored } = entriesFile();
    const other = new SqliteDatabase(path);
    other.run("BEGIN IMMEDIATE");
    other.run("INSERT INTO entries (name) VALUES ('theirs')");
    const writes = outcomes(numbered(3).map((name) => adding(database, name)));
    let reads = 0;
    for (; reads < 5; reads += 1) {
      expect(await stored()).toEqual([]);
      await Bun.sleep(5);
    }
    other.run("COMMIT");
    other.close();
    expect(await writes).toEqual(["ok", "ok", "ok"]);
    expect(await stored()).toEqual(["theirs", ...numbered(3)]);
  });

  test("when it keeps the lock, each write fails after its own busy timeout; later ones succeed", async () => {
    const { database, path, stored } = entriesFile({ busyTimeoutMs: 100 });
    const other = new SqliteDatabase(path);
    other.run("BEGIN IMMEDIATE");
    expect(await outcomes(numbered(3).map((name) => adding(database, name)))).toEqual(
      Array.from({ length: 3 }, () => "lock-timeout"),
    );
    other.run("ROLLBACK");
    other.close();
    await adding(database, "later");
    expect(await stored()).toEqual(["later"]);
  });

  test("close waits for all writes, even those that were set aside, and refuses later ones", async () => {
    const { database, path } = openEntries();
    const slow = outcome(
      database.transaction(async (tx) => {
        await Bun.sleep(60);
        await tx.one(add, { name: "slow" });
      }),
    );
    const works = outcomes([adding(database, "a"), ...numbered(200).map((name) => adding(database, name))]);
    const closed = database.close();
    expect(await outcome(adding(database, "too late"))).toBe("unavailable");
    await closed;
    expect([await slow, new Set(await works)]).toEqual(["ok", new Set(["ok"])]);
    const raw = new SqliteDatabase(path, { readonly: true });
    expect(raw.query("SELECT count(*) AS n FROM entries").get()).toEqual({ n: 202 });
    raw.close();
  });

  test("an in-memory database gives the same guarantees", async () => {
    const { database, stored } = entriesFile({ path: ":memory:" });
    const writes = outcomes([adding(database, "a"), adding(database, "a"), adding(database, "b")]);
    expect(await writes).toEqual(["ok", "unique", "ok"]);
    const changing = database.transaction(async (tx) => {
      await tx.one(add, { name: "gone" });
      await Bun.sleep(5);
      throw new Error("dry run");
    });
    await Bun.sleep(1);
    const during = stored();
    expect([await outcome(changing), await during]).toEqual(["dry run", ["a", "b"]]);
  });
});
