import type { Random } from "../../src/differential/random.ts";
import { perhaps } from "../schema/sources.ts";

/** A column of a recursion: what it begins with, with its own literals, and how it goes on from `r.j`. */
interface Steps {
  readonly first: readonly string[];
  readonly next: readonly string[];
  /** A value of the type. */
  readonly literal: string;
}

/**
 * Whether a recursion's column has the same values: MariaDB gives it the type of its first SELECT, and cuts or refuses
 * what does not fit into that.
 */
export function recursions(random: Random): string {
  const { first, next, literal } = random.pick([numbers(random), numbers(random), texts(random), decimals(random)]);
  const begun = random.pick(["1", "1", "x.id"]);
  const rows = ` FROM a x${random.pick(["", " WHERE x.n > 2", " WHERE x.id < 4"])}`;
  const [start, step] = [random.pick(first), random.pick(next)];
  const from = begun === "1" && !/\bx\./.test(start) ? perhaps(random, 0.2, rows) : rows;
  const joined = /\by\./.test(step)
    ? ` ${random.pick(["JOIN", "LEFT JOIN"])} a y ON y.id = i${random.pick(["", " + 1"])}`
    : "";
  const union = random.pick(["UNION ALL", "UNION ALL", "UNION"]);
  const end = random.pick(["3", "4", "6"]);
  const body = `SELECT ${begun}, ${start}${from} ${union} SELECT i + 1, ${step} FROM r${joined} WHERE i < ${end}`;
  return asked(random, `WITH RECURSIVE r (i, j) AS (${body})`, literal);
}

function asked(random: Random, recursion: string, literal: string): string {
  const condition = random.pick([
    ...["r.j IS NULL", "r.j IS NOT NULL", `r.j = ${literal}`, `r.j >= ${literal}`, "r.i > 1", `r.j IN (${literal})`],
  ]);
  const value = random.pick(["r.j", "r.j", "r.j IS NULL", `COALESCE(r.j, ${literal})`, `NULLIF(r.j, ${literal})`]);
  const not = random.pick(["", "NOT "]);
  const only = perhaps(random, 0.5, ` WHERE ${condition}`);
  const one = random.pick(["COUNT(*)", "MAX(r.j)", "COUNT(r.j)"]);
  return random.pick([
    `${recursion} SELECT r.i, r.j FROM r${only}`,
    `${recursion} SELECT r.i, ${value} AS v FROM r${only}`,
    `${recursion} SELECT r.j, COUNT(*) AS v FROM r${only} GROUP BY r.j`,
    `${recursion} SELECT DISTINCT ${value} AS v FROM r${only}`,
    `${recursion} SELECT r.i, q.j FROM r JOIN r q ON q.j = r.j`,
    `${recursion}, s AS (SELECT r.i AS i, MAX(r.j) AS m FROM r GROUP BY r.i) SELECT s.i, s.m, r.j FROM s JOIN r ON r.i = s.i`,
    `${recursion} SELECT o.id FROM a o WHERE ${not}EXISTS (SELECT 1 FROM r WHERE r.i = o.n)`,
    `${recursion} SELECT o.id, (SELECT ${one} FROM r WHERE r.i = o.id) AS v FROM a o`,
    `${recursion} SELECT o.id FROM a o WHERE o.id ${not}IN (SELECT r.i FROM r${only})`,
    `${recursion} SELECT r.j AS v FROM r ${random.pick(["UNION", "EXCEPT", "INTERSECT"])} SELECT ${random.pick([literal, "r.j"])} FROM r`,
    `${recursion} SELECT a.id, r.j FROM a LEFT JOIN r ON r.i = a.id WHERE a.n > 1`,
    `${recursion} SELECT r.i, r.j, ROW_NUMBER() OVER (ORDER BY r.i, r.j) AS v FROM r`,
    `SELECT o.id FROM a o WHERE o.id IN (${recursion} SELECT r.i FROM r)`,
  ]);
}

function numbers(random: Random): Steps {
  const literal = random.pick(["0", "1", "3", "7"]);
  return {
    literal,
    first: [
      ...[literal, literal, "x.n", "x.m", "x.id", "COALESCE(x.m, 3)", "x.n + 1", "NULLIF(x.n, 3)", "CHAR_LENGTH(x.t)"],
      ...["CASE WHEN x.n > 3 THEN x.n ELSE 2 END", "(SELECT MAX(z.id) FROM k z WHERE z.a_id = x.id)", ":f::integer"],
    ],
    next: [
      ...["r.j", "r.j + 1", "r.j - 1", "r.j * 2", "r.j + r.j", "r.j + 100", "r.j + 1000000000", "r.j DIV 2", "-r.j"],
      ...["COALESCE(r.j, 3)", "NULLIF(r.j, 3)", "ABS(r.j)", "CASE WHEN i > 1 THEN r.j ELSE 7 END", "LEAST(r.j, 2)"],
      ...["r.j % 10", "y.n", "y.m", "r.j + y.id", "GREATEST(r.j, y.n)", "i", literal, ":g::integer"],
    ],
  };
}

function texts(random: Random): Steps {
  const literal = random.pick(["''", "'Ann'", "'x'", "'Bob '", "'é'", "'abcdefghijkl'"]);
  return {
    literal,
    first: [
      ...[literal, literal, "x.t", "x.t || 'yyyyyyyy'", "COALESCE(NULLIF(x.t, 'Ann'), 'north')", "SUBSTR(x.t, 1, 13)"],
      ...["CONCAT('', 'abcdefgh')", "REPLACE('aaaa', 'a', 'b')", "CAST(123456 AS CHAR)"],
    ],
    next: [
      ...["r.j", "r.j || 'x'", "SUBSTR(r.j, 1, 3)", "SUBSTR(r.j, 2)", "TRIM(r.j)", "COALESCE(r.j, 'zz')"],
      ...["SUBSTR(r.j || 'ab', 1, 3)", "NULLIF(r.j, 'Ann')", "REPLACE(r.j, 'n', 'm')", "SUBSTR(y.t, 1, 2)", "y.t"],
      ...["CASE WHEN i > 1 THEN r.j ELSE 'q' END", "CAST(i AS CHAR)", "CONCAT(SUBSTR(r.j, 1, 2), 'z')", literal],
    ],
  };
}

function decimals(random: Random): Steps {
  const literal = random.pick(["0.00", "1.50", "10.01", "-2.25"]);
  return {
    literal,
    first: [
      ...[
        literal,
        literal,
        "x.d",
        "x.e",
        "COALESCE(x.e, 0.00)",
        "x.d + 1.00",
        "NULLIF(x.e, 1.00)",
        "ROUND(x.d / 3, 2)",
      ],
      ...[":f::decimal(2)", "CASE WHEN x.n > 3 THEN x.d ELSE 2.50 END"],
    ],
    next: [
      ...["r.j", "r.j + 1.50", "r.j - 0.25", "-r.j", "r.j * 2", "COALESCE(r.j, 0.50)", "NULLIF(r.j, 1.00)", "ABS(r.j)"],
      ...["ROUND(r.j / 2, 2)", "GREATEST(r.j, 1.00)", "y.d", "y.e", "CASE WHEN i > 1 THEN r.j ELSE 9.99 END"],
      ...[literal, ":g::decimal(2)"],
    ],
  };
}
