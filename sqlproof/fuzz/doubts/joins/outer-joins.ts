import type { Random } from "../../../src/differential/random.ts";
import { perhaps, where } from "../../schema/sources.ts";

/**
 * Whether computed columns and constants of an outer-joined query are NULL in every place where the join found no row:
 * MariaDB reads such a query as its tables, and computes the column from what it finds there.
 */
export function outerJoins(random: Random): string {
  const from = joined(random);
  const joint = random.pick(["AND", "OR"]);
  const one = condition(random);
  const only = perhaps(random, 0.6, random.chance(0.3) ? `(${one} ${joint} ${condition(random)})` : one);
  const body = `${from}${where(only)}`;
  return random.chance(0.55) ? flat(random, body) : nested(random, from, only);
}

/** Statements that read the columns themselves. */
function flat(random: Random, body: string): string {
  const [c, d, v, w] = [column(random), column(random), value(random), value(random)];
  const aggregate = random.pick(["COUNT(*)", `COUNT(${c})`, `SUM(${c})`, `MAX(${c})`]);
  const having = random.pick(["", "", " HAVING COUNT(*) > 1", ` HAVING MAX(${c}) IS NULL`, ` HAVING COUNT(${c}) > 0`]);
  return random.pick([
    `SELECT b.id AS o0, ${v} AS o1, ${w} AS o2 FROM ${body}`,
    `SELECT b.id AS o0, ${v} AS o1 FROM ${body} ORDER BY ${random.pick(["o1", c, `${c} IS NULL`])}, o0`,
    `SELECT DISTINCT ${v} AS o1, ${w} AS o2 FROM ${body}`,
    `SELECT ${aggregate} AS o1, ${random.pick([`MIN(${d})`, `COUNT(${d})`, "COUNT(*)"])} AS o2 FROM ${body}`,
    `SELECT b.n AS g, ${aggregate} AS o1 FROM ${body} GROUP BY b.n${having}`,
    `SELECT ${c} AS g, COUNT(*) AS o1 FROM ${body} GROUP BY ${c}`,
    `SELECT b.id AS o0, ROW_NUMBER() OVER (ORDER BY ${c}, b.id, q.j, q.y) AS o1 FROM ${body}`,
  ]);
}

/** Statements that read them in a query within another. */
function nested(random: Random, from: string, only: string): string {
  const [v, w] = [value(random), value(random)];
  const rows = `SELECT b.id AS o0, ${v} AS o1 FROM ${from}${where(only)}`;
  const not = random.pick(["", "NOT "]);
  const alone = where(only, "b.id = o.id");
  const aggregate = random.pick(["COUNT(*)", "COUNT(*)", "COUNT(q.j)", "COUNT(q.x)", "SUM(q.j)", "MAX(b.id)"]);
  const after = random.pick([
    ...["", " WHERE w.o1 IS NULL", " WHERE w.o1 IS NOT NULL", " WHERE w.o0 > 2", " LEFT JOIN k kz ON kz.id = w.o1"],
  ]);
  const more = random.pick(["", ", w.o1 IS NULL AS o2", ", COALESCE(w.o1, 8) AS o2"]);
  const left = random.pick(["", " WHERE w.o1 IS NULL", " WHERE w.o0 IS NULL"]);
  return random.pick([
    `SELECT w.o0, w.o1${more} FROM (${rows}) AS w${after}`,
    `SELECT o.id, (SELECT ${aggregate} FROM ${from}${alone}) AS o1 FROM a o`,
    `SELECT o.id, (SELECT ${aggregate} FROM ${from}${where(only)}) AS o1 FROM a o`,
    `SELECT o.id FROM a o WHERE (SELECT ${aggregate} FROM ${from}${alone}) > 0`,
    `SELECT o.id FROM a o WHERE ${not}EXISTS (SELECT 1 FROM ${from}${alone})`,
    `SELECT o.id FROM k o WHERE ${not}EXISTS (SELECT 1 FROM ${from}${where(only, "q.j = o.id")})`,
    `SELECT o.id FROM a o WHERE o.id IN (SELECT ${random.pick(["b.id", "b.n"])} FROM ${from}${where(only)})`,
    `SELECT o.id, (SELECT COUNT(*) FROM (${rows}) AS w WHERE w.o0 = o.id) AS o1 FROM a o`,
    `SELECT COUNT(*) AS o1 FROM (${rows}) AS w JOIN a o ON o.id = w.o0 WHERE w.o1 IS NOT NULL`,
    `WITH w AS (${rows}) SELECT o.id, w.o1${more} FROM a o LEFT JOIN w ON w.o0 = o.id${left}`,
    `${rows} UNION ALL SELECT b.id AS o0, ${w} AS o1 FROM ${from}`,
  ]);
}

/** A column of the joined query. */
function column(random: Random): string {
  return random.pick(["q.x", "q.x", "q.y", "q.j"]);
}

function joined(random: Random): string {
  const one = query(random);
  const on = (table: string): string =>
    random.pick([
      `q.j = ${table}.id`,
      `q.j = ${table}.n`,
      `q.j = ${table}.id + 100`,
      `q.x = ${table}.id`,
      `q.j = ${table}.id AND q.x > 2`,
      `q.j = ${table}.id AND q.y IS NOT NULL`,
      `q.j = ${table}.id AND ${table}.n > 3`,
    ]);
  return random.pick([
    `a b LEFT JOIN ${one} AS q ON ${on("b")}`,
    `a b LEFT JOIN ${one} AS q ON ${on("b")}`,
    `a b JOIN ${one} AS q ON ${on("b")}`,
    `a b LEFT JOIN ${one} AS q ON ${on("b")} LEFT JOIN k kk ON kk.id = q.x`,
    `a b LEFT JOIN (a bb LEFT JOIN ${one} AS q ON ${on("bb")}) ON bb.id = b.n`,
    `${one} AS q RIGHT JOIN a b ON ${on("b")}`,
    `a b LEFT JOIN a bb ON bb.id = b.n LEFT JOIN ${one} AS q ON ${on("bb")}`,
  ]);
}

/** A query with the columns `j`, which joins, and `x` and `y`, which are often computed or constant. */
function query(random: Random): string {
  const e = (table: string): string => computed(random, table);
  return random.pick([
    `(SELECT s1.id AS j, ${e("s1")} AS x, ${e("s1")} AS y FROM a s1${random.pick(["", "", " WHERE s1.n > 2"])})`,
    "(SELECT s1.id AS j, 10 AS x, s1.a_id AS y FROM k s1)",
    "(SELECT s1.id AS j, s1.id AS x, 7 AS y FROM k s1)",
    `(SELECT s1.id AS j, ${e("s1")} AS x, ${e("s2")} AS y FROM a s1 JOIN a s2 ON s2.n = s1.id)`,
    `(SELECT s2.id AS j, ${e("s1")} AS x, s2.a_id AS y FROM a s1 JOIN k s2 ON s2.a_id = s1.id)`,
    `(SELECT s1.id AS j, ${e("s2")} AS x, ${e("s1")} AS y FROM a s1 LEFT JOIN a s2 ON s2.id = s1.n)`,
    `(SELECT s3.j, s3.x, s3.x AS y FROM (SELECT s1.id AS j, ${e("s1")} AS x FROM a s1) AS s3)`,
    `(SELECT s1.id AS j, s4.x, ${e("s1")} AS y FROM a s1 LEFT JOIN (SELECT id, ${random.pick(["10", "COALESCE(m, 3)", "-n"])} AS x FROM a) AS s4 ON s4.id = s1.n)`,
    "(SELECT s1.n AS j, MAX(s1.m) AS x, COUNT(*) AS y FROM a s1 GROUP BY s1.n)",
    `(SELECT DISTINCT s1.n AS j, ${e("s1")} AS x, s1.id AS y FROM a s1)`,
  ]);
}

function computed(random: Random, table: string): string {
  return random.pick([
    `COALESCE(${table}.m, 3)`,
    `${table}.n + 1`,
    `NULLIF(${table}.m, 4)`,
    `CASE WHEN ${table}.n > 3 THEN ${table}.n END`,
    `CASE WHEN ${table}.m IS NULL THEN 1 ELSE 2 END`,
    `${table}.m`,
    `${table}.n`,
    "7",
    `${table}.id * 2`,
    `ABS(${table}.n)`,
    `-${table}.n`,
    `COALESCE(${table}.m, ${table}.n)`,
  ]);
}

function condition(random: Random): string {
  const c = column(random);
  return random.pick([
    `${c} IS NULL`,
    `${c} IS NOT NULL`,
    `COALESCE(${c}, 3) = 3`,
    `${c} = ${random.pick(["3", "b.n", "b.id"])}`,
    `NOT (${c} = 2)`,
    `${c} IN (1, 2, 7)`,
    `${c} IS NOT DISTINCT FROM 3`,
    `${c} BETWEEN 1 AND 5`,
    `(${c} IS NULL OR b.n > 2)`,
    `EXISTS (SELECT 1 FROM k z WHERE z.id = ${c})`,
    `NOT EXISTS (SELECT 1 FROM k z WHERE z.id = ${c} OR ${c} IS NULL)`,
    `(SELECT COUNT(*) FROM k z WHERE z.id = ${c}) = 0`,
    `${c} IN (SELECT z.a_id FROM k z WHERE z.a_id IS NOT NULL)`,
    `CASE WHEN ${c} IS NULL THEN TRUE ELSE b.n > 2 END`,
    `${c} > (SELECT MIN(z.id) FROM k z)`,
    "b.n > 1",
  ]);
}

function value(random: Random): string {
  const c = column(random);
  return random.pick([
    c,
    c,
    `COALESCE(${c}, 9)`,
    `${c} IS NULL`,
    `${c} + 1`,
    `CASE WHEN ${c} IS NULL THEN 0 ELSE 1 END`,
    `NULLIF(${c}, 7)`,
    `(SELECT COUNT(*) FROM k z WHERE z.id = ${c})`,
    `EXISTS (SELECT 1 FROM k z WHERE z.id = ${c})`,
    `(SELECT z.id FROM k z WHERE z.id = ${c})`,
    `${c} = 3`,
    `GREATEST(${c}, 2)`,
  ]);
}
