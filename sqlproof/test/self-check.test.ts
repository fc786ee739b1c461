// The start-up self-check against real servers with bad settings: every fault is named with its cure, and the cure cures.
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

async function faultsOf(work: Promise<void>): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (error instanceof UnsafeDatabaseError) return error.problems;
    throw error;
  }
}

/** The statement that a fault tells to run. */
function cureIn(fault: string): string {
  return /[Rr]un ((?:SET|ALTER|PRAGMA) [^;]*;)/.exec(fault)?.[1] ?? "";
}

/** A proxy that puts other words of the same length into what clients say, as some proxies leave out a SET. */
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

  test("every unsafe setting is named at once, and running its cure is enough", async () => {
    const faults = await faultsOf(refuseUnsafeServer(options()));
    expect(faults.map((fault) => fault.split(":")[0])).toEqual([
      "innodb_flush_log_at_trx_commit is 0",
      "innodb_doublewrite is OFF",
      "sync_binlog is 0",
    ]);
    expect(faults[1]).toContain("Write innodb_doublewrite = ON under [mariadbd]");
    for (const fault of faults) if (cureIn(fault) !== "") await admin(server, cureIn(fault));
    const left = await faultsOf(refuseUnsafeServer(options()));
    expect(left.map((fault) => fault.split(":")[0])).toEqual(["innodb_doublewrite is OFF"]);
  });

  test.each([
    ["STRICT_ALL_TABLES", "IGNORE_SPACE,ANSI", "No strict mode holds"],
    [
      "innodb_snapshot_isolation = ON",
      "innodb_snapshot_isolation =OFF",
      "innodb_snapshot_isolation is OFF in our session",
    ],
    ["time_zone = '+00:00'", "time_zone = '+05:00'", "The time zone of our session is not UTC"],
    ["'innodb_snapshot_isolation'", "'innodb_snapshot_isolatio_'", "The server is too old or no MariaDB"],
  ])("what lies between must not change our session: %s", async (from, to, words) => {
    const proxy = altering(server.port, from, to);
    const faults = await faultsOf(refuseUnsafeServer({ ...options(), port: proxy.port }));
    proxy.stop(true);
    expect(faults.filter((fault) => fault.startsWith(words))).toHaveLength(1);
    expect((await faultsOf(refuseUnsafeServer(options()))).filter((fault) => fault.startsWith(words))).toEqual([]);
  });

  test("our tables must be transactional, have a primary key and no floats; others' are not looked at", async () => {
    await admin(
      server,
      `CREATE DATABASE shop; USE shop; CREATE TABLE orders (id INT NOT NULL, fee FLOAT, total DOUBLE) ENGINE = MyISAM;
       CREATE TABLE theirs (x FLOAT) ENGINE = Aria; CREATE VIEW v AS SELECT fee FROM orders`,
    );
    const faults = await faultsOf(refuseUnsafeTables(options(), ["orders"]));
    expect(faults.map(cureIn)).toEqual([
      "ALTER TABLE orders ENGINE = InnoDB;",
      "ALTER TABLE orders ADD PRIMARY KEY (id);",
      "ALTER TABLE orders MODIFY fee DECIMAL(19,4);",
      "ALTER TABLE orders MODIFY total DECIMAL(19,4);",
    ]);
    for (const fault of faults) await admin(server, `USE shop; ${cureIn(fault)}`);
    expect(await faultsOf(refuseUnsafeTables(options(), ["orders"]))).toEqual([]);
  });

  test("a node of a cluster must write rows, number them without waiting, and not read when it is cut off", () => {
    const node = {
      ...{ version: "10.11.19-MariaDB", innodb_snapshot_isolation: "ON", innodb_flush_log_at_trx_commit: "1" },
      ...{ wsrep_on: "ON", binlog_format: "MIXED", innodb_autoinc_lock_mode: "1", wsrep_dirty_reads: "ON" },
    };
    const names = (values: object) =>
      unsafeSettings(new Map(Object.entries(values))).map((fault) => fault.split(" ")[0]);
    expect(names(node)).toEqual(["binlog_format", "innodb_autoinc_lock_mode", "wsrep_dirty_reads"]);
    expect(names({ ...node, wsrep_on: "OFF" })).toEqual([]);
  });
});

describe("SQLite", () => {
  test("our own connections are safe", () => {
    const path = join(folder, "safe.db");
    openSqlite({ path }).close();
    const database = new SqliteDatabase(path);
    expect(unsafeSqlite(database, path)).toHaveLength(1);
    database.close();
  });

  test("each unsafe setting of a connection is named, and its cure cures it", () => {
    const path = join(folder, "unsafe.db");
    const database = new SqliteDatabase(path);
    database.run("PRAGMA synchronous = NORMAL");
    const faults = unsafeSqlite(database, path);
    expect(faults).toHaveLength(3);
    database.run("PRAGMA journal_mode = WAL");
    for (const fault of faults) if (cureIn(fault) !== "") database.run(cureIn(fault));
    expect(unsafeSqlite(database, path)).toEqual([]);
    database.close();
  });

  test("a database that cannot be run in WAL mode is refused", () => {
    expect(() => openSqlite({ path: "" })).toThrow(/cannot be run in WAL mode but only in memory mode/);
    const memory = openSqlite({ path: ":memory:" });
    expect(memory.engine).toBe("sqlite");
    memory.close();
  });
});
