// What the text of a trigger is read as.
import { describe, expect, test } from "bun:test";
import { mariadbTrigger, sqliteTrigger, type TriggerWrite } from "../src/check/types/triggers.ts";

const tables = ["a", "b", "old rows"];

function writes(body: string): string[] {
  const row = { name: "t", event: "INSERT", timing: "AFTER", body };
  return mariadbTrigger(row, tables).writes.map(worded);
}

function worded({ event, table, columns }: TriggerWrite): string {
  return `${event} ${table}${columns === null ? "" : ` (${columns.join(", ")})`}`;
}

describe("writes", () => {
  test.each([
    ["INSERT INTO a (n) VALUES (NEW.n)", ["INSERT a"]],
    ["INSERT IGNORE `A` (n) SELECT n FROM b", ["INSERT a"]],
    ["INSERT INTO a SELECT * FROM b ON DUPLICATE KEY UPDATE n = 1, m = 2", ["INSERT a", "UPDATE a (n, m)"]],
    ["INSERT INTO a (n) VALUES (1) ON CONFLICT (n) DO UPDATE SET m = 1 WHERE n = 2", ["INSERT a", "UPDATE a (m)"]],
    ["INSERT INTO a (n) VALUES (1) ON CONFLICT DO NOTHING", ["INSERT a"]],
    ["REPLACE INTO a (n) VALUES (1)", ["INSERT a", "DELETE a"]],
    ["INSERT OR REPLACE INTO a (n) VALUES (1)", ["INSERT a", "DELETE a"]],
    ["UPDATE a SET n = REPLACE(n, 'x', 'y'), `m` = 2 WHERE id = 1", ["UPDATE a (n, m)"]],
    ["UPDATE a JOIN b ON b.id = a.id SET a.n = b.n", ["UPDATE a (n)", "UPDATE b (n)"]],
    ["UPDATE OR IGNORE a SET n = 1; DELETE FROM b", ["UPDATE a (n)", "DELETE b"]],
    ["DELETE FROM `old rows` WHERE id IN (SELECT id FROM b)", ["DELETE old rows"]],
    ["BEGIN IF NEW.n > 1 THEN DELETE FROM a; ELSE UPDATE b SET n = 1; END IF; END", ["DELETE a", "UPDATE b (n)"]],
    ["SET NEW.n = (SELECT MAX(n) FROM a)", []],
    ["SET NEW.n = 'DELETE FROM a' /* UPDATE a SET n */ -- INSERT INTO a\n", []],
    ["SELECT n FROM a FOR UPDATE", []],
    ["CALL p()", ["INSERT", "UPDATE", "DELETE"].flatMap((event) => tables.map((name) => `${event} ${name}`))],
  ])("%s", (body, expected) => {
    expect(writes(body)).toEqual(expected);
  });
});

describe("when a trigger of SQLite runs", () => {
  test.each([
    ["AFTER INSERT ON a", "AFTER", "INSERT", null],
    ["DELETE ON a", "BEFORE", "DELETE", null],
    ["BEFORE UPDATE OF n, `delete` ON a", "BEFORE", "UPDATE", ["n", "delete"]],
    ["INSTEAD OF INSERT ON a", "INSTEAD OF", "INSERT", null],
    ["AFTER UPDATE ON a WHEN NEW.n > 1", "AFTER", "UPDATE", null],
  ] as const)("%s", (when, timing, event, of) => {
    const sql = `CREATE TRIGGER t ${when} BEGIN DELETE FROM b; END`;
    expect(sqliteTrigger("t", sql, tables)).toEqual({
      name: "t",
      timing,
      event,
      of,
      writes: [{ event: "DELETE", table: "b", columns: null }],
      sets: [],
      guards: false,
    });
  });
});

test("the columns of its own row that a trigger of MariaDB sets", () => {
  const sets = (body: string) => mariadbTrigger({ name: "t", event: "INSERT", timing: "BEFORE", body }, tables).sets;
  expect(sets("SET NEW.n = NEW.m + 1, new.`k` := 2")).toEqual(["n", "k"]);
  expect(sets("IF NEW.m = 1 THEN SET NEW.n = (SELECT 1 FROM a WHERE a.m = NEW.m); END IF")).toEqual(["n"]);
  expect(sets("UPDATE a SET n = NEW.n WHERE m = NEW.m")).toEqual([]);
});
