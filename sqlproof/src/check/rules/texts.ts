import { integerType, isGiven, type Type, textOf, withBytes, withGiven } from "../typing/type.ts";
import { anyNullable, type Rule } from "./rule.ts";

/**
 * The most characters that a value has when it is written as text, or null when there is no limit. MariaDB's columns
 * are as wide: a recursion's first SELECT makes them.
 */
export function lengthOf(type: Type | undefined): number | null {
  switch (type?.kind) {
    case "text":
      return type.length;
    case "datetime":
      return 19;
    case "date":
      return 10;
    case "whole":
      return Math.max(String(type.range.min).length, String(type.range.max).length);
    default:
      return 20;
  }
}

function madeOf(types: readonly Type[], length: number | null): Type {
  return withGiven(textOf(collationOf(types), length, anyNullable(types)), types.some(isGiven));
}

/** Text that is joined from the operands. */
function joined(types: readonly Type[]): Type {
  const lengths = types.map(lengthOf);
  const length = lengths.some((one) => one === null) ? null : lengths.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return madeOf(types, length);
}

/** Folding when one of them is, else exact when one of them is. */
export function collationOf(types: readonly Type[]): "exact" | "folding" | "free" {
  const found = types.flatMap((type) => (type.kind === "text" ? [type.collation] : []));
  return found.includes("folding") ? "folding" : found.includes("exact") ? "exact" : "free";
}

/** Text cut from the first operand. */
function cut(types: readonly Type[]): Type {
  const [from, start, count] = types;
  const [begin, most] = [literalOf(start) ?? 1, literalOf(count)];
  const whole = lengthOf(from);
  const length = whole === null ? null : Math.max(0, whole - begin + 1);
  const shorter = most === null ? length : length === null ? most : Math.min(length, most);
  const text = textOf(from?.kind === "text" ? from.collation : "free", shorter, anyNullable(types));
  const given = withGiven(text, from !== undefined && isGiven(from));
  return from?.kind === "text" && from.bytes !== undefined ? withBytes(given, from.bytes) : given;
}

function literalOf(type: Type | undefined): number | null {
  return type?.kind === "whole" && type.literal !== null ? Number(type.literal) : null;
}

/** Every character of the first may be replaced by the third. */
function replaced(types: readonly Type[]): Type {
  const [from, by] = [lengthOf(types[0]), lengthOf(types[2])];
  return madeOf(types, from === null || by === null ? null : from * Math.max(1, by));
}

const writable = (type: Type | undefined): boolean =>
  type !== undefined && ["text", "datetime", "date", "whole"].includes(type.kind);

export const texts: readonly Rule[] = [
  {
    id: "join",
    of: ["||"],
    takes: ["any", "any"],
    when: (types) => types.every(writable) && types.some((type) => type.kind !== "whole"),
    gives: joined,
    why: "Both write whole numbers and dates as the same characters, and give NULL for NULL.",
    shown: "SELECT id, t || s AS j, t || n AS k, w || '' AS l, t || u AS m FROM a ORDER BY id",
  },
  {
    id: "concat",
    of: ["CONCAT"],
    takes: ["any"],
    repeats: true,
    when: (types) =>
      types.every((type) => writable(type) && !type.nullable) && types.some((type) => type.kind !== "whole"),
    gives: joined,
    why: "The engines differ only for NULL, which no operand can be.",
    shown: "SELECT id, CONCAT(t, '-', n) AS j FROM a ORDER BY id",
  },
  {
    id: "substr",
    of: ["SUBSTR", "SUBSTRING"],
    takes: ["any", "positive"],
    when: ([type]) => writable(type) && type?.kind !== "whole",
    gives: cut,
    why: "Both count characters from 1; negative places are refused.",
    shown: "SELECT id, SUBSTR(t, 2) AS p, SUBSTR(w, 1) AS q FROM a ORDER BY id",
  },
  {
    id: "substr-length",
    of: ["SUBSTR", "SUBSTRING"],
    takes: ["any", "positive", "natural"],
    when: ([type]) => writable(type) && type?.kind !== "whole",
    gives: cut,
    why: "Both count characters from 1; negative places and lengths are refused.",
    shown:
      "SELECT id, SUBSTR(t, 2, 3) AS p, SUBSTR(w, 1, 7) AS q, SUBSTR(y, 9, 2) AS r, SUBSTR(u, 1, 1) AS s FROM a ORDER BY id",
  },
  {
    id: "trim",
    of: ["TRIM", "LTRIM", "RTRIM"],
    takes: ["text"],
    gives: cut,
    why: "Both remove spaces and nothing else.",
    shown: "SELECT id, TRIM(t) AS p, LTRIM(t) AS q, RTRIM(s) AS r FROM a ORDER BY id",
  },
  {
    id: "replace",
    of: ["REPLACE"],
    takes: ["text", "text", "text"],
    // Where nothing is found, MariaDB does not look whether the third one is NULL.
    when: (types) => types[2]?.nullable === false,
    gives: replaced,
    why: "Both search for the same bytes, whatever the collation.",
    shown:
      "SELECT id, REPLACE(t, 'a', 'bb') AS p, REPLACE(t, '', 'x') AS q, REPLACE(u, 'A', '') AS r FROM a ORDER BY id",
  },
  {
    id: "case-of-literal",
    of: ["UPPER", "LOWER"],
    takes: ["text"],
    when: ([type]) => type?.kind === "text" && type.literal !== null && /^[ -~]*$/.test(type.literal),
    gives: cut,
    why: "A literal of ASCII letters alone, which are all that SQLite knows.",
    shown: "SELECT id, UPPER('abc') AS p, LOWER('ABC') || t AS q FROM a ORDER BY id",
  },
  {
    id: "char-length",
    of: ["CHAR_LENGTH", "CHARACTER_LENGTH"],
    takes: ["text"],
    gives: ([type]) => integerType({ min: 0n, max: BigInt(lengthOf(type) ?? 2 ** 32) }, type?.nullable ?? true),
    sqlite: ["LENGTH"],
    why: "Characters on both: SQLite calls it LENGTH, which on MariaDB counts bytes.",
    shown: "SELECT id, CHAR_LENGTH(t) AS p, CHAR_LENGTH(u) AS q FROM a ORDER BY id",
  },
  {
    id: "length-of-literal",
    of: ["LENGTH"],
    takes: ["text"],
    when: ([type]) => type?.kind === "text" && type.literal !== null && /^[ -~]*$/.test(type.literal),
    gives: ([type]) => integerType({ min: 0n, max: BigInt(lengthOf(type) ?? 0) }),
    why: "A literal of ASCII letters has as many bytes as characters.",
    shown: "SELECT id, LENGTH('abc') AS p FROM a ORDER BY id",
  },
  {
    id: "length-of-bytes",
    of: ["LENGTH"],
    takes: ["blob"],
    gives: ([type]) => integerType({ min: 0n, max: 2n ** 32n - 1n }, type?.nullable ?? true),
    why: "Both count the bytes of a BLOB.",
    shown: "SELECT id, LENGTH(o) AS p FROM a ORDER BY id",
  },
  {
    id: "hex-of-bytes",
    of: ["HEX"],
    takes: ["blob"],
    gives: ([type]) => textOf("free", null, type?.nullable ?? true),
    form: (operand) => `CASE WHEN ${operand(0)} IS NOT NULL THEN HEX(${operand(0)}) END`,
    why: "Both write two capital digits for each byte; of NULL, SQLite makes an empty text.",
    shown: "SELECT id, HEX(o) AS p FROM a ORDER BY id",
  },
  {
    id: "instr",
    of: ["INSTR"],
    takes: ["exact", "exact"],
    gives: (types) => integerType({ min: 0n, max: 2n ** 32n - 1n }, anyNullable(types)),
    why: "Both count characters from 1 and compare bytes where the collation is exact.",
    shown: "SELECT id, INSTR(t, 'a') AS p, INSTR(s, t) AS q FROM a ORDER BY id",
  },
];
