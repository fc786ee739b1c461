import type { Random } from "../../src/differential/random.ts";
import { perhaps } from "../schema/sources.ts";

/**
 * Whether a whole number keeps all its digits where MariaDB makes a decimal of it and stores that: it gives a literal
 * and a part of a date as many places as they have digits, and functions of them may have one less.
 */
export function widths(random: Random): string {
  const shown = decimal(random);
  const rows = `FROM a x${perhaps(random, 0.4, " WHERE x.n > 2")}`;
  const other = random.pick(["SUM(y.n) * 1.5 AS v FROM a y", "y.n * 1.5 AS v FROM a y", "0.5 AS v"]);
  return random.pick([
    `SELECT DISTINCT ${shown} AS v ${rows}`,
    `SELECT q.v FROM (SELECT DISTINCT x.id AS id, ${shown} AS v ${rows}) AS q WHERE q.v > 0.5`,
    `SELECT ${shown} AS v ${rows} UNION ${random.pick(["", "ALL "])}SELECT ${decimal(random)} ${rows}`,
    `SELECT ${other} UNION ${random.pick(["", "ALL "])}SELECT ROUND(${shown}, 0) * 0.1 ${rows}`,
    `SELECT SUM(y.n) AS v FROM a y UNION ALL SELECT ${whole(random)} ${rows}`,
    `SELECT ${whole(random)} AS v ${rows} UNION SELECT SUM(y.n) FROM a y`,
    `SELECT DISTINCT CASE WHEN x.n > 3 THEN ${whole(random)} ELSE (SELECT SUM(y.n) FROM a y) END AS v ${rows}`,
    `SELECT DISTINCT COALESCE((SELECT SUM(y.n) FROM a y WHERE y.id = x.m), ${whole(random)}) AS v ${rows}`,
    `WITH q AS (SELECT DISTINCT x.id AS id, ${shown} AS v ${rows}) SELECT q.v, p.v AS w FROM q JOIN q p ON p.v = q.v`,
    `WITH RECURSIVE r (i, v) AS (SELECT 1, ${shown} ${rows} UNION ALL SELECT r.i + 1, r.v FROM r WHERE r.i < 3) SELECT r.v FROM r`,
  ]);
}

function decimal(random: Random): string {
  const one = whole(random);
  return random.pick([`(${one}) * 1.5`, `0.5 * (${one})`, `-((${one}) * 0.1)`]);
}

function whole(random: Random): string {
  const literal = random.pick(["7", "99", "99999", "2147483648", "9007199254740991"]);
  const part = random.pick(["YEAR(x.y)", "MINUTE(x.w)", "DAY(x.y)", "CHAR_LENGTH(x.t)", "x.n", "x.c"]);
  return random.pick([
    ...[
      literal,
      `ABS(${literal})`,
      `ABS(-${literal})`,
      `NULLIF(${literal}, x.id)`,
      `${literal} DIV 1`,
      `-ABS(${literal})`,
    ],
    ...[
      `${literal} % 10000`,
      `(SELECT MAX(${literal}) FROM k)`,
      `(SELECT MIN(${literal}) FROM k z WHERE z.a_id = x.id)`,
    ],
    ...[`COALESCE(x.m, ${literal})`, `CASE WHEN x.n > 3 THEN ${literal} END`, `GREATEST(${literal}, x.n)`],
    ...[part, `ABS(${part})`, `NULLIF(${part}, 3)`, `${part} DIV ${random.pick(["1", "2"])}`, `-${part}`],
    ...[`(SELECT MAX(q.c) FROM (SELECT DISTINCT ${literal} AS c FROM k) AS q)`, `ABS(NULLIF(${literal}, x.n))`],
  ]);
}
