import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { effectDifferences } from "../src/check/effects/differences.ts";
import type { Literal } from "../src/check/parse/extract.ts";
import type { Finding } from "../src/check/parse/finding.ts";
import { prove, type Verdict } from "../src/check/prove.ts";
import { catalogDifferences } from "../src/check/types/parity.ts";
import { refusals } from "../src/check/typing/context.ts";
import { pairKey, statementOn } from "../src/runtime/proof.ts";
import { errorRows } from "./error-rows.ts";
import { librarySchema, openedProvers } from "./opened-provers.ts";

// Each folder of cases/ holds SQL (query.sql, or mariadb.sql and sqlite.sql) and the checker's output (expected.txt).
// UPDATE_EXPECTED=1 writes the current output; read the difference before you commit it.
const folder = join(import.meta.dir, "cases");

const { opened } = openedProvers(librarySchema);

test("the two folders of migrations describe the same schema, but for one code that a trigger replaces", async () => {
  const { mariadb, sqlite } = opened();
  expect(catalogDifferences(mariadb.catalog, sqlite.catalog)).toEqual([]);
  // MariaDB's trigger replaces a code that is given before it is looked up, SQLite's does so afterwards.
  expect(await effectDifferences(mariadb.schema, sqlite.schema)).toEqual([
    expect.stringMatching(/^table stamps: MariaDB takes an INSERT of .* \(UNIQUE constraint failed: stamps\.code\)/),
  ]);
});

test("a statement without a trace is not judged by the previous one's", async () => {
  const asked = async (text: string): Promise<string> => {
    const location = { file: "query.sql", line: 1, column: 1 };
    return output(await prove({ key: text, mariadb: text, sqlite: text, location }, opened()));
  };
  expect(await asked("SELECT isbn FROM books ORDER BY title")).toContain("refused");
  expect(await asked("INSERT INTO authors (name) VALUES (:name)")).toStartWith("insert");
});

describe("the checker's output", () => {
  for (const name of readdirSync(folder).sort())
    test(name, async () => {
      const verdict = await prove(literalIn(join(folder, name)), opened());
      if ("findings" in verdict) found.push(...verdict.findings);
      const said = output(verdict);
      const file = join(folder, name, "expected.txt");
      if (process.env.UPDATE_EXPECTED === "1") writeFileSync(file, said);
      expect(said).toBe(readFileSync(file, "utf8"));
    });
});

test("ERRORS.md names the waiver of every message that a case produces", () => {
  const rows = errorRows();
  const wrong = found.filter(({ message, waiver }) => {
    const cells = rows.filter(({ pattern }) => pattern.test(message)).map(({ waivers }) => waivers);
    return !cells.some((names) =>
      waiver === undefined ? names.every((one) => unwaived.has(one)) : names.includes(waiver),
    );
  });
  expect(wrong).toEqual([]);
  const named = new Set(rows.flatMap(({ waivers }) => waivers).filter((name) => name !== "-"));
  expect([...named].sort()).toEqual([...refusals].sort());
  expect(found.length).toBeGreaterThan(250);
});

/** What the checker said of the cases. */
const found: Finding[] = [];
/** Of what the grammar refuses, a comment accepts the order in which comparisons are read, and nothing else. */
const unwaived: ReadonlySet<string> = new Set(["-", "precedence"]);

function literalIn(caseFolder: string): Literal {
  const read = (file: string): string => readFileSync(join(caseFolder, file), "utf8").trimEnd();
  const location = { file: "query.sql", line: 1, column: 1 };
  if (existsSync(join(caseFolder, "query.sql"))) {
    const text = read("query.sql");
    return { key: text, mariadb: text, sqlite: text, location };
  }
  const texts = { mariadb: read("mariadb.sql"), sqlite: read("sqlite.sql") };
  return { key: pairKey(texts.mariadb, texts.sqlite), ...texts, location };
}

function output(verdict: Verdict): string {
  if ("findings" in verdict)
    return verdict.findings
      .map(({ message, offset }) => `refused${offset === null ? "" : ` at ${offset}`}: ${message}\n`)
      .join("");
  const { kind, parameters, columns } = verdict.proof;
  const typed = (item: { name: string; type: string; scale: number; nullable: boolean }): string =>
    `${item.name}: ${item.type}${item.type === "decimal" ? `(${item.scale})` : ""}${item.nullable ? "?" : ""}`;
  return [
    kind,
    ...parameters.map((parameter) => `parameter ${typed(parameter)}${parameter.list ? "..." : ""}`),
    ...columns.map((column) => `column ${typed(column)}`),
    `mariadb ${statementOn(verdict.proof, "mariadb").parts.join("[..]")}`,
    `sqlite ${statementOn(verdict.proof, "sqlite").parts.join("[..]")}`,
    "",
  ].join("\n");
}
