import type { Type } from "./type.ts";

/** What to write instead of an operator or function that has no row, or none for these types. */
const cures: Readonly<Record<string, string>> = {
  "/": "MariaDB computes on with digits of a quotient that SQLite does not have: write ROUND(a / b, 2), a DIV b for whole numbers, or select a / b on its own",
  AVG: "MariaDB computes on with digits of an average that SQLite does not have: write ROUND(AVG(x), 2), or select AVG(x) on its own",
  GROUP_CONCAT:
    "GROUP_CONCAT(x, separator) reads its second argument differently on each engine: select rows and join in code",
  CONCAT: "CONCAT with a NULL is NULL on MariaDB and skips it on SQLite: write a || b, or COALESCE(a, '')",
  CONCAT_WS: "CONCAT_WS differs with NULL separators and collations: write a || b",
  LENGTH: "LENGTH counts bytes on MariaDB and characters on SQLite: write CHAR_LENGTH(text)",
  UPPER: "UPPER handles all letters on MariaDB and only ASCII on SQLite: change the case in code",
  LOWER: "LOWER handles all letters on MariaDB and only ASCII on SQLite: change the case in code",
  REPLACE: "REPLACE by NULL keeps a text in which nothing is found on MariaDB alone: write COALESCE(.., '')",
  ROUND: "ROUND takes a decimal, a / b or AVG(x), and a literal number of places that is less than its own",
  NOW: "NOW() is not portable: pass the time as a parameter",
  CURRENT_TIMESTAMP: "CURRENT_TIMESTAMP is each engine's own clock: pass the time as a parameter",
  CURRENT_DATE: "CURRENT_DATE is a date on MariaDB and text on SQLite: pass the time as a parameter",
  CURRENT_TIME: "CURRENT_TIME is a time on MariaDB and text on SQLite: pass the time as a parameter",
  DATE: "DATE() parses text differently on each engine: give it a datetime column",
  STRFTIME: "strftime is SQLite only: use YEAR, MONTH, DAY or SUBSTR on the date",
  DATE_FORMAT: "DATE_FORMAT is MariaDB only: use YEAR, MONTH, DAY or SUBSTR on the date",
  RANDOM: "RANDOM() is a different number on each engine: generate it in code",
  RAND: "RAND() is a different number on each engine: generate it in code",
  MOD: "MOD() is a float on SQLite: write it of whole numbers",
  CEIL: "CEIL() is a float on SQLite: write it of a decimal",
  CEILING: "CEILING() is a float on SQLite: write it of a decimal",
  FLOOR: "FLOOR() is a float on SQLite: write it of a decimal",
  POW: "POW() is a float: compute in code",
  POWER: "POWER() is a float: compute in code",
  FORMAT: "FORMAT() groups digits on MariaDB and is printf on SQLite: format in code",
  CHAR: "CHAR() gives bytes on MariaDB and characters on SQLite: use a parameter",
  HEX: "HEX of a number differs on each engine: convert in code",
  UNHEX: "UNHEX gives text on MariaDB and bytes on SQLite: use a parameter",
  LOG: "LOG is the natural logarithm on MariaDB and base 10 on SQLite: compute in code",
  PI: "PI() has six places on MariaDB and fifteen on SQLite: use a parameter",
  EXP: "EXP is a float: compute in code",
  LN: "LN is a float: compute in code",
  QUOTE: "QUOTE writes NULL and backslashes differently: it has no use beside parameters",
  SOUNDEX: "SOUNDEX has another length on each engine: compute in code",
  TIME: "TIME() parses differently on each engine: use HOUR, MINUTE, SECOND or SUBSTR",
  TRUNCATE: "TRUNCATE takes a decimal and a literal number of places that is less than its own",
  NTILE: "NTILE is left out: number the rows with ROW_NUMBER and divide in code",
  VALUES: "VALUES(column) is MariaDB's: write excluded.column",
  IF: "IF() is MariaDB's: write CASE WHEN .. THEN .. ELSE .. END",
};

/** The remedy for a name with these operands; null when there is none in particular. */
export function cureFor(name: string, types: readonly Type[]): string | null {
  const known = cures[name];
  if (known !== undefined) return known;
  if (name.startsWith("JSON_"))
    return `${name} returns quoted text on one engine and values on the other: parse the text in code`;
  if (name.startsWith("CAST "))
    return "CAST gives a different type or scale on SQLite: only CAST(x AS INTEGER) of whole numbers and CAST(x AS CHAR) of whole numbers and dates are portable";
  if (/^[A-Z_]+$/.test(name)) return ofFunction(name, types);
  return ofOperator(name, types);
}

function ofFunction(name: string, types: readonly Type[]): string | null {
  if (name === "ASSIGN") return null;
  if ((name === "SUBSTR" || name === "SUBSTRING") && types.length >= 2)
    return `${name} takes a text, a place that is never below 1 and a length that is never below 0, where SQLite counts from the end: write literals, or GREATEST(place, 1)`;
  const decimal = types.find((type) => type.kind === "decimal");
  if (decimal !== undefined && name !== "MIN" && name !== "MAX")
    return `${name} of a decimal differs on SQLite, which stores units of the last place: compute in code`;
  return null;
}

function ofOperator(name: string, types: readonly Type[]): string | null {
  const [left, right] = types;
  if (left === undefined || right === undefined) return null;
  const scales = types.flatMap((type) => (type.kind === "decimal" ? [type.scale] : type.kind === "whole" ? [0] : []));
  if (scales.length === 2 && scales[0] !== scales[1])
    return `decimals of ${scales[0]} and ${scales[1]} places meet at ${name === "choose" ? "a choice" : name}: SQLite stores units of the last place, so both sides need the same places`;
  if (types.some((type) => type.kind === "double") && ["+", "-", "*", "%", "NEGATE"].includes(name))
    return "MariaDB refuses a float beyond its range, which SQLite stores as infinity: compute floats in code";
  if (name === "=" && types.some(({ kind }) => kind === "double") && types.some(({ kind }) => kind === "whole"))
    return "in an index of whole numbers, MariaDB looks for 2.5 where 2 or 3 stands: declare a whole number, or write >= and <=";
  if (name === "||") return "only text, whole numbers and dates are the same text on both engines: join in code";
  return null;
}
