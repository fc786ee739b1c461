// A project that names only one engine in sqlproof.json.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkOffline, checkOnEngines, type Report } from "../src/check/check.ts";
import { type Config, readConfig } from "../src/check/config.ts";
import { ProofStore } from "../src/check/proofs.ts";
import { watchProject } from "../src/check/watch.ts";
import { createSql, openSqlite, type Proof } from "../src/index.ts";
import { openMariadb } from "../src/runtime/mariadb/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { compile, errorLines, head, project, queries, removeProjects, write } from "./fixture.ts";

const onMariadb = { mariadb: "schema/mariadb" };
const onSqlite = { sqlite: "schema/sqlite" };
let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
});

function connection() {
  const { host, port, user, password } = server;
  return { host, port, user, password };
}

function check(config: Config, frozen = false): Promise<Report> {
  return checkOnEngines(config, { frozen, server: connection() });
}

/** The command line, where no private MariaDB can start. */
function withoutServer(config: Config, ...args: string[]): { code: number; said: string } {
  const ran = Bun.spawnSync([process.execPath, join(import.meta.dir, "../src/cli.ts"), ...args], {
    cwd: config.root,
    env: { ...process.env, PRIVATE_MARIADB_TEMPLATE: join(config.root, "there-is-none") },
  });
  return { code: ran.exitCode, said: `${ran.stdout}${ran.stderr}` };
}

function proofsOf(config: Config): Readonly<Record<string, Proof>> {
  return Object.fromEntries(new ProofStore(config).read().proofs);
}

describe("with migrations for MariaDB only", () => {
  test("its types, its functions and its NOT NULL rules count, and no SQLite is asked", async () => {
    const config = project(
      `${queries}export const names = sql(\`SELECT CONCAT(UPPER(name), '!') AS loud, NOW() AS at FROM authors LIMIT 1\`);
export const prices = sql(\`SELECT AVG(price) AS average, AVG(price) / 3 AS third FROM books\`);\n`,
      onMariadb,
    );
    expect(errorLines(await check(config))).toEqual([]);
    expect(readdirSync(join(config.proofs, "queries"))).toHaveLength(5);
    expect(errorLines(checkOffline(config))).toEqual([]);
    expect(errorLines(await check(config, true))).toEqual([]);
    expect(compile(config)).toBe("");
    const generated = readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
    expect(generated).toContain('row: { "loud": string | null; "at": DateTime }');
    expect(generated).toContain('row: { "average": Decimal | null; "third": Decimal | null }');
    write(config.root, "program.ts", `${head}export const q = sql(\`INSERT INTO authors (nickname) VALUES (:n)\`);\n`);
    expect(errorLines(await check(config))).toEqual([
      "program.ts:4:22: INSERT INTO authors leaves out name, which is NOT NULL without a default",
    ]);
    write(config.root, "program.ts", `${head}export const q = sql(\`SELECT prize FROM books\`);\n`);
    expect(errorLines(await check(config))).toEqual([
      "program.ts:4:30: MariaDB 1054: Unknown column 'prize' in 'SELECT'",
    ]);
  });

  test("a pair of texts is refused", async () => {
    const config = project('export const q = sql({ mariadb: "SELECT 1 AS n", sqlite: "SELECT 1 AS n" });\n', onMariadb);
    expect(errorLines(await check(config))).toEqual([
      "program.ts:4:22: this project names one engine: write one text, not a pair",
    ]);
  });

  test("its proofs run on MariaDB, and SQLite is refused with the reason", async () => {
    const config = project("export const n = sql(`SELECT 40 + 2 AS n`);\n", onMariadb);
    expect(errorLines(await check(config))).toEqual([]);
    const sql = createSql<{ "SELECT 40 + 2 AS n": { params: unknown; row: { n: number } } }, never>(proofsOf(config));
    const query = sql("SELECT 40 + 2 AS n");
    const mariadb = await openMariadb({ ...connection(), database: "mysql" });
    expect(await mariadb.one(query)).toEqual({ n: 42 });
    await mariadb.close();
    const sqlite = openSqlite({ path: ":memory:" });
    const refused = sqlite.one(query).catch(String);
    expect(await refused).toContain(
      "This query is proven on MariaDB only: name migrations for SQLite in sqlproof.json",
    );
    await sqlite.close();
  });

  test("--watch proves and sees a change", async () => {
    const config = project(queries, onMariadb);
    const end = new AbortController();
    const reports: string[][] = [];
    await watchProject(config, {
      server: connection(),
      signal: end.signal,
      onReport(report) {
        reports.push(errorLines(report));
        if (reports.length === 1)
          setTimeout(() => write(config.root, "program.ts", head + queries.replace("deposit", "nothing")), 50);
        else end.abort();
      },
    });
    expect(reports[0]).toEqual([]);
    expect(reports[1]?.[0]).toContain("MariaDB 1054: Unknown column 'nothing'");
  });

  test("proofs of both engines are stale when one is no longer named, and the other way round", async () => {
    const both = project();
    expect(errorLines(await check(both))).toEqual([]);
    const settings = readFileSync(join(both.root, "sqlproof.json"), "utf8");
    write(both.root, "sqlproof.json", settings.replace(',"sqlite":"schema/sqlite"', ""));
    expect(errorLines(checkOffline(readConfig(both.root)))).toEqual([
      "the proofs were made with SQLite, which sqlproof.json does not name; run: npm run check",
    ]);
    expect(errorLines(await check(readConfig(both.root)))).toEqual([]);
    write(both.root, "sqlproof.json", settings);
    expect(errorLines(checkOffline(readConfig(both.root)))).toEqual([
      "the proofs were made without SQLite, which sqlproof.json names; run: npm run check",
    ]);
  });
});

describe("with migrations for SQLite only", () => {
  test("a difference that sqlproof.json accepts is not there, and refused", () => {
    const config = project("export const q = sql(`SELECT id FROM books ORDER BY id`);\n", onSqlite);
    const acceptedDifferences = { "column books.lent": "always given" };
    const settings = { include: ["*.ts"], migrations: onSqlite, proofs: ".sqlproof", acceptedDifferences };
    expect(withoutServer(config, "check").code).toBe(0);
    write(config.root, "sqlproof.json", JSON.stringify(settings));
    const needless = 'sqlproof.json accepts a difference of "column books.lent" that is not there: remove it';
    for (const option of [[], ["--frozen"], ["--offline"]])
      expect(withoutServer(config, "check", ...option)).toEqual({ code: 1, said: expect.stringContaining(needless) });
  });

  test("no MariaDB is started, and SQLite's own errors are reported", () => {
    expect(withoutServer(project(), "check").said).toContain("there-is-none");
    const config = project("export const q = sql(`SELECT prize FROM books`);\n", onSqlite);
    const { code, said } = withoutServer(config, "check");
    expect([code, said]).toEqual([1, expect.stringContaining("program.ts:4:30: SQLite: no such column: prize")]);
    write(config.root, "schema/sqlite/0002_more.sql", "ALTER TABLE nope ADD COLUMN x INT;\n");
    expect(withoutServer(config, "check").said).toContain("0002_more.sql:1: SQLite: no such table: nope");
  });
});

describe("sqlproof.json", () => {
  test.each([{}, { mariadb: 1 }, { mariadb: "a", sqlite: 1 }, "schema", null])("migrations %p are refused", (wrong) => {
    const { root } = project();
    const other = { include: ["*.ts"], migrations: wrong, proofs: ".sqlproof" };
    write(root, "sqlproof.json", JSON.stringify(other));
    expect(() => readConfig(root)).toThrow('must be { "mariadb": folder, "sqlite": folder } or only one of them, got ');
  });

  test.each([onMariadb, onSqlite])("the differential run refuses one engine: %p", (migrations) => {
    const { code, said } = withoutServer(project(queries, migrations), "differential");
    const only = "mariadb" in migrations ? "MariaDB" : "SQLite";
    expect([code, said]).toEqual([
      2,
      `sqlproof: The differential run compares MariaDB with SQLite, and sqlproof.json names ${only} only.\n`,
    ]);
  });
});
