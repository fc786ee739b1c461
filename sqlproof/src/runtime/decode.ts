import type { ColumnProof } from "./proof.ts";
import type { Engine } from "./types.ts";

/** Turns one row of engine values, in column order, into the object its query promises. */
export type RowDecoder = (values: readonly unknown[]) => unknown;

type ColumnDecoder = (value: unknown) => unknown;

/** An engine gave a value that its own metadata excludes: stop rather than pass it on. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** True when exact decoding on SQLite needs 64-bit integers as BigInt. */
export function needsBigInt(columns: readonly ColumnProof[]): boolean {
  return columns.some((column) => column.type === "decimal" || column.type === "bigint");
}

/**
 * Compiles the decoder of one query: an object literal with one conversion per column, so that every row
 * has the same hidden class and a column that needs no conversion costs nothing.
 */
export function compileRowDecoder(columns: readonly ColumnProof[], engine: Engine): RowDecoder {
  const bigInts = engine === "sqlite" && needsBigInt(columns);
  const decoders: ColumnDecoder[] = [];
  const fields = columns.map((column, index) => {
    const decoder = columnDecoder(column, engine, bigInts);
    if (decoder === null) return `${JSON.stringify(column.name)}: v[${index}]`;
    decoders[index] = decoder;
    return `${JSON.stringify(column.name)}: v[${index}] === null ? null : d[${index}](v[${index}])`;
  });
  const build: unknown = new Function("d", `return (v) => ({ ${fields.join(", ")} });`)(decoders);
  if (!isRowDecoder(build)) throw new DecodeError("the row decoder did not compile");
  return build;
}

function isRowDecoder(value: unknown): value is RowDecoder {
  return typeof value === "function";
}

/** Null when the driver's value is already what the type promises. */
function columnDecoder(column: ColumnProof, engine: Engine, bigInts: boolean): ColumnDecoder | null {
  switch (column.type) {
    case "integer":
      return bigInts ? Number : null;
    case "bigint":
      return (value) => safeNumber(value, column.name);
    case "decimal":
      return engine === "sqlite" ? (value) => formatScaled(value, column) : null;
    case "datetime":
      return (value) => dateTimeText(value, column);
    case "boolean":
      return (value) => Number(value) !== 0;
    case "blob":
      return (value) => (value instanceof Uint8Array ? new Uint8Array(value) : wrong(value, column));
    case "date":
      return engine === "sqlite" ? null : (value) => dateText(value, column);
    case "double":
    case "text":
      return null;
  }
}

/** Text from SQLite and npm mariadb, a `Date` that means UTC from Bun's client. */
function dateTimeText(value: unknown, column: ColumnProof): string {
  if (typeof value === "string") return `${value.slice(0, 10)}T${value.slice(11)}`;
  return isDay(value) ? value.toISOString().slice(0, 19) : wrong(value, column);
}

function dateText(value: unknown, column: ColumnProof): string {
  if (typeof value === "string") return value;
  return isDay(value) ? value.toISOString().slice(0, 10) : wrong(value, column);
}

/** A zero date, which is no day, comes as an invalid `Date`. */
function isDay(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function safeNumber(value: unknown, name: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new DecodeError(`column ${name}: ${value} is beyond 2^53`);
  return number;
}

/** Whole units of the column's scale as decimal text: 323800n at scale 4 -> "32.3800". */
function formatScaled(value: unknown, column: ColumnProof): string {
  if (typeof value !== "bigint") return wrong(value, column);
  return formatUnits(value, column.scale);
}

/** Whole units as decimal text with exactly `scale` places. */
export function formatUnits(units: bigint, scale: number): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function wrong(value: unknown, column: ColumnProof): never {
  throw new DecodeError(`column ${column.name}: expected ${column.type}, the engine gave ${typeof value}`);
}
