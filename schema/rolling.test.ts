/**
 * Two versions on one database during a rolling restart: every statement of every released version is run before and
 * after each step that says that it allows this, and must do the same. On MariaDB the server says which steps keep
 * writers waiting.
 */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Connection, createConnection, SqlError } from "mariadb";
import type { Engine } from "sqlproof";
import { connectionConfig } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite, readMigrations } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { migrationsBefore } from "./earlier-migrations.ts";
import { folderOf, loadMariadb, releasedVersions, unpackSqlite } from "./released-versions.ts";
import { effectOf, stepEffects } from "./rolling.ts";

const folder = mkdtempSync(join(tmpdir(), "northwind-rolling-"));
let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb({ directory: folder, extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Statement {
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly scale: number }[];
  readonly mariadb: { readonly text: string; readonly binds: readonly string[] };
  readonly sqlite: { readonly text: string; readonly binds: readonly string[] };
}

function statementsOf(version: string): readonly Statement[] {
  return JSON.parse(gunzipSync(readFileSync(join(folderOf(version), "statements.json.gz"))).toString());
}

/** Values that fit the columns they usually go to, and that the small databases have. */
const named: Readonly<Record<string, string>> = {
  ...{ hash: "a".repeat(64), previous_hash: "b".repeat(64), write_id: "c".repeat(36) },
  ...{ resource: "order", action: "update", step: "sample", table_name: "orders", language: "en", currency: "EUR" },
};

function valueFor(statement: Statement, engine: Engine, name: string): string | number | Buffer {
  const parameter = statement.parameters.find((one) => one.name === name);
  switch (parameter?.type) {
    case "text":
      return named[name] ?? "a";
    case "datetime":
      return "2026-03-11 00:00:00";
    case "date":
      return "2026-03-11";
    case "blob":
      return Buffer.from("a");
    case "decimal":
      return engine === "sqlite" ? 10 ** parameter.scale : "1";
    default:
      return 1;
  }
}

/** What a statement did: the rows it read, how many it wrote, or why it was refused. Nothing of it stays. */
type Outcome = readonly unknown[];

interface Old {
  readonly run: (statement: Statement) => Promise<Outcome>;
  /** Runs the steps up to this one. */
  readonly migrate: (through: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Numbers that an insert gives differ from run to run, so only what was read is compared value by value. */
function outcome(text: string, rows: readonly unknown[] | null, affected: number): Outcome {
  if (rows === null) return [affected];
  if (!/^\s*(SELECT|WITH)/i.test(text)) return [rows.length];
  const shown = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  return rows.map((row) => JSON.stringify(row, shown)).sort();
}

function stepsThrough(engine: Engine, through: number): string {
  return migrationsBefore(engine, through + 1, mkdtempSync(join(folder, "steps-")));
}

function oldSqlite(version: string): Old {
  const file = join(folder, `${version}.db`);
  unpackSqlite(version, file);
  const database = new Database(file, { safeIntegers: true });
  database.run("PRAGMA foreign_keys = ON");
  return {
    async run(statement) {
      const { text, binds } = statement.sqlite;
      const values = binds.map((name) => valueFor(statement, "sqlite", name));
      database.run("BEGIN");
      try {
        const prepared = database.prepare(text);
        const reads = prepared.columnNames.length > 0;
        return reads ? outcome(text, prepared.values(...values), 0) : [prepared.run(...values).changes];
      } catch (error) {
        return [error instanceof Error ? error.message : error];
      } finally {
        database.run("ROLLBACK");
      }
    },
    async migrate(through) {
      await migrateSqlite({ database: file, folder: stepsThrough("sqlite", through) });
    },
    close: async () => database.close(),
  };
}

async function oldMariadb(version: string): Promise<Old> {
  const { host, port, user, password } = server;
  const database = `northwind_${version.replaceAll(".", "_")}`;
  const options = { host, port, user, password, database };
  await loadMariadb(version, server, database);
  const connection = await createConnection({ ...connectionConfig(options), rowsAsArray: true });
  return {
    async run(statement) {
      const { text, binds } = statement.mariadb;
      const values = binds.map((name) => valueFor(statement, "mariadb", name));
      await connection.beginTransaction();
      try {
        const answer: unknown[] | { affectedRows: number } = await connection.query(text, values);
        return Array.isArray(answer) ? outcome(text, answer, 0) : [answer.affectedRows];
      } catch (error) {
        return [error instanceof SqlError ? error.sqlMessage : error];
      } finally {
        await connection.rollback();
      }
    },
    async migrate(through) {
      await migrateMariadb({ server: options, folder: stepsThrough("mariadb", through) });
    },
    close: () => connection.end(),
  };
}

const steps = readMigrations(join(import.meta.dir, "mariadb"));
const firstReleased = 7;

test("every step since the first released version says whether it allows a rolling restart", () => {
  const later = steps.filter(({ version }) => version > firstReleased).map(({ name }) => name);
  expect(Object.keys(stepEffects)).toEqual(later);
});

test("docs/upgrade.md lists the steps as they are", () => {
  const rows = Object.entries(stepEffects).map(
    ([step, { rolling, reason, locked }]) =>
      `| ${step} | ${rolling ? "yes" : "**no**"} | ${reason} | ${locked.join(", ") || "none"} |`,
  );
  expect(readFileSync(join(import.meta.dir, "..", "docs", "upgrade.md"), "utf8")).toContain(rows.join("\n"));
});

/** The last step of a version: that of its database. */
function lastStepOf(version: string): number {
  const file = join(folder, `steps-of-${version}.db`);
  unpackSqlite(version, file);
  const database = new Database(file, { readonly: true });
  const row = database.query<{ last: number }, []>("SELECT MAX(version) AS last FROM schema_migrations").get();
  database.close();
  return row?.last ?? 0;
}

/** The steps after a step that follow each other and allow a rolling restart. Steps between such runs do not. */
function runsAfter(lastStep: number) {
  const runs: { allowing: string[]; before: number; last: number }[] = [];
  let before = lastStep;
  for (const { version, name } of steps.filter((step) => step.version > lastStep)) {
    const run = runs.at(-1);
    if (!effectOf(name).rolling) before = version;
    else if (run?.before === before) {
      run.allowing.push(name);
      run.last = version;
    } else runs.push({ allowing: [name], before, last: version });
  }
  return runs;
}

const cases = releasedVersions().flatMap((version) => [
  { version, engine: "sqlite" } as const,
  { version, engine: "mariadb" } as const,
]);

test.each(cases)(
  "statements of version $version on $engine do the same after each step that allows a rolling restart",
  async ({ version, engine }) => {
    const old = engine === "sqlite" ? oldSqlite(version) : await oldMariadb(version);
    const statements = statementsOf(version);
    const outcomes = async () => {
      const all: Outcome[] = [];
      for (const statement of statements) all.push(await old.run(statement));
      return all;
    };
    try {
      const first = await outcomes();
      const accepted = first.filter(([first]) => typeof first !== "string" || first.startsWith("["));
      // Most statements must find something to do, or this test would show nothing.
      expect(accepted.length).toBeGreaterThan(statements.length * 0.8);
      for (const { allowing, before: step, last } of runsAfter(lastStepOf(version))) {
        await old.migrate(step);
        const before = await outcomes();
        await old.migrate(last);
        const after = await outcomes();
        const different = statements.flatMap(({ [engine]: { text } }, index) =>
          Bun.deepEquals(before[index], after[index]) ? [] : [{ text, before: before[index], after: after[index] }],
        );
        expect({ allowing, different }).toEqual({ allowing, different: [] });
      }
    } finally {
      await old.close();
    }
  },
  60_000,
);

describe("while a step runs on MariaDB", () => {
  let connection: Connection;
  beforeAll(async () => {
    const { host, port, user, password } = server;
    await createMariadbDatabase({ host, port, user, password, database: "locks" });
    connection = await createConnection(connectionConfig({ host, port, user, password, database: "locks" }));
  });
  afterAll(() => connection.end());

  /** Runs an ALTER TABLE so that others may write meanwhile; false if the server cannot. */
  async function letsOthersWrite(text: string): Promise<boolean> {
    const notSupported = [1845, 1846];
    try {
      await connection.query(`${text}, LOCK = NONE`);
      return true;
    } catch (error) {
      if (!(error instanceof SqlError) || !notSupported.includes(error.errno)) throw error;
      await connection.query(text);
      return false;
    }
  }

  test("writers wait for exactly the tables that it names", async () => {
    for (const step of steps) {
      const locked = new Set<string>();
      for (const { text } of step.statements) {
        const table = /^ALTER TABLE (\w+)/i.exec(text)?.[1];
        if (table === undefined || step.version <= firstReleased) await connection.query(text);
        else if (!(await letsOthersWrite(text))) locked.add(table);
      }
      expect([step.name, [...locked].sort()]).toEqual([step.name, [...effectOf(step.name).locked].sort()]);
    }
  }, 60_000);
});
