import type { Random } from "../../../src/differential/random.ts";

/**
 * Whether rows are sorted, grouped and numbered alike where the parameters of one execution leave an outer-joined table
 * or query without rows: MariaDB then takes its columns for constants.
 */
export function emptiedJoins(random: Random): string {
  const from = random.pick([
    `k AS r LEFT JOIN ${query(random)} AS q ON ${on(random)}`,
    `k AS r LEFT JOIN ${query(random)} AS q ON ${on(random)}`,
    `k AS r LEFT JOIN a AS q ON ${on(random)} AND ${condition(random, "q.")}`,
    `${query(random)} AS q RIGHT JOIN k AS r ON ${on(random)}`,
    `k AS r LEFT JOIN va AS q ON ${on(random)} AND ${condition(random, "q.")}`,
    `k AS r LEFT JOIN k AS b ON b.a_id = r.a_id LEFT JOIN ${query(random)} AS q ON ${on(random)}`,
  ]);
  const key = random.pick(["q.n", "q.m", "q.n IS NULL", "COALESCE(q.m, 3)", "q.n + 1"]);
  const keys = random.pick([
    ...[`r.a_id, ${key}, r.id`, `${key}, r.a_id, r.id`, `r.a_id, ${key} DESC`, `${key} DESC`, `r.a_id DESC, q.n, q.m`],
  ]);
  const limit = random.pick(["", "", " LIMIT 3", " LIMIT 2 OFFSET 1"]);
  const aggregate = random.pick(["MAX(q.n)", "COUNT(q.m)", "COUNT(*)", "SUM(q.n)"]);
  return random.pick([
    `SELECT r.id, r.a_id, q.n, q.m FROM ${from} ORDER BY ${keys}`,
    `SELECT r.id, r.a_id, q.n, q.m FROM ${from} ORDER BY ${keys}`,
    `SELECT r.id, r.a_id, ${key} AS v FROM ${from} ORDER BY r.a_id, v, r.id`,
    `SELECT DISTINCT r.a_id, ${key} AS v FROM ${from} ORDER BY ${random.pick(["r.a_id, v", "v, r.a_id"])}${limit}`,
    `SELECT r.a_id, ${aggregate} AS v FROM ${from} GROUP BY r.a_id ORDER BY ${random.pick(["r.a_id, v", "v, r.a_id"])}${limit}`,
    `SELECT r.a_id, ${key} AS v, COUNT(*) AS c FROM ${from} GROUP BY r.a_id, ${key} ORDER BY ${random.pick(["c, v, r.a_id", "r.a_id, v"])}`,
    `SELECT r.id, SUM(q.n) OVER (PARTITION BY ${random.pick(["r.a_id", key])} ORDER BY r.id, q.id) AS v FROM ${from} ORDER BY r.id, v`,
    `SELECT w.id, w.v FROM (SELECT r.id, ${key} AS v FROM ${from}) AS w ORDER BY ${random.pick(["w.v, w.id", "w.id, w.v"])}`,
    `SELECT o.id, (SELECT ${aggregate} FROM ${from} WHERE r.id <> o.id) AS v FROM a AS o ORDER BY v, o.id`,
  ]);
}

/** A query with the columns `id`, `n` and `m`, to which parameters may leave no row. */
function query(random: Random): string {
  const only = condition(random, "");
  return random.pick([
    `(SELECT id, n, m FROM a WHERE ${only})`,
    `(SELECT n AS id, MAX(m) AS n, COUNT(*) AS m FROM a WHERE ${only} GROUP BY n)`,
    `(SELECT DISTINCT id, n, m FROM a WHERE ${only})`,
    `(SELECT id, picked AS n, m5 AS m FROM va WHERE ${only})`,
    `(SELECT MAX(id) AS id, MAX(n) AS n, MIN(m) AS m FROM a WHERE ${only})`,
    `(SELECT id, n, m FROM a WHERE ${only} ORDER BY n, id LIMIT 3)`,
    `(SELECT p.id, p.n, p.m FROM (SELECT id, n, m FROM a WHERE ${only}) AS p JOIN k ON k.id > 3)`,
    `(SELECT id, n, m FROM a WHERE ${only} UNION ALL SELECT id, a_id, a_id FROM k WHERE ${only})`,
  ]);
}

function on(random: Random): string {
  return random.pick(["q.id = r.a_id", "q.n = r.id", "q.id <> r.id", "q.id = r.id AND r.a_id > 2", "q.n <> r.a_id"]);
}

function condition(random: Random, alias: string): string {
  const id = `${alias}id`;
  return random.pick([
    `${id} > :p::integer AND ${id} < :q::integer`,
    `${id} BETWEEN :p::integer AND :q::integer`,
    `${id} = :p::integer`,
    `${id} = :p::integer AND ${id} > :q::integer`,
    `${id} IN (:list...)`,
    `${id} IN (:p::integer)`,
    `${id} > :p::integer?`,
    `${id} > :p::integer`,
    ":b::boolean",
    `(:b::boolean OR ${id} = 3)`,
    `(:p::integer? IS NULL OR ${id} = :p)`,
    `${id} > 4 AND ${id} < :q::integer`,
  ]);
}
