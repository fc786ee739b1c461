import { integerType, isUnscaled, rangeOf, type Type, textOf } from "../typing/type.ts";
import { anyNullable, type Rule } from "./rule.ts";
import { lengthOf } from "./texts.ts";

const toWhole = (types: readonly Type[]): Type => {
  const [type] = types;
  const range = (type === undefined ? null : rangeOf(type)) ?? { min: 0n, max: 1n };
  return integerType(range, anyNullable(types));
};

export const casts: readonly Rule[] = [
  {
    id: "cast-whole",
    of: ["CAST INTEGER"],
    takes: ["whole"],
    gives: toWhole,
    why: "Nothing is converted.",
    shown: "SELECT id, CAST(n AS INTEGER) AS p, CAST(c AS INTEGER) AS q FROM a ORDER BY id",
  },
  {
    id: "cast-truth",
    of: ["CAST INTEGER"],
    takes: ["truth"],
    gives: toWhole,
    why: "Both store false as 0 and true as 1.",
    shown: "SELECT id, CAST(b AS INTEGER) AS p, CAST(n > 0 AS INTEGER) AS q FROM a ORDER BY id",
  },
  {
    id: "cast-signed",
    of: ["CAST SIGNED", "CAST SIGNED INTEGER"],
    takes: ["any"],
    when: ([type]) => type !== undefined && (isUnscaled(type) || type.kind === "truth"),
    gives: toWhole,
    form: (operand) => `CAST(${operand(0)} AS INTEGER)`,
    why: "SIGNED is MariaDB's other name of INTEGER, which SQLite gets.",
    shown: "SELECT id, CAST(n AS SIGNED) AS p, CAST(b AS SIGNED INTEGER) AS q FROM a ORDER BY id",
  },
  {
    id: "cast-text",
    of: ["CAST CHAR"],
    takes: ["any"],
    when: ([type]) => type?.kind === "whole" || type?.kind === "datetime" || type?.kind === "date",
    gives: (types) => textOf("free", lengthOf(types[0]), anyNullable(types)),
    why: "Both write whole numbers and dates as the same characters.",
    shown: "SELECT id, CAST(n AS CHAR) AS p, CAST(w AS CHAR) AS q, CAST(y AS CHAR) AS r FROM a ORDER BY id",
  },
];
