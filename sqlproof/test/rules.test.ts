// Every row of the table of rules names a statement that shows it. Both engines run it over rows that are meant to break
// it: nulls, ties, negative and extreme numbers, odd texts, days at the edges.
import { describe, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prove } from "../src/check/prove.ts";
import { rules } from "../src/check/rules/index.ts";
import { described } from "../src/differential/command.ts";
import type { ProjectQuery } from "../src/differential/proven-project.ts";
import { runDifferential } from "../src/differential/run.ts";
import { openedProvers, rulesSchema } from "./opened-provers.ts";

const { opened } = openedProvers(rulesSchema);

async function proven(text: string): Promise<ProjectQuery | string> {
  const location = { file: "rules", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, opened());
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
    const { host, port, user, password } = opened().server;
    const seed = Number(process.env.RULES_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const size = { rows: 200, rounds: 2 };
    const options = { seed, ...size, server: { host, port, user, password } };
    const report = await runDifferential({ migrations: rulesSchema, queries }, options);
    expect(report.differences.map((difference) => described(difference, { seed, ...size }))).toEqual([]);
    expect(report.neverHit).toEqual([]);
  }, 120_000);
});

test("numbers with and without a sign make a decimal on MariaDB, of which % gives -0", async () => {
  expect(await proven("SELECT n % CASE WHEN b THEN q ELSE n END AS r FROM a ORDER BY id")).toBeString();
  expect(await proven("SELECT n % CASE WHEN b THEN m ELSE n END AS r FROM a ORDER BY id")).toBeObject();
});

test("ABS of a number without a sign has none either: a sum below 0 is an error of MariaDB", async () => {
  expect(await proven("SELECT ABS(q) + n AS r FROM a ORDER BY id")).toContain("UNSIGNED");
  expect(await proven("SELECT ABS(n) + n AS r FROM a ORDER BY id")).toBeObject();
});

// UPDATE_EXPECTED=1 writes RULES.md from the table.
test("RULES.md lists the table of rules", () => {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("`", "'");
  const rows = rules.map(({ id, of, takes, repeats, why }) => {
    const operands = `${takes.join(", ")}${repeats === true ? ", .." : ""}`;
    return `| ${id} | ${of.map((name) => `\`${cell(name)}\``).join(" ")} | ${operands} | ${cell(why)} |`;
  });
  const written = [
    introduction,
    "",
    "| rule | operators | takes | why both engines compute the same |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
  const file = join(import.meta.dir, "../RULES.md");
  if (process.env.UPDATE_EXPECTED === "1") writeFileSync(file, written);
  expect(readFileSync(file, "utf8")).toBe(written);
});

const introduction = `# What both engines compute alike

One row for each operator or function and types that it takes. A text that needs something else is refused. Some rows
have a further condition, such as the same number of decimal places. \`exact\` is text that both engines compare byte by
byte, \`natural\` and \`positive\` are whole numbers that are never below 0 and 1. \`choose\` stands for CASE, COALESCE,
IFNULL, NULLIF, GREATEST, LEAST, LAG, LEAD and the SELECTs of a UNION, and \`SELECTED\` for an item of a SELECT list.

Each row has a statement that shows it. \`npm test -- rules\` runs all of them on both engines, over generated rows with
nulls, ties, extreme numbers, odd texts and days at the edges.`;
