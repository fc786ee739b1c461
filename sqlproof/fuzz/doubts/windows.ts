import type { Random } from "../../src/differential/random.ts";
import { filter, perhaps, where } from "../schema/sources.ts";

/** Whose rows the windows see: its whole numbers, its texts, and the columns that make an order total. */
interface Rows {
  readonly from: string;
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  readonly ids: readonly string[];
}

/**
 * Whether windows that differ in what they sort and group by are right beside each other, in expressions, over groups,
 * and in queries that others read: MariaDB sorts once for several of them, and computes some texts and keys again.
 */
export function windows(random: Random): string {
  const of = rowsOf(random);
  const c = random.pick(of.numbers);
  const only = random.pick([
    ...["", "", `${c} > :p::integer`, `${c} IN (:ids...)`, `${c} IS NOT NULL`, filter(random, c)],
    ...[`EXISTS (SELECT 1 FROM k z WHERE z.a_id = ${c})`, `${c} IN (SELECT z.id FROM k z)`],
  ]);
  const form = random.pick([flat, flat, nested, grouped]);
  return form(random, of, where(only));
}

function flat(random: Random, of: Rows, only: string): string {
  const ids = of.ids.map((column, at) => `${column} AS i${at}`).join(", ");
  const totals = of.ids.map((_, at) => `i${at}`).join(", ");
  const some = (length: number, make: typeof value): string =>
    Array.from({ length }, (_, at) => `${make(random, of)} AS v${at}`).join(", ");
  const limit = random.pick(["", "", " LIMIT 3", " LIMIT 2 OFFSET 1"]);
  const first = random.pick(["v0, ", "v1 DESC, ", `${numberWindow(random, of)}, `, `${key(random, of)}, `, ""]);
  return random.pick([
    `SELECT ${ids}, ${some(random.between(1, 3), value)} FROM ${of.from}${only}`,
    `SELECT ${ids}, ${some(random.between(2, 4), numberWindow)} FROM ${of.from}${only}`,
    `SELECT ${ids}, ${some(random.between(2, 4), numberWindow)} FROM ${of.from}`,
    `SELECT ${ids}, ${some(2, value)} FROM ${of.from}${only} ORDER BY ${first}${totals}${limit}`,
    `SELECT DISTINCT ${some(random.between(1, 2), value)} FROM ${of.from}${only}`,
    `SELECT DISTINCT ${some(2, numberWindow)} FROM ${of.from}${only} ORDER BY v0, v1${limit}`,
    `SELECT ${ids}, ${some(1, value)} FROM ${of.from}${only} UNION ALL SELECT ${ids}, ${some(1, value)} FROM ${of.from}`,
  ]);
}

function nested(random: Random, of: Rows, only: string): string {
  const ids = of.ids.map((column, at) => `${column} AS i${at}`).join(", ");
  const rows = `SELECT ${ids}, ${value(random, of)} AS v0, ${numberWindow(random, of)} AS v1 FROM ${of.from}${only}`;
  const not = random.pick(["", "NOT "]);
  const after = random.pick([" WHERE s.v0 IS NOT NULL", " WHERE s.i0 > :q::integer", " WHERE s.v1 IS NULL", ""]);
  const again = random.pick([
    ...["SUM(s.i0) OVER (PARTITION BY s.v1)", "RANK() OVER (ORDER BY s.v1)", "COUNT(*) OVER (ORDER BY s.v1 IS NULL)"],
  ]);
  return random.pick([
    `SELECT s.i0, s.v0, s.v1 FROM (${rows}) AS s${after}`,
    `WITH s AS (${rows}) SELECT s.v1, COUNT(*) AS z, MAX(s.i0) AS y FROM s GROUP BY s.v1`,
    `WITH s AS (${rows}) SELECT x.i0, x.v0, y.v1 FROM s x JOIN s y ON y.i0 = x.i0${random.pick([" + 1", ""])}`,
    `SELECT o.id, s.v0, s.v1 FROM a o LEFT JOIN (${rows}) AS s ON s.i0 = o.id`,
    `SELECT o.id, (SELECT COUNT(*) FROM (${rows}) AS s WHERE s.i0 ${random.pick(["=", "<"])} o.id) AS v FROM a o`,
    `SELECT o.id FROM a o WHERE ${not}EXISTS (SELECT 1 FROM (${rows}) AS s WHERE s.i0 = o.id)`,
    `SELECT o.id FROM a o WHERE o.id IN (SELECT s.i0 FROM (${rows}) AS s${after})`,
    `SELECT s.i0, s.v1, ${again} AS w FROM (${rows}) AS s`,
  ]);
}

/** Windows over groups and their aggregates. */
function grouped(random: Random, of: Rows, only: string): string {
  const [g, h, c] = [random.pick(of.numbers), random.pick(of.numbers), random.pick(of.numbers)];
  const one = random.pick(["COUNT(*)", `SUM(${c})`, `MAX(${c})`, `COUNT(${c})`, `MIN(${c})`, `COUNT(DISTINCT ${c})`]);
  const direction = random.pick(["", " DESC"]);
  const over = random.pick([
    `ROW_NUMBER() OVER (ORDER BY ${one}${direction}, ${g})`,
    `RANK() OVER (ORDER BY ${one}${direction})`,
    `SUM(${one}) OVER (${random.pick(["", `ORDER BY ${g}`, `PARTITION BY ${one}`])})`,
    `MAX(${one}) OVER ()`,
    `LAG(${one}) OVER (ORDER BY ${g})`,
    `COUNT(*) OVER (${random.pick(["", `PARTITION BY ${one}`, `ORDER BY ${g}`])})`,
    `FIRST_VALUE(${g}) OVER (ORDER BY ${one}${direction}, ${g})`,
    `COALESCE(LEAD(${g}) OVER (ORDER BY ${g}), 0)`,
    `${one} = MAX(${one}) OVER ()`,
  ]);
  const having = perhaps(random, 0.3, ` HAVING ${one} > 1`);
  const order = random.pick(["g", "v0, g", "v1 DESC, g", `g DESC, ${one}`]);
  return random.pick([
    `SELECT ${g} AS g, ${over} AS v0, ${one} AS v1 FROM ${of.from}${only} GROUP BY ${g}${having}`,
    `SELECT ${g} AS g, ${over} AS v0, ${one} AS v1 FROM ${of.from}${only} GROUP BY ${g} ORDER BY ${order} LIMIT 5`,
    `SELECT ${g} AS g, ${h} AS h, ${over} AS v0 FROM ${of.from}${only} GROUP BY ${g}, ${h}`,
    `SELECT ${one} AS v0, SUM(${one}) OVER () AS v1 FROM ${of.from}${only}`,
  ]);
}

function rowsOf(random: Random): Rows {
  const kind = random.pick(["JOIN", "LEFT JOIN"]);
  return random.pick<Rows>([
    { from: "a", numbers: ["a.n", "a.c", "a.m"], texts: ["a.t"], ids: ["a.id"] },
    { from: "a", numbers: ["a.n", "a.m"], texts: ["a.t"], ids: ["a.id"] },
    { from: "k", numbers: ["k.id", "k.a_id"], texts: ["k.t"], ids: ["k.id"] },
    {
      from: `k ${kind} a ON a.id = k.a_id`,
      numbers: ["k.a_id", "a.n", "a.m"],
      texts: ["a.t", "k.t"],
      ids: ["k.id", "a.id"],
    },
    {
      from: "(SELECT id, n, m, t, COALESCE(m, 7) AS z FROM a) AS q",
      ...{ numbers: ["q.n", "q.z", "q.m"], texts: ["q.t"], ids: ["q.id"] },
    },
    { from: "(SELECT DISTINCT n, m FROM a) AS q", numbers: ["q.n", "q.m"], texts: [], ids: ["q.n", "q.m"] },
    {
      from: "(SELECT n, COUNT(*) AS z, MAX(m) AS y FROM a GROUP BY n) AS q",
      ...{ numbers: ["q.n", "q.z", "q.y"], texts: [], ids: ["q.n"] },
    },
    {
      from: "(SELECT id, n, LAG(n) OVER (ORDER BY id) AS y FROM a) AS q",
      ...{ numbers: ["q.n", "q.y"], texts: [], ids: ["q.id"] },
    },
  ]);
}

/** What a window sorts by. */
function key(random: Random, of: Rows): string {
  const c = random.pick(of.numbers);
  return random.pick([
    ...[c, c, random.pick([...of.texts, c]), `COALESCE(${c}, 5)`, `${c} IS NULL`, `-${c}`],
    `CASE WHEN ${c} = :w::integer THEN 1 ELSE 0 END`,
  ]);
}

/** The bracket of a window whose order is total. */
function over(random: Random, of: Rows, frame = ""): string {
  const c = random.pick(of.numbers);
  const d = random.pick([...of.numbers, ...of.texts]);
  const partition = random.pick(["", "", `PARTITION BY ${c} `, `PARTITION BY ${d} `, `PARTITION BY ${c}, ${d} `]);
  const direction = random.pick(["", "", " DESC"]);
  const keys = Array.from({ length: random.pick([0, 1, 1, 2]) }, () => key(random, of));
  const total = [...new Set([...keys, ...of.ids])].map((one) => one + direction).join(", ");
  return `(${partition}ORDER BY ${total}${frame})`;
}

function numberWindow(random: Random, of: Rows): string {
  const c = random.pick(of.numbers);
  const frame = random.pick([
    ...["", "", " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING"],
    " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
  ]);
  const loose = random.pick(["()", `(PARTITION BY ${c})`, `(ORDER BY ${key(random, of)})`, over(random, of)]);
  const aggregate = random.pick(["SUM", "MIN", "MAX", "COUNT"]);
  return random.pick([
    `ROW_NUMBER() OVER ${over(random, of)}`,
    `${random.pick(["RANK", "DENSE_RANK"])}() OVER (ORDER BY ${key(random, of)})`,
    `${aggregate}(${c}) OVER ${loose}`,
    `${aggregate}(${c}) OVER ${over(random, of, frame)}`,
    `COUNT(*) OVER ${loose}`,
    `${random.pick(["LAG", "LEAD"])}(${c}) OVER ${over(random, of)}`,
    `${random.pick(["FIRST_VALUE", "LAST_VALUE"])}(${c}) OVER ${over(random, of, frame)}`,
    `SUM(CASE WHEN ${c} > 3 THEN 1 ELSE 0 END) OVER ${loose}`,
    `MAX(COALESCE(${c}, 3)) OVER ${loose}`,
  ]);
}

/** A window in an expression. */
function value(random: Random, of: Rows): string {
  const [c, one, other] = [random.pick(of.numbers), numberWindow(random, of), numberWindow(random, of)];
  const t = random.maybe(of.texts);
  const text = t === undefined ? [] : textWindows(random, t, over(random, of));
  return random.pick([
    ...[one, one, other, `${c} - ${one}`, `${one} + ${other}`, `COALESCE(${one}, ${c})`, `${one} IS NULL`],
    ...[`${one} >= ${other}`, `CASE WHEN ${one} > ${c} THEN ${c} ELSE ${other} END`, `NULLIF(${one}, ${c})`],
    ...[`CASE WHEN ${c} > 1 THEN ${one} ELSE ${other} END`, `GREATEST(${one}, 2)`, `-${one}`, `NOT (${one} = 1)`],
    ...[`${one} IN (1, 2, 3)`, `CAST(${one} AS CHAR)`, ...text],
  ]);
}

function textWindows(random: Random, t: string, window: string): readonly string[] {
  const one = `${random.pick(["LAG", "LEAD", "FIRST_VALUE", "MIN", "MAX"])}(${t}) OVER ${window}`;
  return [
    ...[one, `COALESCE(${one}, 'x')`, `${one} || '-'`, `'x' || ${one}`, `CONCAT(${one}, '-', ${t})`],
    ...[`CHAR_LENGTH(${one})`, `SUBSTR(${one}, 1, 1)`, `${one} = ${t}`],
  ];
}
