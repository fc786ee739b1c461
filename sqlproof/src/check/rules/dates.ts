import { integerType } from "../typing/type.ts";
import { anyNullable, type Rule } from "./rule.ts";

const times = ["datetime", "date"] as const;

/** One part of a date as a whole number: SQLite cuts it from the text. */
function part(name: string, from: number, length: number, max: bigint): Rule[] {
  return times
    .filter((kind) => kind === "datetime" || from < 11)
    .map((kind): Rule => {
      const column = kind === "datetime" ? "w" : "y";
      return {
        id: `${name.toLowerCase()}-of-${kind}`,
        of: [name],
        takes: [kind],
        gives: (types) => integerType({ min: 0n, max }, anyNullable(types)),
        sqlite: ["CAST(SUBSTR", `, ${from}, ${length}) AS INTEGER`],
        why: "The part stands at a fixed place of the text that SQLite stores.",
        shown: `SELECT id, ${name}(${column}) AS p FROM a ORDER BY id`,
      };
    });
}

/** The parts of dates and times. */
export const dates: readonly Rule[] = [
  ...part("YEAR", 1, 4, 9999n),
  ...part("MONTH", 6, 2, 12n),
  ...part("DAY", 9, 2, 31n),
  ...part("DAYOFMONTH", 9, 2, 31n),
  ...part("HOUR", 12, 2, 23n),
  ...part("MINUTE", 15, 2, 59n),
  ...part("SECOND", 18, 2, 59n),
  {
    id: "date-of-datetime",
    of: ["DATE"],
    takes: ["datetime"],
    gives: (types) => ({ kind: "date", nullable: anyNullable(types) }),
    sqlite: ["SUBSTR", ", 1, 10"],
    why: "The day is the first ten characters of the text that SQLite stores.",
    shown: "SELECT id, DATE(w) AS p, DATE(v) AS q FROM a ORDER BY id",
  },
];
