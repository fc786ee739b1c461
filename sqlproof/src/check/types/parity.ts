import type { ValueType } from "../../runtime/proof.ts";
import type { Catalog, Column, ForeignKey, Table } from "./catalog.ts";
import { replacementOf } from "./counterparts.ts";
import { declaredAlone } from "./mariadb-alone.ts";

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
 * Compares what the two migration folders built, as far as the engines' catalogs tell: tables, columns and their order,
 * types, nullability, primary, unique and foreign keys with their actions, and the columns of views. What defaults,
 * CHECKs, triggers and generated columns do, `effectDifferences` compares. Each message names one difference.
 */
export function catalogDifferences(mariadb: Catalog, sqlite: Catalog): string[] {
  const differences: string[] = [];
  for (const [name, { view }] of mariadb)
    if (!sqlite.has(name)) differences.push(`${view ? "view" : "table"} ${name} is missing on SQLite`);
  for (const [name, there] of sqlite) {
    const here = mariadb.get(name);
    if (here === undefined) differences.push(`${there.view ? "view" : "table"} ${name} is missing on MariaDB`);
    else if (here.view !== there.view)
      differences.push(
        `${name} is a ${here.view ? "view" : "table"} on MariaDB and a ${there.view ? "view" : "table"} on SQLite`,
      );
    else
      differences.push(
        ...(here.view
          ? viewDifferences(here, there)
          : [...tableDifferences(here, there), ...referenceDifferences(here, mariadb)]),
      );
  }
  return differences;
}

/** The types of a view's columns are those of its tables, or are computed, which SQLite does not describe. */
function viewDifferences(mariadb: Table, sqlite: Table): string[] {
  const missing = missingColumns(mariadb, sqlite);
  return missing.length === 0 ? orderDifferences(mariadb, sqlite) : missing;
}

function missingColumns({ name: table, columns }: Table, sqlite: Table): string[] {
  const missing = (names: Iterable<string>, from: Table["columns"], engine: string): string[] =>
    [...names].filter((name) => !from.has(name)).map((name) => `column ${table}.${name} is missing on ${engine}`);
  return [...missing(sqlite.columns.keys(), columns, "MariaDB"), ...missing(columns.keys(), sqlite.columns, "SQLite")];
}

function orderDifferences(mariadb: Table, sqlite: Table): string[] {
  const order = ({ columns }: Table): string => [...columns.keys()].join(", ");
  if (order(mariadb) === order(sqlite)) return [];
  const kind = mariadb.view ? "view" : "table";
  return [`${kind} ${mariadb.name} has its columns in a different order on SQLite: ${order(sqlite)}`];
}

/** The same for one table. */
export function tableDifferences(mariadb: Table, sqlite: Table): string[] {
  const differences = declaredAlone(mariadb);
  const table = mariadb.name;
  if (!sqlite.strict) differences.push(`table ${table} is not STRICT on SQLite: write STRICT behind the last bracket`);
  if (mariadb.partedBy !== undefined)
    differences.push(
      `table ${table} is PARTITION BY ${mariadb.partedBy}: MariaDB refuses a row that belongs to no partition, SQLite stores it; add a partition for all others, ${mariadb.partedBy.startsWith("RANGE") ? "VALUES LESS THAN (MAXVALUE)" : "DEFAULT"}`,
    );
  if (sqlite.defersReferences)
    differences.push(`table ${table} defers a foreign key on SQLite, which MariaDB checks at once: remove DEFERRABLE`);
  differences.push(...missingColumns(mariadb, sqlite));
  for (const [name, column] of mariadb.columns) {
    const other = sqlite.columns.get(name);
    if (other !== undefined) differences.push(...columnDifferences(`${table}.${name}`, column, other));
  }
  if (differences.length === 0) differences.push(...orderDifferences(mariadb, sqlite));
  for (const key of [mariadb.primaryKey, ...mariadb.uniqueKeys])
    differences.push(...collatedKeys(mariadb, sqlite, key));
  differences.push(
    ...partialKeys(mariadb, "MariaDB"),
    ...partialKeys(sqlite, "SQLite"),
    ...keyDifferences(table, "primary key", [mariadb.primaryKey], [sqlite.primaryKey]),
    ...keyDifferences(table, "unique key", mariadb.uniqueKeys, sqlite.uniqueKeys),
    ...keyDifferences(table, "foreign key", mariadb.foreignKeys.map(describe), sqlite.foreignKeys.map(describe)),
    ...actionDifferences(mariadb, sqlite),
  );
  return differences;
}

/**
 * References that InnoDB follows by what it stores, and not by value: the place of an ENUM's member, a decimal's digits,
 * the fill of a CHAR. And texts that ON UPDATE CASCADE would have to cut.
 */
function referenceDifferences({ name: table, foreignKeys, columns }: Table, catalog: Catalog): string[] {
  return foreignKeys.flatMap((key) =>
    key.columns.flatMap((column, place) => {
      const own = columns.get(column);
      const parent = catalog.get(key.table)?.columns.get(key.referenced[place] ?? "");
      if (own === undefined || parent === undefined) return [];
      const begin = `foreign key (${describe(key).join(" ")}) of ${table}: ${column} is ${own.declared} and refers to ${parent.declared}`;
      if (isStoredOtherwise(own, parent))
        return [`${begin}, which MariaDB compares as it stores them: declare both alike`];
      const isNarrower = (parent.length ?? 0) > (own.length ?? 0);
      return isNarrower && key.onUpdate === "CASCADE"
        ? [`${begin}, of which ON UPDATE CASCADE may give it more than it holds: declare it as wide`]
        : [];
    }),
  );
}

/** True where equal values of the two columns need not be stored alike on MariaDB. */
function isStoredOtherwise(own: Column, parent: Column): boolean {
  if (own.declared === parent.declared) return false;
  return own.type === "decimal" || /^(enum|set)/.test(own.declared) || own.fixed || parent.fixed;
}

/** Neither engine can say what the other's means, so no such key is taken. */
function partialKeys({ name, partialKeys: keys }: Table, engine: string): string[] {
  return keys.map(
    ({ columns, compares }) =>
      `unique key (${columns.join(" ")}) of ${name} compares ${compares} on ${engine}, which the other engine cannot; let it compare whole columns of all rows`,
  );
}

function actionDifferences(mariadb: Table, sqlite: Table): string[] {
  return mariadb.foreignKeys.flatMap((here) => {
    const key = describe(here).join(" ");
    const there = sqlite.foreignKeys.find((other) => describe(other).join(" ") === key);
    if (there === undefined) return [];
    const differs = (clause: string, ours: string, theirs: string): string[] =>
      ours === theirs
        ? []
        : [`foreign key (${key}) of ${mariadb.name} is ${clause} ${ours} on MariaDB and ${theirs} on SQLite`];
    return [
      ...differs("ON DELETE", here.onDelete, there.onDelete),
      ...differs("ON UPDATE", here.onUpdate, there.onUpdate),
    ];
  });
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
  if (mariadb.type === null || combinesMany(mariadb) || holdsMoreThan64Bits(mariadb))
    differences.push(
      `column ${place}: ${mariadb.declared} on MariaDB has no exact counterpart on SQLite; ${replacementOf(mariadb.declared)}`,
    );
  else if (mariadb.declared.startsWith("timestamp"))
    differences.push(
      `column ${place}: a TIMESTAMP ends in 2038 on MariaDB, its text on SQLite does not: declare DATETIME`,
    );
  else if (!storesInForm(mariadb.type, sqlite))
    differences.push(
      `column ${place}: ${mariadb.declared} on MariaDB needs ${storage[mariadb.type]} on SQLite, found ${sqlite.declared}`,
    );
  if (mariadb.nullable !== sqlite.nullable)
    differences.push(`column ${place} is ${nullability(mariadb)} on MariaDB and ${nullability(sqlite)} on SQLite`);
  if (mariadb.hasDefault !== sqlite.hasDefault && !isDefaultNull(mariadb.hasDefault ? mariadb : sqlite))
    differences.push(defaultDifference(place, mariadb, sqlite));
  if (sqlite.collation !== null && sqlite.collation !== "BINARY")
    differences.push(`column ${place}: COLLATE ${sqlite.collation} of SQLite has no equal on MariaDB; leave it BINARY`);
  if (mariadb.numbered && sqlite.hasDefault && !sqlite.numbered)
    differences.push(`column ${place} reuses the number of a deleted row on SQLite: add AUTOINCREMENT`);
  if (mariadb.generated !== sqlite.generated)
    differences.push(`column ${place} is generated on ${mariadb.generated ? "MariaDB" : "SQLite"} only`);
  return differences;
}

/** True where an INSERT may leave the column out because it may be NULL, of which the difference is said already. */
function isDefaultNull({ nullable, filled }: Column): boolean {
  return nullable && !filled;
}

/** A key that only one engine numbers has no DEFAULT that could be written or removed. */
function defaultDifference(place: string, mariadb: Column, sqlite: Column): string {
  if (mariadb.numbered)
    return `column ${place} is numbered by MariaDB alone: write INTEGER PRIMARY KEY AUTOINCREMENT on SQLite, or remove AUTO_INCREMENT`;
  // Otherwise a column that is not NULL has a DEFAULT or is generated, and so is filled.
  if (sqlite.hasDefault && !sqlite.filled && !sqlite.nullable)
    return `column ${place} is numbered by SQLite alone, as INTEGER PRIMARY KEY is: write INT PRIMARY KEY there, or add AUTO_INCREMENT on MariaDB and AUTOINCREMENT on SQLite`;
  return `column ${place} has ${mariadb.hasDefault ? "a" : "no"} default on MariaDB and ${sqlite.hasDefault ? "one" : "none"} on SQLite`;
}

/** A SET of so many that its values are not listed. */
function combinesMany({ declared, members }: Column): boolean {
  return declared.startsWith("set(") && members === null;
}

/** BIGINT UNSIGNED counts to 2^64 - 1. A DECIMAL beyond 64 bits is an error on SQLite, as documented. */
function holdsMoreThan64Bits({ type, range }: Column): boolean {
  return type === "bigint" && range !== null && range.max >= 2n ** 63n;
}

/** True when SQLite's column stores what MariaDB's stores as this type. */
export function storesInForm(type: ValueType, sqlite: Column): boolean {
  return stored(sqlite.declared) === storage[type];
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
