import type { Random } from "../../src/differential/random.ts";

/**
 * Whether rows have the same order below conditions of any depth, some of which an execution decides: what then remains
 * of an OR may give a sort key one value.
 */
export function conditions(random: Random): string {
  const where = declared(tree(random, random.pick([2, 3, 4])));
  const from = random.pick([
    ...["a", "a", "(SELECT id, n, m FROM a) AS a"],
    "(SELECT a1.id, a1.n, a1.m FROM a AS a1 LEFT JOIN k AS k1 ON k1.id = a1.n) AS a",
  ]);
  const limit = random.pick(["", " LIMIT 3", " LIMIT 1"]);
  const rows = `FROM ${from} WHERE ${where}`;
  return random.pick([
    `SELECT id, n, m ${rows} ORDER BY n, m, id${limit}`,
    `SELECT id, n, m ${rows} ORDER BY m DESC, id${limit}`,
    `SELECT n, COUNT(*) AS z ${rows} GROUP BY n ORDER BY z, n${limit}`,
    `SELECT n, m, COUNT(*) AS z ${rows} GROUP BY n, m ORDER BY m, n${limit}`,
    `SELECT n + 1 AS w, m, COUNT(*) AS z ${rows} GROUP BY n + 1, m ORDER BY z DESC, m, n + 1${limit}`,
    `SELECT DISTINCT n, m ${rows} ORDER BY m, n${limit}`,
    `SELECT id, n, ROW_NUMBER() OVER (PARTITION BY m ORDER BY n, id) AS z ${rows} ORDER BY n, id${limit}`,
    `SELECT MIN(n) AS v, MAX(m) AS w ${rows}`,
    `SELECT n ${rows} UNION SELECT m FROM a ORDER BY n${limit}`,
    `SELECT o.id, (SELECT a.n ${rows} AND a.id >= o.id ORDER BY n, a.id LIMIT 1) AS v FROM a AS o ORDER BY o.id`,
    `SELECT o.id, EXISTS (SELECT 1 FROM ${from} WHERE (${where}) AND a.m = o.n) AS v FROM a AS o ORDER BY o.id`,
    `SELECT o.n, o.id FROM a AS o WHERE o.n IN (SELECT a.m ${rows}) ORDER BY o.n, o.id${limit}`,
  ]);
}

function tree(random: Random, depth: number): string {
  if (depth <= 0 || random.chance(0.25)) return condition(random);
  const [left, right] = [tree(random, depth - 1), tree(random, depth - 1)];
  return random.pick([
    ...[`(${left} AND ${right})`, `(${left} OR ${right})`, `(${left} OR ${right})`],
    ...[`NOT (${left} AND ${right})`, `NOT (${left} OR ${right})`],
  ]);
}

function condition(random: Random): string {
  const columns = ["n", "n", "m", "m", "id"];
  const [c, d] = [random.pick(columns), random.pick(columns)];
  return random.pick([
    ...[`${c} = :p`, `${c} = :q`, `${c} <> :p`, `${c} > :q`, `${c} = :r`, `${c} > :r`, `:r = ${c}`, `${c} = 5`],
    ...[":b", "NOT :b", ":r IS NULL", ":r IS NOT NULL", ":p = :q", ":p <> :q", ":p > 3", "1 = 1", "TRUE", "FALSE"],
    ...[`${c} IN (:p, :q)`, `${c} IN (:p)`, `${c} BETWEEN :p AND :q`, `${c} BETWEEN :r AND 7`, `NOT (${c} <> :q)`],
    ...[`${c} = ${d}`, `${c} <> ${d}`, `${c} IS NULL`, `${c} IS NOT NULL`, `${c} IS NOT DISTINCT FROM :r`],
    ...[`(${c}, ${d}) = (:p, :q)`, `${c} = :p + 1`, `${c} = ABS(:p)`, `(${c} = :p AND ${c} = :q)`],
    ...[`CASE WHEN :b THEN ${c} = :p ELSE TRUE END`, "COALESCE(:r, 1) = 1", `${c} = NULLIF(:p, 7)`],
    ...[`EXISTS (SELECT 1 FROM k WHERE k.a_id = ${c} AND k.a_id = :p)`, "n IN (SELECT k.id FROM k WHERE k.id = :q)"],
  ]);
}

/** States the type of each parameter where it stands first. */
function declared(where: string): string {
  const types = { b: "boolean", p: "integer", q: "integer", r: "integer?" };
  return Object.entries(types).reduce((text, [name, type]) => text.replace(`:${name}`, `:${name}::${type}`), where);
}
