// ENUM and SET on MariaDB, TEXT with a CHECK on SQLite: unions of literals for the program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOnEngines } from "../src/check/check.ts";
import { type Config, readConfig } from "../src/check/config.ts";
import { ProofStore } from "../src/check/proofs.ts";
import { createSql, type Database, openSqlite, ParameterError, type Query } from "../src/index.ts";
import { createMariadbDatabase, migrateMariadb } from "../src/migrations/mariadb.ts";
import { migrateSqlite } from "../src/migrations/sqlite.ts";
import { openMariadb } from "../src/runtime/mariadb/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { compile, errorLines, head, project, removeProjects, write } from "./fixture.ts";

const mariadb = `CREATE TABLE tickets (
  id INT NOT NULL PRIMARY KEY,
  state ENUM('open', 'done', 'closed') CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  size ENUM('a', 'b', 'c') CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin,
  tags SET('new', 'hot') CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  note VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL
);`;
const sqlite = `CREATE TABLE tickets (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'closed')),
  size TEXT CHECK (size IN ('a', 'b', 'c')),
  tags TEXT NOT NULL CHECK (tags IN ('', 'new', 'hot', 'new,hot')),
  note TEXT NOT NULL CHECK (LENGTH(note) <= 20)
) STRICT;`;

let server: PrivateMariadb;
const folder = mkdtempSync(join(tmpdir(), "sqlproof-enum-"));

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
  rmSync(folder, { recursive: true, force: true });
});

function connection() {
  const { host, port, user, password } = server;
  return { host, port, user, password };
}

/** A project on the table of tickets. */
function tickets(program: string, schema: { readonly mariadb?: string; readonly sqlite?: string } = {}): Config {
  const { root } = project("");
  for (const [engine, text] of Object.entries({ mariadb, sqlite, ...schema })) {
    mkdirSync(join(root, "tickets", engine), { recursive: true });
    write(root, `tickets/${engine}/0001_tickets.sql`, text);
  }
  const migrations = { mariadb: "tickets/mariadb", sqlite: "tickets/sqlite" };
  write(root, "sqlproof.json", JSON.stringify({ include: ["*.ts"], migrations, proofs: ".sqlproof" }));
  write(root, "program.ts", head + program);
  return readConfig(root);
}

async function faultsOf(config: Config): Promise<readonly string[]> {
  const lines = errorLines(await checkOnEngines(config, { frozen: false, server: connection() }));
  return lines.map((line) => line.replace(/^.*?:\d+:\d+: /, ""));
}

const faultOf = async (text: string) => faultsOf(tickets(`export const q = sql(${JSON.stringify(text)});`));

const add = "INSERT INTO tickets (id, state, size, tags, note) VALUES (:id, :state, :size, :tags, 'x')";
const by = "SELECT id, state, size, tags FROM tickets WHERE state = :state OR tags IN (:tags...) ORDER BY id";
const close =
  "UPDATE tickets SET state = CASE WHEN size = 'a' THEN 'closed' ELSE 'done' END, size = COALESCE(size, 'b') WHERE id = :id";
const sorted =
  "SELECT size, MAX(size) AS most, COUNT(*) AS n FROM tickets GROUP BY size ORDER BY size, MIN(CONCAT(state, ''))";
// 'x' is no size, and one ticket has none.
const others = ["SELECT size FROM tickets", "SELECT MAX(size) FROM tickets GROUP BY id"].map(
  (sizes) => `SELECT id FROM tickets WHERE SUBSTR(note, 1, 1) NOT IN (${sizes}) ORDER BY id`,
);

test("values are unions of literals for the program, and are stored, compared and read alike on both engines", async () => {
  const config = tickets(`
export const add = sql(\`${add}\`);
export const by = sql(\`${by}\`);
export const close = sql(\`${close}\`);
export const sorted = sql(\`${sorted}\`);
${others.map((text, at) => `export const other${at} = sql(\`${text}\`);`).join("\n")}
export async function f(db: import("sqlproof").Queryable): Promise<"open" | "done" | "closed" | undefined> {
  await db.run(add, { id: 1, state: "open", size: null, tags: "new,hot" });
  const [row] = await db.all(by, { state: "open", tags: ["", "hot"] });
  const tags: "" | "new" | "hot" | "new,hot" | undefined = row?.tags;
  return tags === "" ? undefined : row?.state;
}\n`);
  expect(await faultsOf(config)).toEqual([]);
  expect(compile(config)).toBe("");
  for (const wrong of ['state: "opened", size: null, tags: ""', 'state: "open", size: null, tags: "hot,new"']) {
    write(
      config.root,
      "program.ts",
      `${head}export const add = sql(\`${add}\`);
export const f = (db: import("sqlproof").Queryable) => db.run(add, { id: 1, ${wrong} });\n`,
    );
    expect(compile(config)).toMatch(/^program.ts\(5,\d+\): error TS\d+: Type '"[a-z,]+"' is not assignable to type '"/);
  }
  const proofs = Object.fromEntries(new ProofStore(config).read().proofs);
  const sql = createSql<Record<string, { params: Record<string, unknown>; row: unknown }>, Record<never, never>>(
    proofs,
  );
  const query = (text: string): Query<Record<string, unknown>, unknown> => sql(text);
  for (const db of await databases(config)) {
    await db.run(query(add), { id: 1, state: "open", size: "a", tags: "new,hot" });
    await db.run(query(add), { id: 2, state: "done", size: null, tags: "" });
    await db.run(query(add), { id: 3, state: "closed", size: "c", tags: "hot" });
    for (const wrong of ["Open", "open ", "1", ""])
      expect(db.run(query(add), { id: 9, state: wrong, size: null, tags: "" })).rejects.toBeInstanceOf(ParameterError);
    expect(await db.all(query(by), { state: "done", tags: ["new,hot"] })).toEqual([
      { id: 1, state: "open", size: "a", tags: "new,hot" },
      { id: 2, state: "done", size: null, tags: "" },
    ]);
    for (const text of others) expect(await db.all(query(text), {})).toEqual([]);
    for (const id of [1, 2]) await db.run(query(close), { id });
    expect(await db.all(query(by), { state: "closed", tags: [""] })).toMatchObject([
      ...[
        { id: 1, state: "closed" },
        { id: 2, state: "done", size: "b" },
      ],
      { id: 3, state: "closed" },
    ]);
    expect(await db.all(query(sorted), {})).toEqual(["a", "b", "c"].map((size) => ({ size, most: size, n: 1 })));
    await db.close();
  }
}, 60_000);

const edit = "UPDATE tickets SET state = COALESCE(:state, state), size = COALESCE(:size, size, 'c') WHERE id = :id";

test("a partial update takes only the values of each column, or null", async () => {
  const program = (state: string): string => `export const edit = sql(\`${edit}\`);
export const f = (db: import("sqlproof").Queryable) => db.run(edit, { id: 1, state: ${state}, size: null });\n`;
  const config = tickets(program('"done"'));
  expect(await faultsOf(config)).toEqual([]);
  expect(compile(config)).toBe("");
  write(config.root, "program.ts", head + program('"shut"'));
  expect(compile(config)).toContain(`Type '"shut"' is not assignable to type '"closed" | "done" | "open" | null'`);
});

async function databases({ root }: Config): Promise<readonly Database[]> {
  const database = join(folder, "tickets.db");
  await migrateSqlite({ folder: join(root, "tickets/sqlite"), database });
  const there = { ...connection(), database: "tickets" };
  await createMariadbDatabase(there);
  await migrateMariadb({ folder: join(root, "tickets/mariadb"), server: there });
  return [await openMariadb(there), openSqlite({ path: database })];
}

describe("refused", () => {
  test.each([
    [
      "a value that the column does not have",
      "SELECT id FROM tickets WHERE state = 'shut'",
      "'shut' is no value of state",
    ],
    [
      "a value stored that the column does not have",
      "UPDATE tickets SET state = 'shut'",
      "'shut' is no value of tickets.state: 'open', 'done', 'closed'",
    ],
    [
      "a choice of members in another order",
      "UPDATE tickets SET tags = CASE WHEN id > 3 THEN 'hot,new' ELSE 'hot' END",
      "'hot,new' is no value of tickets.tags: '', 'new', 'hot', 'new,hot'",
    ],
    [
      "a member of no choice",
      "UPDATE tickets SET state = COALESCE(:state, 'shut')",
      "'shut' is no value of tickets.state: 'open', 'done', 'closed'",
    ],
    ["a text of another column", "UPDATE tickets SET state = note", "which may be any text"],
    ["a computed text", "UPDATE tickets SET state = CONCAT('op', 'en')", "which may be any text"],
    ["the values of another ENUM", "UPDATE tickets SET size = state", "which is 'open', 'done', 'closed'"],
    ["the order of the declaration", "SELECT id FROM tickets ORDER BY state, id", "write state || ''"],
    ["the least by that order", "SELECT MIN(state) AS v FROM tickets", "write state || ''"],
    [
      "a window in that order",
      "SELECT id, ROW_NUMBER() OVER (ORDER BY tags, id) AS v FROM tickets ORDER BY id",
      "write tags || ''",
    ],
    [
      "that order of a query in FROM",
      "SELECT v FROM (SELECT id, state AS v FROM tickets) AS q ORDER BY v, id",
      "write v || ''",
    ],
    [
      "a recursion that grows beyond the longest value",
      "WITH RECURSIVE r (i, j) AS (SELECT id, 'x' || state FROM tickets UNION SELECT i + 1, j || 'y' FROM r WHERE i < 8) SELECT i, j FROM r",
      `may not fit "j"`,
    ],
  ])("%s", async (_, text, reason) => {
    expect(await faultOf(text)).toEqual([expect.stringContaining(reason)]);
  });
});

describe("accepted", () => {
  test.each([
    "SELECT id FROM tickets ORDER BY size, id",
    "SELECT MIN(size) AS v, COUNT(DISTINCT state) AS n FROM tickets",
    "SELECT MAX(size || '') AS v, MIN(tags || '') AS w FROM tickets",
    "SELECT id FROM tickets ORDER BY size || '', id",
    "SELECT id, COALESCE(size, note) AS v FROM tickets ORDER BY v, id",
    "SELECT state, COUNT(*) AS n FROM tickets GROUP BY state ORDER BY n, CONCAT(state, '')",
    "SELECT a.id FROM tickets AS a JOIN tickets AS b ON b.note = a.state WHERE a.note LIKE '%x%' ESCAPE '!' ORDER BY a.id",
  ])("%s", async (text) => {
    expect(await faultOf(text)).toEqual([]);
  });
});

describe("schemas that differ", () => {
  test("a TEXT without a CHECK takes more than the ENUM", async () => {
    const loose = sqlite.replace("CHECK (state IN ('open', 'done', 'closed'))", "");
    expect(await faultsOf(tickets("", { sqlite: loose }))).toEqual([
      "column tickets.state: SQLite takes '', which MariaDB's enum('open','done','closed') refuses; " +
        "give it a CHECK with IN that names just its values\n" +
        "  MariaDB tickets/mariadb/0001_tickets.sql:3\n  SQLite  tickets/sqlite/0001_tickets.sql:3",
    ]);
  });

  test("a CHECK that takes another value, or one less", async () => {
    const more = sqlite.replace("'closed'))", "'closed', 'shut'))");
    expect(await faultsOf(tickets("", { sqlite: more }))).toEqual([
      expect.stringContaining("tickets.state: SQLite takes 'shut'"),
    ]);
    const fewer = sqlite.replace("'a', 'b', 'c'", "'a', 'b'");
    expect(await faultsOf(tickets("", { sqlite: fewer }))).toEqual([expect.stringContaining("tickets.size")]);
  });

  test("a SET of more than six has too many values for a union", async () => {
    const seven = mariadb.replace("SET('new', 'hot')", "SET('1', '2', '3', '4', '5', '6', '7')");
    expect(await faultsOf(tickets("", { mariadb: seven }))).toEqual([
      "column tickets.tags: set('1','2','3','4','5','6','7') on MariaDB has no exact counterpart on SQLite; store its members as rows of a table\n" +
        "  MariaDB tickets/mariadb/0001_tickets.sql:5\n  SQLite  tickets/sqlite/0001_tickets.sql:5",
    ]);
  });
});
