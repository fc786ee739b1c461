import { shownPlaces } from "../../rules/quotients.ts";
import { scaleOf } from "../../rules/rule.ts";
import { described, type Type } from "../type.ts";
import { functionCures } from "./functions.ts";

/** The remedy for a name with these operands; null when there is none in particular. */
export function cureFor(
  name: string,
  types: readonly Type[],
  words: readonly string[] = [],
  shown = name,
): string | null {
  if (name === "SQRT" && types[0]?.kind === "decimal")
    return "SQRT of a decimal that may have more than 2^53 units has another last digit on SQLite: multiply by fewer places, or compute in code";
  const other = types.findIndex(({ kind }) => kind !== "text" && kind !== "null" && kind !== "unknown");
  if (name === "CONCAT" && other !== -1 && !types.some(({ nullable }) => nullable))
    return "CONCAT takes texts alone: write a || b, also of whole numbers and dates";
  if (name === "REPLACE" && other !== -1)
    return `REPLACE takes texts: write CAST(${words[other] ?? "x"} AS CHAR) of a whole number or date`;
  const to = types.at(-1);
  const isRounded = name === "ROUND /" || name === "ROUND AVG";
  if (isRounded && to?.kind === "whole" && to.literal !== null && to.literal > shownPlaces(types[0]))
    return `ROUND takes at most the places that MariaDB shows here, which are ${shownPlaces(types[0])}`;
  const known = functionCures.get(name);
  const [word = ""] = words;
  if (known !== undefined && name === "AVG" && isShort(word)) return known.replaceAll("AVG(x)", `AVG(${word})`);
  const compared = words.find((one, at) => isShort(one) && ["datetime", "date"].includes(types[at]?.kind ?? ""));
  if (known !== undefined) return compared === undefined ? known : known.replace("x < :limit", `${compared} < :limit`);
  if (name.startsWith("JSON_"))
    return `${name} returns quoted text on one engine and values on the other: parse the text in code, or write sql({ mariadb, sqlite })`;
  if (name.startsWith("CAST "))
    return (
      castCure(name, types[0], words[0] ?? "x") ??
      "CAST gives a different type or scale on SQLite: only CAST(x AS INTEGER) of whole numbers and CAST(x AS CHAR) of whole numbers and dates are portable"
    );
  if (/^[A-Z_ ]+$/.test(name) && name !== "IS DISTINCT FROM") return ofFunction(name, types);
  return ofOperator(name, types, words, shown);
}

/** What makes a choice of one type where the values only sort. */
export const oneEach = "one CASE for each";

/** True for words that a message can repeat. */
function isShort(words: string): boolean {
  return /^[\w.:()]+$/.test(words);
}

/** The value with more places. */
function product(words: string, places: number): string {
  return `${isShort(words) ? words : "x"} * 1.${"0".repeat(places)}`;
}

const sums: ReadonlySet<string> = new Set(["SUM", "AVG", "SELECTED AVG", "ROUND AVG"]);

function ofFunction(name: string, types: readonly Type[]): string | null {
  if (name === "ASSIGN") return null;
  if (/^CHAR(ACTER)?_LENGTH$/.test(name) && types[0]?.kind === "blob")
    return `${name} counts letters: write LENGTH(x) of bytes`;
  const isPart = name === "SUBSTR" || name === "SUBSTRING";
  if (isPart && types[0]?.kind === "blob")
    return `${name} of bytes is NULL on SQLite where they are empty, and empty on MariaDB: select the bytes and cut them in code`;
  if (isPart && types.length >= 2)
    return `${name} takes a text, a place that is never below 1 and a length that is never below 0, where SQLite counts from the end: write literals, or GREATEST(place, 1)`;
  const plain = name.replace(/^(SELECTED|ROUND) /, "");
  if (types.some(({ kind }) => kind === "double") && sums.has(name))
    return `${plain} of a float has other last digits on each engine: compute in code, or store a DECIMAL`;
  if (types.some(({ kind }) => kind === "double") && name !== "MIN" && name !== "MAX")
    return `${plain} of a float is left out: compute in code`;
  const decimal = types.find((type) => type.kind === "decimal");
  if (decimal !== undefined && name !== "MIN" && name !== "MAX")
    return `${name} of a decimal differs on SQLite, which stores units of the last place: compute in code`;
  return null;
}

/** The form that a CAST of this type stands for. */
function castCure(name: string, type: Type | undefined, words: string): string | null {
  const to = /^CAST (\w+)/.exec(name)?.[1] ?? "";
  const say = (form: string): string => `CAST AS ${to} of ${words} differs on each engine: write ${form}`;
  const isWhole = ["INTEGER", "INT", "SIGNED", "UNSIGNED", "BIGINT"].includes(to);
  if (type?.kind === "whole" && isWhole) return say(`CAST(${words} AS INTEGER)`);
  if (type?.kind === "decimal" && isWhole) return say(`ROUND(${words}), or TRUNCATE(${words}, 0)`);
  if (type?.kind === "whole" && to === "DECIMAL") return say(`${words} * 1.00, with as many places`);
  if (type?.kind === "datetime" && to === "DATE") return say(`DATE(${words})`);
  const isText = ["TEXT", "VARCHAR", "CHAR", "NCHAR"].includes(to);
  if (type?.kind === "text" && isText) return say(`${words} itself, or SUBSTR(${words}, 1, n) to cut it`);
  const isWritten = type?.kind === "whole" || type?.kind === "datetime" || type?.kind === "date";
  return isWritten && isText ? say(`CAST(${words} AS CHAR)`) : null;
}

const times: ReadonlySet<string> = new Set(["datetime", "date"]);

/** What an operator means for texts and times, which it does not compute. */
function cureOfKinds(name: string, types: readonly Type[], words: readonly string[], shown: string): string | null {
  const each = types.map((type, index) => `${words[index] ?? "x"} is ${described(type)}`).join(", ");
  const has = (...kinds: readonly string[]): boolean => types.some(({ kind }) => kinds.includes(kind));
  if (["+", "-", "*"].includes(name)) {
    if (types.some(({ kind }) => times.has(kind)))
      return `${name} of a time computes with digits on MariaDB (${each}): compute it in code and pass it as a parameter`;
    return name === "+" && has("text") ? `+ adds numbers (${each}): write a || b to join texts` : null;
  }
  if (name === "choose" || !/^[<>=]/.test(name)) return null;
  if (has("datetime") && has("date")) {
    const time = types.findIndex(({ kind }) => kind === "datetime");
    return `${shown} compares a datetime with a date (${each}): write DATE(${words[time] ?? "x"})`;
  }
  const decimal = types.find((type) => type.kind === "decimal");
  if (decimal !== undefined && has("double")) {
    const given = words[types.findIndex(({ kind }) => kind === "double")] ?? "x";
    const form = given.startsWith(":")
      ? `write ${given}::${scaleOf(decimal) === 0 ? "integer" : `decimal(${scaleOf(decimal)})`}, or ${given} alone`
      : "compute in code, or store both as decimals";
    return `${shown} compares a decimal with a float (${each}), and SQLite stores the decimal in units of its last place: ${form}`;
  }
  const whole = types.findIndex(({ kind }) => kind === "whole");
  if (!has("text") || whole === -1) return null;
  const number = words[whole] ?? "x";
  const text = /^-?\d+$/.test(number) ? `'${number}'` : `CAST(${number} AS CHAR)`;
  return `${shown} compares a number with a text (${each}), which MariaDB converts and SQLite does not: write two numbers, or ${text}`;
}

function ofOperator(name: string, types: readonly Type[], words: readonly string[], shown: string): string | null {
  const [left, right] = types;
  if (left === undefined || right === undefined) return null;
  const scales = types.flatMap((type) => (type.kind === "decimal" ? [type.scale] : type.kind === "whole" ? [0] : []));
  if (name === "%" && types.some(({ kind }) => kind === "decimal"))
    return "% of a decimal may be -0 on MariaDB: write it of whole numbers, or compute in code";
  const other = cureOfKinds(name, types, words, shown);
  if (other !== null) return other;
  const truths = types.map(({ kind }) => kind === "truth");
  if (["+", "-", "*", "%", "DIV", "NEGATE"].includes(name) && truths.includes(true))
    return `${name === "NEGATE" ? "-" : name} computes with true or false: write CASE WHEN ${words[truths.indexOf(true)] ?? "x"} THEN 1 ELSE 0 END`;
  const most = Math.max(...scales);
  const fewer = scales.findIndex((scale) => scale < most);
  const widest = words[scales.indexOf(most)] ?? "x";
  // A column keeps its places; what is computed may be rounded, which also fits where it is stored.
  if (scales.length === types.length && fewer !== -1 && name === "choose" && !isShort(widest))
    return `decimals of ${[...new Set(scales)].join(" and ")} places meet at a choice: SQLite stores units of the last place; write ROUND(${widest}, ${scales[fewer] ?? 0}), or ${product(words[fewer] ?? "x", most - (scales[fewer] ?? 0))} to keep the places`;
  if (scales.length === types.length && fewer !== -1)
    return `decimals of ${[...new Set(scales)].join(" and ")} places meet at ${name === "choose" ? "a choice" : shown}: SQLite stores units of the last place; write ${product(words[fewer] ?? "x", most - (scales[fewer] ?? 0))}${name === "choose" ? `, or in ORDER BY ${oneEach}` : ""}`;
  if (name === "choose") return null;
  if (types.some((type) => type.kind === "double") && ["+", "-", "*", "%", "NEGATE"].includes(name))
    return "MariaDB refuses a float beyond its range, which SQLite stores as infinity: compute floats in code";
  if (name === "=" && types.some(({ kind }) => kind === "double") && types.some(({ kind }) => kind === "whole"))
    return "in an index of whole numbers, MariaDB looks for 2.5 where 2 or 3 stands: declare a whole number, or write >= and <=";
  if (name === "||") return "only text, whole numbers and dates are the same text on both engines: join in code";
  return null;
}
