import { afterAll, beforeAll, expect, test } from "bun:test";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOnEngines } from "../src/check/check.ts";
import { readConfig } from "../src/check/config.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

// The lints skip pairs, so a pair can differ between the engines although the check passes.
const agreeing = "export const books = sql(`SELECT id, isbn FROM books ORDER BY isbn`);\n";
const differing =
  'export const n = sql({ mariadb: "SELECT COUNT(*) AS n FROM books", sqlite: "SELECT COUNT(author_id) AS n FROM books" });\n';

const folders: string[] = [];
let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function project(program: string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "sqlproof-command-"));
  folders.push(root);
  cpSync(join(import.meta.dir, "schema"), join(root, "schema"), { recursive: true });
  const migrations = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };
  writeFileSync(join(root, "sqlproof.json"), JSON.stringify({ include: ["*.ts"], migrations, proofs: ".sqlproof" }));
  writeFileSync(join(root, "program.ts"), program);
  const { host, port, user, password } = server;
  const report = await checkOnEngines(readConfig(root), { frozen: false, server: { host, port, user, password } });
  expect([...report.errors, ...report.projectErrors]).toEqual([]);
  return root;
}

function differential(root: string, ...args: string[]): { status: number; output: string; errors: string } {
  const program = join(import.meta.dir, "../src/cli.ts");
  const run = Bun.spawnSync([process.execPath, program, "differential", ...args], { cwd: root });
  return { status: run.exitCode, output: run.stdout.toString(), errors: run.stderr.toString() };
}

test("engines that agree: exit code 0, the counts and the seed", async () => {
  const { status, output, errors } = differential(
    await project(agreeing),
    "--seed",
    "5",
    "--rows",
    "20",
    "--rounds",
    "3",
  );
  expect(errors).toBe("");
  expect(output).toMatch(
    /^sqlproof: the engines agree: 1 query \(1 with rows\), 3 executions on each engine, 60 rows compared, 0 refused alike, seed 5 \([\d.]+ s\)\n$/,
  );
  expect(status).toBe(0);
});

test("engines that differ: exit code 1, place, query, both rows, and a command that reproduces it", async () => {
  const root = await project(agreeing + differing);
  const first = differential(root, "--seed", "7", "--rows", "20", "--rounds", "3");
  expect(first.status).toBe(1);
  expect(first.errors).toContain("program.ts:2:22: MariaDB and SQLite differ: other rows");
  expect(first.errors).toMatch(/MariaDB \{"n":\d+\}/);
  const [, seed] = /--seed (\d+) --rows 20 --rounds 3 --query 'SELECT COUNT/.exec(first.errors) ?? [];
  const again = differential(
    root,
    "--seed",
    seed ?? "",
    "--rows",
    "20",
    "--rounds",
    "3",
    "--query",
    "COUNT(author_id)",
  );
  const story = (text: string): string => text.split("\n").slice(0, 5).join("\n");
  expect(story(again.errors)).toBe(story(first.errors));
});

test("sums and quotients beyond SQLite's 64 bits are counted, and are no difference", async () => {
  const mean = "SELECT SUM(price * price) / COUNT(*) AS mean FROM books";
  const raised = "SELECT id, price * 1000000000000 * :times::bigint AS raised FROM books ORDER BY id";
  const root = await project(`${agreeing}export const queries = [sql(\`${mean}\`), sql(\`${raised}\`)];\n`);
  const { status, output, errors } = differential(root, "--seed", "5", "--rows", "20", "--rounds", "6");
  expect(errors).toBe("");
  expect(output).toContain(`beyond SQLite's 64 bits in 6 of 6 executions, not compared: ${mean}\n`);
  const [, some] = /bits in (\d) of 6 executions, not compared: SELECT id, price/.exec(output) ?? [];
  expect(Number(some), output).toBeGreaterThan(0);
  expect(output).not.toContain("never returned");
  expect(output).toMatch(
    new RegExp(`3 queries \\(\\d with rows\\), .* refused alike, ${6 + Number(some)} beyond SQLite's 64 bits, seed 5`),
  );
  expect(status).toBe(0);
});

test("a recursion counts to a small parameter, and one that takes too long is named and not compared", async () => {
  const numbers = (most: string): string =>
    `WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < ${most}) SELECT COUNT(*) AS n FROM n`;
  const root = await project(
    `export const queries = [sql(\`${numbers(":most")}\`), sql(\`${numbers("1000000000")}\`)];\n`,
  );
  const { status, output, errors } = differential(root, "--seed", "13", "--rows", "5", "--rounds", "20");
  expect(errors).toBe("");
  expect(output).toContain(`took MariaDB longer than 10 s, not compared: ${numbers("1000000000")} with {}\n`);
  expect(output).toContain("2 queries (1 with rows), 21 executions on each engine, 20 rows compared");
  expect(status).toBe(0);
}, 60_000);

test("a run that is impossible: exit code 2 and one sentence", async () => {
  const root = await project(agreeing);
  const more = "\nsqlproof --help lists the commands and options.\n";
  for (const [args, message] of [
    [["--rounds", "many"], "--rounds takes a whole number from 1, got many"],
    [["--rows", "-1"], "--rows takes a whole number from 1, got -1"],
    [["--seed", "-1"], "--seed takes a whole number from 0, got -1"],
    // Each of these would run nothing, or less than is asked, and the engines would agree.
    [["--rows", "0"], "--rows takes a whole number from 1, got 0"],
    [["--rounds=00"], "--rounds takes a whole number from 1, got 00"],
    [["--query", "zzz"], "no query contains zzz"],
    [["--query="], "--query takes a value"],
    [["--query", "isbn", "--query", "id"], "--query is given twice"],
  ] as const)
    expect(differential(root, ...args)).toMatchObject({ status: 2, output: "", errors: `sqlproof: ${message}${more}` });
  writeFileSync(join(root, "program.ts"), "");
  expect(differential(root)).toMatchObject({
    status: 2,
    output: "",
    errors: "sqlproof: there is no query to run: no file that sqlproof.json includes has an sql() call\n",
  });
  writeFileSync(join(root, "program.ts"), `${agreeing}const text = String(1);\nsql(text);\n`);
  const { status, output, errors } = differential(root);
  expect([status, output]).toEqual([2, ""]);
  expect(errors).toStartWith("sqlproof: program.ts:3: ");
  writeFileSync(join(root, "program.ts"), agreeing.replace("isbn FROM", "title FROM"));
  expect(differential(root)).toMatchObject({
    status: 2,
    errors: "sqlproof: program.ts:1: this SQL is not verified; run: npm run check\n",
  });
});
