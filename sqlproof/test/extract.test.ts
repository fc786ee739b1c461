import { describe, expect, test } from "bun:test";
import { extract } from "../src/check/parse/extract.ts";

describe("extract", () => {
  test("a template, a string and a pair are found with their places", () => {
    const source = [
      "const a = sql(`SELECT 1`);",
      '  export const b = sql("SELECT 2");',
      "const c = sql({ mariadb: `SELECT 3`, sqlite: `SELECT 4` });",
    ].join("\n");
    const { literals, errors } = extract("a.ts", source);
    expect(errors).toEqual([]);
    expect(literals.map(({ mariadb, sqlite, location }) => [mariadb, sqlite, location.line, location.column])).toEqual([
      ["SELECT 1", "SELECT 1", 1, 15],
      ["SELECT 2", "SELECT 2", 2, 24],
      ["SELECT 3", "SELECT 4", 3, 15],
    ]);
  });

  test("quoted keys, a literal `as const`, and sql of a namespace import", () => {
    const source = [
      'import * as database from "./database.ts";',
      "const a = sql(`SELECT 1` as const);",
      "const b = sql({ 'mariadb': `SELECT 3`, \"sqlite\": `SELECT 4` as const });",
      "const c = database.sql(`SELECT 5`);",
    ].join("\n");
    const { literals, errors } = extract("a.ts", source);
    expect(errors).toEqual([]);
    expect(literals.map(({ mariadb, sqlite }) => [mariadb, sqlite])).toEqual([
      ["SELECT 1", "SELECT 1"],
      ["SELECT 3", "SELECT 4"],
      ["SELECT 5", "SELECT 5"],
    ]);
  });

  test("the text is what the program sees: escapes are resolved and CRLF is LF", () => {
    const { literals } = extract("a.ts", "sql(`SELECT '\\u00e9'\r\nFROM t`)");
    expect(literals[0]?.key).toBe("SELECT 'é'\nFROM t");
  });

  test("columns count characters, even after letters outside ASCII", () => {
    const { literals } = extract("a.ts", "const é = 1; const 𝒳 = sql(`SELECT 1`);");
    expect(literals[0]?.location.column).toBe(29);
  });

  for (const argument of ["text", "'a' + 'b'", "", "`a`, `b`", "{ mariadb: `a` }", "{ mariadb: `a`, sqlite: x }"])
    test(`refused: sql(${argument})`, () => {
      const { literals, errors } = extract("a.ts", `const q = sql(${argument});`);
      expect(literals).toEqual([]);
      expect(errors).toHaveLength(1);
      expect(errors[0]?.message).toContain("one plain literal");
    });

  test("other calls and properties named sql are ignored", () => {
    expect(extract("a.ts", "x.sql('a'); const sql2 = 1; notSql('b');")).toEqual({ literals: [], errors: [] });
  });

  test("a syntax error is reported at its place", () => {
    const { errors } = extract("a.ts", "const a = 1;\nconst = sql(`SELECT 1`);");
    expect(errors[0]?.location).toMatchObject({ file: "a.ts", line: 2 });
  });
});
