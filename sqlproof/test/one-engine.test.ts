// A project that names only one engine in sqlproof.json.
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkOffline, checkOnEngines, type Report } from "../src/check/check.ts";
import { type Config, readConfig } from "../src/check/config.ts";
import { ProofStore } from "../src/check/proofs.ts";
import { watchProject } from "../src/check/watch.ts";
import { createSql, openSqlite, type Proof } from "../src/index.ts";
import { openMariadb } from "../src/runtime/mariadb/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { errorRows } from "./error-rows.ts";
import { compile, errorLines, head, project, queries, removeProjects, write } from "./fixture.ts";

const onMariadb = { mariadb: "schema/mariadb" };
const onSqlite = { sqlite: "schema/sqlite" };
let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
});

function connection() {
  const { host, port, user, password } = server;
  return { host, port, user, password };
}

function check(config: Config, frozen = false): Promise<Report> {
  return checkOnEngines(config, { frozen, server: connection() });
}

/** The command line, where no private MariaDB can start. */
function withoutServer(config: Config, ...args: string[]): { code: number; said: string } {
  const ran = Bun.spawnSync([process.execPath, join(import.meta.dir, "../src/cli.ts"), ...args], {
    cwd: config.root,
    env: { ...process.env, PRIVATE_MARIADB_TEMPLATE: join(config.root, "there-is-none") },
  });
  return { code: ran.exitCode, said: `${ran.stdout}${ran.stderr}` };
}

function proofsOf(config: Config): Readonly<Record<string, Proof>> {
  return Object.fromEntries(new ProofStore(config).read().proofs);
}

describe("with migrations for MariaDB only", () => {
  test("its types, its functions and its NOT NULL rules count, and no SQLite is asked", async () => {
    const config = project(
      `${queries}export const names = sql(\`SELECT CONCAT(UPPER(name), '!') AS loud, NOW() AS at FROM authors LIMIT 1\`);
export const prices = sql(\`SELECT AVG(price) AS average, AVG(price) / 3 AS third FROM books\`);\n`,
      onMariadb,
    );
    expect(errorLines(await check(config))).toEqual([]);
    expect(readdirSync(join(config.proofs, "queries"))).toHaveLength(5);
    expect(errorLines(checkOffline(config))).toEqual([]);
    expect(errorLines(await check(config, true))).toEqual([]);
    expect(compile(config)).toBe("");
    const generated = readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
    expect(generated).toContain('row: { "loud": string | null; "at": DateTime }');
    expect(generated).toContain('row: { "average": Decimal | null; "third": Decimal | null }');
    write(config.root, "program.ts", `${head}export const q = sql(\`INSERT INTO authors (nickname) VALUES (:n)\`);\n`);
    expect(errorLines(await check(config))).toEqual([
      "program.ts:4:22: INSERT INTO authors leaves out name, which is NOT NULL without a default",
    ]);
    write(config.root, "program.ts", `${head}export const q = sql(\`SELECT prize FROM books\`);\n`);
    expect(errorLines(await check(config))).toEqual([
      "program.ts:4:30: MariaDB 1054: Unknown column 'prize' in 'SELECT'",
    ]);
  });

  test("a pair of texts is refused", async () => {
    const config = project('export const q = sql({ mariadb: "SELECT 1 AS n", sqlite: "SELECT 1 AS n" });\n', onMariadb);
    expect(errorLines(await check(config))).toEqual([
      "program.ts:4:22: this project names one engine: write one text, not a pair",
    ]);
  });

  test("a table without transactions and a column that * leaves out are refused", async () => {
    const config = project("export const n = sql(`SELECT 1 AS n`);\n", onMariadb);
    write(
      config.root,
      "schema/mariadb/0002_notes.sql",
      "CREATE TABLE notes (id INT PRIMARY KEY, n INT NULL INVISIBLE) ENGINE=Aria;\n",
    );
    expect(errorLines(await check(config))).toEqual([
      "table notes is ENGINE=Aria: MariaDB rolls back nothing in it, no failed statement either; declare ENGINE=InnoDB",
      "column notes.n is INVISIBLE: * leaves it out on MariaDB only; remove INVISIBLE",
    ]);
  });

  test("its proofs run on MariaDB, and SQLite is refused with the reason", async () => {
    const config = project("export const n = sql(`SELECT 40 + 2 AS n`);\n", onMariadb);
    expect(errorLines(await check(config))).toEqual([]);
    const sql = createSql<{ "SELECT 40 + 2 AS n": { params: unknown; row: { n: number } } }, never>(proofsOf(config));
    const query = sql("SELECT 40 + 2 AS n");
    const mariadb = await openMariadb({ ...connection(), database: "mysql" });
    expect(await mariadb.one(query)).toEqual({ n: 42 });
    await mariadb.close();
    const sqlite = openSqlite({ path: ":memory:" });
    const refused = sqlite.one(query).catch(String);
    expect(await refused).toContain(
      "This query is proven on MariaDB only: name migrations for SQLite in sqlproof.json",
    );
    await sqlite.close();
  });

  test("--watch proves and sees a change", async () => {
    const config = project(queries, onMariadb);
    const end = new AbortController();
    const reports: string[][] = [];
    await watchProject(config, {
      server: connection(),
      signal: end.signal,
      onReport(report) {
        reports.push(errorLines(report));
        if (reports.length === 1)
          setTimeout(() => write(config.root, "program.ts", head + queries.replace("deposit", "nothing")), 50);
        else end.abort();
      },
    });
    expect(reports[0]).toEqual([]);
    expect(reports[1]?.[0]).toContain("MariaDB 1054: Unknown column 'nothing'");
  });

  test("proofs of both engines are stale when one is no longer named, and the other way round", async () => {
    const both = project();
    expect(errorLines(await check(both))).toEqual([]);
    const settings = readFileSync(join(both.root, "sqlproof.json"), "utf8");
    write(both.root, "sqlproof.json", settings.replace(',"sqlite":"schema/sqlite"', ""));
    expect(errorLines(checkOffline(readConfig(both.root)))).toEqual([
      "the proofs were made with SQLite, which sqlproof.json does not name; run: npm run check",
    ]);
    expect(errorLines(await check(readConfig(both.root)))).toEqual([]);
    write(both.root, "sqlproof.json", settings);
    expect(errorLines(checkOffline(readConfig(both.root)))).toEqual([
      "the proofs were made without SQLite, which sqlproof.json names; run: npm run check",
    ]);
  });
});

describe("with migrations for SQLite only", () => {
  test("a difference that sqlproof.json accepts is not there, and refused", () => {
    const config = project("export const q = sql(`SELECT id FROM books ORDER BY id`);\n", onSqlite);
    const acceptedDifferences = { "column books.lent": "always given" };
    const settings = { include: ["*.ts"], migrations: onSqlite, proofs: ".sqlproof", acceptedDifferences };
    expect(withoutServer(config, "check").code).toBe(0);
    write(config.root, "sqlproof.json", JSON.stringify(settings));
    const needless = 'sqlproof.json accepts a difference of "column books.lent" that is not there: remove it';
    for (const option of [[], ["--frozen"], ["--offline"]])
      expect(withoutServer(config, "check", ...option)).toEqual({ code: 1, said: expect.stringContaining(needless) });
  });

  test("no MariaDB is started, and SQLite's own errors are reported", () => {
    expect(withoutServer(project(), "check").said).toContain("there-is-none");
    const config = project("export const q = sql(`SELECT prize FROM books`);\n", onSqlite);
    const { code, said } = withoutServer(config, "check");
    expect([code, said]).toEqual([1, expect.stringContaining("program.ts:4:30: SQLite: no such column: prize")]);
    write(config.root, "schema/sqlite/0002_more.sql", "ALTER TABLE nope ADD COLUMN x INT;\n");
    expect(withoutServer(config, "check").said).toContain("0002_more.sql:1: SQLite: no such table: nope");
  });
});

describe("with migrations for SQLite only, expressions", () => {
  const table = `CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL, at TEXT NOT NULL,
    ok INTEGER NOT NULL, n INTEGER, b BLOB NOT NULL, js TEXT NOT NULL) STRICT;`;
  const row = "INSERT INTO t VALUES (1, 'Ada', 9.5, '2024-02-29 10:30:00', 7, NULL, x'41', '{\"a\": 3}')";

  /** Expressions, the type that a program gets, and the value. */
  const expressions: readonly (readonly [sql: string, type: string, value: unknown])[] = [
    ["1.5", "number", 1.5],
    ["price * 2", "number", 19],
    ["price * 1.1 > 10", "boolean", true],
    ["price + ok", "number", 16.5],
    ["ok / 2", "number", 3],
    ["ok / n", "number | null", null],
    ["ok % 4", "number", 3],
    ["ok & 3 | 8", "number", 11],
    ["~ok", "number", -8],
    ["-price", "number", -9.5],
    ["SUM(price)", "number | null", 9.5],
    ["SUM(ok)", "number | null", 7],
    ["AVG(ok)", "number | null", 7],
    ["TOTAL(n)", "number", 0],
    ["MAX(price)", "number | null", 9.5],
    ["max(ok, 9)", "number", 9],
    ["abs(-price)", "number", 9.5],
    ["round(price / 3, 2)", "number", 3.17],
    ["date(at)", "string | null", "2024-02-29"],
    ["strftime('%Y', at)", "string | null", "2024"],
    ["iif(ok = 7, name, 'x')", "string", "Ada"],
    ["CASE WHEN ok > 9 THEN price ELSE 2 END", "number", 2],
    ["COALESCE(n, 4)", "number", 4],
    ["CAST(price AS TEXT)", "string", "9.5"],
    ["CAST(price AS INTEGER)", "number", 9],
    ["CAST('2.5' AS REAL)", "number", 2.5],
    ["name || ok", "string", "Ada7"],
    ["group_concat(name, ', ')", "string | null", "Ada"],
    ["hex(b)", "string", "41"],
    ["substr(b, 1, 1)", "Uint8Array | null", new Uint8Array([65])],
    ["substring(x'', 1)", "Uint8Array | null", null],
    ["substr(name, 1, 1)", "string", "A"],
    ["iif(ok, ok > 1, 2.5)", "number", 1],
    ["unixepoch(at, 'subsec')", "number | null", 1709202600],
    ["typeof(n)", "string", "null"],
    ["name GLOB 'A*'", "boolean", true],
    ["name NOT GLOB 'B' || '*'", "boolean", true],
    ["unixepoch(at)", "number | null", 1709202600],
    ["printf('%.2f', price)", "string", "9.50"],
    ["js -> '$.a'", "string | null", "3"],
    ["name COLLATE NOCASE = 'ADA'", "boolean", true],
    ["NTILE(2) OVER (ORDER BY id)", "number", 1],
    ["LAG(price, 1, 0.5) OVER (ORDER BY id)", "number | null", 0.5],
  ];

  test("have SQLite's own types, and a literal stays as it is written", async () => {
    const asked = expressions.map(([sql]) => `SELECT ${sql} AS v FROM t`);
    const config = project(asked.map((sql, at) => `export const q${at} = sql(\`${sql}\`);\n`).join(""), onSqlite);
    write(config.root, "schema/sqlite/0001_library.sql", table);
    expect(errorLines(await check(config))).toEqual([]);
    expect(compile(config)).toBe("");
    const generated = readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
    const types = expressions.map(([sql, , value]) => {
      const [, type] =
        generated.split(JSON.stringify(`SELECT ${sql} AS v FROM t`))[1]?.match(/row: \{ "v": ([^}]*) \}/) ?? [];
      return [sql, type, value];
    });
    expect(types).toEqual(expressions.map((one) => [...one]));
    const path = join(config.root, "values.db");
    const database = new Database(path);
    database.run(table);
    database.run(row);
    database.close();
    const db = openSqlite({ path });
    const sql = createSql<Record<string, { params: unknown; row: { v: unknown } }>, never>(proofsOf(config));
    for (const [index, [, , value]] of expressions.entries())
      expect(await db.one(sql(asked[index] ?? ""))).toEqual({ v: value });
    await db.close();
  });

  test("a text reaches SQLite as it is written", async () => {
    const texts = [
      "UPDATE t SET price = price * 1.1 WHERE id = 1 RETURNING price",
      "SELECT id FROM t WHERE name LIKE 'a\\_%' AND price > 9.5 AND ok IS NOT 3",
      "SELECT name, COUNT(*) AS n FROM t GROUP BY name HAVING n > 2",
      "SELECT ok * 2000000000 AS v, SUM(ok * ok) AS w FROM t GROUP BY ok ORDER BY ok * 2000000000",
    ];
    const config = project(texts.map((text) => `sql(\`${text.replace("\\", "\\\\")}\`);\n`).join(""), onSqlite);
    write(config.root, "schema/sqlite/0001_library.sql", table);
    expect(errorLines(await check(config))).toEqual([]);
    const proofs = proofsOf(config);
    expect(texts.map((text) => proofs[text]?.statements.sqlite?.parts)).toEqual(texts.map((text) => [text]));
  });

  test("what has no type is stated in its alias, and nothing else is", async () => {
    const asked = [
      "js ->> '$.a' AS v",
      `js ->> '$.a' AS "v: bigint"`,
      `js ->> '$.a' AS "v!: bigint"`,
      `ok AS "v: text"`,
    ];
    const program = asked.map((item) => `sql(\`SELECT ${item} FROM t\`);\n`).join("");
    const config = project(program, onSqlite);
    write(config.root, "schema/sqlite/0001_library.sql", table);
    expect(errorLines(await check(config))).toEqual([
      'program.ts:4:5: column v has no type that sqlproof knows: write CAST(.. AS TEXT), or another type, or state what it always is in its alias, for example AS "v: text"',
      'program.ts:7:13: column v has a type already: leave out ": text"',
    ]);
    write(config.root, "program.ts", head + program.split("\n").slice(1, 3).join("\n"));
    expect(errorLines(await check(config))).toEqual([]);
    const generated = readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
    expect(generated.match(/row: \{ "v": [^}]* \}/g)?.sort()).toEqual([
      'row: { "v": number | null }',
      'row: { "v": number }',
    ]);
  });
});

describe("with migrations for SQLite only, views", () => {
  const schema = `CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, name TEXT, price REAL NOT NULL, js TEXT NOT NULL) STRICT;
    CREATE VIEW counts AS SELECT name, COUNT(*) AS cnt, SUM(price) AS total, iif(COUNT(*) > 1, 'm', 'o') AS word FROM t GROUP BY name;
    CREATE VIEW more (label, cnt) AS SELECT name, cnt + 1 FROM counts;
    CREATE VIEW years AS SELECT id, js ->> '$.y' AS year FROM t;`;

  test("have the types of what they select", async () => {
    const texts = ["SELECT * FROM counts ORDER BY name", "SELECT m.*, m.cnt > 1 AS several FROM more m ORDER BY label"];
    const config = project(texts.map((text) => `sql(\`${text}\`);\n`).join(""), onSqlite);
    write(config.root, "schema/sqlite/0001_library.sql", schema);
    expect(errorLines(await check(config))).toEqual([]);
    const generated = readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
    for (const row of [
      '{ "name": string | null; "cnt": number; "total": number; "word": string }',
      '{ "label": string | null; "cnt": number; "several": boolean }',
    ])
      expect(generated).toContain(`row: ${row}`);
    const path = join(config.root, "views.db");
    const database = new Database(path);
    database.run(schema);
    database.run("INSERT INTO t VALUES (1, 'a', 1.5, '{}'), (2, 'a', 2, '{}'), (3, NULL, 1, '{}')");
    database.close();
    const db = openSqlite({ path });
    const sql = createSql<Record<string, { params: unknown; row: unknown }>, never>(proofsOf(config));
    expect(await db.all(sql(texts[0] ?? ""))).toEqual([
      { name: null, cnt: 1, total: 1, word: "o" },
      { name: "a", cnt: 2, total: 3.5, word: "m" },
    ]);
    await db.close();
  });

  test("FILTER may leave out all rows of a group", async () => {
    const config = project(
      "sql(`SELECT name, SUM(id) FILTER (WHERE id > :id) AS v FROM t GROUP BY name`);\n",
      onSqlite,
    );
    write(config.root, "schema/sqlite/0001_library.sql", schema);
    expect(errorLines(await check(config))).toEqual([]);
    const generated = readFileSync(join(config.proofs, "generated/queries.ts"), "utf8");
    expect(generated).toContain('params: { "id": number }; row: { "name": string | null; "v": number | null }');
  });

  test("a column without a type is written out, and not as *", async () => {
    const config = project("sql(`SELECT * FROM years ORDER BY id`);\n", onSqlite);
    write(config.root, "schema/sqlite/0001_library.sql", schema);
    expect(errorLines(await check(config))).toEqual([
      'program.ts:4:5: column year of a * has no type that sqlproof knows: write the columns, this one as year AS "year: integer", or whatever its type is',
    ]);
    write(config.root, "program.ts", `${head}sql(\`SELECT id, year AS "year: integer" FROM years ORDER BY id\`);\n`);
    expect(errorLines(await check(config))).toEqual([]);
  });
});

describe("what only one engine writes is accepted with it alone", () => {
  const onlyMariadb = [
    "SELECT id FROM authors WHERE name REGEXP :r AND name NOT RLIKE '^a'",
    "SELECT EXTRACT(YEAR FROM born) AS v, TRIM(LEADING 'x' FROM name) AS w FROM authors",
    "SELECT SUBSTRING(name FROM 2 FOR 3) AS v, POSITION('a' IN name) AS w FROM authors",
    "SELECT CONVERT(name USING utf8mb4) AS v, CONVERT(id, CHAR) AS w FROM authors",
    "SELECT COUNT(DISTINCT name, id) AS v FROM authors",
    "SELECT id & 1 | 2 AS v, id MOD 2 AS w, ~id AS x FROM authors",
    "SELECT id FROM authors ORDER BY name COLLATE utf8mb4_bin LIMIT 3, 5",
    "SELECT id FROM books WHERE added_at >= '2024-01-01'",
    "INSERT IGNORE INTO authors (name) VALUES (:name)",
    "REPLACE INTO authors (id, name) VALUES (:id, :name)",
    "UPDATE books SET price = 1.5 WHERE id > :id ORDER BY id LIMIT 2",
    "DELETE FROM places WHERE id > :id ORDER BY id DESC LIMIT :count",
    "SELECT author_id, JSON_ARRAYAGG(title) || '' AS titles, COUNT(*) AS n FROM books GROUP BY author_id",
    "SELECT STDDEV(price) AS a, VARIANCE(price) AS b, STDDEV_POP(id) AS c, VAR_SAMP(id) AS d, COUNT(*) AS n FROM books",
    "SELECT BIT_OR(id) AS a, BIT_AND(id) AS b, BIT_XOR(id) AS c, JSON_OBJECTAGG(isbn, id) || '' AS d, SUM(id) AS n FROM books",
  ];
  const onlySqlite = [
    "SELECT id FROM authors WHERE name GLOB :g AND name NOT GLOB 'a*'",
    "SELECT id FROM authors ORDER BY name COLLATE NOCASE LIMIT 3, 5",
    "SELECT a.id, b.id AS book FROM authors a FULL JOIN books b ON b.author_id = a.id",
    "INSERT OR IGNORE INTO authors (name) VALUES (:name)",
    "INSERT OR REPLACE INTO authors (id, name) VALUES (:id, :name)",
    "REPLACE INTO authors (id, name) VALUES (:id, :name)",
    "SELECT author_id, json_group_array(title) AS titles, COUNT(*) AS n FROM books GROUP BY author_id",
    "SELECT json_group_object(isbn, title) AS titles, MAX(id) AS most FROM books",
  ];

  test.each([
    ["MariaDB", onMariadb, onlyMariadb],
    ["SQLite", onSqlite, onlySqlite],
  ] as const)("%s", async (_, migrations, texts) => {
    const program = texts.map((text) => `sql(\`${text}\`);\n`).join("");
    const config = project(program, migrations);
    expect(errorLines(await check(config))).toEqual([]);
    expect(compile(config)).toBe("");
    const both = project(program);
    const refused = (await check(both)).errors.map(({ location }) => location.line);
    expect(texts.filter((_text, at) => !refused.includes(at + 4))).toEqual([]);
  });

  test.each([
    [onMariadb, "SELECT DATE_ADD(:day, INTERVAL 1 DAY) AS v"],
    [onMariadb, "SELECT id FROM authors WHERE DATE_ADD(born, INTERVAL 1 DAY) < :day"],
    [onSqlite, "SELECT date(:day, '+1 day') AS v"],
  ])("a day without a type is declared as one: %p %s", async (migrations, text) => {
    const [line] = errorLines(await check(project(`sql(\`${text}\`);\n`, migrations)));
    expect(line).toContain("the type of :day cannot be inferred here: declare it, for example :day::date");
  });

  test("what is refused there is no fault of the other engine", async () => {
    const texts = ["SELECT id FROM authors WHERE id XOR 1", "UPDATE authors JOIN books SET name = 'x'"];
    const config = project(texts.map((text) => `sql(\`${text}\`);\n`).join(""), onMariadb);
    const said = errorLines(await check(config));
    expect(said).toHaveLength(2);
    for (const line of said) expect(line).toContain("sqlproof does not read ");
  });

  const several = "select MAX or MIN, or name a unique key in its WHERE";
  const onMariadbAlone: readonly (readonly [sql: string, message: string])[] = [
    [
      "SELECT v.x FROM JSON_TABLE(isbn, '$[*]' COLUMNS (x INT PATH '$')) AS v",
      "sqlproof does not read JSON_TABLE(..) as a table",
    ],
    [
      "SELECT d.v FROM (SELECT 1 AS x) AS d (v)",
      "sqlproof does not read column list after an alias: give the columns aliases with AS",
    ],
    ["SELECT id FROM books INDEXED BY i", "this index hint is SQLite's: leave it out"],
    ["SELECT id FROM books WHERE id IS 3", "after IS, MariaDB has no value: write a <=> b, or NOT a <=> b"],
    [
      "SELECT title, COUNT(*) AS n FROM books GROUP BY lent",
      "title is not in GROUP BY: MariaDB takes it from any row of the group",
    ],
    ["SELECT (SELECT id FROM books) AS v", `this subquery may have several rows, which MariaDB refuses; ${several}`],
    [
      "WITH k AS (SELECT 1 AS id), l AS (WITH k AS (SELECT 5 AS id) SELECT id FROM k) SELECT l.id FROM l",
      "a WITH inside another one names k again: MariaDB may take the earlier table; rename it",
    ],
    [
      "UPDATE books SET author_id = title",
      "books.author_id is int(11) and gets title, which is text: MariaDB converts it",
    ],
  ];
  const onSqliteAlone: typeof onMariadbAlone = [
    [
      "SELECT b.id FROM books b, json_each(b.isbn)",
      "sqlproof does not read json_each(..) as a table: select the text and take it apart in code",
    ],
    ["SELECT id FROM books FORCE INDEX (i)", "this index hint is MariaDB's: leave it out"],
    ["SELECT GROUP_CONCAT(title SEPARATOR ',') AS v FROM books", "SEPARATOR is MariaDB's: write GROUP_CONCAT(x, ',')"],
    [
      "SELECT title, COUNT(*) AS n FROM books GROUP BY lent",
      "title is not in GROUP BY: SQLite takes it from any row of the group",
    ],
    [
      "SELECT (SELECT id FROM books) AS v",
      `this subquery may have several rows, of which SQLite takes the first; ${several}`,
    ],
    [
      "UPDATE books SET author_id = title",
      "books.author_id is INTEGER and gets title, which is text: SQLite stores or refuses it as it is",
    ],
  ];

  test.each([
    ["MariaDB", onMariadb, onMariadbAlone],
    ["SQLite", onSqlite, onSqliteAlone],
  ] as const)("the reasons are those of %s", async (_, migrations, refused) => {
    const config = project(refused.map(([sql]) => `sql(${JSON.stringify(sql)});\n`).join(""), migrations);
    const { errors } = await check(config);
    const said = refused.map((_sql, at) => errors.filter(({ location }) => location.line === at + 4));
    for (const [at, [, message]] of refused.entries())
      expect(said[at]?.map((error) => error.message).join("; ")).toContain(message);
    const patterns = errorRows().map(({ pattern }) => pattern);
    expect(errors.map((error) => error.message).filter((one) => !patterns.some((row) => row.test(one)))).toEqual([]);
  });

  test("a comma in FROM joins as on that engine", async () => {
    const text = "sql(`SELECT a.id FROM authors a, books b RIGHT JOIN books c ON c.id = b.id`);\n";
    for (const config of [project(text, onMariadb), project(text, onSqlite)]) {
      expect(errorLines(await check(config))).toEqual([]);
      const type = config.migrations.sqlite !== null ? "number | null" : "number";
      expect(readFileSync(join(config.proofs, "generated/queries.ts"), "utf8")).toContain(`row: { "id": ${type} }`);
    }
  });

  test("SQLite's rowid is a whole number, and MariaDB's INTERVAL(n, a, b) a function", async () => {
    const onLite = project(
      "sql(`SELECT isbn, rowid AS r, CAST(oid AS TEXT) AS t FROM books WHERE rowid > :r`);\nsql(`SELECT b.rowid AS r FROM authors a LEFT JOIN books b ON b.author_id = a.id`);\n",
      onSqlite,
    );
    expect(errorLines(await check(onLite))).toEqual([]);
    const generated = readFileSync(join(onLite.proofs, "generated/queries.ts"), "utf8");
    expect(generated).toContain('params: { "r": number }; row: { "isbn": string; "r": number; "t": string }');
    expect(generated).toContain('row: { "r": number | null }');
    const onMaria = project(
      "sql(`SELECT INTERVAL(id, 1, 2) AS v, NOW() - INTERVAL (1 + 1) DAY AS w FROM books`);\n",
      onMariadb,
    );
    expect(errorLines(await check(onMaria))).toEqual([]);
    expect(readFileSync(join(onMaria.proofs, "generated/queries.ts"), "utf8")).toContain(
      'row: { "v": number; "w": DateTime',
    );
  });
});

describe("sqlproof.json", () => {
  test.each([{}, { mariadb: 1 }, { mariadb: "a", sqlite: 1 }, "schema", null])("migrations %p are refused", (wrong) => {
    const { root } = project();
    const other = { include: ["*.ts"], migrations: wrong, proofs: ".sqlproof" };
    write(root, "sqlproof.json", JSON.stringify(other));
    expect(() => readConfig(root)).toThrow('must be { "mariadb": folder, "sqlite": folder } or only one of them, got ');
  });

  test.each([onMariadb, onSqlite])("the differential run refuses one engine: %p", (migrations) => {
    const { code, said } = withoutServer(project(queries, migrations), "differential");
    const only = "mariadb" in migrations ? "MariaDB" : "SQLite";
    expect([code, said]).toEqual([
      2,
      `sqlproof: The differential run compares MariaDB with SQLite, and sqlproof.json names ${only} only.\n`,
    ]);
  });
});
