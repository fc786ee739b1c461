import type { Random } from "../../src/differential/random.ts";

/**
 * Whether a write that reads the table it writes reads all of it as it was: an engine asks for a subquery when it first
 * needs it, and rows may be written by then.
 */
export function lateReads(random: Random): string {
  const number = scalar(random);
  const truth = random.pick([
    ...[`EXISTS (${rows(random)})`, `k.a_id IN (${rows(random)})`, `k.id NOT IN (${rows(random)})`],
    ...[`${number} > 3`, `k.a_id < ${number}`, `${number} = k.id`, `${number} BETWEEN k.a_id AND 9`],
  ]);
  const beside = random.pick(["k.a_id > 3", "k.id < 5", "k.t IS NULL", ":p::boolean", "k.d > 1.00"]);
  const condition = random.pick([
    ...[truth, truth, `${truth} OR ${beside}`, `${beside} OR ${truth}`, `${beside} AND ${truth}`, `NOT (${truth})`],
    ...[`COALESCE(${truth}, TRUE)`, `CASE WHEN ${beside} THEN TRUE ELSE ${truth} END`, `(${truth}) = (${beside})`],
    `k.id IN (SELECT z.id FROM a z WHERE z.id < 4 OR ${truth.replaceAll("k.", "z.").replaceAll("a_id", "n")})`,
  ]);
  const value = random.pick([
    ...[number, `COALESCE(${number}, 7)`, `${number} + 1`, `k.a_id + ${number}`, `${number} + k.a_id`, `-${number}`],
    ...[
      `CASE WHEN ${truth} THEN 1 ELSE 2 END`,
      `CASE WHEN ${beside} THEN ${number} ELSE 2 END`,
      `NULLIF(k.id, ${number})`,
    ],
  ]);
  return random.pick([
    `DELETE FROM k WHERE ${condition}`,
    `UPDATE k SET d = 5.00 WHERE ${condition}`,
    `UPDATE k SET d = COALESCE(${value}, 0) * 1.00`,
    `UPDATE k SET a_id = NULLIF(${number}, ${number}), d = 2.00 WHERE ${condition}`,
    `INSERT INTO k (a_id, t, d) SELECT k.a_id, 'x', k.d FROM k WHERE ${condition}`,
    `INSERT INTO k (a_id, t, d) SELECT NULL, 'x', COALESCE(${value.replaceAll("k.a_id", "k.n")}, 0) * 1.00 FROM a AS k`,
  ]);
}

/** Rows that the write changes. */
function rows(random: Random): string {
  return random.pick([
    "SELECT MAX(y.id) FROM k y GROUP BY y.a_id",
    "SELECT y.a_id FROM k y WHERE y.d = 5.00 AND y.a_id IS NOT NULL",
    "SELECT q.v FROM (SELECT MAX(y.id) AS v FROM k y WHERE y.d < 9.00) AS q WHERE q.v > 2",
    "SELECT y.id FROM k y JOIN a z ON z.id = y.a_id",
    "SELECT y.id FROM k y WHERE y.id > :q",
  ]);
}

function scalar(random: Random): string {
  return random.pick([
    "(SELECT COUNT(*) FROM k y)",
    "(SELECT MIN(y.id) FROM k y)",
    "(SELECT COUNT(y.a_id) FROM k y WHERE y.d = 5.00)",
    "(SELECT MAX(q.v) FROM (SELECT y.a_id AS v FROM k y WHERE y.d > 1.00) AS q)",
  ]);
}
