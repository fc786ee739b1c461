import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { sqlite } from "#sqlite";
import { boundValues, type CellRow, type CopiedTable, cellOf } from "../copy/cells.ts";
import { sqliteTables } from "../copy/sqlite-snapshot.ts";
import { migrateSqlite } from "../migrations/sqlite.ts";
import { atOnce, type SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { asDatabaseError } from "../runtime/sqlite/errors.ts";
import { type KeyRange, MoveError, quoted, type Target, type TargetOptions } from "./places.ts";
import { conditionOf, replaceText, selectRange } from "./ranges.ts";

/** The file has this name until it is complete, so no program finds it. */
const unfinished = (path: string) => `${path}.moving`;

/** Where the rows come from, and the triggers, which are away while rows are copied. */
const notes = "schema_migrations_move";

export async function openSqliteTarget(path: string, { from, ...migration }: TargetOptions): Promise<Target> {
  const found = [path, `${path}-wal`, `${path}-journal`].find(existsSync);
  if (found !== undefined) throw new MoveError(`${found} exists already, and nothing is overwritten`);
  const begun = unfinished(path);
  const recorded = existsSync(begun) ? sourceOf(begun) : null;
  // Without a note the copying had not begun.
  if (recorded === null) {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(begun + end, { force: true });
    await migrateSqlite({ database: begun, ...migration });
  } else if (recorded !== from) throw new MoveError(`${begun} was begun by a move of ${recorded}: delete it first`);
  return new SqliteTarget(path, opened(begun), from);
}

function opened(file: string): SqliteDatabase {
  const database = sqlite.open(file, "existing");
  for (const setting of ["journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = OFF", "cache_size = -65536"])
    database.run(`PRAGMA ${setting}`);
  return database;
}

function sourceOf(file: string): string | null {
  const database = opened(file);
  try {
    if (database.query("SELECT 1 FROM sqlite_schema WHERE name = ?").get(notes) === null) return null;
    const text = `SELECT text FROM ${notes} WHERE name = 'source'`;
    return database.query<{ text: string }>(text).get()?.text ?? null;
  } finally {
    database.close();
  }
}

class SqliteTarget implements Target {
  readonly tables: readonly CopiedTable[];
  #isOpen = true;

  constructor(
    private readonly path: string,
    private readonly database: SqliteDatabase,
    from: string,
  ) {
    this.#prepare(from);
    this.tables = sqliteTables(database, null);
  }

  /** The rows come with what triggers have made of them. */
  #prepare(from: string): void {
    const { database } = this;
    atOnce(database, () => {
      database.run(`CREATE TABLE IF NOT EXISTS ${notes} (name TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL) STRICT`);
      const note = database.query(`INSERT OR REPLACE INTO ${notes} VALUES (?, ?)`);
      note.run("source", from);
      const triggers = database
        .query<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .all();
      for (const { name, sql } of triggers) {
        note.run(`trigger ${name}`, sql);
        database.run(`DROP TRIGGER ${quoted(name)}`);
      }
    });
  }

  async rows(table: CopiedTable, range: KeyRange): Promise<readonly CellRow[]> {
    const { text, values } = selectRange("sqlite", table, range);
    const statement = this.database.prepare(text);
    statement.safeIntegers(true);
    try {
      return statement.values(...values).map((row) => row.map(cellOf));
    } finally {
      statement.finalize();
    }
  }

  async replace(table: CopiedTable, range: KeyRange, rows: readonly CellRow[]): Promise<void> {
    const { text, values } = conditionOf("sqlite", table, range);
    try {
      atOnce(this.database, () => {
        this.database.query(`DELETE FROM ${quoted(table.name)}${text}`).run(...values);
        const insert = this.database.query(replaceText(table));
        for (const row of rows) insert.run(...boundValues(table.columns, row));
      });
    } catch (error) {
      throw asDatabaseError(error);
    }
  }

  async complete(numbers: ReadonlyMap<string, number>): Promise<void> {
    const { database } = this;
    atOnce(database, () => {
      for (const [name, number] of numbers) {
        if (!this.tables.some((table) => table.name === name)) continue;
        database.query("DELETE FROM sqlite_sequence WHERE name = ?").run(name);
        if (number > 0) database.query("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, number);
      }
      const triggers = `SELECT text FROM ${notes} WHERE name LIKE 'trigger %' ORDER BY name`;
      for (const { text } of database.query<{ text: string }>(triggers).all()) database.run(text);
      database.run(`DROP TABLE ${notes}`);
    });
    const orphans = database.query<{ table: string; parent: string }>("PRAGMA foreign_key_check").all();
    const [orphan] = orphans;
    if (orphan !== undefined)
      throw new MoveError(`${orphans.length} rows, one of ${orphan.table}, have no row of ${orphan.parent}`);
    database.run("PRAGMA wal_checkpoint(TRUNCATE)");
    database.run("PRAGMA journal_mode = DELETE");
  }

  async open(): Promise<void> {
    await this.close();
    openMovedFile(this.path);
  }

  async close(): Promise<void> {
    if (this.#isOpen) this.database.close();
    this.#isOpen = false;
  }
}

/** Gives a complete file its name. Unlike a rename, a link fails if somebody has made the file meanwhile. */
export function openMovedFile(path: string): void {
  const begun = unfinished(path);
  if (!existsSync(begun)) return;
  sync(begun);
  if (!existsSync(path)) linkSync(begun, path);
  rmSync(begun);
  sync(dirname(path));
}

/** Waits until a file or a folder is on the disk. */
function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
