import type { MigrationStep } from "../../src/migrations/files.ts";
import { splitStatements } from "../../src/migrations/split.ts";
import type { Model, ModelColumn, ModelTable } from "./model.ts";
import { views } from "./views.ts";

/** The steps of both engines. */
export interface Migrations {
  readonly mariadb: readonly MigrationStep[];
  readonly sqlite: readonly MigrationStep[];
}

/** Writes the model down for both engines; SQLite's CHECKs refuse what MariaDB's types refuse. A test may plant another on SQLite. */
export function migrationsOf(model: Model, onSqlite: Model = model): Migrations {
  return { mariadb: [step(mariadbText(model))], sqlite: [step(sqliteText(onSqlite))] };
}

function step(text: string): MigrationStep {
  return {
    ...{ version: 1, name: "0001_fuzz", path: "fuzz/0001_fuzz.sql", adoption: null },
    checksum: new Bun.CryptoHasher("sha256").update(text).digest("hex"),
    statements: splitStatements(text),
  };
}

const viewTexts = views.map(({ name, select }) => `CREATE VIEW ${name} AS ${select};`);

/** The tables and views for MariaDB. */
export function mariadbText({ tables }: Model): string {
  return [...tables.map(mariadbTable), ...viewTexts].join("\n\n");
}

/** One table for MariaDB. */
export function mariadbTable({ name, columns, uniqueTogether, indexes }: ModelTable): string {
  const lines = [
    "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY",
    ...columns.map((column) =>
      column.generated === null
        ? [column.name, mariadbType(column), column.nullable ? "NULL" : "NOT NULL", ...preset(column.preset)].join(" ")
        : `${column.name} ${mariadbType(column)} GENERATED ALWAYS AS (${column.generated.mariadb}) STORED`,
    ),
    ...columns.filter(({ unique }) => unique).map((column) => `UNIQUE KEY ${name}_${column.name} (${column.name})`),
    ...(uniqueTogether === null ? [] : [`UNIQUE KEY ${name}_together (${uniqueTogether.join(", ")})`]),
    ...indexes.map((index) => `KEY ${name}_by_${index.join("_")} (${index.join(", ")})`),
    ...columns.flatMap((column) =>
      column.refersTo === null
        ? []
        : [`CONSTRAINT ${name}_${column.name}_of FOREIGN KEY (${column.name}) ${reference(column)}`],
    ),
  ];
  return `CREATE TABLE ${name} (\n  ${lines.join(",\n  ")}\n) CHARACTER SET utf8mb4;`;
}

function reference({ refersTo, onDelete }: ModelColumn): string {
  return `REFERENCES ${refersTo} (id)${onDelete === "" ? "" : ` ON DELETE ${onDelete}`}`;
}

function preset(value: string | null): readonly string[] {
  return value === null ? [] : [`DEFAULT ${value}`];
}

/** A decimal on SQLite is a whole number of its smallest unit. */
function sqlitePreset({ preset: value, type, scale }: ModelColumn): string | null {
  return value === null || type !== "decimal"
    ? value
    : value.replace(".", "") + "0".repeat(value.includes(".") ? 0 : scale);
}

function mariadbType({ type, declared, size, scale, folds, members }: ModelColumn): string {
  if (type === "decimal") return `${declared}(${size},${scale})`;
  if (members.length > 0) return `${declared}(${literals(members)}) COLLATE utf8mb4_nopad_bin`;
  if (type === "text") return `${declared}(${size}) COLLATE ${folds ? "utf8mb4_general_ci" : "utf8mb4_nopad_bin"}`;
  return declared;
}

/** The tables and views for SQLite. */
export function sqliteText({ tables }: Model): string {
  return [...tables.map(sqliteTable), ...viewTexts].join("\n\n");
}

/** One table for SQLite. */
export function sqliteTable({ name, columns, uniqueTogether, trigger }: ModelTable): string {
  const lines = [
    "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647)",
    ...columns.map(sqliteColumn),
    ...(uniqueTogether === null ? [] : [`UNIQUE (${uniqueTogether.join(", ")})`]),
  ];
  const table = `CREATE TABLE ${name} (\n  ${lines.join(",\n  ")}\n) STRICT;`;
  return trigger === undefined ? table : `${table}\n\nCREATE TRIGGER ${name}_planted ${trigger};`;
}

function sqliteColumn(column: ModelColumn): string {
  const { name, nullable, unique, refersTo, generated, check } = column;
  return [
    `${name} ${storageOf(column)}${nullable ? "" : " NOT NULL"}`,
    ...(generated === null ? [] : [`GENERATED ALWAYS AS (${generated.sqlite}) STORED`]),
    ...(unique ? ["UNIQUE"] : []),
    ...preset(sqlitePreset(column)),
    ...(refersTo === null ? [] : [reference(column)]),
    ...[...checkOf(column), ...(check === undefined ? [] : [check])].map((one) => `CHECK (${one})`),
  ].join(" ");
}

function storageOf({ type }: ModelColumn): string {
  switch (type) {
    case "double":
      return "REAL";
    case "text":
    case "datetime":
    case "date":
      return "TEXT";
    case "blob":
      return "BLOB";
    case "integer":
    case "bigint":
    case "boolean":
    case "decimal":
      return "INTEGER";
  }
}

function literals(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(", ");
}

/** What a SET of these holds: those that are in it, in their order. */
function combinations([first, ...others]: readonly string[]): readonly string[] {
  if (first === undefined) return [""];
  return combinations(others).flatMap((rest) => [rest, rest === "" ? first : `${first},${rest}`]);
}

function checkOf({ name, type, size, range, declared, members }: ModelColumn): readonly string[] {
  if (members.length > 0) return [`${name} IN (${literals(declared === "SET" ? combinations(members) : members)})`];
  switch (type) {
    case "integer":
    case "boolean":
      return [`${name} BETWEEN ${range[0]} AND ${range[1]}`];
    case "decimal":
      return size >= 19 ? [] : [`${name} BETWEEN -${"9".repeat(size)} AND ${"9".repeat(size)}`];
    case "text":
      return [`LENGTH(${name}) <= ${size}`];
    case "datetime":
      return [`${name} IS datetime(${name})`];
    case "date":
      return [`${name} IS date(${name})`];
    case "bigint":
    case "double":
    case "blob":
      return [];
  }
}
