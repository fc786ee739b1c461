import type { Random } from "../../src/differential/random.ts";
import { filter, perhaps, where } from "../schema/sources.ts";

/** What is grouped, and by which whole number. */
interface Grouped {
  readonly from: string;
  readonly key: string;
  /** Whole numbers of the rows, to aggregate. */
  readonly numbers: readonly string[];
}

/**
 * Whether groups, HAVING and DISTINCT agree on what aggregates are: MariaDB reads some again after it has sorted or
 * filtered the groups, and finds those of another group.
 */
export function groups(random: Random): string {
  const of = grouped(random);
  const only = perhaps(random, 0.4, rowCondition(random, of));
  const [v1, v2] = [value(random, of), value(random, of)];
  const list = `${v1} AS v1, ${v2} AS v2`;
  const having = perhaps(random, 0.6, ` HAVING ${havingOf(random, of, v1)}`);
  const body = `SELECT ${list} FROM ${of.from}${where(only)} GROUP BY ${of.key}${having}`;
  return random.chance(0.5) ? flat(random, of, body, only) : nested(random, of, body);
}

function flat(random: Random, of: Grouped, body: string, only: string): string {
  const [v1, v2, v3] = [value(random, of), aggregate(random, of), value(random, of)];
  const keys = random.pick(["v1, v2", "v2 DESC, v1", `${v2}, v1, v2`, "v1 IS NULL, v1, v2"]);
  const limit = random.pick(["", "", " LIMIT 3", " LIMIT 2 OFFSET 1"]);
  const all = `FROM ${of.from}${where(only)}`;
  return random.pick([
    body,
    `${body} ORDER BY ${keys}, ${of.key}${limit}`,
    body.replace("SELECT", "SELECT DISTINCT"),
    `SELECT DISTINCT ${v1} + ${v2} AS v1 ${all} GROUP BY ${of.key}${perhaps(random, 0.5, ` HAVING ${v3} > 1`)}`,
    `SELECT ${of.key} AS v1, ${v1} AS v2, ${v3} AS v3 ${all} GROUP BY ${of.key}`,
    `SELECT ${of.key} AS v1, ${v2} AS v2 ${all} GROUP BY v1 ORDER BY v2, v1${limit}`,
    `SELECT ${v2} AS v1, ${ofAll(random, of)} AS v2 ${all}`,
    `SELECT ${v2} AS v1 ${all} HAVING ${ofAll(random, of)} ${random.pick(["> 0", "IS NULL", "IS NOT NULL"])}`,
    `SELECT DISTINCT ${v2} AS v1, ${of.key} AS v2 ${all} GROUP BY ${of.key}, ${random.pick(of.numbers)}`,
  ]);
}

function nested(random: Random, of: Grouped, body: string): string {
  const after = random.pick([
    ...["q.v1 IS NULL", "q.v1 <= 8", "q.v1 <> q.v2", "COALESCE(q.v1, 1) = 1", "q.v1 = :p::integer"],
    "EXISTS (SELECT 1 FROM k z WHERE z.id = q.v1)",
  ]);
  const not = random.pick(["", "NOT "]);
  const of9 = `FROM a a9 LEFT JOIN k k9 ON k9.a_id = a9.id${random.pick(["", " WHERE a9.n > 2"])} GROUP BY a9.n`;
  const many = perhaps(random, 0.5, " HAVING COUNT(*) > 1");
  const rows = `SELECT 1 FROM ${of.from} WHERE ${random.pick(of.numbers)} = o.id GROUP BY ${of.key}${many}`;
  return random.pick([
    `SELECT q.v1, q.v2 FROM (${body}) AS q WHERE ${after}`,
    `SELECT DISTINCT q.v1 FROM (${body}) AS q`,
    `WITH q AS (${body}) SELECT q.v1, p.v2 FROM q LEFT JOIN q p ON p.v1 = q.v2`,
    `WITH q AS (${body}) SELECT COUNT(*) AS z, MAX(q.v1) AS y, COUNT(q.v2) AS x FROM q WHERE ${after}`,
    `SELECT q.v1 AS g, COUNT(*) AS z FROM (${body}) AS q GROUP BY q.v1`,
    `SELECT o.id, q.v1 FROM a o LEFT JOIN (${body}) AS q ON q.v1 = o.id`,
    `SELECT o.id FROM a o WHERE ${not}EXISTS (${rows})`,
    `SELECT o.id FROM a o WHERE o.n ${not}IN (SELECT ${random.pick(["COUNT(*)", "MAX(k9.id)", "a9.n"])} ${of9}${many})`,
    `SELECT o.id FROM a o WHERE o.n <= (SELECT ${aggregate(random, of)} FROM ${of.from} WHERE ${random.pick(of.numbers)} <= o.id)`,
  ]);
}

function grouped(random: Random): Grouped {
  const ofA = ["a.n", "a.m", "a.id"];
  return random.pick([
    { from: "a", key: random.pick(["a.n", "a.m", "a.n % 3"]), numbers: ofA },
    { from: "a LEFT JOIN k ON k.a_id = a.id", key: random.pick(["a.n", "a.m", "k.a_id"]), numbers: [...ofA, "k.id"] },
    { from: "a JOIN k ON k.a_id >= a.id", key: random.pick(["a.n", "k.a_id", "a.n % 3"]), numbers: [...ofA, "k.id"] },
    { from: "a LEFT JOIN k ON k.id = a.n", key: random.pick(["a.n", "a.m"]), numbers: [...ofA, "k.id", "k.a_id"] },
    { from: "(SELECT id, n, m FROM a) AS a", key: random.pick(["a.n", "a.m"]), numbers: ofA },
    { from: "(SELECT DISTINCT id, n, m FROM a) AS a", key: random.pick(["a.n", "a.m"]), numbers: ofA },
    { from: "a LEFT JOIN (SELECT id, 10 AS ten FROM k) AS k ON k.id = a.n", key: "k.ten", numbers: ofA },
  ]);
}

function rowCondition(random: Random, { numbers }: Grouped): string {
  const c = random.pick(numbers);
  return random.pick([
    ...[`${c} > 2`, `${c} IS NULL`, `${c} = :w::integer`, `${c} IN (:w::integer, 3)`, filter(random, c)],
    `${c} = (SELECT MAX(zz.n) FROM a zz)`,
    ...[`NOT EXISTS (SELECT 1 FROM k zz WHERE zz.a_id = ${c})`, `${c} IN (SELECT zz.id FROM k zz)`],
  ]);
}

function aggregate(random: Random, { numbers }: Grouped): string {
  const [c, d] = [random.pick(numbers), random.pick(numbers)];
  return random.pick([
    ...["COUNT(*)", "COUNT(*)", `COUNT(${c})`, `SUM(${c})`, `MAX(${c})`, `MIN(${c})`, `COUNT(DISTINCT ${c})`],
    ...[
      `MAX(COALESCE(${c}, 0))`,
      `COUNT(CASE WHEN ${c} > 3 THEN 1 END)`,
      `SUM(CASE WHEN ${c} = ${d} THEN 1 ELSE 0 END)`,
    ],
    `MIN(NULLIF(${c}, 2))`,
  ]);
}

/** A value of all rows as one group. */
function ofAll(random: Random, of: Grouped): string {
  const one = aggregate(random, of);
  return random.pick([
    ...[one, `NULLIF(${one}, 2)`, `COALESCE(${one}, 3)`, `CASE WHEN ${one} > 2 THEN ${one} END`],
    `CASE WHEN COUNT(*) = 0 THEN 1 ELSE ${one} END`,
  ]);
}

function value(random: Random, of: Grouped): string {
  const [one, other] = [aggregate(random, of), aggregate(random, of)];
  const { key } = of;
  return random.pick([
    one,
    one,
    key,
    `NULLIF(${one}, ${random.pick([key, "2", other])})`,
    `NULLIF(${key}, ${one})`,
    `COALESCE(${one}, ${key})`,
    `COALESCE(NULLIF(${one}, 1), 8)`,
    `CASE WHEN ${one} > ${key} THEN ${other} ELSE 2 END`,
    `CASE WHEN ${one} > 2 THEN ${key} END`,
    `CASE ${one} WHEN 1 THEN 5 WHEN 2 THEN ${key} END`,
    `${one} + ${random.pick(["1", key, other])}`,
    `${one} = ${random.pick([key, "2", other])}`,
    `${one} IS NULL`,
    `GREATEST(${one}, 2)`,
    `ABS(${one})`,
    `(SELECT COUNT(*) FROM k zz WHERE zz.id = ${random.pick([key, one])})`,
    `${key} IN (SELECT zz.id FROM k zz)`,
  ]);
}

function havingOf(random: Random, of: Grouped, v1: string): string {
  const one = aggregate(random, of);
  const { key } = of;
  const simple = random.pick([
    ...["v1 <= 8", "v1 IS NULL", "v1 IS NOT NULL", "v2 = 1", "v1 <> v2", "COALESCE(v1, 2) = 2", "v1 IN (1, 2, 3)"],
    ...[`${v1} <= 8`, `NOT (${v1} = 2)`, `${v1} IS NOT NULL`, `${one} > 1`, `${key} > 1`],
    ...[`(${one} > :h::integer OR v1 > 2)`, `(:h::integer? IS NULL OR ${one} = :h)`],
  ]);
  const asked = random.pick([
    `EXISTS (SELECT 1 FROM k zz WHERE zz.id = ${random.pick([one, key])})`,
    `${key} IN (SELECT zz.id FROM k zz)`,
    `(SELECT COUNT(*) FROM k zz WHERE zz.a_id = ${key}) > 0`,
    `${one} = (SELECT MAX(zz.n) FROM a zz)`,
  ]);
  return random.pick([simple, simple, `${simple} ${random.pick(["AND", "OR"])} ${one} > 1`, asked]);
}
