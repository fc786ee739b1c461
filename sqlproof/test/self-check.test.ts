// The self-check at startup on real servers with bad settings: it reports every problem with a remedy that works.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite, UnsafeDatabaseError } from "../src/index.ts";
import { refuseUnsafeServer, refuseUnsafeTables } from "../src/self-check/mariadb.ts";
import { unsafeSettings } from "../src/self-check/server-settings.ts";
import { unsafeSqlite } from "../src/self-check/sqlite.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { admin } from "./driver-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "sqlproof-self-check-"));
let server: PrivateMariadb;
beforeAll(async () => {
  const bad = [
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-innodb-doublewrite",
    "--log-bin=changes",
    "--sync-binlog=0",
  ];
  server = await startPrivateMariadb({ extraArgs: [...bad, "--server-id=1", "--sql-mode="] });
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const optionsOf = ({ host, port, user, password }: PrivateMariadb) => ({ host, port, user, password });

async function problemsOf(work: Promise<void>): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (error instanceof UnsafeDatabaseError) return error.problems;
    throw error;
  }
}

/** The statement that a problem says to run. */
function remedyIn(problem: string): string {
  return /[Rr]un ((?:SET|ALTER|PRAGMA) [^;]*;)/.exec(problem)?.[1] ?? "";
}

/** A proxy that replaces words in client messages by others of the same length, as some proxies drop a SET. */
function altering(port: number, from: string, to: string) {
  return Bun.listen<{ upstream: ReturnType<typeof Bun.connect> }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(client) {
        const socket = {
          data: (_: unknown, bytes: Buffer) => void client.write(bytes),
          close: () => void client.end(),
        };
        client.data = { upstream: Bun.connect({ hostname: "127.0.0.1", port, socket }) };
      },
      async data(client, bytes) {
        const upstream = await client.data.upstream;
        upstream.write(Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1"));
      },
      async close(client) {
        (await client.data.upstream).end();
      },
    },
  });
}

describe("MariaDB", () => {
  const options = () => ({ ...optionsOf(server), database: "shop" });

  test("every unsafe setting is reported at once, and running its remedy is enough", async () => {
    const problems = await problemsOf(refuseUnsafeServer(options()));
    expect(problems.map((problem) => problem.split(":")[0])).toEqual([
      "innodb_flush_log_at_trx_commit is 0",
      "innodb_doublewrite is OFF",
      "sync_binlog is 0",
    ]);
    expect(problems[1]).toContain("Write innodb_doublewrite = ON under [mariadbd]");
    for (const problem of problems) if (remedyIn(problem) !== "") await admin(server, remedyIn(problem));
    const left = await problemsOf(refuseUnsafeServer(options()));
    expect(left.map((problem) => problem.split(":")[0])).toEqual(["innodb_doublewrite is OFF"]);
  });

  test.each([
    ["STRICT_ALL_TABLES", "IGNORE_SPACE,ANSI", "The session has no strict mode"],
    [
      "innodb_snapshot_isolation = ON",
      "innodb_snapshot_isolation =OFF",
      "innodb_snapshot_isolation is OFF in the session",
    ],
    ["time_zone = '+00:00'", "time_zone = '+05:00'", "The session's time zone is not UTC"],
    ["'innodb_snapshot_isolation'", "'innodb_snapshot_isolatio_'", "The server is too old or not MariaDB"],
  ])("a proxy must not change the session: %s", async (from, to, words) => {
    const proxy = altering(server.port, from, to);
    const problems = await problemsOf(refuseUnsafeServer({ ...options(), port: proxy.port }));
    proxy.stop(true);
    expect(problems.filter((problem) => problem.startsWith(words))).toHaveLength(1);
    expect((await problemsOf(refuseUnsafeServer(options()))).filter((problem) => problem.startsWith(words))).toEqual(
      [],
    );
  });

  test("the given tables must be transactional, with a primary key and without floats; other tables are ignored", async () => {
    await admin(
      server,
      `CREATE DATABASE shop; USE shop; CREATE TABLE orders (id INT NOT NULL, fee FLOAT, total DOUBLE) ENGINE = MyISAM;
       CREATE TABLE theirs (x FLOAT) ENGINE = Aria; CREATE VIEW v AS SELECT fee FROM orders`,
    );
    const problems = await problemsOf(refuseUnsafeTables(options(), ["orders"]));
    expect(problems.map(remedyIn)).toEqual([
      "ALTER TABLE orders ENGINE = InnoDB;",
      "ALTER TABLE orders ADD PRIMARY KEY (id);",
      "ALTER TABLE orders MODIFY fee DECIMAL(19,4);",
      "ALTER TABLE orders MODIFY total DECIMAL(19,4);",
    ]);
    for (const problem of problems) await admin(server, `USE shop; ${remedyIn(problem)}`);
    expect(await problemsOf(refuseUnsafeTables(options(), ["orders"]))).toEqual([]);
  });

  test("a cluster node must log rows, number them without waiting, and not read while cut off", () => {
    const node = {
      ...{ version: "10.11.19-MariaDB", innodb_snapshot_isolation: "ON", innodb_flush_log_at_trx_commit: "1" },
      ...{ wsrep_on: "ON", binlog_format: "MIXED", innodb_autoinc_lock_mode: "1", wsrep_dirty_reads: "ON" },
    };
    const names = (values: object) =>
      unsafeSettings(new Map(Object.entries(values))).map((problem) => problem.split(" ")[0]);
    expect(names(node)).toEqual(["binlog_format", "innodb_autoinc_lock_mode", "wsrep_dirty_reads"]);
    expect(names({ ...node, wsrep_on: "OFF" })).toEqual([]);
  });
});

describe("SQLite", () => {
  test("this package's own connections are safe", () => {
    const path = join(folder, "safe.db");
    openSqlite({ path }).close();
    const database = new SqliteDatabase(path);
    expect(unsafeSqlite(database, path)).toHaveLength(1);
    database.close();
  });

  test("each unsafe setting of a connection is reported, and its remedy fixes it", () => {
    const path = join(folder, "unsafe.db");
    const database = new SqliteDatabase(path);
    database.run("PRAGMA synchronous = NORMAL");
    const problems = unsafeSqlite(database, path);
    expect(problems).toHaveLength(3);
    database.run("PRAGMA journal_mode = WAL");
    for (const problem of problems) if (remedyIn(problem) !== "") database.run(remedyIn(problem));
    expect(unsafeSqlite(database, path)).toEqual([]);
    database.close();
  });

  test("a database that cannot use WAL mode is refused", () => {
    expect(() => openSqlite({ path: "" })).toThrow(/cannot use WAL mode but only memory mode/);
    const memory = openSqlite({ path: ":memory:" });
    expect(memory.engine).toBe("sqlite");
    memory.close();
  });
});
