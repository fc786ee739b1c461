import type { ValueType } from "../../runtime/proof.ts";

/** The whole numbers, or the units of a decimal's last place, that an expression can have. */
export interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

/**
 * The type of an expression, as far as it decides whether both engines compute the same. `nullable` says that the
 * value may be NULL.
 */
export type Type = { readonly nullable: boolean } & Kind;

type Kind =
  | {
      readonly kind: "whole";
      readonly range: Range;
      /** The value of a literal, else null. */
      readonly literal: bigint | null;
      readonly leastFloat?: bigint;
      /** True for what MariaDB computes without a sign: a result below 0 is an error there. */
      readonly unsigned?: boolean;
    }
  | {
      readonly kind: "decimal";
      readonly scale: number;
      /** In units of the last place. */
      readonly range: Range;
      /** The units of a literal, else null. */
      readonly literal: bigint | null;
      /** The least distance from 0 at which SQLite may have a rounded float, as a step exceeded 64 bits; see floats.ts. */
      readonly leastFloat?: bigint;
      /** A quotient or average of which MariaDB has more digits than it shows. */
      readonly hidden?: Hidden;
    }
  | { readonly kind: "double" }
  /** 0, 1 or NULL: a comparison, or a column that is declared as a boolean. */
  | { readonly kind: "truth" }
  | {
      readonly kind: "text";
      /** Whether both engines compare it alike: always, never, or as the text beside it (literals and parameters). */
      readonly collation: "exact" | "folding" | "free";
      /** The most characters that it can have, or null when that is not known. */
      readonly length: number | null;
      /** The most bytes of it, where its column limits them. */
      readonly bytes?: number;
      readonly literal: string | null;
      /** True where the value of a parameter decides how wide MariaDB takes it to be. */
      readonly given?: boolean;
      /** The values of an ENUM or SET, or of a choice between such values and literals. */
      readonly values?: readonly string[];
      /** The column of MariaDB that it is: an ENUM or SET, sorted in the order of its declaration. */
      readonly listed?: "enum" | "set";
      /** The column of MariaDB that it is: a CHAR of any length, which an index and a sort fill up with spaces. */
      readonly padded?: true;
    }
  | { readonly kind: "datetime" }
  | { readonly kind: "date" }
  | { readonly kind: "blob"; readonly bytes?: number }
  /** The literal NULL. */
  | { readonly kind: "null" }
  /** A parameter that the places read so far say nothing about. */
  | { readonly kind: "open"; readonly name: string }
  /** A name that the engines do not know, or what only one engine can compute. */
  | { readonly kind: "unknown" };

export type Hidden = "/" | "AVG";

export type KindName = Type["kind"];

/** The greatest whole number that a program's `number` holds exactly; no value beyond it is written or read. */
export const greatest = 2n ** 53n - 1n;
const greatestStored = 2n ** 63n - 1n;

export const safeRange: Range = { min: -greatest, max: greatest };

/** MariaDB's DECIMAL_MAX_SCALE: it cuts off what has more places. */
export const mostPlaces = 38;

/** What 64 bits hold. */
export const storedRange: Range = { min: -greatestStored - 1n, max: greatestStored };

export function integerType(range: Range, nullable = false): Type {
  return { kind: "whole", range, literal: null, nullable };
}

export function isUnsigned(type: Type): boolean {
  return type.kind === "whole" && type.unsigned === true;
}

/** The type with the sign that MariaDB gives a result of these operands: none, when one of them has none. */
export function signedAs(type: Type, operands: readonly Type[]): Type {
  return operands.some(isUnsigned) ? withSign(type, false) : type;
}

export function withSign(type: Type, isSigned: boolean): Type {
  return type.kind === "whole" ? { ...type, unsigned: !isSigned } : type;
}

export function decimalOf(scale: number, range: Range, nullable = false): Type {
  return { kind: "decimal", scale, range, literal: null, nullable };
}

export function textOf(collation: "exact" | "folding" | "free", length: number | null, nullable = false): Type {
  return { kind: "text", collation, length, literal: null, nullable };
}

/** MariaDB writes no character in more bytes. */
export const widestCharacter = 4;

/** The most bytes of a text or blob, or null when that is not known. */
export function bytesOf(type: Type): number | null {
  if (type.kind === "blob") return type.bytes ?? null;
  if (type.kind !== "text") return 0;
  if (type.literal !== null) return Buffer.byteLength(type.literal);
  return type.bytes ?? (type.length === null ? null : widestCharacter * type.length);
}

/** The type with at most so many bytes. */
export function withBytes(type: Type, bytes: number | null): Type {
  return bytes === null || (type.kind !== "text" && type.kind !== "blob") ? type : { ...type, bytes };
}

/** The type of one of several values, as long as the longest of them. */
export function withMostBytes(type: Type, types: readonly Type[]): Type {
  const all = types.map(bytesOf).reduce((most, one) => (most === null || one === null ? null : Math.max(most, one)), 0);
  return withBytes(type, all);
}

/** The text of a parameter. */
export function givenText(length: number | null, nullable = false): Type {
  return withGiven(textOf("free", length, nullable), true);
}

export function isGiven(type: Type): boolean {
  return type.kind === "text" && type.given === true;
}

export function withGiven(type: Type, given: boolean): Type {
  return type.kind === "text" && given ? { ...type, given } : type;
}

/** All values that a text can have, where they are known. */
export function valuesOf(type: Type): readonly string[] | null {
  if (type.kind !== "text") return null;
  return type.literal === null ? (type.values ?? null) : [type.literal];
}

/** The text of which these are all values. */
export function withValues(type: Type, values: readonly string[] | null): Type {
  return type.kind === "text" && values !== null ? { ...type, values } : type;
}

/** Some values, as a message shows them. */
export function shownValues(values: readonly string[]): string {
  const few = values.slice(0, 8).map((value) => `'${value.replaceAll("'", "''")}'`);
  return `${few.join(", ")}${values.length > few.length ? " .." : ""}`;
}

/** The text without what it has from a column that is an ENUM, SET or CHAR: its order, and how the driver gives it. */
export function unlisted(type: Type): Type {
  if (type.kind !== "text") return type;
  const { listed: _, padded: __, ...text } = type;
  return text;
}

/** True when MariaDB sorts the values of an ENUM or SET otherwise than their texts. */
export function sortsByDeclaration(type: Type): boolean {
  if (type.kind !== "text" || type.listed === undefined) return false;
  const values = type.values ?? [];
  const bytes = values.map((value) => Buffer.from(value));
  return (
    values.length === 0 ||
    bytes.some((value, place) => place > 0 && Buffer.compare(bytes[place - 1] ?? value, value) > 0)
  );
}

/** The operator whose digits MariaDB does not show all; null where it shows them. */
export function hiddenIn(type: Type): Hidden | null {
  return type.kind === "decimal" ? (type.hidden ?? null) : null;
}

export function withHidden(type: Type, hidden: Hidden | null): Type {
  if (type.kind !== "decimal") return type;
  const { hidden: _, ...shown } = type;
  return hidden === null ? shown : { ...shown, hidden };
}

export function truth(nullable: boolean): Type {
  return { kind: "truth", nullable };
}

export const unknown: Type = { kind: "unknown", nullable: true };

export function within(range: Range, limit: Range): boolean {
  return range.min >= limit.min && range.max <= limit.max;
}

export function union(a: Range, b: Range): Range {
  return { min: a.min < b.min ? a.min : b.min, max: a.max > b.max ? a.max : b.max };
}

/** The range of a result that any two operands can produce. */
export function combined(a: Range, b: Range, compute: (x: bigint, y: bigint) => bigint): Range {
  const values = [compute(a.min, b.min), compute(a.min, b.max), compute(a.max, b.min), compute(a.max, b.max)];
  return {
    min: values.reduce((least, value) => (value < least ? value : least)),
    max: values.reduce((most, value) => (value > most ? value : most)),
  };
}

/** The range of a whole number or decimal, else null. */
export function rangeOf(type: Type): Range | null {
  return type.kind === "whole" || type.kind === "decimal" ? type.range : null;
}

/** True when SQLite may compute a rounded float instead of the whole number. */
export function mayExceed(type: Type): boolean {
  const range = rangeOf(type);
  return range !== null && !within(range, storedRange);
}

/** True for whole numbers and for decimals without places, which both engines store as whole numbers. */
export function isUnscaled(type: Type): boolean {
  return type.kind === "whole" || (type.kind === "decimal" && type.scale === 0);
}

export function isLiteral(type: Type): boolean {
  switch (type.kind) {
    case "whole":
    case "decimal":
    case "text":
      return type.literal !== null;
    default:
      return false;
  }
}

export function withNull(type: Type, nullable: boolean): Type {
  return { ...type, nullable };
}

/** The same type for any value of it, not only for this literal. */
export function widened(type: Type): Type {
  return isLiteral(type) && (type.kind === "whole" || type.kind === "decimal" || type.kind === "text")
    ? { ...type, literal: null }
    : type;
}

/** The type as a message names it. */
export function described(type: Type): string {
  switch (type.kind) {
    case "whole":
      return "a whole number";
    case "decimal":
      return `a decimal with ${type.scale} places`;
    case "double":
      return "a float";
    case "truth":
      return "true or false";
    case "text":
      return "text";
    case "datetime":
      return "a datetime";
    case "date":
      return "a date";
    case "blob":
      return "bytes";
    case "null":
      return "NULL";
    case "open":
      return `:${type.name}`;
    case "unknown":
      return "unknown";
  }
}

/** The type of the values that a program sends and gets. Whole numbers beyond 32 bits are `bigint`. */
export function valueType(type: Type): ValueType | null {
  switch (type.kind) {
    case "whole":
      return within(type.range, { min: -(2n ** 31n), max: 2n ** 32n - 1n }) ? "integer" : "bigint";
    case "truth":
      return "boolean";
    case "null":
    case "open":
    case "unknown":
      return null;
    default:
      return type.kind;
  }
}

/** True for a column's whole numbers, where a parameter may be beyond all of them. */
export function isNarrow(type: Type): boolean {
  const range = rangeOf(type);
  return range !== null && !within(safeRange, range);
}
