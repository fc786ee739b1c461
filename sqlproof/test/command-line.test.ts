// The command line itself: what it answers to words that it does not know, and to files that are not what they should be.
import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, rmSync } from "node:fs";
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
