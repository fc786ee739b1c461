import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { openSqlite } from "../runtime/sqlite/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../test-server/private-mariadb.ts";
import { readMigrations } from "./files.ts";
import { createMariadbDatabase, MigrationError, type MigrationOptions, type MigrationOutcome } from "./index.ts";
import { migrateMariadb } from "./mariadb.ts";
import { migrateSqlite } from "./sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "migrations-test-"));
let server: PrivateMariadb;
let root: Connection;

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  root = await createConnection({ host, port, user, password, rowsAsArray: true });
}, 60_000);

afterAll(async () => {
  await root.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty database of one engine, with functions to migrate, read and change it. */
interface Target {
  readonly migrate: (steps: string, options?: Partial<MigrationOptions>) => Promise<MigrationOutcome>;
  readonly query: (text: string) => Promise<unknown[][]>;
  /** The arguments with which `migrate-once.ts` migrates it in a process of its own. */
  readonly processArguments: (steps: string) => string[];
}

let targets = 0;

async function mariadbTarget(): Promise<Target> {
  const database = `target_${++targets}`;
  const { host, port, user, password } = server;
  const options = { host, port, user, password, database };
  expect(await createMariadbDatabase(options)).toBe(true);
  expect(await createMariadbDatabase(options)).toBe(false);
  return {
    migrate: (steps, more) => migrateMariadb({ server: options, folder: steps, ...more }),
    async query(text) {
      await root.query(`USE ${database}`);
      const rows: unknown = await root.query(text);
      return Array.isArray(rows) ? rows : [];
    },
    processArguments: (steps) => ["mariadb", JSON.stringify(options), steps],
  };
}

async function sqliteTarget(): Promise<Target> {
  const path = join(folder, `target_${++targets}.db`);
  return {
    migrate: (steps, more) => migrateSqlite({ database: path, folder: steps, ...more }),
    async query(text) {
      const database = new Database(path, { create: true });
      const rows = database.query(text).values();
      database.close();
      return rows;
    },
    processArguments: (steps) => ["sqlite", JSON.stringify(path), steps],
  };
}

/** Writes a folder of steps from file names and texts. */
function stepsOf(files: Readonly<Record<string, string>>): string {
  const steps = mkdtempSync(join(folder, "steps-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(steps, name), text);
  return steps;
}

const twoSteps = {
  "0001_first.sql":
    "CREATE TABLE IF NOT EXISTS a (id INT PRIMARY KEY);\nCREATE TABLE IF NOT EXISTS b (id INT PRIMARY KEY);",
  "0002_second.sql":
    "INSERT INTO a SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM a);\nCREATE TABLE IF NOT EXISTS c (id INT PRIMARY KEY);",
};

async function migrationError(work: Promise<unknown>): Promise<MigrationError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

for (const [engine, makeTarget] of [
  ["mariadb", mariadbTarget],
  ["sqlite", sqliteTarget],
] as const) {
  describe(engine, () => {
    test("a new database runs every step once", async () => {
      const target = await makeTarget();
      const steps = stepsOf(twoSteps);
      const first = await target.migrate(steps);
      expect(first).toEqual({ from: 0, to: 2, applied: ["0001_first", "0002_second"], adopted: false });
      expect(await target.migrate(steps)).toEqual({ from: 2, to: 2, applied: [], adopted: false });
      expect((await target.query("SELECT COUNT(*) FROM a")).map(String)).toEqual(["1"]);
    });

    test("after a stop before or after any statement, the next run completes the migration", async () => {
      const steps = stepsOf(twoSteps);
      for (let stop = 1; stop <= 8; stop++) {
        const target = await makeTarget();
        let events = 0;
        const stopping = target.migrate(steps, {
          onProgress: () => {
            events += 1;
            if (events === stop) throw new Error("stopped here");
          },
        });
        await expect(stopping).rejects.toThrow("stopped here");
        const outcome = await target.migrate(steps);
        expect(outcome.to).toBe(2);
        expect(outcome.adopted).toBe(false);
        expect((await target.query("SELECT COUNT(*) FROM a")).map(String)).toEqual(["1"]);
        expect(await target.query("SELECT * FROM c")).toEqual([]);
      }
    }, 30_000);

    test("after a SIGKILL in the middle of a step, the next run completes the migration", async () => {
      const target = await makeTarget();
      const steps = stepsOf(twoSteps);
      const killed = migrateInProcess(target.processArguments(steps), "3");
      expect(await killed.exited).not.toBe(0);
      expect((await target.migrate(steps)).to).toBe(2);
      expect((await target.query("SELECT COUNT(*) FROM a")).map(String)).toEqual(["1"]);
    }, 30_000);

    test("two processes at once: each step runs once and both succeed", async () => {
      const target = await makeTarget();
      const steps = stepsOf({
        ...twoSteps,
        // Would fail when done twice.
        "0003_once.sql": "CREATE TABLE d (id INT PRIMARY KEY);\nINSERT INTO d VALUES (1);",
      });
      const processes = [1, 2].map(() => migrateInProcess(target.processArguments(steps), "0"));
      expect(await Promise.all(processes.map((one) => one.exited))).toEqual([0, 0]);
      expect((await target.query("SELECT COUNT(*) FROM d")).map(String)).toEqual(["1"]);
    }, 30_000);

    test("a step that was missing runs when it comes, also after later ones", async () => {
      const target = await makeTarget();
      const third = { "0003_third.sql": "INSERT INTO b VALUES (1);" };
      const { "0002_second.sql": _, ...first } = twoSteps;
      await target.migrate(stepsOf({ ...first, ...third }));
      const outcome = await target.migrate(stepsOf({ ...twoSteps, ...third }));
      expect(outcome).toEqual({ from: 3, to: 3, applied: ["0002_second"], adopted: false });
      expect(await target.query("SELECT * FROM c")).toEqual([]);
    });

    test("a newer database is refused", async () => {
      const target = await makeTarget();
      await target.migrate(stepsOf(twoSteps));
      const older = stepsOf({ "0001_first.sql": twoSteps["0001_first.sql"] });
      const error = await migrationError(target.migrate(older));
      expect(error.kind).toBe("newer-database");
      expect(error.message).toContain("at step 2, but this program only knows steps up to 1");
    });

    test("a changed step is refused, but different line ends are not a change", async () => {
      const target = await makeTarget();
      await target.migrate(stepsOf(twoSteps));
      const windows = Object.fromEntries(
        Object.entries(twoSteps).map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]),
      );
      expect((await target.migrate(stepsOf(windows))).applied).toEqual([]);
      const changed = stepsOf({ ...twoSteps, "0002_second.sql": "SELECT 1;" });
      const error = await migrationError(target.migrate(changed));
      expect(error.kind).toBe("changed-step");
      expect(error.message).toContain("0002_second");
    });

    test("a failing statement is reported with file, line and the engine's message, and can be corrected", async () => {
      const target = await makeTarget();
      const broken = stepsOf({ ...twoSteps, "0003_third.sql": "\n\nINSERT INTO nowhere VALUES (1);" });
      const error = await migrationError(target.migrate(broken));
      expect(error.kind).toBe("failed");
      expect(error.message).toMatch(/0003_third\.sql:3: .*nowhere/);
      const mended = stepsOf({ ...twoSteps, "0003_third.sql": "INSERT INTO b VALUES (1);" });
      expect((await target.migrate(mended)).applied).toEqual(["0003_third"]);
    });

    test("a database with other tables is refused, unchanged", async () => {
      const target = await makeTarget();
      await target.query("CREATE TABLE users (id INT PRIMARY KEY)");
      const error = await migrationError(target.migrate(stepsOf(twoSteps)));
      expect(error.kind).toBe("something-else");
      expect(error.message).toContain("users");
      expect(await target.query("SELECT * FROM users")).toEqual([]);
      await expect(target.query("SELECT * FROM schema_migrations")).rejects.toThrow();
    });

    test("a database that passes the adoption checks is adopted at step 1, others are refused with reasons", async () => {
      const steps = stepsOf({
        ...twoSteps,
        "0001_first.adopt.sql":
          "SELECT 'Table a has no rows.' WHERE NOT EXISTS (SELECT 1 FROM a);\nSELECT 'never' WHERE 1 = 0;",
      });
      const target = await makeTarget();
      await target.query("CREATE TABLE a (id INT PRIMARY KEY)");
      const error = await migrationError(target.migrate(steps));
      expect(error.kind).toBe("something-else");
      expect(error.message).toContain("Table a has no rows.");
      await expect(target.query("SELECT * FROM schema_migrations")).rejects.toThrow();
      await target.query("INSERT INTO a VALUES (7)");
      expect(await target.migrate(steps)).toEqual({ from: 0, to: 2, applied: ["0002_second"], adopted: true });
      expect((await target.query("SELECT id FROM a")).map(String)).toEqual(["7"]);
      expect(await target.migrate(steps)).toEqual({ from: 2, to: 2, applied: [], adopted: true });
    });
  });
}

test("mariadb > a trigger that the binary log forbids is refused with a remedy, and succeeds after it", async () => {
  const logged = await startPrivateMariadb({ extraArgs: ["--log-bin=binlog"] });
  const { host, port, user, password } = logged;
  const admin = await createConnection({ host, port, user, password });
  try {
    await admin.query("CREATE DATABASE target");
    await admin.query("CREATE USER clerk@'%' IDENTIFIED BY 'pw'");
    await admin.query("GRANT ALL ON target.* TO clerk@'%'");
    const trigger = "CREATE TRIGGER IF NOT EXISTS t BEFORE INSERT ON a FOR EACH ROW SET NEW.id = NEW.id;";
    const steps = stepsOf({ ...twoSteps, "0003_third.sql": trigger });
    const migrate = () =>
      migrateMariadb({ server: { host, port, user: "clerk", password: "pw", database: "target" }, folder: steps });
    const error = await migrationError(migrate());
    expect(error.message).toMatch(/0003_third\.sql:1: .*\n.*SET GLOBAL log_bin_trust_function_creators = 1;/);
    await admin.query("SET GLOBAL log_bin_trust_function_creators = 1");
    expect((await migrate()).applied).toEqual(["0003_third"]);
  } finally {
    await admin.end();
    await logged.stop();
  }
}, 60_000);

/** Migrates in another process, which kills itself at the given progress event (0: never). */
function migrateInProcess(target: readonly string[], killAt: string): Bun.Subprocess {
  return Bun.spawn([process.execPath, join(import.meta.dir, "migrate-once.ts"), ...target, killAt], {
    stdout: "ignore",
    stderr: "inherit",
  });
}

test("sqlite: new files and folders are their owner's alone, and files that are there keep their mode", async () => {
  const steps = mkdtempSync(join(folder, "private-"));
  writeFileSync(join(steps, "0001_one.sql"), "CREATE TABLE a (id INTEGER);");
  const path = join(steps, "new", "folder", "private.db");
  const modeOf = (file: string) => statSync(file).mode & 0o777;
  await migrateSqlite({ database: path, folder: steps });
  const database = openSqlite({ path });
  await database.ping();
  expect(["", "-wal", "-shm"].map((end) => modeOf(path + end))).toEqual([0o600, 0o600, 0o600]);
  await database.close();
  expect([dirname(path), dirname(dirname(path))].map(modeOf)).toEqual([0o700, 0o700]);
  chmodSync(path, 0o640);
  await migrateSqlite({ database: path, folder: steps });
  expect(modeOf(path)).toBe(0o640);
  const direct = join(steps, "direct.db");
  await openSqlite({ path: direct }).close();
  expect(modeOf(direct)).toBe(0o600);
});

test("steps must begin with 1, and no number may stand twice", async () => {
  const refused = async (files: Readonly<Record<string, string>>) =>
    (await migrationError(migrateSqlite({ database: ":memory:", folder: stepsOf(files) }))).message;
  expect(await refused({ "0002_second.sql": "SELECT 1" })).toContain("stands where step 1 was expected");
  expect(await refused({ ...twoSteps, "0002_other.sql": "SELECT 1" })).toContain("has the number of 0002_other.sql");
});

test.each([
  ["2_more.sql", "is not named like 0001_name.sql, with four digits, then small letters, digits and _"],
  ["0002-more.sql", "is not named like 0001_name.sql, with four digits, then small letters, digits and _"],
  ["0002_More.sql", "is not named like 0001_name.sql, with four digits, then small letters, digits and _"],
  ["more.sql", "is not named like 0001_name.sql, with four digits, then small letters, digits and _"],
  ["0002_more.SQL", "is not named like 0001_name.sql, with four digits, then small letters, digits and _"],
  ["0002_more.adopt.sql", "belongs to no step: there is no 0002_more.sql"],
])("a file %s beside the steps is refused instead of left out", async (name, reason) => {
  const steps = stepsOf({ ...twoSteps, "0001_first.adopt.sql": "SELECT 1;", "README.md": "", ".0003_x.sql": "" });
  rmSync(join(steps, "0002_second.sql"));
  expect(readMigrations(steps)).toHaveLength(1);
  writeFileSync(join(steps, name), "SELECT 1;");
  const target = await sqliteTarget();
  expect(await migrationError(target.migrate(steps))).toMatchObject({
    kind: "files",
    message: `${join(steps, name)} ${reason}.`,
  });
});

test("a file instead of the folder of steps, and a folder instead of a step, are refused in one sentence", async () => {
  const steps = stepsOf({ ...twoSteps, nothing: "" });
  const target = await sqliteTarget();
  expect(await migrationError(target.migrate(join(steps, "0001_first.sql")))).toMatchObject({
    kind: "files",
    message: `${join(steps, "0001_first.sql")} is not a folder: name the folder of the migrations.`,
  });
  mkdirSync(join(steps, "0003_third.sql"));
  expect(await migrationError(target.migrate(steps))).toMatchObject({
    kind: "files",
    message: `${join(steps, "0003_third.sql")} is not a file.`,
  });
});

test("a lock that is held for too long is reported", async () => {
  const path = join(folder, "locked.db");
  const holder = new Database(path, { create: true });
  holder.run("CREATE TABLE schema_migrations (version INTEGER, name TEXT, checksum TEXT, adopted INTEGER)");
  holder.run("BEGIN IMMEDIATE");
  const work = migrateSqlite({ database: path, folder: stepsOf(twoSteps), lockTimeoutMs: 100 });
  expect((await migrationError(work)).kind).toBe("locked");
  holder.close();
});
