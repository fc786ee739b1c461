// Every row of the table of rules names a statement that shows it. Both engines run it over rows that are meant to break
// it: nulls, ties, negative and extreme numbers, odd texts, days at the edges.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { rules } from "../src/check/rules/index.ts";
import { described } from "../src/differential/command.ts";
import type { ProjectQuery } from "../src/differential/proven-project.ts";
import { runDifferential } from "../src/differential/run.ts";
import { readMigrations } from "../src/migrations/files.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

const migrations = {
  mariadb: readMigrations(join(import.meta.dir, "rules/mariadb")),
  sqlite: readMigrations(join(import.meta.dir, "rules/sqlite")),
};
let server: PrivateMariadb;
let mariadb: MariadbProver;
let sqlite: SqliteProver;

beforeAll(async () => {
  server = await startPrivateMariadb();
  mariadb = await MariadbProver.open(server, migrations.mariadb);
  sqlite = new SqliteProver(migrations.sqlite);
}, 60_000);

afterAll(async () => {
  await mariadb.close();
  sqlite.close();
  await server.stop();
});

async function proven(text: string): Promise<ProjectQuery | string> {
  const location = { file: "rules", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, { mariadb, sqlite });
  if ("findings" in verdict) return `${text}: ${verdict.findings.map(({ message }) => message).join("; ")}`;
  return { text, literal: { mariadb: text, sqlite: text }, proof: verdict.proof, places: [location] };
}

describe("the table of rules", () => {
  test("every row has a name of its own, a reason and a statement", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.filter(({ why, shown }) => why.length < 15 || shown.length < 15)).toEqual([]);
  });

  test("both engines answer every statement alike", async () => {
    const queries: ProjectQuery[] = [];
    const refused: string[] = [];
    for (const text of new Set(rules.map(({ shown }) => shown))) {
      const query = await proven(text);
      if (typeof query === "string") refused.push(query);
      else queries.push(query);
    }
    expect(refused).toEqual([]);
    const { host, port, user, password } = server;
    const seed = Number(process.env.RULES_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const size = { rows: 200, rounds: 2 };
    const options = { seed, ...size, server: { host, port, user, password } };
    const report = await runDifferential({ migrations, queries }, options);
    expect(report.differences.map((difference) => described(difference, { seed, ...size }))).toEqual([]);
    expect(report.neverHit).toEqual([]);
  }, 120_000);
});
