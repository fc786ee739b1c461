import { formatUnits } from "../runtime/amounts.ts";
import type { Engine } from "../runtime/types.ts";

/**
 * A stored value as JSON can hold it. A whole number beyond 2^53 is text, a blob is base64, a time is
 * `2024-01-15 10:30:00`. A DECIMAL is text on MariaDB, and on SQLite the whole number of units that is stored there.
 */
export type Cell = string | number | null;

/** The values of one row, in the order of the table's columns. */
export type CellRow = readonly Cell[];

/** What a column stores, as far as its own engine says so: on SQLite a decimal is an integer like any other. */
export type CellKind = "integer" | "decimal" | "double" | "text" | "blob";

export interface CopiedColumn {
  readonly name: string;
  readonly kind: CellKind;
  /** Decimal places; 0 unless `kind` is `decimal`. */
  readonly scale: number;
}

/** A table without its generated columns. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly CopiedColumn[];
  /** The columns of the primary key, in its order. */
  readonly key: readonly string[];
}

/** Rows cannot be copied from one table into another. */
export class CopyError extends Error {
  override readonly name = "CopyError";
}

/** A value as a driver returns it, as a cell. */
export function cellOf(value: unknown): Cell {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint") return exactNumber(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  // npm mariadb's form of a SET.
  if (Array.isArray(value)) return value.join(",");
  throw new CopyError(`a value of the type ${typeof value} cannot be copied`);
}

function exactNumber(value: bigint): Cell {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** Rewrites a cell of one column for another one. */
type Conversion = (cell: string | number) => Cell;

/**
 * What makes rows of one table rows of another: the columns are matched by name, and amounts change their form between
 * the engines. Throws if a column is missing on either side or holds something else.
 */
export function rowConversion(from: CopiedTable, to: CopiedTable): (row: CellRow) => CellRow {
  const missing = [...without(from, to), ...without(to, from)];
  if (missing.length > 0) throw new CopyError(`the columns ${missing.join(", ")} of ${to.name} are on one side only`);
  const steps = to.columns.map((column) => {
    const index = from.columns.findIndex(({ name }) => name === column.name);
    const source = from.columns[index];
    if (source === undefined) throw new CopyError(`${to.name} has no column ${column.name}`);
    return { index, convert: conversion(source, column, to.name) };
  });
  if (steps.every(({ index, convert }, place) => index === place && convert === null)) return (row) => row;
  return (row) =>
    steps.map(({ index, convert }) => {
      const cell = row[index] ?? null;
      return cell === null || convert === null ? cell : convert(cell);
    });
}

function without(table: CopiedTable, other: CopiedTable): string[] {
  const names = new Set(other.columns.map(({ name }) => name));
  return table.columns.flatMap(({ name }) => (names.has(name) ? [] : [name]));
}

function conversion(from: CopiedColumn, to: CopiedColumn, table: string): Conversion | null {
  if (from.kind === to.kind && from.scale === to.scale) return null;
  if (from.kind === "decimal" && to.kind === "integer") return (cell) => unitsOf(String(cell), from.scale);
  if (from.kind === "integer" && to.kind === "decimal") return (cell) => formatUnits(BigInt(cell), to.scale);
  throw new CopyError(
    `${table}.${to.name} holds ${to.kind} (${to.scale}) here, and ${from.kind} (${from.scale}) there`,
  );
}

/** `"12.3400"` with four places as 123400 units. */
function unitsOf(text: string, scale: number): Cell {
  const [whole = "0", places = ""] = text.split(".");
  if (places.length > scale) throw new CopyError(`${text} has more than ${scale} places`);
  return exactNumber(BigInt(whole + places.padEnd(scale, "0")));
}

/** The values of cells as a driver takes them. */
export function boundValues(columns: readonly CopiedColumn[], row: CellRow): (Cell | Uint8Array)[] {
  return columns.map(({ kind }, index) => {
    const cell = row[index] ?? null;
    return kind === "blob" && typeof cell === "string" ? Buffer.from(cell, "base64") : cell;
  });
}

/** A name as an identifier of either engine, in the modes under which this package runs MariaDB. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Reads rows in the order of the primary key: from the beginning, or after a row with a given key. */
export function pageQueries(engine: Engine, table: CopiedTable): { readonly first: string; readonly next: string } {
  const names = table.columns.map(({ name }) => quoted(name)).join(", ");
  const key = table.key.map(quoted);
  const page = `ORDER BY ${key.join(", ")} LIMIT ?`;
  const select = `SELECT ${names} FROM ${quoted(table.name)}`;
  return { first: `${select} ${page}`, next: `${select} WHERE ${after(engine, key)} ${page}` };
}

/** MariaDB uses no index for `(a, b) > (?, ?)`, so there it is written out; `keyValues` gives the values of both. */
function after(engine: Engine, key: readonly string[]): string {
  if (engine === "sqlite" || key.length === 1) return `(${key.join(", ")}) > (${key.map(() => "?").join(", ")})`;
  return key
    .map((last, index) => [...key.slice(0, index).map((column) => `${column} = ?`), `${last} > ?`].join(" AND "))
    .map((part) => `(${part})`)
    .join(" OR ");
}

/** The values for the placeholders of `next`. */
export function keyValues(engine: Engine, key: CellRow): Cell[] {
  if (engine === "sqlite" || key.length === 1) return [...key];
  return key.flatMap((_, index) => key.slice(0, index + 1));
}

/** The values of a row's primary key. */
export function keyOf(table: CopiedTable, row: CellRow): CellRow {
  return table.key.map((name) => row[table.columns.findIndex((column) => column.name === name)] ?? null);
}
