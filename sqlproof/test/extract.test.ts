import { describe, expect, test } from "bun:test";
import { extract } from "../src/check/parse/extract.ts";
import { SourceFiles } from "../src/check/parse/source-files.ts";

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
      "const d = (sql as Sql)(`SELECT 6`);",
      "const e = sql<Text>(`SELECT 7`);",
    ].join("\n");
    const { literals, errors } = extract("a.ts", source);
    expect(errors).toEqual([]);
    expect(literals.map(({ mariadb, sqlite }) => [mariadb, sqlite])).toEqual([
      ["SELECT 1", "SELECT 1"],
      ["SELECT 3", "SELECT 4"],
      ["SELECT 5", "SELECT 5"],
      ["SELECT 6", "SELECT 6"],
      ["SELECT 7", "SELECT 7"],
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

  for (const argument of ["text", "'a' + 'b'", "", "`a`, `b`"])
    test(`refused: sql(${argument})`, () => {
      const { literals, errors } = extract("a.ts", `const q = sql(${argument});`);
      expect(literals).toEqual([]);
      expect(errors).toHaveLength(1);
      expect(errors[0]?.message).toContain("one plain literal");
    });

  test("literals that + joins are told to be one", () => {
    const said = (argument: string) => extract("a.ts", `const q = sql(${argument});`).errors[0]?.message ?? "";
    expect(said("'a' + 'b' + `c`")).toContain("not several that + joins");
    expect(said("'a' + name")).toContain("no variables");
  });

  test.each([
    ["{ mariadb: `a` }", "sql({ .. }) takes the texts of both engines: sqlite is missing"],
    ['{ "sqlite": `a` }', "sql({ .. }) takes the texts of both engines: mariadb is missing"],
    ["{}", "sql({ .. }) takes the texts of both engines: mariadb and sqlite are missing"],
    ["{ mariadb: `a`, sqllite: `b` }", "sql({ .. }) takes only mariadb and sqlite, found sqllite"],
    ["{ mariadb: `a`, sqlite: `b`, oracle: `c` }", "sql({ .. }) takes only mariadb and sqlite, found oracle"],
    [
      "{ mariadb: `a`, sqlite: x }",
      "sql({ .. }) takes one plain literal for each engine: write the text of sqlite there",
    ],
    [
      "{ mariadb, sqlite: `b` }",
      "sql({ .. }) takes one plain literal for each engine: write the text of mariadb there",
    ],
    ["{ ...both }", "sql({ .. }) takes the texts of both engines: mariadb and sqlite are missing"],
  ])("a pair that is none: sql(%s)", (argument, message) => {
    const { literals, errors } = extract("a.ts", `const q = sql(${argument});`);
    expect(literals).toEqual([]);
    expect(errors).toEqual([{ location: { file: "a.ts", line: 1, column: 15 }, message }]);
  });

  test("other calls and properties named sql are ignored", () => {
    expect(extract("a.ts", "x.sql('a'); const sql2 = 1; notSql('b');")).toEqual({ literals: [], errors: [] });
  });

  test("a syntax error is reported at its place", () => {
    const { errors } = extract("a.ts", "const a = 1;\nconst = sql(`SELECT 1`);");
    expect(errors[0]?.location).toMatchObject({ file: "a.ts", line: 2 });
  });
});

describe("sql by another name, which the check would not find", () => {
  const database = 'import { createSql } from "sqlproof";\nexport const sql = createSql<Q, F>(proofs);\n';

  /** The findings in `a.ts`, whose neighbour is `database.ts`. */
  function findings(source: string, neighbour = database): string[] {
    const files = new SourceFiles((file) => (file === "database.ts" ? neighbour : null));
    return extract("a.ts", source, files).errors.map(
      ({ location, message }) => `${location.line}:${location.column}: ${message}`,
    );
  }

  const made = (name: string): string =>
    `createSql makes ${name}, and the check finds only calls of sql: write const sql = createSql(..)`;

  test.each([
    ["const mysql = createSql<Q, F>(proofs);", `7: ${made("mysql")}`],
    ["export let query: Sql<Q, F> = (createSql(proofs) as Sql<Q, F>);", `12: ${made("query")}`],
    ["let q; q = createSql(proofs);", `8: ${made("q")}`],
    ["this.sql = createSql(proofs);", `1: ${made("a property")}`],
    ["const db = { sql: createSql(proofs) };", `14: ${made("a property")}`],
    ["class Database { static sql = createSql(proofs)! }", `25: ${made("a property")}`],
    ["function f(q = createSql(proofs)) {}", `12: ${made("q")}`],
    ["const q = createSql(proofs)(`SELECT 1`);", `11: ${made("a function without a name")}`],
  ])("%s", (statement, expected) => {
    expect(findings(`import { createSql } from "sqlproof";\n${statement}`)).toEqual([`2:${expected}`]);
    expect(
      findings(`import { createSql as make } from "sqlproof";\n${statement.replace("createSql", "make")}`),
    ).toEqual([`2:${expected}`]);
    const member = statement.replace("createSql", "sqlproof.createSql");
    expect(findings(`import * as sqlproof from "sqlproof";\n${member}`)).toEqual([`2:${expected}`]);
    expect(findings(`import { createSql } from "elsewhere";\n${statement}`)).toEqual([]);
  });

  const renamed = (name: string, cure: string): string =>
    `${name} is sql by another name, and the check finds only calls of sql: ${cure}`;

  test.each([
    ['import { sql as query } from "./database.ts";', `1:10: ${renamed("query", "write import { sql }")}`],
    ['import query from "./database.ts";', `1:8: ${renamed("query", "write import sql")}`],
    ['import { sql } from "./database.ts";\nconst query = sql;', `2:7: ${renamed("query", "call sql itself")}`],
    [
      'import sql from "./database.ts";\nconst db = { query: sql };',
      `2:14: ${renamed("a property", "call sql itself")}`,
    ],
    [
      'import { sql } from "./database.ts";\nexport { sql as query };',
      `2:10: ${renamed("query", "write export { sql }")}`,
    ],
    ['export { sql as query } from "./database.ts";', `1:10: ${renamed("query", "write export { sql }")}`],
  ])("%s", (source, expected) => {
    expect(findings(source, `${database}export default sql;\n`)).toEqual([expected]);
    expect(findings(source, database.replace(" = ", ": Sql<Q, F> = ").concat("export default sql;\n"))).toEqual([
      expected,
    ]);
    expect(findings(source, "export const sql = (text: string) => text;\nexport default sql;\n")).toEqual([]);
  });

  test("an import from a file that is not in the project counts where it is called with a text", () => {
    const imported = 'import { sql as query } from "../outside.ts";\n';
    const finding = `1:10: ${renamed("query", "write import { sql }")}`;
    for (const call of [
      "query(`SELECT 1`)",
      'query("SELECT 1")',
      "query`SELECT 1`",
      "query({ mariadb: ``, sqlite: `` })",
    ])
      expect(findings(`${imported}export const q = ${call};`)).toEqual([finding]);
    expect(findings(`${imported}export const q = query(1);`)).toEqual([]);
  });

  test("the tagged form", () => {
    const tagged = "the check reads no tagged text: write sql(`..`)";
    expect(findings("const q = sql`SELECT 1`;")).toEqual([`1:11: ${tagged}`]);
    expect(findings('import * as db from "./database.ts";\nconst q = db.sql<R>`SELECT 1`;')).toEqual([
      `2:11: ${tagged}`,
    ]);
    expect(findings('import { sql } from "@/database.ts";\nconst q = sql`SELECT 1`;')).toEqual([`2:11: ${tagged}`]);
  });

  test("what is named sql, what goes through a function, and other packages are left alone", () => {
    const sources = [
      database,
      `${database}function f({ query: sql }) {}`,
      `${database}export { sql as default };\nexport default sql;\nprepare(sql, { sql });`,
      'import { createSql } from "sqlproof";\nconst make = () => createSql(proofs);\nconst sql = make();',
      'import { sql as query } from "drizzle-orm";\nquery`SELECT 1`;',
      'import { sql } from "drizzle-orm";\nsql`SELECT 1`;',
      'import sql from "@scope/sql-template";\nsql`SELECT 1`;',
      'import { sql } from "./database.ts";\nimport type { sql as T } from "./database.ts";',
    ];
    for (const source of sources) expect(findings(source)).toEqual([]);
  });
});
