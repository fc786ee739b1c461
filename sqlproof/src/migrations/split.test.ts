import { expect, test } from "bun:test";
import { splitStatements } from "./split.ts";

const texts = (source: string) => splitStatements(source).map((statement) => statement.text);

test("statements end at semicolons outside quotes and comments", () => {
  expect(texts("SELECT 1; SELECT ';' ; SELECT \"a;b\", `c;d`")).toEqual([
    "SELECT 1",
    "SELECT ';'",
    'SELECT "a;b", `c;d`',
  ]);
  expect(texts("-- a; b\nSELECT 1 /* ; */ + 1; -- the end;")).toEqual(["SELECT 1 /* ; */ + 1"]);
});

test("a # begins a comment of MariaDB, and stands for itself inside quotes", () => {
  const table = "CREATE TABLE t (id INT) # it's; a key\n COMMENT = 'a#b'";
  expect(texts(`# one; it's the first\n${table}; CREATE TABLE [a#b;c] (id INT); SELECT \`#\``)).toEqual([
    table,
    "CREATE TABLE [a#b;c] (id INT)",
    "SELECT `#`",
  ]);
});

test.each([
  "DEFINER = CURRENT_USER TRIGGER g BEFORE INSERT ON t FOR EACH ROW",
  "DEFINER=CURRENT_USER() TRIGGER g BEFORE INSERT ON t FOR EACH ROW",
  "OR REPLACE DEFINER = `a b`@`%` PROCEDURE p()",
  "OR REPLACE DEFINER = 'a'@'localhost' AGGREGATE FUNCTION f() RETURNS INT",
  "DEFINER = a@localhost EVENT e ON SCHEDULE EVERY 1 DAY DO",
])("CREATE %s is one statement", (head) => {
  const text = `CREATE ${head} BEGIN SET @a = 1; SET @b = 2; END`;
  expect(texts(`${text}; SELECT 1`)).toEqual([text, "SELECT 1"]);
});

test("a doubled quote stays inside its quotes, a backslash means nothing", () => {
  expect(texts("SELECT 'it''s; fine'; SELECT '\\'; SELECT 2")).toEqual([
    "SELECT 'it''s; fine'",
    "SELECT '\\'",
    "SELECT 2",
  ]);
});

test("a trigger is one statement with everything up to its END", () => {
  const trigger = `CREATE TRIGGER t AFTER INSERT ON a BEGIN
  UPDATE b SET c = CASE WHEN d THEN 1 ELSE 2 END;
  DELETE FROM e;
END`;
  expect(texts(`${trigger};\nSELECT 1;`)).toEqual([trigger, "SELECT 1"]);
});

test("a compound statement is one statement, its IF and LOOP blocks included", () => {
  const block = `BEGIN NOT ATOMIC
  IF EXISTS (SELECT 1) THEN
    BEGIN SELECT 2; END;
  END IF;
  CASE 1 WHEN 1 THEN SELECT 3; END CASE;
END`;
  expect(texts(`${block};\nSELECT 1;`)).toEqual([block, "SELECT 1"]);
});

test("a statement knows the line where it begins", () => {
  expect(splitStatements("-- one\n\nSELECT 1;\n\nSELECT\n 2;").map(({ line }) => line)).toEqual([3, 5]);
});
