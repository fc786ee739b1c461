import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import { type NewNumbers, NumberReader } from "./new-numbers.ts";
import type { ComparableRow, Outcome, Probe, Write } from "./probe.ts";
import { type Row, shown } from "./values.ts";

export interface Difference {
  readonly kind: "refusal" | "content";
  /** What it is about: further differences with the same place add nothing. */
  readonly place: string;
  readonly message: string;
}

/** Where the two engines did different things. Once one has refused what the other took, all the rest may differ. */
export function compareOutcomes(
  probe: Probe,
  mariadb: Outcome,
  sqlite: Outcome,
  numbers: readonly NewNumbers[],
): Difference[] {
  const found: Difference[] = [];
  const readers = {
    mariadb: new NumberReader(numbers, mariadb.others),
    sqlite: new NumberReader(numbers, sqlite.others),
  };
  const inPairs = (rows: readonly ComparableRow[], reader: NumberReader): readonly ComparableRow[] =>
    paired(probe.table, rows).map((row) => reader.read(probe.table, row));
  for (const [index, write] of probe.writes.entries()) {
    const [said, saidThere] = [mariadb.refusals[index] ?? null, sqlite.refusals[index] ?? null];
    if ((said === null) !== (saidThere === null))
      return [...found, refusal(write.on ?? probe.table, write, said, saidThere)];
    const [mine, other] = [mariadb.rows[index] ?? [], sqlite.rows[index] ?? []];
    if (write.kind === "read") {
      found.push(...readRows(probe, index, { mariadb: mine, sqlite: other }, readers));
      continue;
    }
    if (mine.length !== other.length)
      return [...found, rowCount(probe.table, write, [mine.length, other.length], said !== null)];
    const [here, there] = [inPairs(mine, readers.mariadb), inPairs(other, readers.sqlite)];
    found.push(...columnDifferences(probe.table, write, here, there));
  }
  for (const other of probe.others) {
    const rows = { mariadb: mariadb.others.get(other.name) ?? [], sqlite: sqlite.others.get(other.name) ?? [] };
    found.push(...otherRows(probe.table, probe.writes, other, rows, readers));
  }
  return found;
}

interface OnBoth<T> {
  readonly mariadb: T;
  readonly sqlite: T;
}

/** The rows of a table behind writes to the one that is probed. */
function readRows(
  { table, writes }: Probe,
  index: number,
  rows: OnBoth<readonly ComparableRow[]>,
  readers: OnBoth<NumberReader>,
): Difference[] {
  const before = writes.slice(0, index).filter(({ kind, on }) => kind !== "read" && on === undefined);
  return otherRows(table, before.slice(-1), writes[index]?.on ?? table, rows, readers);
}

/** In one form for both engines, in one order. */
function formsOf(table: Table, rows: readonly ComparableRow[], reader: NumberReader): string[] {
  return rows
    .map((row) => [...reader.read(table, row)].map(([name, value]) => (isNow(table, name, value) ? "now" : value)))
    .map((values) => JSON.stringify(values))
    .sort();
}

/** In an order that brings the same rows of both engines together. */
function paired({ primaryKey }: Table, rows: readonly ComparableRow[]): readonly ComparableRow[] {
  if (rows.length < 2) return rows;
  const key = (row: ComparableRow): string =>
    JSON.stringify(primaryKey.length === 0 ? [...row.values()] : primaryKey.map((name) => row.get(name)));
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function rowCount(
  { name }: Table,
  write: Write,
  [here, there]: readonly [number, number],
  isRefused: boolean,
): Difference {
  const event = `${write.kind.toUpperCase()}${isRefused ? ", which both refuse" : ""}`;
  const message = `table ${name} has ${here} rows on MariaDB and ${there} on SQLite after the same ${event}`;
  return { kind: "content", place: "rows", message };
}

function refusal(table: Table, write: Write, here: string | null, there: string | null): Difference {
  const { about } = write;
  const [taker, refuser, said] = here === null ? ["MariaDB", "SQLite", there] : ["SQLite", "MariaDB", here];
  const does = `${taker} takes`;
  const cure = computedOutside(table, here);
  const refused =
    cure === null
      ? `and ${refuser} refuses (${said}): give both engines the same CHECKs and triggers`
      : `and ${refuser} refuses (${said}): ${cure}`;
  const event = write.kind.toUpperCase();
  if (typeof about === "object" && "key" in about) {
    const key = about.key.join(", ");
    return {
      kind: "refusal",
      place: `key ${key}`,
      message: `table ${table.name}: ${does} a second row with the same (${key}) ${refused}`,
    };
  }
  if (typeof about === "object") {
    // MariaDB's JSON is a LONGTEXT with a CHECK of the column's name.
    const isJson = here !== null && about.declared === "longtext" && here.includes(`\`${table.name}.${about.name}\``);
    const value = write.rows[0]?.[about.name] ?? null;
    const isLine = here === null && typeof value === "string" && value.endsWith("\n");
    const why = isLine
      ? `${refused}; in REGEXP, $ stands before a newline at the end, too: write \\z`
      : `${refused}${beyondCalendar(about, value)}`;
    return {
      kind: "refusal",
      place: `column ${about.name} ${taker}`,
      message: `column ${table.name}.${about.name}: ${does} ${shown(about, value)} in an ${event} ${isJson ? `and MariaDB refuses (${here}): a JSON column has that CHECK, write CHECK (json_valid(${about.name})) on SQLite` : why}`,
    };
  }
  const unfit = about === "default" && /cannot store \w+ value in \w+ column \S+/.exec(there ?? "")?.[0];
  if (unfit)
    return {
      kind: "refusal",
      place: "default",
      message: `table ${table.name}: SQLite ${unfit} by default: write a default of that type; a DECIMAL's is in whole units there, 999 for 9.99`,
    };
  const what = about === "default" ? "a row without the columns that have defaults" : written(table, write);
  if (write.beside !== undefined)
    return { kind: "refusal", place: besideOthers, message: `table ${table.name}: ${does} ${what} ${refused}` };
  const place = about === "first row" ? about : `${about} ${taker}`;
  return { kind: "refusal", place, message: `table ${table.name}: ${does} ${what} ${refused}` };
}

/** Where a day is computed from the first or the last that there is: MariaDB refuses it, SQLite makes it NULL. */
function beyondCalendar({ name, type }: Column, value: Stored): string {
  const isFar = (type === "date" || type === "datetime") && /^(9999|0001)-/.test(String(value));
  return isFar
    ? `; both need CHECK (${name} BETWEEN '1000-01-01' AND '9000-01-01') where a day is computed from it`
    : "";
}

/** A row that one engine refuses beside rows of other tables: what explains it alone is said first. */
export const besideOthers = "beside others";

/** What to do where MariaDB refuses a value that a trigger or an expression computes: those that are tried all fit. */
function computedOutside({ name, columns }: Table, refusal: string | null): string | null {
  const outside = columns.get(/^Out of range value for column '([^']+)'/.exec(refusal ?? "")?.[1] ?? "");
  if (outside === undefined || outside.range === null) return null;
  const { min, max } = outside.range;
  return `what is computed for ${name}.${outside.name} may exceed its type, so give it CHECK (${outside.name} BETWEEN ${min} AND ${max}) on SQLite`;
}

function written(table: Table, write: Write): string {
  const { kind, rows, where, beside = "" } = write;
  const those = where === undefined ? "" : ` where ${inWords(table, where)}`;
  if (kind === "delete") return `a DELETE${those}${beside}`;
  if (rows.length > 1) return `an INSERT of ${rows.length} rows`;
  return `an ${kind.toUpperCase()} of ${inWords(table, rows[0] ?? {})}${those}${beside}`;
}

/** The columns of a row and their values. */
export function inWords({ columns }: Table, row: Row): string {
  const values = Object.entries(row).flatMap(([name, value]) => {
    const column = columns.get(name);
    return column === undefined ? [] : `${name} = ${shown(column, value)}`;
  });
  return values.join(", ");
}

function columnDifferences(
  table: Table,
  write: Write,
  here: readonly ComparableRow[],
  there: readonly ComparableRow[],
): Difference[] {
  return here.flatMap((row, index) =>
    [...table.columns.values()].flatMap((column): Difference[] => {
      const [mine, other] = [row.get(column.name) ?? null, there[index]?.get(column.name) ?? null];
      if (mine === other || areNow(table, column.name, [mine, other])) return [];
      const values = `${quotedValue(mine)} on MariaDB and ${quotedValue(other)} on SQLite`;
      const place = `column ${table.name}.${column.name}`;
      const given = column.name in (write.rows[0] ?? {});
      const after = `after ${written(table, write)}`;
      const isTime = write.kind === "update" && column.type === "datetime";
      const cure = isTime ? "; have no engine set a time by itself: write it in the UPDATE" : "";
      if (column.generated) return [{ kind: "content", place, message: `${place} is computed as ${values} ${after}` }];
      if (write.about === "default" && !given)
        return [
          { kind: "content", place, message: `${place} by default is ${values}${inUnits(column, mine, "default")}` },
        ];
      return [{ kind: "content", place, message: `${place} holds ${values} ${after}${cure}` }];
    }),
  );
}

/** The first row that the migrations of one engine store otherwise. */
export function migratedDifferences(
  table: Table,
  mariadb: readonly ComparableRow[],
  sqlite: readonly ComparableRow[],
): string[] {
  const there = paired(table, sqlite);
  const message = paired(table, mariadb)
    .flatMap((row, index) => [...row].map(([name, value]) => [name, value, there[index]?.get(name) ?? null] as const))
    .filter(([name, mine, other]) => mine !== other && !areNow(table, name, [mine, other]))
    .map(([name, mine, other]) => {
      const column = table.columns.get(name);
      const units = column === undefined || mine === null ? "" : inUnits(column, mine, "value");
      return `column ${table.name}.${name} holds ${quotedValue(mine)} on MariaDB and ${quotedValue(other)} on SQLite after the migrations${units}`;
    });
  return message.slice(0, 1);
}

export function inUnits({ type }: Column, mariadb: string | null, what: "default" | "value"): string {
  if (type !== "decimal" || mariadb === null) return "";
  return `; there, a DECIMAL's ${what} is written in whole units, ${BigInt(mariadb.replace(".", ""))}`;
}

export function quotedValue(value: string | null): string {
  return value === null ? "NULL" : `'${value.length > 60 ? `${value.slice(0, 60)}..` : value}'`;
}

const nowMs = 300_000;

/** The engines are asked one after the other, and what they call now may be so far apart. */
const apartMs = 120_000;

/** Each engine has its own clock: two times that are both about now are the same default. */
export function areNow(table: Table, name: string, values: readonly (string | null)[]): boolean {
  if (!values.every((value) => isNow(table, name, value))) return false;
  const times = values.map((value) => timeOf(table, name, value ?? ""));
  const apart = Math.max(...times) - Math.min(...times);
  // Midnight may lie between two days.
  const sinceMidnight = Date.now() % dayMs;
  return apart < apartMs || (apart === dayMs && Math.min(sinceMidnight, dayMs - sinceMidnight) < apartMs);
}

const dayMs = 24 * 3_600_000;

function timeOf({ columns }: Table, name: string, value: string): number {
  return Date.parse(`${value.replace(" ", "T")}${columns.get(name)?.type === "datetime" ? "Z" : ""}`);
}

function isNow(table: Table, name: string, value: string | null): boolean {
  const type = table.columns.get(name)?.type;
  if (value === null || (type !== "datetime" && type !== "date")) return false;
  return Math.abs(Date.now() - timeOf(table, name, value)) < (type === "date" ? dayMs + nowMs : nowMs);
}

function otherRows(
  table: Table,
  writes: readonly Write[],
  other: Table,
  rows: OnBoth<readonly ComparableRow[]>,
  readers: OnBoth<NumberReader>,
): Difference[] {
  const here = formsOf(other, rows.mariadb, readers.mariadb);
  const there = formsOf(other, rows.sqlite, readers.sqlite);
  const [more, fewer] = [without(here, there), without(there, here)];
  if (more.length === 0 && fewer.length === 0) return [];
  const events = [...new Set(writes.map(({ kind }) => kind.toUpperCase()))].join(" and ");
  const only = ([first]: readonly string[]): string => (first === undefined ? "no row more" : `the row ${first} more`);
  return [
    {
      kind: "content",
      place: `other ${other.name}`,
      message: `table ${table.name}: after ${events}, its triggers leave ${only(more)} in ${other.name} on MariaDB and ${only(fewer)} on SQLite`,
    },
  ];
}

function without(rows: readonly string[], others: readonly string[]): string[] {
  const there = new Map<string, number>();
  for (const row of others) there.set(row, (there.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = there.get(row) ?? 0;
    there.set(row, count - 1);
    return count <= 0;
  });
}
