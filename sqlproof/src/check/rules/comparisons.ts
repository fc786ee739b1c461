import { greatest, truth, within } from "../typing/type.ts";
import { anyNullable, type Rule, scaleOf } from "./rule.ts";

const comparators = ["=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM"];
const compared = { of: comparators, gives: (types: Parameters<Rule["gives"]>[0]) => truth(anyNullable(types)) };

/** Comparisons, of which BETWEEN, IN, NULLIF and CASE with a value are made. Values of two kinds are never compared. */
export const comparisons: readonly Rule[] = [
  {
    ...compared,
    id: "compare-whole",
    takes: ["whole", "whole"],
    why: "Both compare 64-bit whole numbers.",
    shown: "SELECT id, n = c AS e, n < m AS l, m >= 0 AS g FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-decimal",
    takes: ["decimal", "decimal"],
    when: ([left, right]) => scaleOf(left) === scaleOf(right),
    why: "SQLite compares units of the last place, which is the same order when the places are the same.",
    shown: "SELECT id, d = e AS s, d > 10 AS t, e <= 0.05 AS u FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-double",
    takes: ["double", "double"],
    why: "Both compare IEEE doubles.",
    shown: "SELECT id, f = g AS e, f < g AS l, f > 0.5 AS h FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-double-literal",
    of: ["=", "IS DISTINCT FROM"],
    takes: ["double", "whole"],
    // In an index of whole numbers, MariaDB looks for 2.5 where 2 or 3 stands.
    when: ([, whole]) => whole?.kind === "whole" && whole.literal !== null,
    why: "A double holds every whole number up to 2^53 exactly.",
    shown: "SELECT id, f = 1 AS e FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-double-whole",
    of: comparators.filter((one) => one !== "=" && one !== "IS DISTINCT FROM"),
    takes: ["double", "whole"],
    // A decimal without places is compared otherwise: MariaDB may round the double first.
    when: ([, whole]) => whole?.kind === "whole" && within(whole.range, { min: -greatest, max: greatest }),
    why: "A double holds every whole number up to 2^53 exactly.",
    shown: "SELECT id, f > n AS g, f <> n AS e FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-truth",
    takes: ["truth", "truth"],
    why: "Both store false as 0 and true as 1.",
    shown: "SELECT id, b = (n > 0) AS e, b <> TRUE AS d FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-truth-whole",
    takes: ["truth", "whole"],
    why: "False is 0 and true is 1 on both.",
    shown: "SELECT id, (n > 0) = m AS e, b < n AS d FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-text",
    takes: ["exact", "exact"],
    why: "utf8mb4_nopad_bin and BINARY compare code point by code point, without padding.",
    shown: "SELECT id, t = s AS e, t < s AS l, t >= 'B' AS g FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "like",
    of: ["LIKE"],
    takes: ["exact", "exact"],
    why: "SQLite's LIKE is made case sensitive, and gets MariaDB's backslash; MariaDB looks for no column in an index.",
    shown:
      "SELECT id, t LIKE 'a%' AS p, s LIKE t AS q, t LIKE '%\\%' AS r, t LIKE '%!_%' ESCAPE '!' AS u FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-datetime",
    takes: ["datetime", "datetime"],
    why: "YYYY-MM-DD HH:MM:SS sorts as text like the time it means.",
    shown: "SELECT id, w = v AS e, w < v AS l, w >= '2024-02-29 00:00:00' AS g FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-date",
    takes: ["date", "date"],
    why: "YYYY-MM-DD sorts as text like the day it means.",
    shown: "SELECT id, y = z AS e, y < z AS l, y >= '2024-02-29' AS g FROM a ORDER BY id",
  },
  {
    ...compared,
    id: "compare-blob",
    takes: ["blob", "blob"],
    why: "Both compare byte by byte.",
    shown: "SELECT id, o = x'4100' AS e, o < x'42' AS l FROM a ORDER BY id",
  },
];
