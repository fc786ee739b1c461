import type { Random } from "../../src/differential/random.ts";
import { perhaps } from "../schema/sources.ts";

/** What is sorted: its whole numbers, and the columns that make an order total. */
interface Sorted {
  readonly from: string;
  readonly numbers: readonly string[];
  readonly ids: readonly string[];
}

/**
 * Whether rows have the same order where a condition may give a sort key one value: MariaDB decides at the first
 * execution of a statement that such a key sorts nothing, and the next one has other parameters.
 */
export function sortKeys(random: Random): string {
  const of = sorted(random);
  const only = [condition(random, of, 0), ...(random.chance(0.5) ? [condition(random, of, 0)] : [])].join(" AND ");
  const limit = random.pick(["", "", " LIMIT 2", " LIMIT 5", " LIMIT 3 OFFSET 1", " LIMIT 1"]);
  return random.chance(0.6) ? flat(random, of, only, limit) : nested(random, of, only, limit);
}

function flat(random: Random, of: Sorted, only: string, limit: string): string {
  const [v, w] = [random.pick(of.numbers), random.pick(of.numbers)];
  const all = of.ids.map((column, at) => `${column} AS i${at}`).join(", ");
  const both = random.pick(["v, w", "w, v", "v DESC, w", "w DESC, v DESC", `${v}, ${w}`]);
  const one = random.pick(["v", "v DESC", "z, v", "y, v DESC", "v, z"]);
  const having = random.pick([`${v} IN (:p, :q)`, `(:r IS NULL OR ${v} = :r)`, `${v} = :p`, "COUNT(*) IN (1, 2)"]);
  return random.pick([
    `SELECT ${all}, ${v} AS v FROM ${of.from} WHERE ${only} ORDER BY ${keys(random, of)}${limit}`,
    `SELECT ${all}, ${v} AS v FROM ${of.from} WHERE ${only} ORDER BY ${keys(random, of)}${limit}`,
    `SELECT ${all}, ${v} AS v, ${w} AS w FROM ${of.from} WHERE ${only} ORDER BY ${both}, ${of.ids.join(", ")}${limit}`,
    `SELECT DISTINCT ${v} AS v, ${w} AS w FROM ${of.from} WHERE ${only} ORDER BY ${both}${limit}`,
    `SELECT DISTINCT ${v} AS v FROM ${of.from} WHERE ${only} ORDER BY ${random.pick(["v", "v DESC", `-${v}`])}${limit}`,
    `SELECT ${v} AS v, ${w} AS w, COUNT(*) AS z FROM ${of.from} WHERE ${only} GROUP BY ${v}, ${w} ORDER BY ${random.pick(["", "z, "])}${both}${limit}`,
    `SELECT ${v} AS v, COUNT(*) AS z, MAX(${w}) AS y FROM ${of.from} WHERE ${only} GROUP BY ${v} ORDER BY ${one}${limit}`,
    `SELECT ${v} AS v, ${w} AS w, COUNT(*) AS z FROM ${of.from} GROUP BY ${v}, ${w} HAVING ${having} ORDER BY ${both}${limit}`,
  ]);
}

function nested(random: Random, of: Sorted, only: string, limit: string): string {
  const [v, w, id] = [random.pick(of.numbers), random.pick(of.numbers), random.pick(of.ids)];
  const all = of.ids.map((column, at) => `${column} AS i${at}`).join(", ");
  const rest = of.ids.map((_, at) => `s.i${at}`).join(", ");
  const before = random.pick(["", "s.v, ", "s.w, s.v, ", "s.w DESC, ", "s.i0 DESC, s.v, "]);
  const rows = `SELECT ${all}, ${v} AS v, ${w} AS w FROM ${of.from}`;
  const outside = random.pick([
    ...["s.v IN (:p, :q)", "(:r IS NULL OR s.v = :r)", "s.v = :p", "s.v BETWEEN :p AND :q", "(s.v = :p OR s.v = :q)"],
  ]);
  const window = `ROW_NUMBER() OVER (ORDER BY ${keys(random, of)})`;
  return random.pick([
    `SELECT s.i0, s.v FROM (${rows} WHERE ${only}) AS s ORDER BY ${before}${rest}${limit}`,
    `WITH s AS (${rows}) SELECT s.i0, s.v, s.w FROM s WHERE ${outside} ORDER BY ${before}${rest}${limit}`,
    `SELECT s.i0, s.v FROM (${rows} WHERE ${only} ORDER BY ${keys(random, of)} LIMIT 4) AS s ORDER BY ${before}${rest}`,
    `SELECT ${all}, ${window} AS z FROM ${of.from} WHERE ${only} ORDER BY ${random.pick(["z", "i0"])}, ${of.ids.join(", ")}`,
    `SELECT o.id, (SELECT ${v} FROM ${of.from} WHERE ${only} AND ${id} >= o.id ORDER BY ${keys(random, of)} LIMIT 1) AS v FROM a o ORDER BY o.id`,
    `SELECT ${v} AS v, ${id} AS i FROM ${of.from} WHERE ${only} UNION SELECT ${v} AS v, ${id} AS i FROM ${of.from} ORDER BY ${random.pick(["v, i", "i, v", "i DESC, v"])}${limit}`,
  ]);
}

function sorted(random: Random): Sorted {
  const kind = random.pick(["JOIN", "LEFT JOIN"]);
  return random.pick<Sorted>([
    { from: "a", numbers: ["a.n", "a.c", "a.m"], ids: ["a.id"] },
    { from: "a", numbers: ["a.n", "a.c", "a.m"], ids: ["a.id"] },
    { from: "k", numbers: ["k.a_id", "k.id"], ids: ["k.id"] },
    { from: `k ${kind} a ON a.id = k.a_id`, numbers: ["k.a_id", "a.n", "a.m", "a.c"], ids: ["k.id", "a.id"] },
    { from: `a ${kind} k ON k.id = a.n`, numbers: ["a.n", "k.a_id", "a.c"], ids: ["a.id", "k.id"] },
    { from: "(SELECT id, n, m FROM a) AS q", numbers: ["q.n", "q.m"], ids: ["q.id"] },
    { from: "(SELECT DISTINCT n, m FROM a) AS q", numbers: ["q.n", "q.m"], ids: ["q.n", "q.m"] },
    {
      from: `(SELECT n, m, COUNT(*) AS z FROM a WHERE ${random.pick(["n IN (:p, :q)", "m = :p", "(:r IS NULL OR n = :r)"])} GROUP BY n, m) AS q`,
      ...{ numbers: ["q.n", "q.z", "q.m"], ids: ["q.n", "q.m"] },
    },
    { from: "a JOIN k ON k.id < 4", numbers: ["a.n", "a.c", "k.a_id"], ids: ["a.id", "k.id"] },
  ]);
}

/** Sort keys that are total, mostly. */
function keys(random: Random, of: Sorted): string {
  const [c, d] = [random.pick(of.numbers), random.pick(of.numbers)];
  const one = (): string =>
    random.pick([
      ...[c, d, d, `${c} DESC`, `-${c}`, `${c} + ${d}`, `${c} IS NULL`, `COALESCE(${c}, 0)`, `ABS(${d})`],
      ...[`CASE WHEN ${c} = :p THEN 0 ELSE 1 END`, `${random.pick(of.ids)} DESC`],
      `(SELECT COUNT(*) FROM k z WHERE z.a_id = ${c})`,
    ]);
  const drawn = Array.from({ length: random.between(1, 3) }, one);
  return [...new Set(random.chance(0.85) ? [...drawn, ...of.ids] : drawn)].join(", ");
}

function condition(random: Random, of: Sorted, depth: number): string {
  const [c, d] = [random.pick(of.numbers), random.pick(of.numbers)];
  const joint = random.pick(["OR", "AND"]);
  const deeper = random.chance(0.12) && depth < 2;
  if (deeper) return `(${condition(random, of, depth + 1)} ${joint} ${condition(random, of, depth + 1)})`;
  return random.pick([
    `${c} IN (:p, :q)`,
    `${c} IN (:ids...)`,
    `(:r::integer? IS NULL OR ${c} = :r)`,
    `(:r::integer? IS NULL OR ${c} IN (:ids...))`,
    `${c} BETWEEN :p AND :q`,
    `(${c} >= :p AND ${c} <= :q)`,
    `${c} IS NOT DISTINCT FROM :r::integer?`,
    `${c} = COALESCE(:r::integer?, ${c})`,
    `CASE WHEN :r::integer? IS NULL THEN TRUE ELSE ${c} = :r END`,
    `(${c} = :p OR ${c} = :q)`,
    `(${c} = :p OR ${c} > :q)`,
    `(:p::integer <> 1 OR ${c} = ${d})`,
    `NOT (:b::boolean AND ${c} <> :p)`,
    `(${c}, ${d}) IN ((:p, :q), (:q, :p))`,
    `${c} = :p`,
    `${c} = ${d}`,
    `${random.pick(of.ids)} > :p`,
    ...ofSubqueries(random, c),
  ]);
}

/** Conditions that give a column one value by a subquery. */
function ofSubqueries(random: Random, c: string): readonly string[] {
  const few = random.pick([
    "x.n IN (:p, :q)",
    "x.n = :p",
    "(:r::integer? IS NULL OR x.n = :r)",
    "x.n BETWEEN :p AND :q",
  ]);
  return [
    `EXISTS (SELECT 1 FROM a x WHERE x.n = ${c} AND ${few})`,
    `EXISTS (SELECT 1 FROM a x JOIN k y ON y.id = x.n WHERE x.n = ${c} AND ${few})`,
    `${c} IN (SELECT x.n FROM a x WHERE ${few})`,
    `${c} IN (SELECT x.n FROM a x WHERE x.c = :p${perhaps(random, 0.5, " GROUP BY x.n")})`,
    `${c} NOT IN (SELECT x.n FROM a x WHERE ${few})`,
    `${c} = (SELECT MAX(x.n) FROM a x WHERE x.c = :p)`,
    `${c} = (SELECT x.n FROM a x WHERE x.id = :p)`,
  ];
}
