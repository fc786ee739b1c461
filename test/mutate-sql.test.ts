// The mutation run notices what it should: a mutant that a test fails on is stopped by it, one that no test looks at
// survives. All queries are put through it by `npm run mutate:sql`, which takes hours.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateSqlite } from "sqlproof/migrations";
import { readConfig } from "../sqlproof/src/check/config.ts";
import { SqliteProver } from "../sqlproof/src/check/provers/sqlite.ts";
import { readProvenProject } from "../sqlproof/src/differential/proven-project.ts";
import { readMigrations } from "../sqlproof/src/migrations/files.ts";
import { statementOn } from "../sqlproof/src/runtime/proof.ts";
import type { Engine } from "../sqlproof/src/runtime/types.ts";
import type { RecordedMutants } from "./mutate-sql/in-tests/record.ts";
import { outcomes, recordFile } from "./mutate-sql/in-tests/run-tests.ts";
import { judgeByTypes } from "./mutate-sql/judges/types.ts";
import { mutantsOf } from "./mutate-sql/mutants.ts";

const root = join(import.meta.dir, "..");
const config = readConfig(root);
const queries = new Map(readProvenProject(config).queries.map((query) => [query.text, query]));
const folder = mkdtempSync(join(tmpdir(), "mutate-sql-test-"));
const template = join(folder, "template.db");
beforeAll(async () => {
  await migrateSqlite({ folder: join(root, "schema", "sqlite"), database: template });
  const database = new SqliteDatabase(template);
  database.run("PRAGMA journal_mode = DELETE");
  database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function queryWith(part: string) {
  const query = [...queries.values()].find(({ text }) => text.includes(part));
  if (query === undefined) throw new Error(`no query has ${part}`);
  return query;
}

/** The query with another text in it, as if it were proven: the change is one that leaves its types alone. */
function planted(part: string, from: string, to: string) {
  const { text, proof } = queryWith(part);
  const changed = (engine: Engine) => {
    const { parts, binds } = statementOn(proof, engine);
    return { parts: parts.map((one) => one.replace(from, to)), binds };
  };
  const statements = { mariadb: changed("mariadb"), sqlite: changed("sqlite") };
  return { id: `${from} -> ${to}`, query: text, proof: { ...proof, statements } };
}

/** A test looks at how many orders refer to a customer. */
const references = "(SELECT COUNT(*) FROM orders WHERE customer_id = :id) AS orders";
const covered = planted(references, "COUNT(*)", "COUNT(*) + 1");
/** The same number, counted in another way. */
const uncovered = planted(references, "COUNT(*)", "COUNT(id)");
const file = "api/src/resources/contacts.test.ts";
const only = ["DELETE 409 counts the references from orders to customers, employees and shippers"];

test("a mutant that a test looks at makes it fail, and one of no effect does not", async () => {
  const run = { file, only, template, sqliteOnly: true };
  expect(await outcomes([covered, uncovered], run)).toEqual(["red", "green"]);
}, 120_000);

test("a recording tells which mutants differ in which test", async () => {
  const mutants = [covered, uncovered].map(({ id, query, proof: { statements, ...proof } }): RecordedMutants => {
    return { query, proof, mutants: [{ id, sqlite: statements.sqlite }] };
  });
  const path = join(folder, "mutants.json");
  writeFileSync(path, JSON.stringify(mutants));
  const { tests, differs, reached } = await recordFile({ file, mutants: path, template, sqliteOnly: true }, 120_000);
  const names = (differs[covered.id] ?? []).map((index) => tests[index]?.name);
  expect(names).toEqual(expect.arrayContaining(only));
  expect(differs[uncovered.id]).toBeUndefined();
  expect(reached[uncovered.query]).not.toBeUndefined();
}, 120_000);

test("a parameter that a mutant lost is an error of the compiler, also where a caller has it in a variable", async () => {
  const lost = (part: string, name: string) => {
    const { text, proof } = queryWith(part);
    const parameters = proof.parameters.filter((one) => one.name !== name);
    return { id: Bun.hash(part).toString(16), query: text, proof: { ...proof, parameters } };
  };
  const written = lost("SELECT COUNT(*) AS orders FROM orders\n  WHERE (status_id IN (0, 1)", "before");
  const inVariable = lost("UPDATE company SET name = :name, address = :address", "version");
  const same = { ...queryWith("SELECT currency FROM company WHERE id = 1"), id: "0" };
  const found = await judgeByTypes(config, [written, inVariable, { ...same, query: same.text }]);
  expect([...found].map(([id, error]) => [id, error.replace(/:\d+:/, ":")])).toEqual([
    [written.id, "api/src/summary/summary.ts: before is no parameter"],
    [inVariable.id, "api/src/company/routes.ts: version is no parameter"],
  ]);
}, 120_000);

test("each operator makes the mistakes that it is named after", () => {
  const prover = new SqliteProver(readMigrations(join(root, "schema", "sqlite")));
  const made = (sql: string) => {
    const literal = { key: sql, mariadb: sql, sqlite: sql, location: { file: "a.ts", line: 1, column: 1 } };
    return mutantsOf(literal, { parameters: [] }, prover.catalog, 1).map(({ literal: { sqlite } }) =>
      sqlite.replace(/\s+/g, " "),
    );
  };
  const joined = "SELECT MIN(o.id) AS id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id";
  const asked = "WHERE o.shipped_date IS NULL AND o.id <= 5 ORDER BY o.order_date, o.id LIMIT 3 FOR UPDATE";
  expect(made(`${joined} ${asked}`)).toEqual(
    expect.arrayContaining([
      `${joined} WHERE o.id <= 5 ORDER BY o.order_date, o.id LIMIT 3 FOR UPDATE`,
      `${joined} ${asked.replace("<=", "<")}`,
      `${joined} ${asked.replace("IS NULL", "IS NOT NULL")}`,
      `${joined} ${asked.replace("AND", "OR")}`,
      `${joined} ${asked.replace(", o.id LIMIT", " LIMIT")}`,
      `${joined} ${asked.replace(" FOR UPDATE", " ")}`,
      `${joined} ${asked.replace("LIMIT 3", "LIMIT 4")}`,
      `${joined.replace("LEFT JOIN", "JOIN")} ${asked}`,
      `${joined.replace("MIN", "MAX")} ${asked}`,
    ]),
  );
  expect(made("UPDATE orders SET notes = :notes, version = version + 1 WHERE id = :id AND version = :version")).toEqual(
    expect.arrayContaining([
      "UPDATE orders SET notes = :notes, version = version + 1 WHERE id = :id",
      "UPDATE orders SET notes = :notes WHERE id = :id AND version = :version",
      "UPDATE orders SET notes = :notes, version = version - 1 WHERE id = :id AND version = :version",
    ]),
  );
  prover.close();
});
