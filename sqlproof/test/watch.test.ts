import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../src/check/check.ts";
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
function watching(config: Config): { next(): Promise<Report>; readonly durationsMs: number[] } {
  end = new AbortController();
  const { host, port, user, password } = server;
  const reports: Report[] = [];
  const durationsMs: number[] = [];
  let wake = (): void => undefined;
  ended = watchProject(config, {
    server: { host, port, user, password },
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
    expect(errorLines(await watch.next())).toEqual(["column books.pages is missing on SQLite"]);
  });
});
