import type { Column } from "../check/types/catalog.ts";
import { formatUnits, scaledInteger } from "../runtime/amounts.ts";
import type { Random } from "./random.ts";

/** A value as it appears in a query's parameters and rows. */
export type Value = string | number | boolean | Uint8Array | null;

/** One row by column name. */
export type Row = Readonly<Record<string, Value>>;

/** The parameter values of one execution; a list parameter has an array. */
export type Parameters = Readonly<Record<string, Value | readonly Value[]>>;

/** How unusual a value may be: `typical` ones satisfy the usual CHECKs of a schema. */
export type ValueRange = "extreme" | "typical";

/** What a value is generated for: a column of the catalog, or a parameter of which only the type is known. */
export type Shape = Pick<Column, "type" | "scale" | "declared" | "collation">;

/** A value for the column, from a set small enough for joins, groups and ties to occur. */
export function columnValue(shape: Shape, random: Random, range: ValueRange): Value {
  switch (shape.type) {
    case "integer":
    case "bigint":
      return wholeNumber(shape, random, range);
    case "decimal":
      return decimal(shape, random, range);
    case "double":
      return random.pick(range === "typical" ? [0, 1, 2.5] : [0, 1, -1, 2.5, 0.1, 0.2, 0.3, 1e-7, 1e9, -123.456]);
    case "boolean":
      return random.chance(0.5);
    case "text":
      return text(shape, random, range);
    case "blob":
      return Uint8Array.from({ length: bytes(shape, random) }, () => random.below(256));
    case "datetime":
      return random.chance(0.6) ? `${day(random)}T${random.pick(times)}` : random.pick(edgeTimes);
    case "date":
      return random.chance(0.6) ? day(random) : random.pick(edgeTimes).slice(0, 10);
    case null:
      throw new TypeError(`no values can be made for a column declared ${shape.declared}`);
  }
}

const times = ["00:00:00", "09:30:00", "12:00:01", "23:59:59"] as const;
const edgeTimes = ["1970-01-01T00:00:00", "2024-02-29T12:00:00", "1999-12-31T23:59:59", "9999-12-31T23:59:59"] as const;

function day(random: Random): string {
  const month = random.between(1, 12).toString().padStart(2, "0");
  return `${random.between(2023, 2025)}-${month}-${random.between(1, 28).toString().padStart(2, "0")}`;
}

const wholeLimits: readonly (readonly [pattern: RegExp, largest: number])[] = [
  [/^tinyint/, 127],
  [/^smallint/, 32767],
  [/^mediumint/, 8388607],
  // BIGINTs stay small enough that a SUM of many is a safe JavaScript number.
  [/^bigint/, 2 ** 40],
  [/./, 2147483647],
];

/** The largest number that the column's type can hold. */
export function largestInteger(declared: string): number {
  return wholeLimits.find(([pattern]) => pattern.test(declared))?.[1] ?? 127;
}

function wholeNumber({ declared }: Shape, random: Random, range: ValueRange): number {
  if (range === "typical" || random.chance(0.7)) return random.between(0, 9);
  const largest = largestInteger(declared);
  const edges = [0, 1, 10, 100, largest];
  return random.pick(declared.includes("unsigned") ? edges : [...edges, -1, -7, -largest - 1]);
}

/** Totals and products of such amounts fit into 64 bits of whole units, SQLite's documented limit. */
function decimal({ declared, scale }: Shape, random: Random, range: ValueRange): string {
  const digits = Number(/\((\d+)/.exec(declared)?.[1] ?? scale + 5);
  const one = 10n ** BigInt(scale);
  const most = 10n ** BigInt(Math.min(digits, scale + 4)) - 1n;
  const few = [0n, one, one / 2n, 2n * one + 1n, 10n * one, one - 1n].filter((units) => units <= most);
  if (range === "typical" || random.chance(0.5)) return formatUnits(random.pick(few), scale);
  const wild = random.chance(0.4)
    ? random.pick([1n, most])
    : BigInt(random.below(Number(most < 10n ** 9n ? most : 10n ** 9n)));
  const signed = random.chance(0.2) && !declared.includes("unsigned") ? -wild : wild;
  return formatUnits(signed, scale);
}

const plainTexts = ["Ann", "Bob", "Seattle", "north", "x", "10", "2"] as const;
/** Texts that are equal only under a collation that ignores case, accents or trailing spaces. */
const nearlyEqualTexts = [
  "Ann",
  "ANN",
  "ann",
  "Änn",
  "Ann ",
  "ann  ",
  "Émile",
  "emile",
  "EMILE",
  "Straße",
  "STRASSE",
] as const;
const oddTexts = [
  "",
  " ",
  "ANN",
  "ann",
  "Ann ",
  "  Ann",
  "Bob  ",
  "Émile",
  "emile",
  "EMILE",
  "Straße",
  "STRASSE",
  "Łódź",
  "Ünal",
  "ünal",
  "日本",
  "smile 🙂",
  "100%",
  "a_b",
  "axb",
  "a%b",
  "O'Neil",
  'say "x"',
  "!",
  "a!b",
  "back\\slash",
  "tab\there",
  "two\nlines",
  "0",
  "1.0",
  "-1",
  "1e3",
  "null",
  "ſ",
  "İstanbul",
  "ı",
  "e\u0301",
  "Ａnn",
  "\u00a0nbsp",
  "z",
  "Z",
  "~",
] as const;

function text(shape: Shape, random: Random, range: ValueRange): string {
  const members = [...shape.declared.matchAll(/'((?:[^']|'')*)'/g)].map((match) =>
    (match[1] ?? "").replaceAll("''", "'"),
  );
  if (shape.declared.startsWith("set(")) return members.filter(() => random.chance(0.5)).join(",");
  if (members.length > 0) return random.pick(members);
  if (shape.declared.startsWith("uuid")) return uuid(random);
  const limit = textLimit(shape.declared);
  // MariaDB strips trailing spaces from a CHAR and SQLite keeps them, so a CHAR is padded to its full length.
  if (/^char\(/.test(shape.declared))
    return Array.from({ length: limit }, () => random.pick([..."0123456789abcdef"])).join("");
  if (range === "typical" || random.chance(0.45)) return random.pick(plainTexts).slice(0, limit);
  const pieces = random.chance(0.4)
    ? [random.pick(nearlyEqualTexts)]
    : Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(oddTexts));
  const joined = random.chance(0.03)
    ? "Wide ".repeat(Math.ceil(Math.min(limit, 400) / 5))
    : pieces.join(random.pick(["", " "]));
  const characters = [...joined].slice(0, limit).join("");
  return holdsAnyLetter(shape) ? characters : characters.replace(/[^ -~]/gu, "?");
}

/** Only utf8mb4 can store every character on MariaDB; a parameter without a column is sent as utf8mb4. */
function holdsAnyLetter({ collation }: Shape): boolean {
  return collation === null || collation.startsWith("utf8mb4");
}

/** How many bytes: a BINARY has all of its own, as MariaDB fills it up. */
function bytes({ declared }: Shape, random: Random): number {
  const [, prefix, stated] = /^(var)?binary\((\d+)\)/.exec(declared) ?? [];
  if (stated === undefined) return random.pick([0, 1, 3, 64]);
  return prefix === undefined ? Number(stated) : Math.min(Number(stated), random.pick([0, 1, 3, 64]));
}

/** The maximum length of a text column in characters. */
export function textLimit(declared: string): number {
  const stated = /^(?:var)?char\((\d+)\)/.exec(declared)?.[1];
  if (stated !== undefined) return Number(stated);
  return declared.startsWith("tinytext") ? 60 : 1000;
}

/** A text that differs only in what some collations ignore. */
export function nearlySame(value: string, random: Random): string {
  return random.pick([value.toUpperCase(), value.toLowerCase(), `${value} `, value.trimEnd()]);
}

function uuid(random: Random): string {
  const hex = (length: number): string => Array.from({ length }, () => random.pick([..."0123456789abcdef"])).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}

const comparedPlaces = 8;

/** Less than 0 when `a` sorts before `b`, in the order that both engines have for this type. */
export function compareValues(a: Value, b: Value, type: Column["type"]): number {
  if (type === "decimal") {
    const units = (value: Value): bigint => scaledInteger(value, comparedPlaces) ?? 0n;
    return units(a) < units(b) ? -1 : Number(units(a) > units(b));
  }
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}
