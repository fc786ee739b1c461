import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCanonical } from "../src/check/canonical.ts";
import { MariadbProver } from "../src/check/mariadb-prover.ts";
import { inferParameters } from "../src/check/parameters.ts";
import { prove } from "../src/check/prove.ts";
import { SqliteProver } from "../src/check/sqlite-prover.ts";
import { engineStatement, readStatement } from "../src/check/statement.ts";
import { described } from "../src/differential/command.ts";
import { compareMultiset, compareSorted } from "../src/differential/compare.ts";
import { type DifferentialReport, runDifferential } from "../src/differential/run.ts";
import type { SubjectQuery } from "../src/differential/subject.ts";
import { readMigrations } from "../src/migrations/files.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/private-mariadb.ts";
import { pairKey } from "../src/runtime/proof.ts";

const folder = join(import.meta.dir, "cases");
const migrations = {
  mariadb: readMigrations(join(import.meta.dir, "schema/mariadb")),
  sqlite: readMigrations(join(import.meta.dir, "schema/sqlite")),
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

const size = { rows: 60, rounds: 12 } as const;

function run(queries: readonly SubjectQuery[], seed: number): Promise<DifferentialReport> {
  const { host, port, user, password } = server;
  return runDifferential({ migrations, queries }, { seed, ...size, server: { host, port, user, password } });
}

function told(report: DifferentialReport, seed: number): string[] {
  return report.differences.map((difference) => described(difference, { seed, ...size }));
}

/** Every query of cases/ that the checker accepts. */
async function acceptedCases(): Promise<SubjectQuery[]> {
  const accepted: SubjectQuery[] = [];
  for (const name of readdirSync(folder).sort()) {
    const read = (file: string): string => readFileSync(join(folder, name, file), "utf8").trimEnd();
    const isPair = !existsSync(join(folder, name, "query.sql"));
    const literal = isPair
      ? { mariadb: read("mariadb.sql"), sqlite: read("sqlite.sql") }
      : { mariadb: read("query.sql"), sqlite: read("query.sql") };
    const location = { file: `cases/${name}`, line: 1, column: 1 };
    const text = isPair ? pairKey(literal.mariadb, literal.sqlite) : literal.mariadb;
    const verdict = await prove({ key: text, ...literal, location }, { mariadb, sqlite });
    if ("proof" in verdict) accepted.push({ text, literal, proof: verdict.proof, places: [location] });
  }
  return accepted;
}

/** A query as the checker would prove it if it had no lints. */
async function unlinted(text: string): Promise<SubjectQuery> {
  const statement = readStatement(text);
  const columns = await mariadb.columns(statement);
  const canonical = readCanonical(await mariadb.canonical(statement), mariadb.catalog, mariadb.database);
  const { parameters } = inferParameters(statement, canonical, mariadb.catalog);
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const statements = {
    mariadb: engineStatement(statement, "mariadb", byName),
    sqlite: engineStatement(statement, "sqlite", byName),
  };
  const proof = { kind: statement.kind, parameters, columns, statements };
  return {
    text,
    literal: { mariadb: text, sqlite: text },
    proof,
    places: [{ file: "planted.ts", line: 1, column: 1 }],
  };
}

describe("what the checker accepts, the engines answer alike", () => {
  for (const seed of [1, 2, 3])
    test(`every accepted query of cases/, seed ${seed}`, async () => {
      const queries = await acceptedCases();
      const report = await run(queries, seed);
      expect(told(report, seed)).toEqual([]);
      expect(report.queries).toBeGreaterThan(40);
      expect(report.neverHit).toEqual([]);
    }, 120_000);
});
