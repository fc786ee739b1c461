import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import { acceptedRows } from "../effects/base-row.ts";
import { writeText } from "../effects/probe.ts";
import { ProbedSqlite } from "../effects/sqlite.ts";
import { forMariadb, literalsIn, probeValues, type Row } from "../effects/values.ts";
import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import type { Deployed } from "./deployed.ts";
import { type Fillable, MadeRows } from "./made-rows.ts";
import { withoutTriggers } from "./without-triggers.ts";

/** Stores the same rows in these tables of both engines: those that both take. No trigger runs and no reference counts. */
export async function fill(deployed: Deployed, tables: readonly Fillable[]): Promise<void> {
  if (tables.length === 0) return;
  const maker = new MadeRows(
    new Map(tables.map((one) => [one.table.name, one])),
    (table, number) => deployed.stored.get(table)?.get(number)?.row,
  );
  deployed.ends = Math.min(deployed.ends, maker.usual);
  const names = tables.map(({ table }) => table.name);
  await withoutTriggers(deployed, names, async () => {
    deployed.sqlite.run("PRAGMA foreign_keys = OFF");
    const taken = tables.map((one) => ({ one, rows: fillSqlite(deployed, one, maker) }));
    deployed.sqlite.run("PRAGMA foreign_keys = ON");
    await fillMariadb(deployed, taken);
  });
  await removeOrphans(deployed, tables);
}

/** The rows that SQLite takes, by number. */
function fillSqlite({ sqlite }: Deployed, one: Fillable, maker: MadeRows): Map<number, Row> {
  const taken = new Map<number, Row>();
  const takes = (row: Row): boolean => {
    try {
      sqlite.query(writeText(one.table, { kind: "insert", rows: [row] })).run(...Object.values(row));
      return true;
    } catch {
      return false;
    }
  };
  const wouldTake = (row: Row): boolean => {
    sqlite.run("SAVEPOINT tried");
    const isTaken = takes(row);
    sqlite.run("ROLLBACK TO tried");
    sqlite.run("RELEASE tried");
    return isTaken;
  };
  const fixed = maker.fixed(one);
  let base: Row | null | undefined;
  for (let number = 0; number < maker.count; number += 1) {
    const wanted = maker.row(one, number);
    if (takes(wanted)) {
      taken.set(number, wanted);
      continue;
    }
    base = base === undefined ? plainRow(one, sqlite) : base;
    const row = base === null ? null : nearest(base, wanted, fixed, wouldTake);
    if (row !== null && takes(row)) taken.set(number, row);
  }
  return taken;
}

/** As much of the wanted row as the table's CHECKs allow together. */
function nearest(base: Row, wanted: Row, fixed: ReadonlySet<string>, wouldTake: (row: Row) => boolean): Row | null {
  const isFixed = ([name]: readonly [string, unknown]): boolean => fixed.has(name);
  let row: Row = { ...base, ...Object.fromEntries(Object.entries(wanted).filter(isFixed)) };
  if (!wouldTake(row)) return null;
  for (const [name, value] of Object.entries(wanted)) {
    const next = { ...row, [name]: value };
    if (value !== row[name] && wouldTake(next)) row = next;
  }
  return row;
}

/** A row that the table's CHECKs take. */
function plainRow({ table, values }: Fillable, database: SqliteDatabase): Row | null {
  const sqlite = new ProbedSqlite(database);
  const declared = database.query<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE name = ?").get(table.name);
  const columns = [...values.keys()];
  const few: Table = { ...table, columns: new Map(columns.map((column) => [column.name, column])) };
  const literals = literalsIn(declared?.sql ?? "");
  const tried = new Map(columns.map((column) => [column, probeValues(column, literals)]));
  for (const found of acceptedRows(few, tried, sqlite)) if ("row" in found) return found.row;
  return null;
}

interface Taken {
  readonly one: Fillable;
  readonly rows: ReadonlyMap<number, Row>;
}

/** What SQLite has taken, as far as MariaDB takes it, too. */
async function fillMariadb(deployed: Deployed, tables: readonly Taken[]): Promise<void> {
  const { mariadb } = deployed;
  await mariadb.query("SET foreign_key_checks = 0");
  await mariadb.query("START TRANSACTION");
  // Sent without waiting for one another.
  const stored = tables.map(async ({ one, rows }) => {
    if (await isStored(deployed, one, [...rows.values()])) return;
    const each = [...rows].map(async ([number, row]) => [number, await isStored(deployed, one, [row])] as const);
    const refused = (await Promise.all(each)).filter(([, taken]) => !taken).map(([number]) => number);
    keep(deployed, { one, rows });
    deployed.removeFromSqlite(refused, one.table.name);
    for (const number of refused) deployed.stored.get(one.table.name)?.delete(number);
  });
  await Promise.all(stored);
  await mariadb.query("COMMIT");
  await mariadb.query("SET foreign_key_checks = 1");
  for (const taken of tables) if (!deployed.stored.has(taken.one.table.name)) keep(deployed, taken);
}

async function isStored({ mariadb }: Deployed, { table, values }: Fillable, rows: readonly Row[]): Promise<boolean> {
  if (rows.length === 0) return true;
  const columns = new Map([...values.keys()].map((column) => [column.name, column]));
  const sent = rows.flatMap((row) => Object.entries(row).map(([name, value]) => sentValue(columns.get(name), value)));
  try {
    await mariadb.query(writeText(table, { kind: "insert", rows }), sent);
    return true;
  } catch {
    return false;
  }
}

function sentValue(column: Column | undefined, value: Stored): unknown {
  return column === undefined ? value : forMariadb(column, value);
}

function keep({ stored }: Deployed, { one: { table, values }, rows }: Taken): void {
  const columns = [...values.keys()].filter(({ name }) => table.primaryKey.includes(name));
  const entries = [...rows].map(([number, row]) => {
    const sqlite = new Map(columns.map(({ name }) => [name, row[name] ?? null]));
    const mariadb = new Map(columns.map((column) => [column.name, sentValue(column, row[column.name] ?? null)]));
    return [number, { mariadb, sqlite, row }] as const;
  });
  stored.set(table.name, new Map(entries));
}

/** A row whose parent was refused goes, and so on. */
async function removeOrphans(deployed: Deployed, tables: readonly Fillable[]): Promise<void> {
  const { stored } = deployed;
  for (;;) {
    const orphans = tables.flatMap(({ table, references }) =>
      [...(stored.get(table.name) ?? [])].flatMap(([number, { row }]) => {
        const isMissing = references.some(
          (key) =>
            key.columns.every((name) => (row[name] ?? null) !== null) && stored.get(key.table)?.has(number) !== true,
        );
        return isMissing ? [{ table: table.name, number }] : [];
      }),
    );
    if (orphans.length === 0) return;
    for (const { table, number } of orphans) await deployed.remove([number], table);
  }
}
