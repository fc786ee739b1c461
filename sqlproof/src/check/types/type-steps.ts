// Steps that change the type of a stored column on MariaDB, which converts the rows itself. SQLite's rows stay as they
// were written, and its catalog does not show in which form, so its step of the same number is tried on a row.

import type { Connection } from "mariadb";
import { sqlite } from "#sqlite";
import type { MigrationStep } from "../../migrations/files.ts";
import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Stored } from "./limit-values.ts";

/** A column whose type a migration step changed on MariaDB. */
export interface TypeChange {
  readonly version: number;
  readonly table: string;
  readonly column: string;
  readonly from: string;
  readonly to: string;
}

/** Applies the steps one by one and returns where the type of a column changed in a way that SQLite must follow. */
export async function applyWatchingTypes(
  connection: Connection,
  steps: readonly MigrationStep[],
  apply: (step: MigrationStep) => Promise<void>,
): Promise<readonly TypeChange[]> {
  const changes: TypeChange[] = [];
  let known = new Map<string, string>();
  for (const step of steps) {
    await apply(step);
    const rows = await connection.query<unknown[][]>({
      sql: `SELECT c.table_name, c.column_name, c.column_type
        FROM information_schema.columns AS c WHERE c.table_schema = DATABASE()`,
      rowsAsArray: true,
    });
    const now = new Map(rows.map(([table, column, type]) => [`${table}.${column}`, String(type)]));
    for (const [table, column, type] of rows) {
      const from = known.get(`${table}.${column}`);
      const to = String(type);
      if (from === undefined || sameForm(from, to)) continue;
      changes.push({ version: step.version, table: String(table), column: String(column), from, to });
    }
    known = now;
  }
  return changes;
}

/** How a type is stored on SQLite, with one value: 12, or a day. */
interface Form {
  readonly storage: "INTEGER" | "REAL" | "TEXT" | "BLOB";
  readonly number: Stored;
  readonly day: Stored;
}

function formOf(type: string): Form {
  const scale = /^decimal\(\d+,(\d+)\)/.exec(type)?.[1];
  if (scale !== undefined) return { storage: "INTEGER", number: 12n * 10n ** BigInt(scale), day: null };
  if (/^(tiny|small|medium|big)?int/.test(type)) return { storage: "INTEGER", number: 12n, day: null };
  if (/^(double|float)/.test(type)) return { storage: "REAL", number: 12, day: null };
  if (/blob|binary/.test(type)) return { storage: "BLOB", number: null, day: null };
  if (/^(datetime|timestamp)/.test(type)) return { storage: "TEXT", number: null, day: "2024-02-29 00:00:00" };
  if (/^date/.test(type)) return { storage: "TEXT", number: null, day: "2024-02-29" };
  return { storage: "TEXT", number: "12", day: "2024-02-29 00:00:00" };
}

function sameForm(from: string, to: string): boolean {
  const [before, after] = [formOf(from), formOf(to)];
  return before.storage === after.storage && before.number === after.number && before.day === after.day;
}

/** Where SQLite's step of the same number fails to convert what is stored. */
export function typeChangeProblems(changes: readonly TypeChange[], steps: readonly MigrationStep[]): string[] {
  if (changes.length === 0) return [];
  const database = sqlite.open(":memory:", "create");
  try {
    // Rows are tried alone, with whatever values: neither references nor CHECKs may stop them.
    database.run("PRAGMA ignore_check_constraints = ON");
    const problems: string[] = [];
    const last = Math.max(...changes.map(({ version }) => version));
    // SQLite may have no step of that number: then nothing converts the rows.
    const versions = new Set([...steps, ...changes].map(({ version }) => version).filter((one) => one <= last));
    for (const version of [...versions].sort((a, b) => a - b)) {
      const tried = changes.filter((one) => one.version === version).flatMap((one) => tryRow(database, one) ?? []);
      const statements = steps.filter((one) => one.version === version).flatMap((one) => one.statements);
      try {
        for (const { text } of statements) database.run(text);
      } catch (error) {
        // Without rows every step runs: the schema was built with them.
        if (tried.length === 0) throw error;
        return [...problems, ...tried.map(problem)];
      }
      problems.push(...tried.filter((row) => !isConverted(database, row)).map(problem));
      for (const { change } of tried) takes(database, `DELETE FROM ${quoted(change.table)}`, []);
    }
    return problems;
  } finally {
    database.close();
  }
}

interface Tried {
  readonly change: TypeChange;
  readonly before: Stored;
  readonly after: Stored;
}

/**
 * Stores a row in the form of the type before. Null when SQLite has the column in the form of the later type already, or
 * when a trigger refuses the row.
 */
function tryRow(database: SqliteDatabase, change: TypeChange): Tried | null {
  const columns = database
    .prepare<{ name: string; type: string; hidden: number }>("SELECT name, type, hidden FROM pragma_table_xinfo(?)")
    .all(change.table);
  const declared = columns
    .find(({ name }) => name === change.column)
    ?.type.toUpperCase()
    .replace(/^INT$/, "INTEGER");
  const [from, to] = [formOf(change.from), formOf(change.to)];
  if (declared !== from.storage) return null;
  const kind = from.number !== null && to.number !== null ? "number" : "day";
  const written = columns.filter(({ hidden }) => hidden === 0);
  const values = written.map(({ name, type }) =>
    name === change.column ? from[kind] : (plain[type.toUpperCase()] ?? 1),
  );
  const names = written.map(({ name }) => quoted(name));
  const marks = names.map(() => "?").join(", ");
  const taken =
    takes(database, `DELETE FROM ${quoted(change.table)}`, []) &&
    takes(database, `INSERT INTO ${quoted(change.table)} (${names.join(", ")}) VALUES (${marks})`, values);
  return taken ? { change, before: from[kind], after: to[kind] } : null;
}

/** False where SQLite refuses the statement, as a trigger may have it do. */
function takes(database: SqliteDatabase, text: string, values: readonly Stored[]): boolean {
  try {
    database.prepare(text).run(...values);
    return true;
  } catch (error) {
    if (!sqlite.isSqliteError(error)) throw error;
    return false;
  }
}

const plain: Readonly<Record<string, Stored | undefined>> = { TEXT: "a", REAL: 1, BLOB: new Uint8Array(1) };

function isConverted(database: SqliteDatabase, { change, after }: Tried): boolean {
  const read = database.prepare(`SELECT ${quoted(change.column)} FROM ${quoted(change.table)}`);
  const [row] = read.values();
  return row !== undefined && after !== null && String(row[0]) === String(after);
}

function problem({ change, before, after }: Tried): string {
  const { version, table, column, from, to } = change;
  const shown = after === null ? "in the form of the new type" : `${before} as ${after}`;
  return `step ${version} changes ${table}.${column} from ${from} to ${to} on MariaDB: SQLite's step ${version} must convert what is stored, ${shown}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
