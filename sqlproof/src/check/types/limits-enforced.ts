// Which columns of SQLite refuse what MariaDB's types refuse. CHECKs and triggers may be written in any form, so they
// are not read: values outside the limits are stored, and SQLite must refuse every one.
import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Catalog, Column, Table } from "./catalog.ts";
import { insideValues, outsideValues, type Stored } from "./limit-values.ts";

/**
 * The columns, written `table.column`, that refuse on SQLite every value that MariaDB's type refuses: numbers beyond
 * `range`, texts longer than `length`, dates that do not exist, texts that are no member of an ENUM. A column whose type
 * can hold nothing more on SQLite than on MariaDB is among them, e.g. BIGINT, DECIMAL(19,4) and LONGTEXT; a MEDIUMTEXT
 * or MEDIUMBLOB never is. Nor is a reference without a CHECK of its own: it refuses a value beyond the range, too, but as
 * a foreign key, where MariaDB refuses the value. A computed value that is assigned to any other column can be stored on
 * SQLite and be refused by MariaDB. Leaves the database as it was.
 */
export function limitsEnforced(sqlite: SqliteDatabase, mariadb: Catalog): ReadonlySet<string> {
  const tables = [...mariadb.values()];
  return withoutForeignKeys(sqlite, () => {
    const byChecks = rolledBack(sqlite, () => refusedByChecks(sqlite, tables));
    const byTriggers = tables.flatMap((table) => rolledBack(sqlite, () => refusedByTriggers(sqlite, table, byChecks)));
    return new Set([...byChecks, ...byTriggers]);
  });
}

/** The CHAR columns whose CHECKs ask for their whole length. */
export function fixedLengths(sqlite: SqliteDatabase, mariadb: Catalog): ReadonlySet<string> {
  const isFixed = (column: Column): boolean => column.fixed && column.type === "text" && !column.generated;
  const tables = [...mariadb.values()].filter(({ columns }) => [...columns.values()].some(isFixed));
  if (tables.length === 0) return new Set();
  return withoutForeignKeys(sqlite, () =>
    rolledBack(sqlite, () => {
      const stored = plainRows(sqlite, tables);
      const places = stored.flatMap((table) =>
        [...table.columns.values()].filter(isFixed).flatMap((column) => {
          const takes = updating(sqlite, table, column);
          const whole = "a".repeat(column.length ?? 1);
          return takes(whole) && !takes(whole.slice(1)) ? [placeOf(table, column)] : [];
        }),
      );
      return new Set(places);
    }),
  );
}

/** The tables that took one row, and have no others. Their triggers are gone. */
function plainRows(sqlite: SqliteDatabase, tables: readonly Table[]): readonly Table[] {
  for (const { name } of triggersOf(sqlite)) sqlite.run(`DROP TRIGGER ${quoted(name)}`);
  for (const table of tables) accepts(sqlite, `DELETE FROM ${quoted(table.name)}`, []);
  // An UPDATE evaluates just those CHECKs that name a changed column, so a row that breaks others will do.
  sqlite.run("PRAGMA ignore_check_constraints = ON");
  const stored = tables.filter((table) => accepts(sqlite, insertOf(table), writable(table).map(plainValue)));
  sqlite.run("PRAGMA ignore_check_constraints = OFF");
  return stored;
}

function refusedByChecks(sqlite: SqliteDatabase, tables: readonly Table[]): Set<string> {
  return new Set(
    plainRows(sqlite, tables).flatMap((table) =>
      writable(table)
        .filter((column) => refusesOutside(column, updating(sqlite, table, column)))
        .map((column) => placeOf(table, column)),
    ),
  );
}

/** The columns for which the table's triggers refuse both an INSERT and an UPDATE. */
function refusedByTriggers(sqlite: SqliteDatabase, table: Table, known: ReadonlySet<string>): string[] {
  const asked = writable(table).filter(
    (column) => !known.has(placeOf(table, column)) && outsideValues(column) !== null,
  );
  const guarded = triggersOf(sqlite).some((trigger) => trigger.tbl_name === table.name);
  if (asked.length === 0 || !guarded || !accepts(sqlite, `DELETE FROM ${quoted(table.name)}`, [])) return [];
  const refused = asked.filter((column) => refusesOutside(column, inserting(sqlite, table, column)));
  if (refused.length === 0 || !accepts(sqlite, insertOf(table), writable(table).map(plainValue))) return [];
  return refused
    .filter((column) => refusesOutside(column, updating(sqlite, table, column)))
    .map((column) => placeOf(table, column));
}

/** True when a value inside the limits is taken and every one outside is refused. */
function refusesOutside(column: Column, takes: (value: Stored) => boolean): boolean {
  const outside = outsideValues(column);
  return outside !== null && !outside.some(takes) && insideValues(column).some(takes);
}

/** Tries a value in the one row of the table. After a change of the schema, every rollback would read it again. */
function updating(sqlite: SqliteDatabase, table: Table, column: Column): (value: Stored) => boolean {
  const update = `UPDATE ${quoted(table.name)} SET ${quoted(column.name)} = ?`;
  return (value) => {
    const taken = accepts(sqlite, update, [value]);
    if (taken) accepts(sqlite, update, [plainValue(column)]);
    return taken;
  };
}

/** Tries a value in a new row of the empty table. */
function inserting(sqlite: SqliteDatabase, table: Table, tried: Column): (value: Stored) => boolean {
  const insert = insertOf(table);
  const row = (value: Stored): Stored[] =>
    writable(table).map((column) => (column === tried ? value : plainValue(column)));
  return (value) => rolledBack(sqlite, () => accepts(sqlite, insert, row(value)));
}

function writable(table: Table): Column[] {
  return [...table.columns.values()].filter((column) => !column.generated);
}

function plainValue(column: Column): Stored {
  return insideValues(column)[0] ?? null;
}

function placeOf(table: Table, column: Column): string {
  return `${table.name}.${column.name}`;
}

function insertOf(table: Table): string {
  const names = writable(table).map((column) => quoted(column.name));
  return `INSERT INTO ${quoted(table.name)} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
}

function accepts(sqlite: SqliteDatabase, text: string, values: readonly Stored[]): boolean {
  try {
    sqlite.query(text).run(...values);
    return true;
  } catch {
    return false;
  }
}

interface Trigger {
  readonly name: string;
  readonly tbl_name: string;
}

function triggersOf(sqlite: SqliteDatabase): Trigger[] {
  return sqlite.query<Trigger>("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'").all();
}

/** Rows are tried one by one, without those that they refer to. */
function withoutForeignKeys<T>(sqlite: SqliteDatabase, work: () => T): T {
  const before = sqlite.query<{ foreign_keys: number }>("PRAGMA foreign_keys").get();
  sqlite.run("PRAGMA foreign_keys = OFF");
  try {
    return work();
  } finally {
    sqlite.run(`PRAGMA foreign_keys = ${before?.foreign_keys ?? 1}`);
  }
}

function rolledBack<T>(sqlite: SqliteDatabase, work: () => T): T {
  sqlite.run("SAVEPOINT probe");
  try {
    return work();
  } finally {
    sqlite.run("ROLLBACK TO probe");
    sqlite.run("RELEASE probe");
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
