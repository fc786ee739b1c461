// The command line itself: what it answers to words that it does not know, and to files that are not what they should be.
import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../src/check/config.ts";
import { project, removeProjects, write } from "./fixture.ts";

afterAll(removeProjects);

const onSqlite = { sqlite: "schema/sqlite" };
const oneQuery = "export const q = sql(`SELECT id FROM books ORDER BY id`);\n";

/** Runs the command in the folder of a project. */
function sqlproof(config: Config, ...args: string[]): { code: number; said: string } {
  const program = join(import.meta.dir, "../src/cli.ts");
  const ran = Bun.spawnSync([process.execPath, program, ...args], { cwd: config.root });
  return { code: ran.exitCode, said: `${ran.stdout}${ran.stderr}` };
}

/** The settings of a project on SQLite only, with others instead. */
function settings(config: Config, other: object): void {
  const usual = { include: ["*.ts"], migrations: onSqlite, proofs: ".sqlproof" };
  write(config.root, "sqlproof.json", JSON.stringify({ ...usual, ...other }));
}

describe("a file where a folder belongs: one sentence that names it, and no stack trace", () => {
  test.each(["check", "differential"])("%s: the migrations", (command) => {
    const config = project("");
    const both = { mariadb: "schema/mariadb", sqlite: "schema/sqlite/0001_library.sql" };
    settings(config, { migrations: command === "check" ? { sqlite: both.sqlite } : both });
    const path = join(config.root, "schema/sqlite/0001_library.sql");
    expect(sqlproof(config, command)).toEqual({
      code: 2,
      said: `sqlproof: ${path} is not a folder: name the folder of the migrations.\n`,
    });
  });

  test.each(["package.json", "package.json/proofs"])("the proofs: %s", (proofs) => {
    const config = project(oneQuery, onSqlite);
    write(config.root, "package.json", "{}");
    settings(config, { proofs });
    for (const args of [["check"], ["check", "--offline"]])
      expect(sqlproof(config, ...args)).toEqual({
        code: 2,
        said: `sqlproof: "proofs" in ${join(config.root, "sqlproof.json")} must be a folder: ${join(config.root, "package.json")} is a file.\n`,
      });
  });

  test("the folder of the queries, and a source", () => {
    const config = project(oneQuery, onSqlite);
    mkdirSync(config.proofs);
    write(config.root, ".sqlproof/queries", "");
    const { code, said } = sqlproof(config, "check", "--offline");
    expect([code, said]).toEqual([2, expect.stringMatching(/^sqlproof: E\w+: .*\.sqlproof\/queries'\n$/)]);
    rmSync(join(config.proofs, "queries"));
    Bun.spawnSync(["ln", "-s", "nowhere.ts", join(config.root, "gone.ts")]);
    const second = sqlproof(config, "check");
    expect([second.code, second.said]).toEqual([2, expect.stringMatching(/^sqlproof: ENOENT: .*gone\.ts'\n$/)]);
  });
});

describe("words that the command does not know", () => {
  const more = "\nsqlproof --help lists the commands and options.\n";

  test.each([
    [["chek"], '"chek" is no command: write check'],
    [["differental", "--seed", "1"], '"differental" is no command: write differential'],
    [["migrate"], '"migrate" is no command: it has check, differential, help and version'],
    [["hlep"], '"hlep" is no command: write help'],
    [[], "name a command: check or differential"],
    [["--offline"], "name a command: check or differential"],
    [["check", "--ofline"], "--ofline is no option of check: write --offline"],
    [["--Frozen", "check"], "--Frozen is no option of check: write --frozen"],
    [["check", "-w"], "-w is no option of check: it has --frozen, --offline, --watch, --help, --version"],
    [["check", "--seed=1"], "--seed is no option of check: it has --frozen, --offline, --watch, --help, --version"],
    [["check", "--offline=1"], "--offline takes no value"],
    [["check", "src"], 'check takes no "src": sqlproof.json names the files'],
    [["check", "--offline", "--frozen"], "--offline and --frozen exclude each other"],
    [["differential", "--round", "1"], "--round is no option of differential: write --rounds"],
    [["differential", "--rows"], "--rows takes a value"],
    [["differential", "--rows", "--seed", "1"], "--rows takes a value"],
    [["differential", "all"], 'differential takes no "all": --query selects queries'],
  ])("%j", (args, message) => {
    expect(sqlproof(project("", onSqlite), ...args)).toEqual({ code: 2, said: `sqlproof: ${message}${more}` });
  });

  test("--help and --version need no project", () => {
    const folder = project("", onSqlite);
    rmSync(join(folder.root, "sqlproof.json"));
    const { version } = JSON.parse(readFileSync(join(import.meta.dir, "../package.json"), "utf8"));
    const versions = [["--version"], ["-v"], ["version"], ["check", "-v"], ["check", "--version"]];
    for (const args of [...versions, ["differential", "--version"]])
      expect(sqlproof(folder, ...args)).toEqual({ code: 0, said: `sqlproof ${version}\n` });
    const helps = [["--help"], ["-h"], ["help"], ["help", "check"], ["check", "-h"], ["check", "--help"]];
    for (const args of [...helps, ["differential", "--rows", "5", "-h"], ["differential", "--help"]]) {
      const { code, said } = sqlproof(folder, ...args);
      expect([code, said]).toEqual([0, expect.stringContaining("--version")]);
    }
  });
});

test("what is wrong with the schema comes before what follows from it in the queries", () => {
  const config = project("sql(`SELECT a FROM loose WHERE a = 1`);\n", onSqlite);
  write(config.root, "schema/sqlite/0002_loose.sql", "CREATE TABLE loose (a TEXT NOT NULL);\n");
  expect(sqlproof(config, "check").said).toMatch(
    /^sqlproof: table loose is not STRICT: .*\nprogram\.ts:4:\d+: .*\nsqlproof: 2 errors in 1 query/,
  );
});

test("a watch says at once that it watches", async () => {
  const config = project(oneQuery, onSqlite);
  const program = join(import.meta.dir, "../src/cli.ts");
  const watch = Bun.spawn([process.execPath, program, "check", "--watch"], { cwd: config.root, stdout: "pipe" });
  let said = "";
  for await (const part of watch.stdout) {
    said += new TextDecoder().decode(part);
    if (said.split("\n").length > 2) watch.kill("SIGINT");
  }
  expect(said).toMatch(
    /^sqlproof: watching the sources, the migrations and sqlproof\.json until Ctrl-C\nsqlproof: 1 query proven on SQLite \(/,
  );
  expect(await watch.exited).toBe(0);
});

test("one query, one error", () => {
  const config = project(oneQuery, onSqlite);
  expect(sqlproof(config, "check").said).toMatch(/^sqlproof: 1 query proven on SQLite \(/);
  expect(sqlproof(config, "check", "--offline").said).toMatch(/^sqlproof: 1 query matches its proof \(/);
  settings(config, { include: ["*.ts", "*.tsx"] });
  expect(sqlproof(config, "check").said).toMatch(/\nsqlproof: 1 error in 1 query \(/);
  const pair = 'export const p = sql({ mariadb: "SELECT 1 AS n", sqlite: "SELECT 1 AS n" });\n';
  write(config.root, "program.ts", `${oneQuery}${oneQuery.replace("id FROM", "price FROM")}`);
  settings(config, {});
  expect(sqlproof(config, "check").said).toMatch(/^sqlproof: 2 queries proven on SQLite \(/);
  write(config.root, "program.ts", `${oneQuery}${pair}`);
  expect(sqlproof(config, "check").said).toMatch(/\nsqlproof: 1 error in 2 queries \(/);
});
