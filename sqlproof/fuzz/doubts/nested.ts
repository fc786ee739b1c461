import type { Random } from "../../src/differential/random.ts";

/** A statement that reads what another one selects: within a query, MariaDB executes many again in another way. */
export function nested(random: Random, select: string): string {
  const [, column] = / AS (\w+)(?:,| FROM)/.exec(select) ?? [];
  const p = random.pick([":zz::integer", "3", "5"]);
  const whole = random.pick([
    `SELECT COUNT(*) AS cc FROM (${select}) AS zz`,
    `SELECT o.id, (SELECT COUNT(*) FROM (${select}) AS zz) AS cc FROM a AS o WHERE o.id > ${p} ORDER BY o.id`,
    `SELECT o.id FROM a AS o WHERE NOT EXISTS (SELECT 1 FROM (${select}) AS zz) OR o.id > ${p} ORDER BY o.id`,
    `UPDATE a SET m = (SELECT COUNT(*) FROM (${select}) AS zz) WHERE a.id = ${p}`,
    `DELETE FROM k WHERE k.id < (SELECT COUNT(*) FROM (${select}) AS zz)`,
  ]);
  if (column === undefined) return whole;
  const v = `zz.${column}`;
  return random.pick([
    whole,
    `SELECT ${v}, COUNT(*) AS cc FROM (${select}) AS zz GROUP BY ${v}`,
    `SELECT o.id, ${v} FROM a AS o LEFT JOIN (${select}) AS zz ON ${v} = o.id WHERE o.id > ${p}`,
    `SELECT ${v} FROM (${select}) AS zz WHERE ${v} IS NOT NULL AND ${v} <> ${p} ORDER BY ${v}`,
    `WITH zz AS (${select}) SELECT o.id FROM a AS o WHERE o.id IN (SELECT ${v} FROM zz) ORDER BY o.id`,
    `WITH zz AS (${select}) SELECT ${v}, z2.${column} AS other FROM zz JOIN zz AS z2 ON z2.${column} = ${v}`,
    `SELECT ${v} FROM (${select}) AS zz UNION SELECT id FROM k`,
    `SELECT MAX(${v}) AS mm, COUNT(${v}) AS nn FROM (${select}) AS zz WHERE (:r9::integer? IS NULL OR ${v} = :r9)`,
    `SELECT ${v} FROM (${select}) AS zz WHERE EXISTS (SELECT 1 FROM k AS k9 WHERE k9.a_id = ${v})`,
    `SELECT o.id, (SELECT MAX(${v}) FROM (${select}) AS zz WHERE ${v} <= o.id) AS mm FROM a AS o ORDER BY o.id`,
  ]);
}
