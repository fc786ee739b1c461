// The types that SQLite gives, for a project that names it alone: then only its own answers count, and the table of
// rules, which says what both engines compute alike, is not asked.
import { integerType, safeRange, type Type, textOf, truth, unknown, withNull } from "../typing/type.ts";
import { isNeverNull } from "./sqlite-times.ts";

type Typed = (types: readonly Type[]) => Type;

const whole: Type = integerType(safeRange);
const double: Type = { kind: "double", nullable: false };
const text: Type = textOf("exact", null);
const blob: Type = { kind: "blob", nullable: false };

/** NULL where an operand is NULL. */
const strict =
  (type: Type): Typed =>
  (types) =>
    withNull(
      type,
      types.some(({ nullable }) => nullable),
    );
/** NULL also for values that mean nothing: a day that does not exist, a root of -1. */
const perhaps =
  (type: Type): Typed =>
  () =>
    withNull(type, true);
const always =
  (type: Type): Typed =>
  () =>
    type;
/** The type of the first operand. */
const same: Typed = ([first]) => first ?? unknown;
const sameOrNull: Typed = ([first]) => withNull(first ?? unknown, true);

const isNumber = ({ kind }: Type): boolean => kind === "whole" || kind === "truth" || kind === "double";

/** A whole number of whole numbers, otherwise a float. */
function computed(types: readonly Type[], nullable: boolean): Type {
  if (!types.every(isNumber)) return unknown;
  return withNull(types.some(({ kind }) => kind === "double") ? double : whole, nullable);
}

const arithmetic: Typed = (types) =>
  computed(
    types,
    types.some((type) => type.nullable),
  );
/** By 0, SQLite gives NULL. */
const divided: Typed = ([left = unknown, right = unknown]) => {
  const isZero = right.kind !== "whole" || right.literal === null || right.literal === 0n;
  return computed([left, right], left.nullable || right.nullable || isZero);
};

/** One of several values: a type of which all are, or unknown. */
const chosen: Typed = (types) => {
  const given = types.filter(({ kind }) => kind !== "null");
  const nullable = types.some((type) => type.nullable);
  const [first] = given;
  if (first === undefined) return types[0] ?? unknown;
  if (given.every(({ kind }) => kind === "whole" || kind === "truth") && given.some(({ kind }) => kind === "whole"))
    return withNull(whole, nullable);
  if (given.every(isNumber))
    return withNull(given.every(({ kind }) => kind === "truth") ? first : computed(given, false), nullable);
  const kinds = new Set(given.map(({ kind }) => kind));
  return kinds.size > 1 ? unknown : withNull(first.kind === "text" ? text : first, nullable);
};

/** The modifier with which a time has fractions of a second. */
export function isSubsecond(type: Type): boolean {
  return type.kind === "text" && /^\s*subsec/i.test(type.literal ?? "");
}

/** MIN and MAX of one value are of many rows, those of several values are one of these. */
const extreme: Typed = (types) => (types.length > 1 ? chosen(types) : sameOrNull(types));

const words = (names: string, typed: Typed): [string, Typed][] => names.split(" ").map((name) => [name, typed]);

const given: ReadonlyMap<string, Typed> = new Map<string, Typed>([
  ...words("+ - *", arithmetic),
  ...words("/ %", divided),
  ...words("NEGATE ABS", arithmetic),
  ...words("CEIL CEILING FLOOR TRUNC", arithmetic),
  ...words("|| LOWER UPPER TRIM LTRIM RTRIM REPLACE PRINTF FORMAT", strict(text)),
  // Of empty bytes, a part is NULL.
  ...words("SUBSTR SUBSTRING", (types) => (types[0]?.kind === "blob" ? withNull(blob, true) : strict(text)(types))),
  ...words("HEX QUOTE TYPEOF CHAR CONCAT SQLITE_VERSION CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME", always(text)),
  ...words("CONCAT_WS GROUP_CONCAT STRING_AGG DATE TIME DATETIME STRFTIME TIMEDIFF SOUNDEX", perhaps(text)),
  ...words(
    "JSON JSON_QUOTE JSON_TYPE JSON_SET JSON_INSERT JSON_REPLACE JSON_REMOVE JSON_PATCH JSON_PRETTY",
    perhaps(text),
  ),
  ...words("JSON_ARRAY JSON_OBJECT JSON_GROUP_ARRAY JSON_GROUP_OBJECT", always(text)),
  ...words("COUNT ROW_NUMBER RANK DENSE_RANK NTILE RANDOM CHANGES TOTAL_CHANGES LAST_INSERT_ROWID", always(whole)),
  ...words("LENGTH OCTET_LENGTH INSTR JSON_VALID", strict(whole)),
  ...words("JSON_ARRAY_LENGTH SIGN UNICODE", perhaps(whole)),
  ["UNIXEPOCH", (types) => withNull(types.some(isSubsecond) ? double : whole, true)],
  ...words("ROUND RADIANS DEGREES", strict(double)),
  ...words(
    "AVG JULIANDAY SQRT POW POWER EXP LN LOG LOG10 LOG2 SIN COS TAN ASIN ACOS ATAN ATAN2 SINH COSH TANH",
    perhaps(double),
  ),
  ...words("TOTAL PI PERCENT_RANK CUME_DIST", always(double)),
  ["MOD", perhaps(double)],
  ["SUM", (types) => computed(types, true)],
  ...words("MIN MAX", extreme),
  ...words("FIRST_VALUE LAST_VALUE NTH_VALUE NULLIF", sameOrNull),
  ...words("LIKELY UNLIKELY LIKELIHOOD COLLATE", same),
  ...words("choose", chosen),
  ...words("IIF IF", (types) => (types.length < 3 ? withNull(chosen(types.slice(1)), true) : chosen(types.slice(1)))),
  ...words("GLOB REGEXP MATCH", strict(truth(false))),
  ...words("| & << >> ~", strict(whole)),
  ["->", perhaps(text)],
  ...words("RANDOMBLOB ZEROBLOB", always(blob)),
  ["UNHEX", perhaps(blob)],
  ...words("CAST.INTEGER CAST.INT CAST.BIGINT", strict(whole)),
  ...words("CAST.REAL CAST.DOUBLE CAST.FLOAT", strict(double)),
  ...words("CAST.TEXT CAST.CHAR CAST.VARCHAR", strict(text)),
  ["CAST.BLOB", strict(blob)],
]);

/** The alias of a result column: its name, whether it may be NULL, and its type, where only the author knows them. */
export const override = /^(.+?)([!?])?(?:: (boolean|integer|bigint|double|text|blob|datetime|date))?$/;

const stated: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["integer", whole],
  ["bigint", whole],
  ["double", double],
  ["text", text],
  ["blob", blob],
  ["datetime", { kind: "datetime", nullable: false }],
  ["date", { kind: "date", nullable: false }],
]);

/** The type that an alias states, as in `AS "year: text"`. */
export function statedType(word: string): Type {
  return stated.get(word) ?? unknown;
}

/** The type of an operator, function, CAST or choice; null where SQLite's own is not known. */
export function sqliteType(name: string, types: readonly Type[]): Type | null {
  const type = given.get(name.replace(/^CAST /, "CAST."))?.(types);
  if (type === undefined || type.kind === "unknown") return null;
  return isNeverNull(name, types) ? withNull(type, false) : type;
}
