import { formatUnits } from "../amounts.ts";
// Conversion between the values of an engine and of a program, compiled once per query from its proof.
// `decode.ts` reads rows, `encode.ts` checks parameters, and `assert-rows.ts` verifies rows in tests.
import type { ColumnProof } from "../proof.ts";
import type { Engine } from "../types.ts";

/** Converts one row of engine values, in column order, into the object that its query promises. */
export type RowDecoder = (values: readonly unknown[]) => unknown;

/** Converts the row object that SQLite returned into the promised one in place, without creating another object. */
export type RowConverter = (row: unknown) => unknown;

type ColumnDecoder = (value: unknown) => unknown;

/** An engine returned a value that contradicts its own metadata: stop rather than pass it on. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** A whole number arrived as a float that may have been rounded: it must be read again as a BigInt. */
export class RoundedError extends Error {
  override readonly name = "RoundedError";
}

/**
 * Compiles the decoder of one query: an object literal with one conversion per column, so that every row
 * has the same hidden class and a column that needs no conversion costs nothing.
 */
export function compileRowDecoder(columns: readonly ColumnProof[], engine: Engine): RowDecoder {
  const decoders = columns.map((column) => (engine === "sqlite" ? exactSqliteDecoder(column) : mariadbDecoder(column)));
  const fields = columns.map(
    ({ name }, index) => `${JSON.stringify(name)}: ${converted(`v[${index}]`, index, decoders)}`,
  );
  const build: unknown = compiled(`return (v) => ({ ${fields.join(", ")} });`, decoders);
  if (!isRowDecoder(build)) throw new DecodeError("the row decoder did not compile");
  return build;
}

/**
 * Compiles the converter for rows that SQLite returns as objects of floats and texts; null when there is nothing to
 * convert. The converter throws `RoundedError` when a number may not be exact.
 */
export function compileRowConverter(columns: readonly ColumnProof[]): RowConverter | null {
  const decoders = columns.map(sqliteDecoder);
  if (decoders.every((decoder) => decoder === null)) return null;
  const steps = columns.map(({ name }, index) => {
    const field = `r[${JSON.stringify(name)}]`;
    return decoders[index] === null ? "" : `${field} = ${converted(field, index, decoders)};`;
  });
  const build: unknown = compiled(`return (r) => { ${steps.join(" ")} return r; };`, decoders);
  if (!isRowAmender(build)) throw new DecodeError("the row decoder did not compile");
  return build;
}

function converted(value: string, index: number, decoders: readonly (ColumnDecoder | null)[]): string {
  return decoders[index] === null ? value : `${value} === null ? null : d${index}(${value})`;
}

/** The function's source with one constant per column: a known decoder can be inlined, one in an array cannot. */
function compiled(source: string, decoders: readonly (ColumnDecoder | null)[]): unknown {
  return new Function(...decoders.map((_, index) => `d${index}`), source)(...decoders);
}

function isRowDecoder(value: unknown): value is RowDecoder {
  return typeof value === "function";
}

function isRowAmender(value: unknown): value is RowConverter {
  return typeof value === "function";
}

/** Null when the driver already returns what the type promises. */
function mariadbDecoder(column: ColumnProof): ColumnDecoder | null {
  switch (column.type) {
    case "bigint":
      return column.exact === true ? (value) => exactInteger(value, column) : (value) => safeNumber(value, column);
    case "datetime":
      return (value) => dateTimeText(value, column);
    case "date":
      return (value) => dateText(value, column);
    case "boolean":
      return (value) => Number(value) !== 0;
    case "blob":
      return (value) => (value instanceof Uint8Array ? new Uint8Array(value) : wrong(value, column));
    case "text":
      return column.set === true ? (value) => (Array.isArray(value) ? value.join(",") : value) : null;
    case "integer":
    case "decimal":
    case "double":
      return null;
  }
}

/** For rows read with whole numbers as floats. */
function sqliteDecoder(column: ColumnProof): ColumnDecoder | null {
  switch (column.type) {
    case "bigint":
      if (column.exact === true)
        return (value) => (typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : rounded(column));
      return (value) => (Number.isSafeInteger(value) ? value : rounded(column));
    case "decimal":
      return (value) => decimalText(value, column.name, column.scale);
    case "datetime":
      return (value) => dateTimeText(value, column);
    case "boolean":
      return (value) => value !== 0;
    case "integer":
    case "double":
    case "text":
    case "date":
    case "blob":
      return null;
  }
}

/** For rows read with whole numbers as BigInt. */
function exactSqliteDecoder(column: ColumnProof): ColumnDecoder | null {
  switch (column.type) {
    case "integer":
    case "double":
      return Number;
    case "bigint":
      return column.exact === true ? (value) => exactInteger(value, column) : (value) => safeNumber(value, column);
    case "decimal":
      return (value) => (typeof value === "bigint" ? formatUnits(value, column.scale) : notUnits(value, column));
    case "boolean":
      return (value) => Number(value) !== 0;
    default:
      return sqliteDecoder(column);
  }
}

/** Text from SQLite and npm mariadb, a `Date` that means UTC from Bun's client. */
function dateTimeText(value: unknown, column: ColumnProof): string {
  if (typeof value === "string") return `${value.slice(0, 10)}T${value.slice(11)}`;
  return isDay(value) ? value.toISOString().slice(0, 19) : wrong(value, column);
}

function dateText(value: unknown, column: ColumnProof): string {
  if (typeof value === "string") return value;
  // Otherwise a time of day would be dropped silently.
  const whole = isDay(value) && value.getTime() % millisecondsOfDay === 0;
  return whole ? value.toISOString().slice(0, 10) : wrong(value, column);
}

const millisecondsOfDay = 86_400_000;

/** A zero date, which is no day, arrives as an invalid `Date`. */
function isDay(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

/** Digits or a number from MariaDB, a BigInt from SQLite. */
function exactInteger(value: unknown, column: ColumnProof): bigint {
  if (typeof value === "bigint") return value;
  const whole = typeof value === "number" ? Number.isSafeInteger(value) : /^-?\d+$/.test(String(value));
  return whole ? BigInt(String(value)) : wrong(value, column);
}

function safeNumber(value: unknown, column: ColumnProof): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new DecodeError(`column ${column.name}: ${value} is beyond 2^53`);
  return number;
}

/** Whole units in a float as decimal text: 323800 at scale 4 is "32.3800". Throws `RoundedError` beyond 2^53. */
export function decimalText(units: unknown, name: string, scale: number): string {
  if (typeof units !== "number" || !Number.isSafeInteger(units)) throw new RoundedError(name);
  const written = String(Math.abs(units));
  // Padding a text that is long enough already would cost as much as everything else here.
  const digits = written.length > scale ? written : written.padStart(scale + 1, "0");
  const sign = units < 0 ? "-" : "";
  const point = digits.length - scale;
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** SQLite computes a rounded float where a product is beyond 64 bits. */
function notUnits(value: unknown, column: ColumnProof): never {
  if (typeof value === "number" && Math.abs(value) >= 2 ** 63)
    throw new DecodeError(`column ${column.name}: a sum or product is beyond 64 bits`);
  return wrong(value, column);
}

function rounded(column: ColumnProof): never {
  throw new RoundedError(column.name);
}

function wrong(value: unknown, column: ColumnProof): never {
  throw new DecodeError(`column ${column.name}: expected ${column.type}, the engine gave ${typeof value}`);
}
