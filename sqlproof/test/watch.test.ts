import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Report, type Server, serverOf } from "../src/check/check.ts";
import type { Config } from "../src/check/config.ts";
import { watchProject } from "../src/check/watch.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { compile, errorLines, head, project, queries, removeProjects, write } from "./fixture.ts";

let server: PrivateMariadb;
let end = new AbortController();
let ended: Promise<void> = Promise.resolve();

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterEach(async () => {
  end.abort();
  await ended;
});

afterAll(async () => {
  await server.stop();
  removeProjects();
});

/** Starts a watch and returns its reports one by one. */
function watching(
  config: Config,
  reached: Server | null = serverOf(server),
): { next(): Promise<Report>; readonly durationsMs: number[] } {
  end = new AbortController();
  const reports: Report[] = [];
  const durationsMs: number[] = [];
  let wake = (): void => undefined;
  ended = watchProject(config, {
    server: reached,
    signal: end.signal,
    onReport(report, durationMs) {
      reports.push(report);
      durationsMs.push(durationMs);
      wake();
    },
  });
  const next = async (): Promise<Report> => {
    for (;;) {
      const report = reports.shift();
      if (report !== undefined) return report;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { next, durationsMs };
}

function generated(config: Config): string {
  return readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
}

describe("check --watch", () => {
  test("a typo gets the engines' messages at its literal after saving, and loses them when corrected", async () => {
    const config = project();
    const watch = watching(config);
    expect(errorLines(await watch.next())).toEqual([]);
    write(config.root, "program.ts", head + queries.replace("deposit", "depositt"));
    expect(errorLines(await watch.next())).toContain(
      "program.ts:5:48: MariaDB 1054: Unknown column 'depositt' in 'SELECT'",
    );
    expect(generated(config)).toContain("MariaDB 1054: Unknown column 'depositt' in 'SELECT'");
    expect(compile(config)).toContain("program.ts(5,29): error TS2345");
    write(config.root, "program.ts", head + queries);
    expect(errorLines(await watch.next())).toEqual([]);
    expect(compile(config)).toBe("");
    const [, ...warm] = watch.durationsMs;
    console.log(`measured: verdict of a saved query, once warm ${warm.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  });

  test("a changed migration is applied afresh, and a refused one is reported with file and line", async () => {
    const config = project();
    const watch = watching(config);
    await watch.next();
    const file = "schema/mariadb/0002_more.sql";
    write(config.root, file, "-- more\nALTER TABLE nope ADD COLUMN x INT;\n");
    expect(errorLines(await watch.next())[0]).toEndWith("0002_more.sql:2: MariaDB 1146: Table 'nope' doesn't exist");
    write(config.root, file, "ALTER TABLE books ADD COLUMN pages INT NULL;\n");
    expect(errorLines(await watch.next())).toEqual([
      "column books.pages is missing on SQLite\n  MariaDB schema/mariadb/0002_more.sql:1\n  SQLite  schema/sqlite/0001_library.sql:9",
    ]);
    write(config.root, "schema/sqlite/2_more.sql", "ALTER TABLE books ADD COLUMN pages INT NULL;\n");
    expect(errorLines(await watch.next())[0]).toContain("2_more.sql is not named like 0001_name.sql");
    rmSync(join(config.root, "schema/sqlite/2_more.sql"));
    write(config.root, "schema/sqlite/0002_more.sql", "ALTER TABLE books ADD COLUMN pages INTEGER NULL;\n");
    expect(errorLines(await watch.next())).toEqual([]);
  });

  test("a changed sqlproof.json counts from its next save on, and a fault in it is reported", async () => {
    const config = project();
    const settings = { include: ["*.ts"], migrations: { mariadb: "schema/mariadb", sqlite: "schema/sqlite" } };
    const save = (more: object): void =>
      write(config.root, "sqlproof.json", JSON.stringify({ ...settings, proofs: ".sqlproof", ...more }));
    const watch = watching(config);
    expect((await watch.next()).queries).toBe(3);
    save({ bigInt: true });
    expect(errorLines(await watch.next())[0]).toContain('"bigInt" in ');
    save({ bigint: true, include: ["src/*.ts"] });
    expect(errorLines(await watch.next())).toEqual([
      'sqlproof.json includes "src/*.ts", which matches no file: correct or remove it',
    ]);
    mkdirSync(join(config.root, "src"));
    write(config.root, "src/deep.ts", "export const q = sql(`SELECT reads_total FROM books ORDER BY id`);\n");
    save({ bigint: true, include: ["src/*.ts"] });
    expect([errorLines(await watch.next()), generated(config)]).toEqual([[], expect.stringContaining(": bigint }")]);
    write(config.root, "src/deep.ts", "export const q = sql(`SELECT prize FROM books`);\n");
    expect(errorLines(await watch.next())[0]).toBe("src/deep.ts:1:30: SQLite: no such column: prize");
    save({ migrations: { sqlite: "schema/sqlite" } });
    expect(errorLines(await watch.next())).toEqual([]);
    expect(generated(config)).toContain('row: { "id": number; "price": number;');
  });

  test("MariaDB that sqlproof.json names only later needs another start", async () => {
    const config = project(queries, { sqlite: "schema/sqlite" });
    const watch = watching(config, null);
    expect(errorLines(await watch.next())).toEqual([]);
    const migrations = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };
    write(config.root, "sqlproof.json", JSON.stringify({ include: ["*.ts"], migrations, proofs: ".sqlproof" }));
    expect(errorLines(await watch.next())).toEqual([
      "sqlproof.json names MariaDB now: end sqlproof check --watch, and start it again",
    ]);
  });
});
