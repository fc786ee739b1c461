// ERRORS.md must list every message that the cases produce, and nothing that the checker never says.
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorRows } from "./error-rows.ts";

const folder = join(import.meta.dir, "..");
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

const rows = errorRows().map(({ error }) => error);

/** Every message in the cases. */
const said = readdirSync(join(folder, "test/cases")).flatMap((name) =>
  [...read(`test/cases/${name}/expected.txt`).matchAll(/^refused(?: at \d+)?: (.*)$/gm)].map(([, words = ""]) => words),
);

/** The longest fixed part of a row, which must occur in the source. */
function longestFixedPart(row: string): string {
  return (
    row
      .split(/\.\.+|[;:] run: npm run check/)
      .sort((a, b) => b.length - a.length)[0]
      ?.trim() ?? ""
  );
}

function sources(path: string): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(path, entry.name)) : [read(join(path, entry.name))],
  );
}

describe("ERRORS.md", () => {
  test("lists every message that a case produces", () => {
    const patterns = errorRows().map(({ pattern }) => pattern);
    expect(said.filter((words) => !patterns.some((row) => row.test(words)))).toEqual([]);
    expect(said.length).toBeGreaterThan(100);
  });

  test("lists no message that the checker never prints", () => {
    const code = sources("src")
      .join("\n")
      .replace(/["`] \+\s+["`]/g, "");
    expect(rows.filter((row) => !code.includes(longestFixedPart(row)))).toEqual([]);
    expect(rows.length).toBeGreaterThan(80);
  });
});
