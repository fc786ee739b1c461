import { formatUnits, scaledInteger } from "../../runtime/amounts.ts";
import type { Column } from "../types/catalog.ts";
import { insideValues, type Stored } from "../types/limit-values.ts";
import { textsOfPattern } from "./pattern-texts.ts";

/** One row by column, in the form in which SQLite stores it. */
export type Row = Readonly<Record<string, Stored>>;

/** What the schema's own CHECKs, triggers and expressions compare with: values near these decide what they do. */
export interface Literals {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
  /** With what the length of a column is compared. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
  /** Every day of a month and the first of every month, where a part of a day is looked at. */
  readonly days: readonly string[];
}

/** The literals in SQL that either engine's catalog shows. They only suggest values, so a wrong one does no harm. */
export function literalsIn(sql: string): Literals {
  const code = sql.replace(/--[^\n]*|\/\*.*?\*\//gs, " ");
  const texts = [...code.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? "").replaceAll("''", "'"));
  const numbers = [...code.replace(/'(?:[^']|'')*'/g, " ").matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)];
  const patterns = texts.flatMap((text) => [text.replace(/[%_*?]/g, ""), ...textsOfPattern(text)]);
  const json = /json/i.test(code) ? jsonTexts : [];
  const found = [...new Set(numbers.map(([number]) => number))].slice(0, 30);
  const hours = /\bhour\b|%H/i.test(code) ? [...found, ...texts].filter((text) => /^([01]?\d|2[0-3])$/.test(text)) : [];
  const times = hours.flatMap((hour) => [`${hour.padStart(2, "0")}:00:00`, `${hour.padStart(2, "0")}:59:59`]);
  return {
    texts: [...new Set([...texts, ...patterns, ...times, ...json])].slice(0, 60),
    numbers: found,
    lengths: lengthsIn(code),
    days: /month|\bday\b|%[dm]|substr/i.test(code) ? everyDay : [],
  };
}

const twoDigits = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, "0"));

const everyDay = [...twoDigits(31).map((day) => `2024-01-${day}`), ...twoDigits(12).map((month) => `2024-${month}-01`)];

/** The numbers beside LENGTH(column) and CHAR_LENGTH(column). */
function lengthsIn(code: string): Map<string, number[]> {
  const lengths = new Map<string, number[]>();
  const name = /length\s*\(\s*["`[]?(\w+)["`\]]?\s*\)\s*(?:[<>!=]+|between)\s*(\d+)(?:\s+and\s+(\d+))?/gi;
  for (const [, column = "", ...numbers] of code.matchAll(name))
    lengths.set(column, [...(lengths.get(column) ?? []), ...numbers.filter((text) => text !== undefined).map(Number)]);
  return lengths;
}

const jsonTexts = ["{}", "[1]", "null", '{"a": 1}', "{a: 1}", "[1,]", "01", "{'a': 1}", '"x', "[NaN]", " 1 "];

/** Values that the column's types can hold, and that a statement of a program can send. */
export function probeValues(column: Column, literals: Literals): readonly Stored[] {
  // A program sends true or false, so whether 2 is taken makes no difference.
  const values: Stored[] =
    column.type === "boolean"
      ? [1n, 0n]
      : [...insideValues(column), ...more(column), ...fromLiterals(column, literals)];
  if (column.nullable) values.push(null);
  return distinct(values);
}

function more({ type, range, length, fixed, members }: Column): Stored[] {
  if (range !== null) return [7n];
  if (type === "double") return [-1.5, 0.1, 1e300];
  // A DATE equals the midnight with which it begins on MariaDB, and no text of a DATETIME on SQLite.
  if (type === "datetime") return ["2024-02-29", "1999-12-31", ...firstWeekOfMarch].map((day) => `${day} 00:00:00`);
  if (type === "date") return firstWeekOfMarch;
  if (type === "text" && members === null && !fixed)
    return ["A", "a ", "Ä日 🙂", ...(length === null ? [] : ["é".repeat(length)])].map((text) =>
      [...text].slice(0, length ?? undefined).join(""),
    );
  return [];
}

/** With the day before it, every day of a week, and the first of a month. */
const firstWeekOfMarch = ["2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04", "2024-03-05", "2024-03-06"];

/** A longer text would only cost time. */
const longest = 20_000;

/** Texts of a length with which a column is compared, in characters and in bytes, and of those beside it. */
function textsOfLength(length: number): string[] {
  const lengths = [length, length - 1, length + 1].filter((one) => one >= 0 && one <= longest);
  return lengths.flatMap((one) => ["a".repeat(one), "é".repeat(one)]);
}

function fromLiterals(
  { name, type, range, scale, length, members, fixed }: Column,
  { texts, numbers, lengths, days }: Literals,
): Stored[] {
  const ofLength = (lengths.get(name) ?? []).flatMap(textsOfLength);
  if (type === "text" && members === null)
    return [...ofLength, ...texts.filter((text) => text.length <= 1000)].filter((text) =>
      fixed ? text.length === length : text.length <= (length ?? longest),
    );
  if (type === "date" || type === "datetime")
    return [
      ...texts.flatMap((text) => timesNear(text, type)),
      ...days.map((day) => (type === "date" ? day : `${day} 00:00:00`)),
    ];
  if (range === null) return type === "double" ? numbers.map(Number) : [];
  // A decimal is compared with whole units on SQLite and with the amount on MariaDB.
  const units = numbers.flatMap((text) => [scaledInteger(text, 0), scaledInteger(text, scale)]);
  return units
    .filter((number) => number !== null)
    .flatMap((number) => [number, number - 1n, number + 1n])
    .filter((number) => number >= range.min && number <= range.max);
}

/** The day or time that a literal names, and those before and after it. */
function timesNear(text: string, type: "date" | "datetime"): string[] {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)?[T ]?(\d\d:\d\d(?::\d\d)?)?$/.exec(text) ?? [];
  const time = Date.parse(`${day ?? "2024-02-29"} ${clock ?? "00:00"}Z`);
  if ((day ?? clock) === undefined || Number.isNaN(time)) return [];
  const step = type === "date" ? 24 * 3_600_000 : 1000;
  const texts = [time, time - step, time + step].map((near) => new Date(near).toISOString().replace("T", " "));
  return texts.filter((near) => /^\d{4}-/.test(near)).map((near) => near.slice(0, type === "date" ? 10 : 19));
}

function distinct(values: readonly Stored[]): Stored[] {
  const seen = new Map(values.map((value) => [value instanceof Uint8Array ? hex(value) : value, value]));
  return [...seen.values()];
}

/** The value as the MariaDB client sends it. */
export function forMariadb({ type, scale }: Column, value: Stored): unknown {
  if (type === "decimal" && typeof value === "bigint") return formatUnits(value, scale);
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}

/** A value that either engine returned, in one form for both. */
export function comparable({ type, scale }: Column, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `X'${hex(value)}'`;
  if (type === "decimal" && typeof value === "string") return formatUnits(BigInt(value.replace(".", "")), scale);
  if (type === "decimal" && typeof value === "bigint") return formatUnits(value, scale);
  if (type === "double") return String(Number(value));
  return String(value);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The value as a message shows it. */
export function shown(column: Column, value: Stored): string {
  const text = comparable(column, value);
  if (text === null) return "NULL";
  const short = text.length > 40 ? `${text.slice(0, 20)}.. of ${[...text].length} characters` : text;
  return typeof value === "string" ? `'${short}'` : short;
}
