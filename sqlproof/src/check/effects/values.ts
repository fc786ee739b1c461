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
  /** With what lengths are compared. */
  readonly lengths: readonly number[];
  /** Where something multiplies, divides or rounds: what the numbers make of each other, as amounts. */
  readonly computed: readonly Amount[] | null;
  /** Every day of a month and the first of every month, where a part of a day is looked at. */
  readonly days: readonly string[];
  /** Times, where minutes or seconds are looked at. */
  readonly times: readonly string[];
  /** Whether spaces are taken off a text. */
  readonly trims: boolean;
}

/** A number and its places: 1.15 is 115 and 2. */
interface Amount {
  readonly units: bigint;
  readonly scale: number;
}

const mostTexts = 140;

/** The literals in SQL that either engine's catalog shows. They only suggest values, so a wrong one does no harm. */
export function literalsIn(sql: string): Literals {
  const code = sql.replace(/--[^\n]*|\/\*.*?\*\//gs, " ");
  const texts = [...code.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? "").replaceAll("''", "'"));
  const words = code.replace(/'(?:[^']|'')*'/g, " ");
  const numbers = [...words.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)];
  const matching = texts.map(textsOfPattern);
  const patterns = texts.flatMap((text, index) => [text.replace(/[%_*?]/g, ""), ...(matching[index] ?? [])]);
  // A collation may ignore case, and spaces at the end.
  const alike = texts.flatMap((text) => [
    `${text} `,
    text.slice(0, 1).toUpperCase() + text.slice(1),
    text.toUpperCase(),
  ]);
  const json = /json/i.test(code) ? [...jsonTexts, ...texts.flatMap(jsonOfPath)] : [];
  const found = [...new Set(numbers.map(([number]) => number))].slice(0, 30);
  const hours = /\bhour\b|%H/i.test(code) ? [...found, ...texts].filter((text) => /^([01]?\d|2[0-3])$/.test(text)) : [];
  const times = hours.flatMap((hour) => [`${hour.padStart(2, "0")}:00:00`, `${hour.padStart(2, "0")}:59:59`]);
  const lengths = /length/i.test(code) ? lengthsAmong(found) : [];
  const stretched = matching.flatMap(([first = ""]) => (first === "" ? [] : stretchedTo(first, lengths)));
  return {
    texts: [...new Set([...texts, ...patterns, ...stretched, ...times, ...json, ...alike])].slice(0, mostTexts),
    numbers: found,
    lengths,
    computed: /[*/%]|\bround\b|\bdiv\b|\bmod\b/i.test(words) ? computedOf(found) : null,
    days: [
      ...(/month|\bday\b|%[dm]|substr/i.test(code) ? everyDay : []),
      ...(/week|year|quarter|%[VWUGugwj]/i.test(code) ? endsOfYears : []),
      ...(/year|%Y/i.test(code) ? daysOfYears([...found, ...texts]) : []),
      ...(/\binterval\b|\blast_day\b|\b(add|sub)date\b|'[+-]?\d+ (day|month|year)/i.test(code) ? farDays : []),
    ],
    times: /minute|second|%[MSTs]|\btime\b/i.test(code) ? timesOfDay([...found, ...texts]) : [],
    trims: /trim/i.test(code),
  };
}

/** A text that a pattern takes, as long as something is compared with, and longer. */
function stretchedTo(text: string, lengths: readonly number[]): string[] {
  return lengths
    .flatMap((length) => [length, length + 1])
    .map((length) => text.padEnd(length, text.slice(-1)).slice(0, length));
}

const twoDigits = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, "0"));

const everyDay = [...twoDigits(31).map((day) => `2024-01-${day}`), ...twoDigits(12).map((month) => `2024-${month}-01`)];

/** Days that one way to count weeks and years puts into the year before or after. */
const endsOfYears = [2020, 2021, 2023, 2024, 2025].flatMap((year) =>
  [`${year}-12-28`, `${year}-12-31`, `${year + 1}-01-01`, `${year + 1}-01-04`].filter((day) => day !== "2024-01-01"),
);

/** The first and the last day that both engines store. */
const farDays = ["9999-12-31", "0001-01-01"];

/** The first and last days of the years that numbers or texts name, and of those beside them. */
function daysOfYears(literals: readonly string[]): string[] {
  const years = [...new Set(literals.filter((text) => /^[1-9]\d{3}$/.test(text)).map(Number))].slice(0, 6);
  const near = [...new Set(years.flatMap((year) => [year - 1, year, year + 1]))].filter((year) => year <= 9999);
  return near.flatMap((year) => [`${year}-01-01`, `${year}-12-31`]);
}

/** Minutes and seconds: usual ones, and those that numbers or texts name, with their neighbours. */
function timesOfDay(literals: readonly string[]): string[] {
  const named = literals.filter((text) => /^[0-5]?\d$/.test(text)).map(Number);
  const near = [0, 1, 15, 29, 30, 45, 59, ...named.slice(0, 5).flatMap((one) => [one - 1, one, one + 1, 2 * one])];
  const parts = [...new Set(near)].filter((one) => one >= 0 && one < 60).map((one) => String(one).padStart(2, "0"));
  return parts.flatMap((part) => [`2024-02-29 10:${part}:00`, `2024-02-29 10:00:${part}`]);
}

/** A length may be compared in any words, so that all numbers are tried that are none of a type's bounds. */
function lengthsAmong(numbers: readonly string[]): number[] {
  return numbers
    .map(Number)
    .filter((length) => Number.isInteger(length) && length <= longest)
    .slice(0, 8);
}

const places = 6;

/** Products and quotients of the numbers in a condition: `a / 2 <= 1000` is decided beside 2000. */
function computedOf(numbers: readonly string[]): Amount[] {
  const small = numbers.flatMap((text) => scaledInteger(text, places) ?? []).filter((units) => units > 0n);
  const few = small.filter((units) => units < 10n ** 13n).slice(0, 5);
  const scaled = 10n ** BigInt(places);
  const made = few.flatMap((a) => few.flatMap((b) => (a === b ? [] : [(a * b) / scaled, (a * scaled) / b])));
  return [...new Set(made)].map((units) => ({ units, scale: places }));
}

/** Amounts of which a half, a tenth or a percentage ends in a half. */
const halves = [
  ...Array.from({ length: 15 }, (_, index) => 20 * index + 10),
  ...[5, 15, 25, 35, 45],
  ...[2, 3, 4, 6, 9, 11],
].map(BigInt);

/** Documents with a value of each kind at a path such as `$.size`. */
function jsonOfPath(path: string): string[] {
  const key = /^\$\.(\w+)$/.exec(path)?.[1];
  if (key === undefined) return [];
  return ["1.5", "7", '"x"', "[1]", "true", "null", '"7"'].map((value) => `{"${key}": ${value}}`);
}

const jsonTexts = ["{}", "[1]", "null", '{"a": 1}', "{a: 1}", "[1,]", "01", "{'a': 1}", '"x', "[NaN]", " 1 "];

/** Values that the column's types can hold, and that a statement of a program can send. */
export function probeValues(column: Column, literals: Literals): readonly Stored[] {
  // A program sends true or false, so whether 2 is taken makes no difference.
  const values: Stored[] =
    column.type === "boolean"
      ? [1n, 0n]
      : [...insideValues(column), ...more(column, literals), ...fromLiterals(column, literals)];
  if (column.nullable) values.push(null);
  return distinct(values);
}

function more({ type, range, length, fixed, members }: Column, { computed }: Literals): Stored[] {
  if (range !== null) return [7n, ...(computed === null ? [] : halves.filter((units) => units <= range.max))];
  if (type === "double") return [-1.5, 0.1, 1e300, ...(computed === null ? [] : [0.5, 2.5, 0.125, 2.675, 1.005])];
  // A DATE equals the midnight with which it begins on MariaDB, and no text of a DATETIME on SQLite.
  if (type === "datetime") return ["2024-02-29", "1999-12-31", ...firstWeekOfMarch].map((day) => `${day} 00:00:00`);
  if (type === "date") return firstWeekOfMarch;
  if (type === "text" && members === null && !fixed)
    return ["A", "a ", "ä", "Ä日 🙂", ...(length === null ? [] : ["é".repeat(length)])].map((text) =>
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

/** Texts of a length with spaces at one end. */
function spacedTexts(length: number): string[] {
  const lengths = [length, length + 1].filter((one) => one >= 2 && one <= longest);
  return lengths.flatMap((one) => ["a".padEnd(one), "a".padStart(one)]);
}

function fromLiterals(
  { type, range, scale, length, members, fixed }: Column,
  { texts, numbers, computed, lengths, days, times, trims }: Literals,
): Stored[] {
  const ofLength = [...lengths.flatMap(textsOfLength), ...(trims ? lengths.flatMap(spacedTexts) : [])];
  // MariaDB takes spaces off the end of a CHAR, and a parameter with them is refused on both engines.
  if (type === "text" && members === null)
    return [...ofLength, ...texts.filter((text) => text.length <= 1000)].filter((text) =>
      fixed ? text.length === length && !text.endsWith(" ") : text.length <= (length ?? longest),
    );
  if (type === "date" || type === "datetime")
    return [
      ...texts.flatMap((text) => timesNear(text, type)),
      ...days.map((day) => (type === "date" ? day : `${day} 00:00:00`)),
      ...(type === "datetime" ? times : []),
    ];
  if (range === null) return type === "double" ? numbers.map(Number) : [];
  // A decimal is compared with whole units on SQLite and with the amount on MariaDB.
  const units = numbers.flatMap((text) => [scaledInteger(text, 0), scaledInteger(text, scale)]);
  const made = (computed ?? []).flatMap((amount) => [scaledTo(amount, 0), scaledTo(amount, scale)]);
  return [...units, ...made]
    .filter((number) => number !== null)
    .flatMap((number) => [number, number - 1n, number + 1n])
    .filter((number) => number >= range.min && number <= range.max);
}

function scaledTo(amount: Amount, scale: number): bigint {
  return (amount.units * 10n ** BigInt(scale)) / 10n ** BigInt(amount.scale);
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
