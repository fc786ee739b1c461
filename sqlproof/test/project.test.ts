import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkOffline, checkOnEngines, type Report } from "../src/check/check.ts";
import { type Config, readConfig } from "../src/check/config.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { compile, errorLines, head, project, queries, removeProjects, write } from "./fixture.ts";

let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
});

/** Runs a check on the shared server, in a separate database. */
async function check(config: Config, frozen = false): Promise<Report> {
  const { host, port, user, password } = server;
  return checkOnEngines(config, { frozen, server: { host, port, user, password } });
}

describe("check", () => {
  test("a clean project: proofs, one file per query, and a program that compiles", async () => {
    const config = project();
    expect(errorLines(await check(config))).toEqual([]);
    expect(readdirSync(join(config.proofs, "queries"))).toHaveLength(3);
    expect(errorLines(checkOffline(config))).toEqual([]);
    expect(errorLines(await check(config, true))).toEqual([]);
    expect(compile(config)).toBe("");
  });

  test("a typo in a query: file, line, column, engine and its message", async () => {
    const config = project("export const q = sql(`SELECT id,\n  prize FROM books`);\n");
    expect(errorLines(await check(config))).toEqual([
      "program.ts:5:3: SQLite: no such column: prize",
      "program.ts:5:3: MariaDB 1054: Unknown column 'prize' in 'SELECT'",
    ]);
    expect(compile(config)).toContain("program.ts(4,22): error TS2345");
    expect(compile(config)).toContain("MariaDB 1054: Unknown column 'prize' in 'SELECT'");
  });

  test("one wrong query: the others get their proofs", async () => {
    const config = project();
    await check(config);
    const wrong = "export const w = sql(`SELECT prize FROM books`);\n";
    const more = "export const m = sql(`SELECT id FROM authors ORDER BY id`);\n";
    write(config.root, "program.ts", head + queries + wrong + more);
    expect(errorLines(await check(config))).toHaveLength(2);
    expect(readdirSync(join(config.proofs, "queries"))).toHaveLength(4);
    expect(errorLines(checkOffline(config))).toEqual(["program.ts:8:22: this SQL is not verified; run: npm run check"]);
  });

  test("a column renamed in the migrations of both engines: an error at each use, and offline too", async () => {
    const config = project();
    await check(config);
    for (const engine of ["mariadb", "sqlite"]) {
      const file = `schema/${engine}/0001_library.sql`;
      write(config.root, file, readFileSync(join(config.root, file), "utf8").replaceAll(" price ", " list_price "));
    }
    expect(errorLines(await check(config))).toEqual([
      "program.ts:5:41: SQLite: no such column: price",
      "program.ts:5:41: MariaDB 1054: Unknown column 'price' in 'SELECT'",
    ]);
    expect(errorLines(checkOffline(config))).toEqual([
      "the migrations for MariaDB changed since the proofs were made; run: npm run check",
      "the migrations for SQLite changed since the proofs were made; run: npm run check",
    ]);
  });

  test("a difference that the schemas make only by what they do, accepted with a reason, and no longer there", async () => {
    const { root } = project();
    const file = "schema/sqlite/0001_library.sql";
    const before = readFileSync(join(root, file), "utf8");
    const accepting = (acceptedDifferences: object): Config => {
      const { include, migrations, proofs } = JSON.parse(readFileSync(join(root, "sqlproof.json"), "utf8"));
      write(root, "sqlproof.json", JSON.stringify({ include, migrations, proofs, acceptedDifferences }));
      return readConfig(root);
    };
    write(root, file, before.replace("lent INTEGER NOT NULL DEFAULT 0", "lent INTEGER NOT NULL DEFAULT 1"));
    expect(errorLines(await check(accepting({})))).toEqual([
      "column books.lent by default is '0' on MariaDB and '1' on SQLite\n  MariaDB schema/mariadb/0001_library.sql:17\n  SQLite  schema/sqlite/0001_library.sql:17",
    ]);
    expect(errorLines(await check(accepting({ "column books.lent": "always given" })))).toEqual([]);
    write(root, file, before);
    expect(errorLines(await check(accepting({ "column books.lent": "always given" })))).toEqual([
      'sqlproof.json accepts a difference of "column books.lent" that is not there: remove it',
    ]);
    expect(() => accepting({ "column books.lent": "" })).toThrow("acceptedDifferences");
  });

  test("a column renamed for one engine only: the engines' schemas differ", async () => {
    const config = project();
    const file = "schema/sqlite/0001_library.sql";
    write(config.root, file, readFileSync(join(config.root, file), "utf8").replaceAll("deposit", "pledge"));
    const found = errorLines(await check(config));
    expect(found).toContain("program.ts:5:48: SQLite: no such column: deposit");
    expect(found).toContain(
      "column books.deposit is missing on SQLite\n  MariaDB schema/mariadb/0001_library.sql:15\n  SQLite  schema/sqlite/0001_library.sql:9",
    );
    expect(found).toContain(
      "column books.pledge is missing on MariaDB\n  MariaDB schema/mariadb/0001_library.sql:9\n  SQLite  schema/sqlite/0001_library.sql:15",
    );
  });

  test("a migration that an engine refuses: the file and the engine's message", async () => {
    const config = project();
    write(config.root, "schema/mariadb/0002_more.sql", "ALTER TABLE nope ADD COLUMN x INT;\n");
    expect(errorLines(await check(config))[0]).toContain("0002_more.sql:1: MariaDB 1146: Table 'nope' doesn't exist");
  });

  test("a pattern of include that matches no file is named, and no proof is deleted", async () => {
    const before = project();
    await check(before);
    const including = (...include: string[]): Config => {
      write(before.root, "sqlproof.json", JSON.stringify({ ...JSON.parse(settings), include }));
      return readConfig(before.root);
    };
    const settings = readFileSync(join(before.root, "sqlproof.json"), "utf8");
    const files = readdirSync(join(before.proofs, "queries"));
    const named = 'sqlproof.json includes "source/**/*.ts", which matches no file: correct or remove it';
    const typo = including("source/**/*.ts");
    for (const report of [await check(typo), await check(typo, true), checkOffline(typo)])
      expect(errorLines(report)).toEqual([named]);
    expect(readdirSync(join(before.proofs, "queries"))).toEqual(files);
    expect(errorLines(await check(including("*.ts", "source/**/*.ts")))).toEqual([named]);
    write(before.root, "other.ts", "export const n = 1;\n");
    const other = including("other.ts");
    const report = await check(other);
    expect([errorLines(report), report.queries]).toEqual([[], 0]);
    expect(readdirSync(join(before.proofs, "queries"))).toEqual([]);
  });

  test("--frozen: a proof that differs from what the engines report is an error, and nothing is written", async () => {
    const config = project();
    await check(config);
    const before = readdirSync(join(config.proofs, "queries"));
    write(config.root, "program.ts", head + queries.replace("price, deposit", "deposit"));
    expect(errorLines(await check(config, true))).toHaveLength(2);
    expect(readdirSync(join(config.proofs, "queries"))).toEqual(before);
  });
});

test("sql by another name and as a tag: an error at its place, and the compiler says where the check looks", async () => {
  const config = project();
  const { root } = config;
  write(
    root,
    "program.ts",
    `${head.replace("const sql", "const mysql")}export const q = mysql(\`SELECT id FROM books\`);\n`,
  );
  const named =
    "program.ts:3:7: createSql makes mysql, and the check finds only calls of sql: write const sql = createSql(..)";
  for (const report of [await check(config), checkOffline(config)]) expect(errorLines(report)).toContain(named);
  const where = "run npm run check, which reads calls of sql(..) in the files that sqlproof.json includes";
  expect(compile(config)).toContain(`This SQL is not verified: ${where}`);
  write(root, "program.ts", `${head}export const q = sql\`SELECT id FROM books\`;\n`);
  expect(errorLines(await check(config))).toEqual(["program.ts:4:18: the check reads no tagged text: write sql(`..`)"]);
  expect(compile(config)).toContain(`This SQL is not verified: ${where}`);
});

test("an error in a pair is at its place in the text that it is about, and is said once", async () => {
  const config = project(`const part = "prize FROM books";
export const a = sql({
  mariadb: "SELECT id, isbm FROM books",
  sqlite: \`SELECT id,
    printf('%.2f', price) AS isbm FROM books\`,
});
export const b = sql({ mariadb: \`SELECT \${part}\`, sqlite: \`SELECT  \${part}\` });
export const c = sql({ mariadb: "SELECT id, price AS x FROM books", sqlite: "SELECT id, weight AS x FROM books" });
export const d = sql({ mariadb: "SELECT id FROM books WHERE id = :a", sqlite: "SELECT id FROM books WHERE id IN (:a)) " });
export const e = sql({ mariadb: "SELECT id FROM books", sqlite: "PRAGMA user_version" });
`);
  const lines = errorLines(await check(config));
  const own = "PRINTF is SQLite's own here and would read price in units of its last place: format in code";
  expect(lines).toEqual([
    "program.ts:6:24: MariaDB 1054: Unknown column 'isbm' in 'SELECT' (in the text for MariaDB)",
    `program.ts:8:5: ${own} (in the text for SQLite)`,
    "program.ts:10:43: MariaDB 1054: Unknown column 'prize' in 'SELECT' (in the text for MariaDB) (in the fragment at program.ts:4:15)",
    "program.ts:10:70: SQLite: no such column: prize (in the text for SQLite) (in the fragment at program.ts:4:15)",
    "program.ts:11:22: the texts give different columns: (id: integer, x: decimal(4)) on MariaDB, (id: integer, x: double) on SQLite",
    "program.ts:12:117: this ) closes no ( (in the text for SQLite)",
    "program.ts:13:66: only SELECT, WITH, INSERT, REPLACE, UPDATE and DELETE can be proven, found PRAGMA (in the text for SQLite)",
  ]);
});

describe("a migration of SQLite that it takes, and that stops it later", () => {
  test.each([
    [
      "a reference to columns that are no key",
      "CREATE TABLE marks (id INTEGER PRIMARY KEY, of TEXT REFERENCES books (title)) STRICT;",
      "a foreign key of marks refers to columns of books that are neither its primary key nor a UNIQUE key: add UNIQUE (..) to books",
    ],
    [
      "a key that ends the transaction",
      "CREATE TABLE marks (id INTEGER PRIMARY KEY, of INTEGER UNIQUE ON CONFLICT ROLLBACK) STRICT;",
      "table marks ends the whole transaction by ROLLBACK, which MariaDB has not: write ABORT, which undoes the statement",
    ],
    [
      "a trigger that ends the transaction",
      "CREATE TRIGGER marks BEFORE INSERT ON books BEGIN SELECT RAISE(ROLLBACK, 'no'); END;",
      "trigger marks of books ends the whole transaction by ROLLBACK, which MariaDB has not: write ABORT, which undoes the statement",
    ],
    [
      "a trigger that keeps what came before it",
      "CREATE TRIGGER marks BEFORE UPDATE ON books BEGIN SELECT RAISE(FAIL, 'no'); END;",
      "trigger marks of books keeps what a failed statement has written by FAIL, which MariaDB has not: write ABORT, which undoes the statement",
    ],
  ])("%s", async (_, statement, message) => {
    const config = project();
    write(config.root, "schema/sqlite/0009_marks.sql", `${statement}\n`);
    write(config.root, "schema/mariadb/0009_marks.sql", "SELECT 1;\n");
    const [line = "", ...others] = errorLines(await check(config));
    expect(line).toMatch(/^\S*schema\/sqlite\/\d+_\w+\.sql:\d+: SQLite: /);
    expect(line).toEndWith(message);
    expect(others).toEqual([]);
  });
});

describe("check --offline", () => {
  test("nothing proven yet: the message says what to run", () => {
    const found = errorLines(checkOffline(project()));
    expect(found).toContain("nothing is proven yet; run: npm run check");
    expect(found).toContain("program.ts:5:29: this SQL is not verified; run: npm run check");
  });

  test("a query changed by one letter is not verified", async () => {
    const config = project();
    await check(config);
    write(config.root, "program.ts", head + queries.replace("price, deposit", "price, weight"));
    const found = errorLines(checkOffline(config));
    expect(found).toContain("program.ts:5:29: this SQL is not verified; run: npm run check");
    expect(found).toContain(
      "a proof is left over from a query that is gone: SELECT id, price, deposit FROM books WHERE id = :id; run: npm run check",
    );
    expect(compile(config)).toContain("This SQL is not verified: run npm run check");
  });

  test("an edited proof is reported with its file", async () => {
    const config = project();
    await check(config);
    const folder = join(config.proofs, "queries");
    const name = readdirSync(folder)[0] ?? "";
    writeFileSync(join(folder, name), readFileSync(join(folder, name), "utf8").replace('"text": "', '"text": " '));
    expect(errorLines(checkOffline(config)).join("\n")).toContain(`${name} was edited or damaged; run: npm run check`);
  });
});

describe("a program that misuses a query does not compile", () => {
  const wrong: readonly (readonly [name: string, statement: string, words: string])[] = [
    ["missing parameters", "await db.one(bookById);", "Expected 2 arguments, but got 1"],
    ["a missing parameter", "await db.one(bookById, {});", "parameter of type 'Exact<{ id: number; }"],
    [
      "a parameter of another type",
      'await db.one(bookById, { id: "1" });',
      "Type 'string' is not assignable to type 'number'",
    ],
    ["a parameter too many", "await db.one(bookById, { id: 1, name: 2 });", "is not assignable to type 'never'"],
    [
      "null for a parameter that cannot be null",
      "await db.run(addAuthor, { name: null });",
      "Type 'null' is not assignable",
    ],
    [
      "one value for a list",
      "await db.all(booksBy, { authors: 1 });",
      "Type 'number' is not assignable to type 'readonly number[]'",
    ],
    ["an unknown column of the row", "(await db.one(bookById, { id: 1 })).nope;", "Property 'nope' does not exist"],
    ["a nullable column as if it were not", "(await db.one(bookById, { id: 1 })).deposit.length;", "possibly 'null'"],
    ["arithmetic on a decimal", "(await db.one(bookById, { id: 1 })).price * 2;", "must be of type 'any', 'number'"],
    [
      "one parameter too many, from a variable",
      "const p = { id: 1, isbn: 2 }; await db.one(bookById, p);",
      "parameter of type 'Exact<{ id: number; }",
    ],
    ["a row that may be missing", "(await db.maybe(bookById, { id: 1 })).id;", "possibly 'null'"],
    ["all of a statement without rows", 'await db.all(addAuthor, { name: "x" });', "never> & WithRows'"],
    ["one of a statement without rows", 'await db.one(addAuthor, { name: "x" });', "never> & WithRows'"],
    ["maybe of a statement without rows", 'await db.maybe(addAuthor, { name: "x" });', "never> & WithRows'"],
    ["run of a SELECT", "await db.run(bookById, { id: 1 });", "& WithoutRows'"],
    ["runMany of a SELECT", "await db.runMany(bookById, [{ id: 1 }]);", "& WithoutRows'"],
    [
      "one of two queries with unlike parameters, without any",
      "await db.all(db.engine === 'sqlite' ? bookId : booksBy);",
      "Expected 2 arguments",
    ],
    [
      "one of two queries with unlike parameters",
      "await db.all(db.engine === 'sqlite' ? bookId : booksBy, {});",
      "is not assignable to parameter of type 'Query<{ authors",
    ],
    [
      "one of two queries with the parameters of the other",
      "await db.all(db.engine === 'sqlite' ? bookId : booksBy, { id: 1 });",
      "is not assignable to parameter of type 'Query<{ authors",
    ],
    [
      "a row of a statement without rows",
      'const r: { id: number } = (await db.run(addAuthor, { name: "x" }));',
      "Property 'id' is missing",
    ],
  ];
  test("each with the compiler's message at its line", async () => {
    const calls = wrong.map(
      ([, statement]) =>
        `export async function f${statement.length}_${Math.abs(Bun.hash.crc32(statement))}(db: Queryable) { ${statement} }`,
    );
    // Queries of one kind of parameters are free to choose between.
    const right = `export const bookId = sql(\`SELECT id FROM books WHERE id = :id\`);
export const either = (db: Queryable) =>
  db.all(db.engine === "sqlite" ? bookId : sql(\`SELECT id FROM authors WHERE id = :id\`), { id: 1 });`;
    const program = `import type { Queryable } from "sqlproof";\n${queries}${calls.join("\n")}\n${right}\n`;
    const config = project(program);
    expect(errorLines(await check(config))).toEqual([]);
    const lines = compile(config).split("\n");
    const firstLine = `${head}${program}`.split("\n").indexOf(calls[0] ?? "") + 1;
    for (const [index, [name, , words]] of wrong.entries()) {
      const errors = lines.filter((line) => line.startsWith(`program.ts(${firstLine + index},`));
      expect(`${name}: ${errors.join(" ")}`).toContain(words);
    }
    expect(lines.filter((line) => line.startsWith("program.ts("))).toHaveLength(wrong.length);
  }, 30_000);
});

describe("a sort key of a table with a unique key that may be NULL", () => {
  const mariadb = `CREATE TABLE tags (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  word VARCHAR(9) COLLATE utf8mb4_nopad_bin NULL,
  place INT NOT NULL,
  UNIQUE KEY tags_word (word)
) CHARACTER SET utf8mb4;\n`;
  const sqlite = `CREATE TABLE tags (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  word TEXT UNIQUE CHECK (LENGTH(word) <= 9),
  place INTEGER NOT NULL CHECK (place BETWEEN -2147483648 AND 2147483647)
) STRICT;\n`;
  const tagged = "SELECT t.id, b.id AS book FROM tags t JOIN books b ON b.reads_total > t.place";

  async function faultsOf(query: string): Promise<string[]> {
    const config = project(`export const q = sql(\`${query}\`);\n`);
    write(config.root, "schema/mariadb/0002_tags.sql", mariadb);
    write(config.root, "schema/sqlite/0002_tags.sql", sqlite);
    return errorLines(await check(config));
  }

  test("is refused behind another key where a parameter may give the unique key a value", async () => {
    const optional = `${tagged} WHERE (:word::text? IS NULL OR t.word = :word) ORDER BY b.lent, t.place, t.id, b.id`;
    expect(await faultsOf(optional)).toEqual(
      ["t.place", "t.id"].map((key) => expect.stringContaining(`${key} may have one value, or none, in an execution`)),
    );
  });

  test("is accepted where the unique key always has a value, and without a filter", async () => {
    expect(await faultsOf(`${tagged} WHERE t.word = :word ORDER BY b.lent, t.place, t.id, b.id`)).toEqual([]);
    expect(await faultsOf(`${tagged} ORDER BY b.lent, t.place, t.id, b.id`)).toEqual([]);
  });
});
