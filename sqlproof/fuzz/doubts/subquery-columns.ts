import type { Random } from "../../src/differential/random.ts";
import { perhaps, where } from "../schema/sources.ts";

/**
 * Whether a column that is a subquery, in a query in FROM or WITH, has one value wherever it is read: MariaDB reads such
 * a query as its tables and puts the subquery into every place that names the column.
 */
export function subqueryColumns(random: Random): string {
  const from = made(random);
  const joint = random.pick(["AND", "OR"]);
  const one = condition(random, column(random));
  const both = random.chance(0.3) ? `(${one} ${joint} ${condition(random, column(random))})` : one;
  const only = perhaps(random, 0.6, both);
  const [v, w, c] = [value(random, column(random)), value(random, column(random)), column(random)];
  const not = random.pick(["", "NOT "]);
  return random.pick([
    `SELECT q.j AS o0, ${v} AS o1, ${w} AS o2 FROM ${from} AS q${where(only)}`,
    `WITH q AS ${from} SELECT q.j AS o0, ${v} AS o1 FROM q${where(only)}`,
    `SELECT q.j AS o0, ${v} AS o1 FROM ${from} AS q${where(only)} ORDER BY ${random.pick(["o1", c])}, o0, q.y`,
    `SELECT DISTINCT ${v} AS o1 FROM ${from} AS q${where(only)}`,
    `SELECT ${c} AS o1, COUNT(*) AS o2 FROM ${from} AS q${where(only)} GROUP BY o1`,
    `SELECT q.y AS o1, COUNT(*) AS o2, MAX(q.j) AS o3 FROM ${from} AS q${where(only)} GROUP BY q.y`,
    `SELECT q.y AS o1, COUNT(*) AS o2 FROM ${from} AS q GROUP BY q.y HAVING ${condition(random, "q.y")}`,
    `SELECT b.id AS o0, ${v} AS o1 FROM a b LEFT JOIN ${from} AS q ON q.j = b.id${where(only)}`,
    `SELECT b.id AS o0, ${v} AS o1 FROM a b JOIN ${from} AS q ON q.j = b.id${where(only)}`,
    `SELECT o.id FROM a o WHERE ${not}EXISTS (SELECT 1 FROM ${from} AS q${where(only, "q.j = o.id")})`,
    `SELECT o.id, (SELECT MAX(q.j) FROM ${from} AS q${where(only, "q.j = o.id")}) AS o1 FROM a o`,
    `SELECT o.id FROM a o WHERE o.id IN (SELECT q.j FROM ${from} AS q${where(only)})`,
    `SELECT v.o0, v.o1 FROM (SELECT q.j AS o0, ${v} AS o1 FROM ${from} AS q${where(only)}) AS v WHERE v.o1 IS NOT NULL`,
    `SELECT q.j AS o0, ROW_NUMBER() OVER (ORDER BY ${c}, q.j, q.y) AS o1 FROM ${from} AS q${where(only)}`,
    `UPDATE k SET d = 5.00 WHERE id IN (SELECT q.j FROM ${made(random, "a")} AS q${where(only)})`,
  ]);
}

function column(random: Random): string {
  return random.pick(["q.x", "q.x", "q.y", "q.j"]);
}

/** A query with a subquery in its list, that reads no table but this one where one is given. */
function made(random: Random, table?: "a"): string {
  const x = subquery(random, "s1", table);
  return random.pick([
    `(SELECT s1.id AS j, ${x} AS x, s1.n AS y FROM a s1${random.pick(["", "", " WHERE s1.n > 2"])})`,
    `(SELECT s1.id AS j, ${x} AS x, ${subquery(random, "s1", table)} AS y FROM a s1)`,
    `(SELECT s3.j, s3.x, s3.j AS y FROM (SELECT s1.id AS j, ${x} AS x FROM a s1) AS s3)`,
    `(SELECT s1.id AS j, ${subquery(random, "s2", table)} AS x, s1.n AS y FROM a s1 JOIN a s2 ON s2.n = s1.id)`,
    `(SELECT s1.n AS j, ${random.pick(["MAX(s1.id)", "COUNT(*)"])} AS x, s1.m AS y FROM a s1 GROUP BY s1.n, s1.m)`,
  ]);
}

function subquery(random: Random, name: string, table?: "a"): string {
  const ofA = [`(SELECT z1.n FROM a z1 WHERE z1.id = ${name}.m)`, "(SELECT MAX(z1.id) FROM a z1)"];
  const ofK = [
    `(SELECT 6 FROM k z1 WHERE z1.id = ${name}.id)`,
    `(SELECT z1.a_id FROM k z1 WHERE z1.id = ${name}.n)`,
    `(SELECT COUNT(*) FROM k z1 WHERE z1.a_id = ${name}.id)`,
    "(SELECT MAX(z1.id) FROM k z1)",
    `(SELECT MIN(z1.id) FROM k z1 WHERE z1.id > ${name}.id)`,
    `EXISTS (SELECT 1 FROM k z1 WHERE z1.a_id = ${name}.id)`,
    `COALESCE((SELECT z1.a_id FROM k z1 WHERE z1.id = ${name}.n), 2)`,
  ];
  return random.pick(table === "a" ? ofA : [...ofK, ...ofA]);
}

function condition(random: Random, c: string): string {
  return random.pick([
    `${c} IS NULL`,
    `${c} IS NOT NULL`,
    `3 <= ${c}`,
    `${c} = ${random.pick(["3", "q.j", "q.y"])}`,
    `${c} IN (1, 2, 6)`,
    `EXISTS (SELECT 1 FROM k z WHERE z.id = ${c})`,
    `NOT EXISTS (SELECT 1 FROM k z WHERE z.id = ${c})`,
    `(SELECT COUNT(*) FROM k z WHERE z.id = ${c}) = 0`,
    `CASE WHEN ${c} IS NULL THEN TRUE ELSE q.j > 2 END`,
    `${c} > (SELECT MIN(z.id) FROM k z)`,
    "q.j > 1",
    `(${c} = 6 OR ${c} > 3)`,
  ]);
}

function value(random: Random, c: string): string {
  return random.pick([
    c,
    c,
    `COALESCE(${c}, 9)`,
    `${c} IS NULL`,
    `${c} + 1`,
    `CASE WHEN ${c} > 3 THEN 0 ELSE 1 END`,
    `(SELECT z.a_id FROM k z WHERE z.id = ${c})`,
    `(SELECT COUNT(*) FROM k z WHERE z.id = ${c})`,
    `EXISTS (SELECT 1 FROM k z WHERE z.id = ${c})`,
  ]);
}
