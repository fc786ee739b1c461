// The contract of a MariaDB driver, second part: limits and faults. The same cases run on each driver; every call
// must end within its limit, and the pool must work again afterwards.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Database } from "../src/index.ts";
import { openMariadb } from "../src/runtime/mariadb/open.ts";
import type { PrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { startCuttingProxy } from "./cutting-proxy.ts";
import {
  admin,
  drivers,
  type Ending,
  ending,
  holdAll,
  idOf,
  knownFailures,
  limits,
  openOn,
  slackMs,
  startServer,
  statement,
} from "./driver-contract.ts";

const one = statement("SELECT 1 AS n", {}, { n: "bigint" });
const nap = statement("SELECT SLEEP(:seconds) AS s", { seconds: "double" }, { s: "bigint" });
/** Minutes of work that a server may interrupt at any time. */
const hardWork = statement(
  `WITH d AS (SELECT 0 AS d${" UNION ALL SELECT 0".repeat(99)}) SELECT SUM(a.d + b.d + c.d + e.d + f.d) AS s FROM d a, d b, d c, d e, d f`,
  {},
  { s: "text" },
);
const addName = statement("INSERT INTO things (name) VALUES (:name)", { name: "text" });
const countOf = statement("SELECT COUNT(*) AS n FROM things WHERE name = :name", { name: "text" }, { n: "bigint" });
const session = statement(
  "SELECT @@sql_mode AS mode, @@time_zone AS zone, @@innodb_snapshot_isolation AS snapshots, @@max_statement_time AS most, " +
    "@@innodb_lock_wait_timeout AS waits, @@character_set_client AS letters, @@autocommit AS commits",
  {},
  {
    mode: "text",
    zone: "text",
    snapshots: "bigint",
    most: "double",
    waits: "bigint",
    letters: "text",
    commits: "bigint",
  },
);
const state = statement(
  "SELECT @@in_transaction AS inside, @@autocommit AS commits",
  {},
  { inside: "bigint", commits: "bigint" },
);

/** A call may wait first for a connection and then for an answer. */
const longestMs = limits.acquireTimeoutMs + limits.statementTimeoutMs + limits.silenceTimeoutMs + slackMs;
const unanswered = ["unavailable", "too-busy"];

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

const many = (count: number, work: () => Promise<unknown>): Promise<Ending[]> =>
  Promise.all(Array.from({ length: count }, () => ending(work())));

for (const driver of drivers)
  describe(driver.name, () => {
    let db: Database;
    beforeAll(async () => {
      db = await openOn(server, driver);
    });
    afterAll(() => db.close());

    test("every connection has the checker's session, even one that replaces a lost one", async () => {
      const lookAtAll = async (): Promise<void> => {
        const gate = Promise.withResolvers<void>();
        const seen = await Promise.all(
          Array.from({ length: limits.connectionLimit }, () =>
            db.transaction(async (tx) => {
              const settings = { id: await idOf(tx), row: await tx.one(session, {}) };
              setTimeout(gate.resolve, 100);
              await gate.promise;
              return settings;
            }),
          ),
        );
        expect(new Set(seen.map(({ id }) => id)).size).toBe(limits.connectionLimit);
        for (const { id, row } of seen) {
          const { mode, ...rest } = row;
          for (const word of ["STRICT_ALL_TABLES", "ANSI_QUOTES", "PIPES_AS_CONCAT", "NO_BACKSLASH_ESCAPES"])
            expect(`${id}: ${mode}`).toContain(word);
          const most = limits.statementTimeoutMs / 1000;
          expect(rest).toEqual({ zone: "+00:00", snapshots: 1, most, waits: 2, letters: "utf8mb4", commits: 0 });
        }
        for (const { id } of seen) await admin(server, `KILL ${id}`);
      };
      await lookAtAll();
      await Bun.sleep(50);
      await lookAtAll();
    });

    test("the server ends a statement that takes too long, and its connection serves on", async () => {
      const [first] = await many(1, () => db.one(hardWork, {}));
      expect(first?.kind).toBe("query-timeout");
      expect(first?.ms).toBeLessThan(limits.statementTimeoutMs + slackMs);
      expect((await ending(db.one(one, {}))).kind).toBe("done");
    });

    test("KILL QUERY cancels one statement: the caller gets the error at once and the connection stays", async () => {
      const cancelled = db.transaction(async (tx) => {
        const id = await idOf(tx);
        const ended = ending(tx.one(hardWork, {}));
        await Bun.sleep(100);
        await admin(server, `KILL QUERY ${id}`);
        return { ...(await ended), same: (await idOf(tx)) === id };
      });
      expect(await cancelled).toMatchObject({ kind: "query-timeout", same: true });
    });

    test("a full pool: a waiting caller gets the next free connection, or an error at the limit", async () => {
      const { letGo } = await holdAll(db);
      const early = many(20, () => db.one(one, {}));
      await Bun.sleep(200);
      await letGo();
      expect((await early).every(({ kind }) => kind === "done")).toBe(true);
      const second = await holdAll(db);
      for (const { kind, ms } of await many(5, () => db.run(addName, { name: "waits" }))) {
        expect(kind).toBe("too-busy");
        expect(ms).toBeGreaterThan(limits.acquireTimeoutMs - 50);
        expect(ms).toBeLessThan(limits.acquireTimeoutMs + slackMs);
      }
      await second.letGo();
      expect((await ending(db.one(one, {}))).kind).toBe("done");
    });

    test("a frozen server: every call ends within its limit, and the pool works again once the server does", async () => {
      const { letGo } = await holdAll(db);
      await letGo();
      const running = many(limits.connectionLimit, () => db.one(nap, { seconds: 0.5 }));
      await Bun.sleep(100);
      process.kill(server.pid, "SIGSTOP");
      try {
        const meanwhile = many(12, () => db.run(addName, { name: "frozen" }));
        const inTransaction = many(2, () => db.transaction((tx) => tx.one(one, {})));
        for (const { kind, ms } of (await Promise.all([running, meanwhile, inTransaction])).flat()) {
          expect(unanswered).toContain(kind);
          expect(ms).toBeLessThan(longestMs);
        }
        // No connection is left: the next calls fail at the limit for connecting or waiting.
        for (const { kind, ms } of await many(5, () => db.one(one, {}))) {
          expect(unanswered).toContain(kind);
          expect(ms).toBeLessThan(longestMs);
        }
        expect((await ending(openOn(server, driver))).kind).toBe("unavailable");
        expect(unanswered).toContain((await ending(db.ping())).kind);
      } finally {
        process.kill(server.pid, "SIGCONT");
      }
      // The server has to catch up before it accepts connections.
      for (let tries = 0; tries < 20 && (await ending(db.one(one, {}))).kind !== "done"; tries += 1)
        await Bun.sleep(50);
      expect((await many(20, () => db.one(one, {}))).map(({ kind }) => kind)).toEqual(new Array(20).fill("done"));
    }, 30_000);

    test("a transaction whose server freezes ends within its limit and leaves nothing behind", async () => {
      const result = ending(
        db.transaction(async (tx) => {
          await tx.run(addName, { name: "in ice" });
          process.kill(server.pid, "SIGSTOP");
          // The signal takes effect a little later: until then the server would answer, and only the COMMIT would hang.
          await Bun.sleep(100);
          await tx.run(addName, { name: "in ice" });
        }),
      );
      const { kind, ms } = await result.finally(() => process.kill(server.pid, "SIGCONT"));
      expect(kind).toBe("unavailable");
      expect(ms).toBeLessThan(longestMs);
      await Bun.sleep(100);
      expect(await db.one(countOf, { name: "in ice" })).toEqual({ n: 0 });
    }, 30_000);

    test("after an idle connection was killed the next query works, whether read or write", async () => {
      for (const next of [() => db.one(one, {}), () => db.run(addName, { name: "after a kill" })]) {
        const { ids, letGo } = await holdAll(db);
        await letGo();
        for (const id of ids) await admin(server, `KILL ${id}`);
        await Bun.sleep(20);
        expect((await ending(next())).kind).toBe("done");
      }
    });

    test("a connection killed while in use: a read is retried, a write and a transaction fail once", async () => {
      const held = openOn(server, driver, { connectionLimit: 1, statementTimeoutMs: 5000 });
      const single = await held;
      const killed = async (work: (id: number) => Promise<unknown>): Promise<string> => {
        const id = await idOf(single);
        const ended = ending(work(id));
        await Bun.sleep(100);
        await admin(server, `KILL ${id}`);
        return (await ended).kind;
      };
      expect(await killed(() => single.one(nap, { seconds: 0.3 }))).toBe("done");
      expect(await killed(() => single.transaction((tx) => tx.one(nap, { seconds: 0.3 })))).toBe("unavailable");
      const slowWrite = statement("INSERT INTO things (name) SELECT 'slow' WHERE SLEEP(0.3) = 0");
      expect(await killed(() => single.run(slowWrite, {}))).toBe("unknown-outcome");
      expect((await ending(single.run(addName, { name: "slow" }))).kind).toBe("done");
      await single.close();
    }, 20_000);

    test("a connection cut at COMMIT: the outcome is unknown, whether the server received it or not", async () => {
      const proxy = startCuttingProxy(server.port);
      const behind = await openOn(server, driver, { host: "127.0.0.1", port: proxy.port });
      for (const [cut, stored] of [
        ["before commit", 0],
        ["after commit", 1],
      ] as const) {
        const name = `${cut} over ${driver.name}`;
        proxy.cutNext(cut);
        expect((await ending(behind.transaction((tx) => tx.run(addName, { name })))).kind).toBe("unknown-outcome");
        await Bun.sleep(50);
        expect(await behind.one(countOf, { name })).toEqual({ n: stored });
      }
      await behind.close();
      proxy.stop();
    });

    test("a server that is killed and comes back on the same port: errors meanwhile, answers afterwards", async () => {
      const running = many(6, () => db.one(nap, { seconds: 0.4 }));
      await Bun.sleep(50);
      const { restart } = await server.crash();
      for (const { kind, ms } of await running) {
        expect(unanswered).toContain(kind);
        expect(ms).toBeLessThan(longestMs);
      }
      for (const { kind, ms } of await many(5, () => db.run(addName, { name: "down" }))) {
        expect(unanswered).toContain(kind);
        expect(ms).toBeLessThan(limits.acquireTimeoutMs + slackMs);
      }
      await restart();
      expect((await many(20, () => db.run(addName, { name: "up" }))).map(({ kind }) => kind)).toEqual(
        new Array(20).fill("done"),
      );
    }, 60_000);

    test("a transaction that throws leaves nothing behind and returns its connection clean", async () => {
      const { ids, letGo } = await holdAll(db);
      await letGo();
      for (let round = 0; round < 10; round += 1) {
        const refused = db.transaction(async (tx) => {
          await tx.run(addName, { name: "thrown" });
          throw new Error("changed my mind");
        });
        expect((await ending(refused)).kind).toBe("Error: changed my mind");
      }
      expect(await db.one(countOf, { name: "thrown" })).toEqual({ n: 0 });
      expect(await db.one(state, {})).toEqual({ inside: 0, commits: 1 });
      expect(ids).toContain(await idOf(db));
    });

    test("a deadlock ends the transaction even if the body catches it: nothing is half committed", async () => {
      const lock = statement("UPDATE things SET note = 'x' WHERE name = :name", { name: "text" });
      await admin(server, "ALTER TABLE contract.things ADD INDEX IF NOT EXISTS by_name (name)");
      for (const name of ["left", "right"]) await db.run(addName, { name });
      const meet = { left: Promise.withResolvers<void>(), right: Promise.withResolvers<void>() };
      const cross = (mine: "left" | "right", other: "left" | "right"): Promise<Ending> =>
        ending(
          db.transaction(async (tx) => {
            await tx.run(lock, { name: mine });
            meet[mine].resolve();
            await meet[other].promise;
            await tx.run(lock, { name: other }).catch(() => null);
            await tx.run(addName, { name: `half ${driver.name}` });
          }),
        );
      const kinds = (await Promise.all([cross("left", "right"), cross("right", "left")])).map(({ kind }) => kind);
      expect(kinds.toSorted()).toEqual(["conflict", "done"]);
      expect(await db.one(countOf, { name: `half ${driver.name}` })).toEqual({ n: 1 });
    }, 20_000);

    const case_ = "a user of the ed25519 plugin";
    const reason = knownFailures[`${driver.name}: ${case_}`];
    (reason === undefined ? test : test.failing)(
      `${case_}${reason === undefined ? "" : ` (known failure: ${reason})`}`,
      async () => {
        await addModernUser();
        const opened = await openOn(server, driver, modernUser);
        await opened.close();
      },
    );

    test("close waits for running calls, ends every connection, and refuses later calls", async () => {
      const other = await openOn(server, driver);
      const running = ending(other.one(nap, { seconds: 0.3 }));
      await Bun.sleep(50);
      const id = await other.transaction(idOf);
      await other.close();
      expect((await running).kind).toBe("done");
      expect((await ending(other.one(one, {}))).kind).toBe("unavailable");
      await Bun.sleep(50);
      expect(
        await db.all(
          statement(
            "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE ID = :id",
            { id: "integer" },
            { id: "bigint" },
          ),
          { id },
        ),
      ).toEqual([]);
    });
  });

test("openMariadb logs in a user of the ed25519 plugin with whichever driver can", async () => {
  await addModernUser();
  const { host, port } = server;
  const db = await openMariadb({ host, port, database: "contract", ...modernUser });
  expect(await db.one(one, {})).toEqual({ n: 1 });
  await db.close();
});

const modernUser = { user: "modern", password: "secret" } as const;

async function addModernUser(): Promise<void> {
  await admin(server, "INSTALL SONAME 'auth_ed25519'").catch(() => null);
  await admin(server, "CREATE OR REPLACE USER modern@'%' IDENTIFIED VIA ed25519 USING PASSWORD('secret')");
  await admin(server, "GRANT ALL ON contract.* TO modern@'%'");
}
