// Every cure that the messages name for a function or form of one engine, followed to the letter on both engines.
import { describe, expect, test } from "bun:test";
import { prove } from "../src/check/prove.ts";
import { functionCures } from "../src/check/typing/cures/functions.ts";
import { librarySchema, openedProvers } from "./opened-provers.ts";

const { opened } = openedProvers(librarySchema);

/** What the checker says of an expression over the books; empty where it accepts it. */
async function said(expression: string): Promise<string> {
  const text = expression.startsWith("INSERT INTO") ? expression : `SELECT ${expression} AS x FROM books`;
  const location = { file: "query.sql", line: 1, column: 1 };
  const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, opened());
  return "findings" in verdict ? (verdict.findings[0]?.message ?? "refused") : "";
}

/** An expression, and what its message says to write instead. */
const followed: readonly (readonly [refused: string, cure: string])[] = [
  ["QUARTER(added_at)", "(MONTH(added_at) + 2) DIV 3"],
  ["TIME_TO_SEC(added_at)", "HOUR(added_at) * 3600 + MINUTE(added_at) * 60 + SECOND(added_at)"],
  ["MONTHNAME(added_at)", "MONTH(added_at)"],
  ["LEFT(isbn, 3)", "SUBSTR(isbn, 1, 3)"],
  ["RIGHT(isbn, 3)", "SUBSTR(isbn, GREATEST(CHAR_LENGTH(isbn) - 3 + 1, 1))"],
  ["MID(isbn, 2, 3)", "SUBSTR(isbn, 2, 3)"],
  ["LOCATE('a', isbn)", "INSTR(isbn, 'a')"],
  ["STRCMP(isbn, 'b')", "CASE WHEN isbn < 'b' THEN -1 WHEN isbn > 'b' THEN 1 ELSE 0 END"],
  ["FIELD(isbn, 'a', 'b')", "CASE isbn WHEN 'a' THEN 1 WHEN 'b' THEN 2 ELSE 0 END"],
  ["ELT(id, 'a', 'b')", "CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'b' END"],
  ["FIND_IN_SET(:x::text, isbn)", "',' || isbn || ',' LIKE '%,' || :x || ',%'"],
  ["IF(lent, 1, 0)", "CASE WHEN lent THEN 1 ELSE 0 END"],
  ["ISNULL(weight)", "weight IS NULL"],
  ["NVL(deposit, 0)", "COALESCE(deposit, 0)"],
  ["NVL2(deposit, 1, 0)", "CASE WHEN deposit IS NULL THEN 0 ELSE 1 END"],
  ["DECODE(id, 1, 'a')", "CASE id WHEN 1 THEN 'a' END"],
  ["CONVERT(id, CHAR)", "CAST(id AS CHAR)"],
  ["LAST_INSERT_ID()", "INSERT INTO authors (name) VALUES (:name) RETURNING id"],
  ["LAST_INSERT_ROWID()", "INSERT INTO authors (name) VALUES (:name) RETURNING id"],
  ["TOTAL(price)", "COALESCE(SUM(price), 0)"],
  ["IIF(lent, 1, 0)", "CASE WHEN lent THEN 1 ELSE 0 END"],
  ["AVG(price) + 1", "ROUND(AVG(price), 2) + 1"],
  ["AVG(lent)", "ROUND(SUM(lent) / COUNT(lent), 2)"],
  ["AVG(DISTINCT price)", "ROUND(SUM(DISTINCT price) / COUNT(DISTINCT price), 2)"],
  ["AVG(price) OVER ()", "ROUND(SUM(price) OVER () / COUNT(price) OVER (), 2)"],
  ["1 + price / 3", "1 + ROUND(price / 3, 2)"],
  ["1 + id / 3", "1 + id DIV 3"],
  ["price + deposit", "price + deposit * 1.00"],
  ["price > reads_total", "price > reads_total * 1.0000"],
  ["price > :least::decimal(2)", "price > :least::decimal(2) * 1.00"],
  ["COALESCE(deposit, id)", "COALESCE(deposit, id * 1.00)"],
  ["CONCAT(isbn, CAST(author_id AS CHAR))", "isbn || CAST(author_id AS CHAR)"],
  ["CONCAT_WS('-', isbn, 'x')", "isbn || '-' || 'x'"],
  ["LENGTH(isbn)", "CHAR_LENGTH(isbn)"],
  ["OCTET_LENGTH(isbn)", "CHAR_LENGTH(isbn)"],
  ["STRFTIME('%Y', added_at)", "YEAR(added_at)"],
  ["DATE_FORMAT(added_at, '%Y-%m')", "SUBSTR(added_at, 1, 7)"],
  ["TO_CHAR(added_at, 'YYYY')", "YEAR(added_at)"],
  ["TIME(added_at)", "SUBSTR(added_at, 12)"],
  ["EXTRACT(YEAR FROM added_at)", "YEAR(added_at)"],
  ["POSITION('a' IN isbn)", "INSTR(isbn, 'a')"],
  ["SUBSTRING(isbn FROM 2 FOR 3)", "SUBSTRING(isbn, 2, 3)"],
  ["TRIM(BOTH FROM isbn)", "TRIM(isbn)"],
  ["id == 5", "id = 5"],
  ["id > 1 && id < 5", "id > 1 AND id < 5"],
  ["!lent", "NOT lent"],
  ["id MOD 2", "id % 2"],
  ["weight ISNULL", "weight IS NULL"],
  ["(weight NOTNULL)", "weight IS NOT NULL"],
  ["(weight NOT NULL)", "weight IS NOT NULL"],
  ["lent XOR id = 1", "lent <> (id = 1)"],
  ["id IN :ids", "id IN (:ids...)"],
  ["NULL", ":none::integer?"],
  [":factor * price", ":factor::decimal(4) * price"],
  ["SUBSTR(:x, 1, 2)", "SUBSTR(:x::text, 1, 2)"],
  ["NOW()", ":now::datetime"],
  ["DEFAULT(price)", "0"],
  ["CAST(id AS TEXT)", "CAST(id AS CHAR)"],
  ["CAST(added_at AS VARCHAR(19))", "CAST(added_at AS CHAR)"],
  ["CAST(id AS UNSIGNED)", "CAST(id AS INTEGER)"],
  ["CAST(price AS SIGNED)", "ROUND(price)"],
  ["CAST(price AS INTEGER)", "TRUNCATE(price, 0)"],
  ["CAST(id AS DECIMAL(10,2))", "id * 1.00"],
  ["CAST(added_at AS DATE)", "DATE(added_at)"],
  ["isbn + 'x'", "isbn || 'x'"],
  ["added_at + 1", ":later::datetime"],
  ["DATE(added_at) < added_at", "DATE(added_at) < DATE(added_at)"],
  ["id = '5'", "CAST(id AS CHAR) = '5'"],
  ["isbn = 5", "isbn = '5'"],
  ["rowid", "id"],
  ["ROW(id, author_id) = (1, 2)", "id = 1"],
  ["added_at > TIMESTAMP '2024-01-15 00:00:00'", "added_at > '2024-01-15 00:00:00'"],
  ["N'x'", "'x'"],
  ["SUM(id) OVER (ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)", "SUM(id) OVER (ORDER BY id)"],
  ["CURDATE()", ":today::date"],
  ["DATE_ADD(added_at, 1)", "added_at < :day"],
];

describe("what a message says to write is accepted", () => {
  test.each(followed)("%s: %s", async (refused, cure) => {
    expect(await said(refused)).not.toBe("");
    expect(await said(cure)).toBe("");
  });

  test("and is tried for every function whose message says so", () => {
    const tried = followed.map(([refused]) => /^\w+/.exec(refused)?.[0] ?? "");
    const naming = [...functionCures].filter(([, message]) => message.includes(": write ")).map(([name]) => name);
    // Their rows take some operands: the rules' own tests show those.
    const withRules = ["/", "REPLACE", "VALUES", "MOD", "CEIL", "CEILING", "FLOOR", "POSITION", "GET_LOCK"];
    expect(naming.filter((name) => !tried.includes(name) && !withRules.includes(name))).toEqual([]);
    expect(naming.length).toBeGreaterThan(20);
  });
});

describe("a function of one engine has a message of its own", () => {
  const calls = [...functionCures.keys()].filter(
    (name) => /^[A-Z0-9_]+$/.test(name) && !/^(CURRENT_|VALUES)/.test(name),
  );
  test.each(calls)("%s", async (name) => {
    const message = await said(`${name}(isbn, id, :x::text, :y::date)`);
    expect(message).not.toMatch(/^(SQLite|MariaDB \d+): |is not in the grammar/);
  });
});
