import type { ValueType } from "../../runtime/proof.ts";
import type { Catalog, Column, ForeignKey, Table } from "./catalog.ts";

/** How SQLite must store each logical type so that both engines give equal results. */
const storage: Readonly<Record<ValueType, string>> = {
  integer: "INTEGER",
  bigint: "INTEGER",
  boolean: "INTEGER",
  decimal: "INTEGER",
  double: "REAL",
  text: "TEXT",
  datetime: "TEXT",
  date: "TEXT",
  blob: "BLOB",
};

/** MariaDB collations that compare and sort text as SQLite's BINARY does: byte for byte, without padding. */
const binaryCollations: ReadonlySet<string> = new Set(["utf8mb4_nopad_bin"]);

/** True when equality and order of this text column are the same on both engines. */
export function comparesAlike(mariadb: Column, sqlite: Column): boolean {
  if (mariadb.type !== "text") return true;
  return mariadb.collation !== null && binaryCollations.has(mariadb.collation) && sqlite.collation === "BINARY";
}

/**
 * Compares what the two migration folders built: tables, columns and their order, types, nullability, defaults,
 * primary, unique and foreign keys. Each message names one difference.
 */
export function catalogDifferences(mariadb: Catalog, sqlite: Catalog): string[] {
  const differences: string[] = [];
  for (const name of mariadb.keys()) if (!sqlite.has(name)) differences.push(`table ${name} is missing on SQLite`);
  for (const [name, there] of sqlite) {
    const here = mariadb.get(name);
    if (here === undefined) differences.push(`table ${name} is missing on MariaDB`);
    else differences.push(...tableDifferences(here, there));
  }
  return differences;
}

function tableDifferences(mariadb: Table, sqlite: Table): string[] {
  const differences: string[] = [];
  const table = mariadb.name;
  if (!sqlite.strict) differences.push(`table ${table} is not STRICT on SQLite`);
  const order = (columns: Table["columns"]): string => [...columns.keys()].join(", ");
  for (const name of sqlite.columns.keys())
    if (!mariadb.columns.has(name)) differences.push(`column ${table}.${name} is missing on MariaDB`);
  for (const [name, column] of mariadb.columns) {
    const other = sqlite.columns.get(name);
    if (other === undefined) differences.push(`column ${table}.${name} is missing on SQLite`);
    else differences.push(...columnDifferences(`${table}.${name}`, column, other));
  }
  if (differences.length === 0 && order(mariadb.columns) !== order(sqlite.columns))
    differences.push(`table ${table} has its columns in a different order on SQLite: ${order(sqlite.columns)}`);
  for (const key of [mariadb.primaryKey, ...mariadb.uniqueKeys])
    differences.push(...collatedKeys(mariadb, sqlite, key));
  differences.push(
    ...keyDifferences(table, "primary key", [mariadb.primaryKey], [sqlite.primaryKey]),
    ...keyDifferences(table, "unique key", mariadb.uniqueKeys, sqlite.uniqueKeys),
    ...keyDifferences(table, "foreign key", mariadb.foreignKeys.map(describe), sqlite.foreignKeys.map(describe)),
  );
  return differences;
}

/** A unique key on text means the same only if both engines compare the text alike. */
function collatedKeys(mariadb: Table, sqlite: Table, key: readonly string[]): string[] {
  return key.flatMap((name) => {
    const here = mariadb.columns.get(name);
    const there = sqlite.columns.get(name);
    if (here === undefined || there === undefined || comparesAlike(here, there)) return [];
    return [
      `key (${key.join(", ")}) of ${mariadb.name}: ${name} is unique by ${here.collation} on MariaDB and by ${there.collation} on SQLite; use utf8mb4_nopad_bin`,
    ];
  });
}

function columnDifferences(place: string, mariadb: Column, sqlite: Column): string[] {
  const differences: string[] = [];
  if (mariadb.type === null || mariadb.members !== null || holdsMoreThan64Bits(mariadb))
    differences.push(`column ${place}: ${mariadb.declared} on MariaDB has no exact counterpart on SQLite`);
  else if (stored(sqlite.declared) !== storage[mariadb.type])
    differences.push(
      `column ${place}: ${mariadb.declared} on MariaDB needs ${storage[mariadb.type]} on SQLite, found ${sqlite.declared}`,
    );
  if (mariadb.nullable !== sqlite.nullable)
    differences.push(`column ${place} is ${nullability(mariadb)} on MariaDB and ${nullability(sqlite)} on SQLite`);
  if (mariadb.hasDefault !== sqlite.hasDefault)
    differences.push(
      `column ${place} has ${mariadb.hasDefault ? "a" : "no"} default on MariaDB and ${sqlite.hasDefault ? "one" : "none"} on SQLite`,
    );
  if (sqlite.collation !== null && sqlite.collation !== "BINARY")
    differences.push(`column ${place}: COLLATE ${sqlite.collation} of SQLite has no equal on MariaDB; leave it BINARY`);
  if (mariadb.numbered && sqlite.hasDefault && !sqlite.numbered)
    differences.push(`column ${place} reuses the number of a deleted row on SQLite: add AUTOINCREMENT`);
  if (mariadb.generated !== sqlite.generated)
    differences.push(`column ${place} is generated on ${mariadb.generated ? "MariaDB" : "SQLite"} only`);
  return differences;
}

/** BIGINT UNSIGNED counts to 2^64 - 1. A DECIMAL beyond 64 bits is an error on SQLite, as documented. */
function holdsMoreThan64Bits({ type, range }: Column): boolean {
  return type === "bigint" && range !== null && range.max >= 2n ** 63n;
}

/** INT and INTEGER store alike, but INTEGER as a primary key also numbers its rows. */
function stored(declared: string): string {
  return declared === "INT" ? "INTEGER" : declared;
}

function nullability(column: Column): string {
  return column.nullable ? "nullable" : "NOT NULL";
}

function describe(key: ForeignKey): readonly string[] {
  return [...key.columns, "->", key.table, ...key.referenced];
}

function keyDifferences(
  table: string,
  what: string,
  mariadb: readonly (readonly string[])[],
  sqlite: readonly (readonly string[])[],
): string[] {
  const here = new Set(mariadb.map((key) => key.join(" ")));
  const there = new Set(sqlite.map((key) => key.join(" ")));
  return [
    ...[...here].filter((key) => !there.has(key)).map((key) => `${what} (${key}) of ${table} is missing on SQLite`),
    ...[...there].filter((key) => !here.has(key)).map((key) => `${what} (${key}) of ${table} is missing on MariaDB`),
  ];
}
