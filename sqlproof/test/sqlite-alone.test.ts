// With SQLite alone: what it stores, groups and computes exactly, and what it would store as something else.
import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { checkOnEngines } from "../src/check/check.ts";
import type { Config } from "../src/check/config.ts";
import { ProofStore } from "../src/check/proofs.ts";
import { createSql, openSqlite, type Proof } from "../src/index.ts";
import { errorLines, project, removeProjects, write } from "./fixture.ts";

afterAll(removeProjects);

const schema = `CREATE TABLE users (
  id INTEGER NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  seen INTEGER,
  cents INTEGER NOT NULL DEFAULT 0,
  price REAL NOT NULL DEFAULT 0,
  made TEXT NOT NULL DEFAULT '',
  UNIQUE (email)
) STRICT;
CREATE TABLE notes (
  id INTEGER NOT NULL PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  body TEXT NOT NULL,
  tag TEXT COLLATE NOCASE NOT NULL
) STRICT;
CREATE UNIQUE INDEX notes_tag ON notes (tag COLLATE BINARY);`;

/** A project of these texts, one a line from the fourth on. */
function texts(all: readonly string[]): Config {
  const config = project(all.map((text) => `sql(${JSON.stringify(text)});\n`).join(""), { sqlite: "schema/sqlite" });
  write(config.root, "schema/sqlite/0001_library.sql", schema);
  return config;
}

async function said(all: readonly string[]): Promise<string[]> {
  return errorLines(await checkOnEngines(texts(all), { frozen: false }));
}

/** Runs proven texts one after the other, and gives the rows of the last one. */
async function rowsAfter(all: readonly (readonly [text: string, params: Record<string, unknown>])[]): Promise<unknown> {
  const config = texts(all.map(([text]) => text));
  expect(errorLines(await checkOnEngines(config, { frozen: false }))).toEqual([]);
  const path = join(config.root, "users.db");
  const database = new Database(path);
  database.run(schema);
  database.close();
  const proofs: Readonly<Record<string, Proof>> = Object.fromEntries(new ProofStore(config).read().proofs);
  const sql = createSql<Record<string, { params: Record<string, unknown>; row: unknown }>, never>(proofs);
  const db = openSqlite({ path });
  const last = all.at(-1);
  for (const [text, params] of all.slice(0, -1)) await db.run(sql(text), params);
  const rows = last === undefined ? [] : await db.all(sql(last[0]), last[1]);
  await db.close();
  return rows;
}

describe("true and false are 1 and 0 in an INTEGER column", () => {
  const insert = "INSERT INTO users (id, email, active) VALUES (:id, :email, :active::boolean)";

  test("as a literal, a condition, a choice and a parameter", async () => {
    const rows = await rowsAfter([
      [insert, { id: 1, email: "a", active: false }],
      [insert, { id: 2, email: "b", active: true }],
      ["INSERT INTO users (id, email, active, seen) VALUES (3, 'c', TRUE, FALSE)", {}],
      ["UPDATE users SET active = NOT active WHERE id = :id", { id: 2 }],
      ["UPDATE users SET active = CASE WHEN id = 1 THEN TRUE ELSE active END, seen = id > 2", {}],
      ["UPDATE users SET price = id = 3, cents = COALESCE(seen, FALSE)", {}],
      [
        "INSERT INTO users (id, email) VALUES (3, 'd') ON CONFLICT (id) DO UPDATE SET active = excluded.id <> 3, seen = :seen::boolean?",
        { seen: null },
      ],
      ["INSERT INTO users (id, email, active) SELECT id + 10, email || 'x', NOT active FROM users WHERE id = 1", {}],
      ["SELECT id, active, seen, cents, price, typeof(price) AS t FROM users ORDER BY id", {}],
    ]);
    expect(rows).toEqual([
      { id: 1, active: 1, seen: 0, cents: 0, price: 0, t: "real" },
      { id: 2, active: 0, seen: 0, cents: 0, price: 0, t: "real" },
      { id: 3, active: 0, seen: null, cents: 1, price: 1, t: "real" },
      { id: 11, active: 0, seen: null, cents: 0, price: 0, t: "real" },
    ]);
  });

  test("but no NULL goes into a NOT NULL column, and no truth value into a text", async () => {
    expect(await said(["UPDATE users SET active = seen > 1", "UPDATE users SET email = TRUE"])).toEqual([
      expect.stringContaining("program.ts:4:32: users.active is NOT NULL and gets seen > 1, which may be NULL"),
      expect.stringContaining(
        "program.ts:5:31: users.email is TEXT and gets TRUE, which is true or false: SQLite stores or refuses it as it is; write CAST(TRUE AS TEXT)",
      ),
    ]);
  });
});

describe("a float", () => {
  test("is rounded before it goes into an INTEGER column", async () => {
    const [first, ...others] = await said([
      "UPDATE users SET cents = CASE WHEN id > 3 THEN cents * 0.9 ELSE cents END",
    ]);
    expect(others).toEqual([]);
    expect(first).toContain(
      "users.cents is INTEGER and gets CASE .. END, which is a float: SQLite stores or refuses it as it is; write CAST(ROUND(CASE .. END) AS INTEGER)",
    );
    const rows = await rowsAfter([
      ["INSERT INTO users (id, email, cents) VALUES (1, 'a', 15)", {}],
      ["UPDATE users SET cents = CAST(ROUND(CASE WHEN id > 0 THEN cents * 0.9 ELSE cents END) AS INTEGER)", {}],
      ["UPDATE users SET price = cents", {}],
      ["SELECT cents, price FROM users ORDER BY id", {}],
    ]);
    expect(rows).toEqual([{ cents: 14, price: 14 }]);
  });
});

describe("a column that a key in GROUP BY determines", () => {
  const read = "FROM users u LEFT JOIN notes n ON n.user_id = u.id";
  const taken = (words: string): string => `${words} is not in GROUP BY: SQLite takes it from any row of the group`;

  test("has one value in each group", async () => {
    const rows = await rowsAfter([
      ["INSERT INTO users (id, email) VALUES (1, 'a'), (2, 'b')", {}],
      ["INSERT INTO notes (id, user_id, body, tag) VALUES (1, 2, 'x', 's'), (2, 2, 'y', 't')", {}],
      [`SELECT u.email, COUNT(*) AS n ${read} GROUP BY u.email HAVING u.active = 1 ORDER BY u.cents, u.email`, {}],
      ["SELECT d.made, COUNT(*) AS n FROM (SELECT id, made FROM users) AS d GROUP BY d.id", {}],
      ["WITH w AS (SELECT id, made FROM users) SELECT w.made, COUNT(*) AS n FROM w GROUP BY w.id", {}],
      ["SELECT n.user_id AS k, u.email, COUNT(*) AS n FROM notes n JOIN users u ON u.id = n.user_id GROUP BY k", {}],
      ["SELECT n.body, u.email, COUNT(*) AS n FROM notes n JOIN users u ON u.id = n.user_id GROUP BY n.id", {}],
      [`SELECT u.id, u.email, COUNT(n.id) AS n ${read} GROUP BY u.id ORDER BY u.email DESC`, {}],
    ]);
    expect(rows).toEqual([
      { id: 2, email: "b", n: 2 },
      { id: 1, email: "a", n: 0 },
    ]);
  });

  test("but not of half a key, of a value computed from it, or where texts are equal that differ", async () => {
    expect(
      await said([
        `SELECT n.id, u.email, COUNT(*) AS n ${read} GROUP BY n.id`,
        "SELECT email, COUNT(*) AS n FROM users GROUP BY id % 2",
        "SELECT body, COUNT(*) AS n FROM notes GROUP BY tag",
        "SELECT email, COUNT(*) AS n FROM users WHERE id = 1",
        "SELECT body, COUNT(*) AS n FROM notes GROUP BY user_id",
        "SELECT u.made, COUNT(*) AS n FROM users u JOIN notes n ON n.tag = u.email GROUP BY n.tag",
      ]),
    ).toEqual([
      expect.stringContaining(taken("u.email")),
      expect.stringContaining(taken("email")),
      expect.stringContaining(taken("body")),
      expect.stringContaining(taken("email")),
      expect.stringContaining(taken("body")),
      expect.stringContaining(taken("u.made")),
    ]);
  });
});

describe("SQLite's functions of now", () => {
  const never = [
    "datetime('now')",
    "date()",
    "TIME('now', '+01:30')",
    "date('now', 'start of month', '-1 day')",
    "datetime('NOW', '+1.5 hours', 'localtime', 'weekday 0', 'START OF DAY', 'utc')",
    "strftime('%Y-%m-%dT%H:%M:%fZ %%', 'now')",
    "strftime('%s')",
    "date('2024-01-15')",
    "datetime('2024-01-15 10:30', '-999 years')",
    "datetime('2024-01-15 10:30:00')",
    "CAST(unixepoch('now') AS TEXT)",
    "CAST(julianday() AS TEXT)",
  ];
  const perhaps = [
    "date(email)",
    "date('now', email)",
    "date('now', '+9000 years')",
    "date('now', '+900 years', '+900 years')",
    "date('now', 'weekday 7')",
    "date('now', 'unixepoch')",
    "date('now', ' +1 day')",
    "date('2024-13-15')",
    "date('today')",
    "date(NULLIF('now', email))",
    "strftime('%Q', 'now')",
    "strftime('%', 'now')",
    "strftime(email, 'now')",
  ];

  test("are never NULL of constants that mean something", async () => {
    const rows = await rowsAfter([
      ["INSERT INTO users (id, email, made) VALUES (1, 'a', datetime('now'))", {}],
      ["UPDATE users SET seen = unixepoch('now', '-1 day'), price = julianday('now')", {}],
      ...never.map((one) => [`UPDATE users SET made = ${one}`, {}] as const),
      ["SELECT COUNT(*) AS n FROM users", {}],
    ]);
    expect(rows).toEqual([{ n: 1 }]);
    // Each of them is what it is said to be.
    const database = new Database(":memory:");
    for (const one of never) expect(database.query(`SELECT ${one} AS v`).get(), one).not.toEqual({ v: null });
    database.close();
  });

  test("and may be NULL of anything else", async () => {
    const found = await said(perhaps.map((one) => `UPDATE users SET made = ${one}`));
    expect(found.map((line) => Number(line.split(":")[1]))).toEqual(perhaps.map((_one, at) => at + 4));
    for (const line of found) expect(line).toContain("which may be NULL");
  });
});
