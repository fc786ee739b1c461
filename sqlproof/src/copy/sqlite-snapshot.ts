import { sqlite } from "#sqlite";
import type { Table } from "../check/types/catalog.ts";
import { sqliteCatalog } from "../check/types/sqlite-catalog.ts";
import { recordedSqliteSteps } from "../migrations/sqlite.ts";
import type { SqliteDatabase, SqliteStatement } from "../runtime/sqlite/driver.ts";
import { asDatabaseError } from "../runtime/sqlite/errors.ts";
import { type CellKind, type CellRow, type CopiedTable, CopyError, cellOf, keyValues, pageQueries } from "./cells.ts";
import type { Snapshot } from "./copied-database.ts";

/** Opens a SQLite file at this moment: a read transaction, which WAL keeps apart from the writers. */
export function openSqliteSnapshot(path: string, only: ReadonlySet<string> | null): Snapshot {
  try {
    const database = sqlite.open(path, "existing");
    database.run("PRAGMA busy_timeout = 5000");
    database.run("PRAGMA query_only = ON");
    database.run("BEGIN");
    return new SqliteSnapshot(database, only);
  } catch (error) {
    throw asDatabaseError(error);
  }
}

type Rows = SqliteStatement;

class SqliteSnapshot implements Snapshot {
  readonly engine = "sqlite";
  readonly steps;
  readonly tables: readonly CopiedTable[];
  readonly others: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly #statements = new Map<string, Rows>();

  constructor(
    private readonly database: SqliteDatabase,
    only: ReadonlySet<string> | null,
  ) {
    // The first read fixes the moment.
    this.steps = recordedSqliteSteps(database);
    this.tables = sqliteTables(database, only);
    const copied = new Set(this.tables.map(({ name }) => name));
    this.others = [...sqliteCatalog(database).values()].flatMap(({ name, view }) =>
      view || copied.has(name) ? [] : name,
    );
    this.numbers = sqliteNumbers(database);
  }

  async page(table: CopiedTable, after: CellRow | null, limit: number): Promise<readonly CellRow[]> {
    const { first, next } = pageQueries("sqlite", table);
    const text = after === null ? first : next;
    const values = [...(after === null ? [] : keyValues("sqlite", after)), limit];
    try {
      const rows = this.#prepared(text, false).values(...values);
      if (arePlain(rows)) return rows;
      return this.#prepared(text, true)
        .values(...values)
        .map((row) => row.map(cellOf));
    } catch (error) {
      throw asDatabaseError(error);
    }
  }

  async close(): Promise<void> {
    for (const statement of this.#statements.values()) statement.finalize();
    if (this.database.inTransaction) this.database.run("ROLLBACK");
    this.database.close();
  }

  #prepared(text: string, isExact: boolean): Rows {
    const key = `${isExact} ${text}`;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = this.database.prepare(text);
      statement.safeIntegers(isExact);
      this.#statements.set(key, statement);
    }
    return statement;
  }
}

function arePlain(rows: readonly (readonly unknown[])[]): rows is readonly CellRow[] {
  return rows.every(isPlain);
}

/** Whether every value is a cell already: neither a blob nor a number that may have been rounded. */
function isPlain(row: readonly unknown[]): row is CellRow {
  for (const value of row) {
    if (typeof value === "string" || value === null) continue;
    if (typeof value !== "number" || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false;
  }
  return true;
}

/** The tables of a SQLite database by name, as this package copies them. */
export function sqliteTables(database: SqliteDatabase, only: ReadonlySet<string> | null): readonly CopiedTable[] {
  return [...sqliteCatalog(database).values()]
    .filter(({ name, view }) => !view && (only === null || only.has(name.toLowerCase())))
    .map(copied)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function copied(table: Table): CopiedTable {
  if (table.primaryKey.length === 0) throw new CopyError(`the table ${table.name} has no primary key`);
  const columns = [...table.columns.values()].filter(({ generated }) => !generated);
  return {
    name: table.name,
    columns: columns.map(({ name, declared }) => ({ name, kind: kindOf(declared), scale: 0 })),
    key: table.primaryKey,
  };
}

function kindOf(declared: string): CellKind {
  if (declared === "INTEGER" || declared === "INT") return "integer";
  if (declared === "TEXT") return "text";
  if (declared === "BLOB") return "blob";
  if (declared === "REAL") return "double";
  throw new CopyError(`columns of the type ${declared} cannot be copied`);
}

function sqliteNumbers(database: SqliteDatabase): ReadonlyMap<string, number> {
  const isNumbered = database.query("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get() !== null;
  if (!isNumbered) return new Map();
  const rows = database.query<{ name: string; seq: number }>("SELECT name, seq FROM sqlite_sequence").all();
  return new Map(rows.map(({ name, seq }) => [name, seq]));
}
