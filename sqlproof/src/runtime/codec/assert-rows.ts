import type { ColumnProof, ValueType } from "../proof.ts";
import { DecodeError } from "./decode.ts";

/** True in test mode: `bun test` sets NODE_ENV to `test`; other programs may set SQLPROOF_ASSERT=1. */
export function rowAssertionsWanted(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  if (environment.SQLPROOF_ASSERT !== undefined) return environment.SQLPROOF_ASSERT === "1";
  return environment.NODE_ENV === "test";
}

/**
 * Checks every decoded row against the type that `sql()` gave its query, so that a wrong `AS "n!"` or unsound metadata
 * of an engine fails a test and not a customer. Decided once per query, when its decoder is compiled.
 */
export function assertingDecoder<T>(
  decode: (given: T) => unknown,
  columns: readonly ColumnProof[],
  query: string,
): (given: T) => unknown {
  return (given) => {
    const row = decode(given);
    if (typeof row !== "object" || row === null) throw new DecodeError(`no row came of ${shortened(query)}`);
    const fields = new Map<string, unknown>(Object.entries(row));
    for (const column of columns) assertValue(fields.get(column.name), column, query);
    return row;
  };
}

function assertValue(value: unknown, column: ColumnProof, query: string): void {
  const fits = value === null ? column.nullable : tests[column.type](value, column.scale);
  if (fits) return;
  const wanted = `${described(column)}${column.nullable ? " or null" : ""}`;
  throw new DecodeError(
    `column ${column.name} is proven ${wanted}, the row has ${classOf(value)}, in: ${shortened(query)}`,
  );
}

const tests: Readonly<Record<ValueType, (value: unknown, scale: number) => boolean>> = {
  integer: Number.isSafeInteger,
  bigint: (value) => typeof value === "bigint" || Number.isSafeInteger(value),
  decimal: (value, scale) => typeof value === "string" && hasPlaces(value, scale),
  double: Number.isFinite,
  boolean: (value) => typeof value === "boolean",
  text: (value) => typeof value === "string",
  blob: (value) => value instanceof Uint8Array,
  datetime: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value),
  date: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value),
};

function hasPlaces(value: string, scale: number): boolean {
  const places = /^-?\d+(?:\.(\d+))?$/.exec(value);
  return places !== null && (places[1]?.length ?? 0) === scale;
}

function described(column: ColumnProof): string {
  return column.type === "decimal" ? `decimal with ${column.scale} places` : column.type;
}

/** Describes the value without showing it: it may be a customer's. */
function classOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number with a fraction";
  if (typeof value === "string") {
    const places = /^-?\d+(?:\.(\d+))?$/.exec(value);
    return places === null ? "text" : `a decimal with ${places[1]?.length ?? 0} places`;
  }
  return value instanceof Uint8Array ? "bytes" : typeof value;
}

function shortened(query: string): string {
  const line = query.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}
