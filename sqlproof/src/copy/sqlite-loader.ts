import { closeSync, existsSync, fsyncSync, linkSync, lstatSync, openSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { sqlite } from "#sqlite";
import { MigrationError } from "../migrations/error.ts";
import { migrateSqlite } from "../migrations/sqlite.ts";
import type { SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { asDatabaseError } from "../runtime/sqlite/errors.ts";
import {
  boundValues,
  type CellRow,
  type CopiedTable,
  CopyError,
  cellOf,
  keyValues,
  pageQueries,
  quoted,
} from "./cells.ts";
import type { Loader, LoadOptions } from "./copied-database.ts";
import { sqliteTables } from "./sqlite-snapshot.ts";

/** A file that is not complete yet has this after its name, and the number of the process that fills it. */
const unfinished = ".unfinished-";

/** Makes the file beside its place, and gives it its name when it is complete. */
export async function openSqliteLoader(path: string, options: LoadOptions): Promise<Loader> {
  refuseExisting(path);
  removeAbandoned(path);
  const begun = `${path}${unfinished}${process.pid}`;
  removeDatabase(begun);
  try {
    await migrateSqlite({ database: begun, ...options });
    return new SqliteLoader(path, begun, sqlite.open(begun, "existing"));
  } catch (error) {
    // A full disk would stay full.
    removeDatabase(begun);
    throw asDatabaseError(fullDisk(error) ?? error);
  }
}

/** A step is not to blame if there was no room for it. */
function fullDisk(error: unknown): Error | null {
  const cause = error instanceof MigrationError ? error.cause : null;
  return sqlite.isSqliteError(cause) && cause.code === "SQLITE_FULL" ? cause : null;
}

function refuseExisting(path: string): void {
  const found = [path, `${path}-wal`, `${path}-journal`].find(isThere);
  if (found !== undefined) throw new CopyError(`${found} exists already, and nothing is overwritten`);
}

/** A link that leads nowhere is there, too. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeDatabase(path: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(path + end, { force: true });
}

/** What processes that were killed have left. */
function removeAbandoned(path: string): void {
  const names = existsSync(dirname(path)) ? readdirSync(dirname(path)) : [];
  const prefix = basename(path) + unfinished;
  for (const name of names) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)$/.exec(name.slice(prefix.length)) ?? []) : [];
    if (pid !== undefined && !isRunning(Number(pid))) removeDatabase(join(dirname(path), name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

class SqliteLoader implements Loader {
  readonly engine = "sqlite";
  readonly tables: readonly CopiedTable[];
  readonly #triggers: readonly string[];

  constructor(
    private readonly path: string,
    private readonly begun: string,
    private readonly database: SqliteDatabase,
  ) {
    // Nobody else has this file, and after a crash it is made anew.
    for (const setting of ["journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -65536"])
      database.run(`PRAGMA ${setting}`);
    this.tables = sqliteTables(database, null);
    // The rows come with what the triggers have made of them.
    const triggers = database
      .query<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all();
    this.#triggers = triggers.map(({ sql }) => sql);
    for (const { name } of triggers) database.run(`DROP TRIGGER ${quoted(name)}`);
    for (const { name } of this.tables) database.run(`DELETE FROM ${quoted(name)}`);
    database.run("BEGIN");
  }

  async add(table: CopiedTable, rows: readonly CellRow[]): Promise<void> {
    const names = table.columns.map(({ name }) => quoted(name)).join(", ");
    const places = table.columns.map(() => "?").join(", ");
    const insert = `INSERT INTO ${quoted(table.name)} (${names}) VALUES (${places})`;
    try {
      const statement = this.database.query(insert);
      for (const row of rows) statement.run(...boundValues(table.columns, row));
    } catch (error) {
      throw asDatabaseError(error);
    }
  }

  async page(table: CopiedTable, after: CellRow | null, limit: number): Promise<readonly CellRow[]> {
    const { first, next } = pageQueries("sqlite", table);
    const statement = this.database.prepare(after === null ? first : next);
    statement.safeIntegers(true);
    try {
      const values = after === null ? [limit] : [...keyValues("sqlite", after), limit];
      return statement.values(...values).map((row) => row.map(cellOf));
    } finally {
      statement.finalize();
    }
  }

  async finish(numbers: ReadonlyMap<string, number>): Promise<void> {
    const { database, path, begun } = this;
    try {
      for (const [name, number] of numbers) {
        if (number === 0 || !this.tables.some((table) => table.name === name)) continue;
        database.query("DELETE FROM sqlite_sequence WHERE name = ?").run(name);
        database.query("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, number);
      }
      for (const trigger of this.#triggers) database.run(trigger);
      database.run("COMMIT");
      const orphans = database.query<{ table: string; parent: string }>("PRAGMA foreign_key_check").all();
      const [orphan] = orphans;
      if (orphan !== undefined)
        throw new CopyError(`${orphans.length} rows, one of ${orphan.table}, have no row of ${orphan.parent}`);
      // As it is served, so that nobody has to wait for the first one who opens it.
      database.run("PRAGMA journal_mode = WAL");
    } catch (error) {
      throw asDatabaseError(error);
    }
    database.close();
    sync(begun);
    linked(begun, path);
    removeDatabase(begun);
    sync(dirname(path));
  }

  async abandon(): Promise<void> {
    this.database.close();
    removeDatabase(this.begun);
  }
}

/** Unlike a rename, a link fails if somebody has made the file meanwhile. */
function linked(begun: string, path: string): void {
  try {
    linkSync(begun, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    removeDatabase(begun);
    throw new CopyError(`${path} was made by another program meanwhile, and nothing is overwritten`);
  }
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
