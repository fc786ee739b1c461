import { Database as SqliteDatabase } from "bun:sqlite";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSql, type Database } from "../src/index.ts";
import type { ColumnProof, ParameterProof, Proof } from "../src/runtime/proof.ts";
import { SqliteConnection } from "../src/runtime/sqlite/connection.ts";
import { openSqliteOn } from "../src/runtime/sqlite/open.ts";
import type { WriterOptions } from "../src/runtime/sqlite/writer.ts";

/*
 * For tests of the SQLite writer: one small table, queries with handwritten proofs, and a function that counts the
 * commits in the write-ahead log.
 */

const schema = `CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  parent INTEGER REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
-- What SQLite does by itself when memory or the disk fails in the middle: everything so far is rolled back.
CREATE TRIGGER poison BEFORE INSERT ON entries WHEN NEW.name LIKE 'poison%' BEGIN
  SELECT RAISE(ROLLBACK, 'poisoned');
END;`;

interface Queries {
  readonly "INSERT INTO entries (name) VALUES (:name) RETURNING id": { params: { name: string }; row: { id: number } };
  readonly "INSERT INTO entries (name, parent) VALUES (:name, :parent)": {
    params: { name: string; parent: number };
    row: never;
  };
  readonly "SELECT name FROM entries ORDER BY id": { params: Record<never, never>; row: { name: string } };
  readonly "SELECT name FROM entries": { params: Record<never, never>; row: { name: string } };
}

function column(name: string, type: "integer" | "text"): ColumnProof {
  return { name, type, scale: 0, nullable: false };
}

function proof(
  kind: "insert" | "select",
  text: string,
  parameters: readonly ParameterProof[],
  columns: readonly ColumnProof[],
) {
  const statement = { parts: [text.replace(/:\w+/g, "?")], binds: parameters.map(({ name }) => name) };
  return { kind, parameters, columns, statements: { mariadb: statement, sqlite: statement } } satisfies Proof;
}

const name = { ...column("name", "text"), list: false };
const parent = { ...column("parent", "integer"), list: false };
const texts = {
  add: "INSERT INTO entries (name) VALUES (:name) RETURNING id",
  addBelow: "INSERT INTO entries (name, parent) VALUES (:name, :parent)",
  names: "SELECT name FROM entries ORDER BY id",
  unordered: "SELECT name FROM entries",
} as const;

const sql = createSql<Queries, Record<never, never>>({
  [texts.add]: proof("insert", texts.add, [name], [column("id", "integer")]),
  [texts.addBelow]: proof("insert", texts.addBelow, [name, parent], []),
  [texts.names]: proof("select", texts.names, [], [column("name", "text")]),
  [texts.unordered]: proof("select", texts.unordered, [], [column("name", "text")]),
});

export const add = sql(texts.add);
export const addBelow = sql(texts.addBelow);
export const names = sql(texts.names);
export const unordered = sql(texts.unordered);

/** Opens a new file with the table. */
export interface Entries {
  readonly path: string;
  readonly database: Database;
  /** The writing connection, for limits that SQLite applies per connection. */
  readonly writer: SqliteConnection;
  /** The stored names in the order of their ids, as another connection sees them. */
  stored(): Promise<string[]>;
  /** Durable commits in the write-ahead log. */
  commits(): number;
  remove(): Promise<void>;
}

/** Long enough that a pause of this machine does not end a group whose commits a test counts. */
const unhurriedMs = 10_000;

export function openEntries(options: WriterOptions = {}): Entries {
  const folder = mkdtempSync(join(tmpdir(), "sqlproof-entries-"));
  const path = options.path ?? join(folder, "entries.db");
  const writer = new SqliteConnection({ path, ...options });
  writer.database.run(schema);
  const reader = path === ":memory:" ? writer : new SqliteConnection({ path });
  const database = openSqliteOn(writer, reader, { groupMs: unhurriedMs, ...options });
  return {
    path,
    database,
    writer,
    stored: async () => (await database.all(names)).map((row) => row.name),
    commits: () => commitsIn(`${path}-wal`),
    async remove() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Creates the file with its empty table. */
export function createEntries(path: string): void {
  const raw = new SqliteDatabase(path, { create: true });
  raw.run(schema);
  raw.close();
}

/** The last frame of a commit holds the size of the database; all other frames hold 0 (sqlite.org/fileformat). */
function commitsIn(log: string): number {
  const bytes = readFileSync(log);
  if (bytes.length === 0) return 0;
  const pageSize = bytes.readUInt32BE(8);
  const salt = bytes.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at < bytes.length && bytes.subarray(at + 8, at + 16).equals(salt); at += 24 + pageSize)
    if (bytes.readUInt32BE(at + 4) !== 0) commits += 1;
  return commits;
}
