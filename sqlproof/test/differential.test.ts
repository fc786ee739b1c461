import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { prove } from "../src/check/prove.ts";
import { refusals } from "../src/check/typing/context.ts";
import { described } from "../src/differential/command.ts";
import { compareMultiset, compareSorted } from "../src/differential/compare.ts";
import type { ProjectQuery } from "../src/differential/proven-project.ts";
import { type DifferentialReport, runDifferential } from "../src/differential/run.ts";
import { pairKey } from "../src/runtime/proof.ts";
import { librarySchema, openedProvers } from "./opened-provers.ts";

const folder = join(import.meta.dir, "cases");
const { opened } = openedProvers(librarySchema);

const at = { file: "planted.ts", line: 1, column: 1 } as const;

const size = { rows: 60, rounds: 12 } as const;

function run(queries: readonly ProjectQuery[], seed: number): Promise<DifferentialReport> {
  const { host, port, user, password } = opened().server;
  return runDifferential(
    { migrations: librarySchema, queries },
    { seed, ...size, server: { host, port, user, password } },
  );
}

function linesOf(report: DifferentialReport, seed: number): string[] {
  return report.differences.map((difference) => described(difference, { seed, ...size }));
}

/** Every query of cases/ that the checker accepts. */
async function acceptedCases(): Promise<ProjectQuery[]> {
  const accepted: ProjectQuery[] = [];
  for (const name of readdirSync(folder).sort()) {
    const read = (file: string): string => readFileSync(join(folder, name, file), "utf8").trimEnd();
    const isPair = !existsSync(join(folder, name, "query.sql"));
    const literal = isPair
      ? { mariadb: read("mariadb.sql"), sqlite: read("sqlite.sql") }
      : { mariadb: read("query.sql"), sqlite: read("query.sql") };
    const location = { file: `cases/${name}`, line: 1, column: 1 };
    const text = isPair ? pairKey(literal.mariadb, literal.sqlite) : literal.mariadb;
    const verdict = await prove({ key: text, ...literal, location }, opened());
    if ("proof" in verdict) accepted.push({ text, literal, proof: verdict.proof, places: [location] });
  }
  return accepted;
}

/** A query as the checker would prove it if it refused nothing itself. */
async function unchecked(text: string): Promise<ProjectQuery> {
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location: at }, opened(), {
    without: new Set(refusals),
  });
  if ("findings" in verdict) throw new Error(verdict.findings.map(({ message }) => message).join("\n"));
  return { text, literal: { mariadb: text, sqlite: text }, proof: verdict.proof, places: [at] };
}

describe("the engines agree on everything that the checker accepts", () => {
  // Its `AS "author_id!"` is wrong on purpose, for the row assertions.
  const wrongOnPurpose = "cases/select-override-nullability";

  /** And what a query waives is not answered alike. */
  const onPurpose = new Set([wrongOnPurpose, "cases/select-with-a-waiver"]);

  // No row has this ISBN, no two have the same, and the run takes the code of a loan from the rows that there are.
  const impossible = /isbn = 'a :neither'|b\.isbn = a\.isbn|NOT EXISTS \(SELECT 1 FROM loans WHERE code = :code\)/;

  for (const seed of [1, 2, 3])
    test(`every accepted query of cases/, seed ${seed}`, async () => {
      const queries = (await acceptedCases()).filter(({ places }) => !onPurpose.has(places[0]?.file ?? ""));
      const report = await run(queries, seed);
      expect(linesOf(report, seed)).toEqual([]);
      expect(report.queries).toBeGreaterThan(40);
      expect(report.neverHit.filter((text) => !impossible.test(text))).toEqual([]);
    }, 120_000);

  // probes.sql has one statement per line, most of them doubtful: functions, mixed types, odd writes.
  test("every probe is refused, or the engines agree on it", async () => {
    const probes: ProjectQuery[] = [];
    for (const text of readFileSync(join(import.meta.dir, "probes.sql"), "utf8")
      .trimEnd()
      .split("\n")) {
      const verdict = await prove({ key: text, mariadb: text, sqlite: text, location: at }, opened());
      if ("proof" in verdict)
        probes.push({ text, literal: { mariadb: text, sqlite: text }, proof: verdict.proof, places: [at] });
    }
    expect(probes.length).toBeGreaterThan(90);
    for (const seed of [1, 2, 3]) expect(linesOf(await run(probes, seed), seed)).toEqual([]);
  }, 120_000);

  test("a wrong override is a difference even if both engines are wrong in the same way", async () => {
    const queries = (await acceptedCases()).filter(({ places }) => places[0]?.file === wrongOnPurpose);
    expect(linesOf(await run(queries, 1), 1)[0]).toContain("column author_id is proven integer, the row has null");
  });
});

describe("planted divergences are found", () => {
  const plantedSeed = 5;
  const planted = [
    ["int / int inside another expression", "SELECT id, (reads_total / 2) + 1 AS half FROM books"],
    ["a text equal but for its case", "SELECT id FROM authors WHERE nickname = :nickname"],
    ["LIKE on a collation that folds case", "SELECT id FROM authors WHERE nickname LIKE :pattern"],
    ["LIKE without ESCAPE", "SELECT id FROM authors WHERE name LIKE :pattern"],
    ["DISTINCT on a collation that folds case", "SELECT DISTINCT nickname FROM authors"],
    ["ORDER BY a column that folds case", "SELECT nickname FROM authors ORDER BY nickname"],
    ["the same, with the column not in the result", "SELECT id FROM authors ORDER BY nickname"],
    ["a decimal beside a whole number", "SELECT id FROM books WHERE price > author_id"],
    ["decimals of two scales compared", "SELECT id FROM books WHERE price = deposit"],
    ["decimals of two scales added", "SELECT id, price + deposit AS both_amounts FROM books"],
    ["a whole number stored as a decimal", "UPDATE books SET price = reads_total WHERE id = :id"],
    ["SUM over doubles", "SELECT SUM(weight) AS weight FROM books"],
    ["LENGTH beyond ASCII", "SELECT name, LENGTH(name) AS length FROM authors"],
    [
      "a frame that ends before it begins",
      "SELECT id, COUNT(author_id) OVER (ORDER BY id ROWS BETWEEN 3 FOLLOWING AND 1 FOLLOWING) AS later FROM books",
    ],
    ["UPPER beyond ASCII", "SELECT name, UPPER(name) AS shouted FROM authors"],
    ["CONCAT with a null", "SELECT id, CONCAT(nickname, 'x') AS called FROM authors"],
    ["text added as a number", "SELECT id FROM authors WHERE name > 5"],
    ["a DELETE by a column that it empties", "DELETE FROM genres WHERE above_id IS NULL"],
    ["a key that rows of its table follow", "UPDATE genres SET id = :next WHERE id = :id"],
    ["RETURNING of what a trigger sets", "INSERT INTO fines (days) VALUES (:days) RETURNING owed"],
    [
      "a SELECT of what a trigger writes",
      "INSERT INTO loans (reader_id, code) SELECT id, :code FROM readers WHERE card = :card",
    ],
  ] as const;

  for (const [name, text] of planted)
    test(name, async () => {
      const query = await unchecked(text);
      const report = await run([query], plantedSeed);
      expect(report.differences.map((difference) => difference.query)).toEqual([text]);
      const { mariadb: ours, sqlite: theirs } = report.differences[0] ?? {};
      expect(ours).not.toBe(theirs);
    });

  test("two texts of a pair with different meanings", async () => {
    const literal = { mariadb: "SELECT COUNT(*) AS n FROM books", sqlite: "SELECT COUNT(author_id) AS n FROM books" };
    const text = pairKey(literal.mariadb, literal.sqlite);
    const verdict = await prove({ key: text, ...literal, location: at }, opened());
    if (!("proof" in verdict)) throw new Error("refused");
    const report = await run([{ text, literal, proof: verdict.proof, places: [at] }], 7);
    expect(report.differences).toHaveLength(1);
  });
});

describe("a run is repeatable", () => {
  test("the same seed gives the same report; a single query gets the same rows and parameters", async () => {
    const wrong = await unchecked("SELECT id FROM authors WHERE nickname = :nickname");
    const other = await unchecked("SELECT name FROM authors WHERE id = :id");
    const lines = linesOf(await run([other, wrong], 11), 11);
    expect(lines).toHaveLength(1);
    expect(linesOf(await run([wrong], 11), 11)).toEqual(lines);
    expect(lines[0]).toContain("planted.ts:1:1: MariaDB and SQLite differ");
    expect(lines[0]).toContain(
      "again   sqlproof differential --seed 11 --rows 60 --rounds 12 --query 'SELECT id FROM authors WHERE nickname = :nickname'",
    );
  });
});

describe("rows are compared", () => {
  const row = (key: number, name: string) => ({ key, name });
  const [a, b, c, d] = [row(1, "a"), row(2, "b"), row(2, "c"), row(3, "d")];

  test("without ORDER BY as a multiset", () => {
    expect(compareMultiset([a, b, b], [b, a, b])).toBeNull();
    expect(compareMultiset([a, b, b], [a, a, b])).toMatchObject({
      mariadb: JSON.stringify(b),
      sqlite: JSON.stringify(a),
    });
  });

  test("with ORDER BY in order, except for rows of equal sort keys", () => {
    expect(compareSorted([a, b, c, d], [a, c, b, d], ["key"], false)).toBeNull();
    expect(compareSorted([a, b, c, d], [b, a, c, d], ["key"], false)?.what).toBe("the same rows in a different order");
    expect(compareSorted([a, b, c, d], [a, b, c], ["key"], false)?.what).toBe("other rows");
  });

  test("a LIMIT that cuts through equal sort keys is reported as such", () => {
    expect(compareSorted([a, b], [a, c], ["key"], true)?.what).toContain("the ORDER BY is not total");
    expect(compareSorted([a, b], [a, c], ["key", "name"], true)?.what).toBe("other rows");
  });
});
