import type { Random } from "../../src/differential/random.ts";
import { filter, perhaps, where } from "../schema/sources.ts";

/** What the branches select: one type, in tables and as literals. */
interface Values {
  readonly ofA: readonly string[];
  readonly ofK: readonly string[];
  readonly literals: readonly string[];
  /** A column of `a` to compare with. */
  readonly own: string;
}

/**
 * Whether UNION, INTERSECT and EXCEPT have the same rows and types wherever they may stand: MariaDB gives the column
 * the type of all branches, moves conditions into them, and ends a membership at the first row.
 */
export function unions(random: Random): string {
  const of = random.pick(values);
  const branches = Array.from({ length: random.pick([2, 2, 2, 3]) }, (_, at) => branch(random, of, at));
  const same = random.chance(0.35) ? random.pick(["INTERSECT", "UNION", "EXCEPT"]) : null;
  const united = branches.reduce((all, one) => {
    return `${all} ${same ?? random.pick(["UNION", "UNION ALL", "EXCEPT", "INTERSECT", "UNION ALL"])} ${one}`;
  });
  return random.pick([alone, asked, asked, inConditions])(random, of, united);
}

function alone(random: Random, of: Values, united: string): string {
  const order = random.pick(["v", "v DESC"]);
  const limit = random.pick(["", " LIMIT 3", " LIMIT 3 OFFSET 2"]);
  return random.pick([
    united,
    `${united} ORDER BY ${order}${limit}`,
    `SELECT q.v FROM (${united} ORDER BY ${order} LIMIT 4) AS q${where(condition(random, of))}`,
    `WITH q AS (${united}) SELECT q.v AS x, p.v AS z FROM q LEFT JOIN q p ON p.v = q.v`,
    `WITH q AS (${united}) SELECT q.v FROM q EXCEPT SELECT q.v FROM q${where(condition(random, of))}`,
  ]);
}

function asked(random: Random, of: Values, united: string): string {
  const literal = random.pick(of.literals);
  const value = random.pick(["q.v", "q.v IS NULL", `COALESCE(q.v, ${literal})`, `NULLIF(q.v, ${literal})`]);
  const only = where(perhaps(random, 0.6, condition(random, of)));
  return random.pick([
    `SELECT ${value} AS x, q.v = ${literal} AS z FROM (${united}) AS q${only}`,
    `SELECT DISTINCT ${value} AS x FROM (${united}) AS q${only}`,
    `SELECT COUNT(*) AS x, ${random.pick(["MIN", "MAX", "COUNT"])}(q.v) AS z FROM (${united}) AS q${only}`,
    `SELECT q.v, COUNT(*) AS x FROM (${united}) AS q${only} GROUP BY q.v${perhaps(random, 0.4, " HAVING COUNT(*) > 1")}`,
    `SELECT q.v, ROW_NUMBER() OVER (ORDER BY q.v) AS x FROM (${united}) AS q${only}`,
    `SELECT o.id, ${value} AS x FROM a o ${random.pick(["JOIN", "LEFT JOIN"])} (${united}) AS q ON q.v = o.${of.own}${only}`,
    `SELECT w.x FROM (SELECT ${value} AS x FROM (${united}) AS q${only}) AS w WHERE w.x IS NOT NULL`,
    `INSERT INTO k (a_id, d) SELECT NULL, 1.00 FROM (${united}) AS q${only}`,
  ]);
}

function inConditions(random: Random, of: Values, united: string): string {
  const not = random.pick(["", "NOT "]);
  const own = `o.${of.own}`;
  const also = perhaps(random, 0.4, ` AND ${condition(random, of)}`);
  return random.pick([
    `SELECT o.id FROM a o WHERE ${own} ${not}IN (${united})`,
    `SELECT o.id FROM a o WHERE ${own} ${not}IN (SELECT q.v FROM (${united}) AS q)`,
    `SELECT o.id FROM a o WHERE ${not}EXISTS (${united})`,
    `SELECT o.id FROM a o WHERE ${not}EXISTS (SELECT 1 FROM (${united}) AS q WHERE q.v = ${own}${also})`,
    `SELECT o.id, (SELECT COUNT(*) FROM (${united}) AS q WHERE q.v ${random.pick(["=", "<"])} ${own}${also}) AS x FROM a o`,
    `SELECT o.id, ${own} ${not}IN (${united}) AS x FROM a o`,
    `UPDATE k SET d = 2.00 WHERE EXISTS (SELECT 1 FROM (${united}) AS q WHERE q.v IS NULL${also})`,
  ]);
}

const values: readonly Values[] = [
  {
    ofA: ["x.n", "x.m", "x.id", "COALESCE(x.m, 3)", "NULLIF(x.n, 3)", "x.n + 1", "CASE WHEN x.n > 3 THEN x.n END"],
    ofK: ["x.id", "x.a_id", "COALESCE(x.a_id, 7)"],
    ...{ literals: ["1", "3", "7", "300"], own: "n" },
  },
  {
    ofA: ["x.n", "x.m", "x.id"],
    ofK: ["x.id", "x.a_id"],
    ...{ literals: ["1", "3"], own: "id" },
  },
  {
    ofA: ["x.t", "x.t || '!'", "SUBSTR(x.t, 1, 3)", "CAST(x.n AS CHAR)", "NULLIF(x.t, 'Ann')"],
    ofK: ["x.t", "COALESCE(x.t, 'x')", "TRIM(x.t)"],
    ...{ literals: ["''", "'Ann'", "'x '", "'é'"], own: "t" },
  },
  {
    ofA: ["x.d", "x.e", "COALESCE(x.e, 0.50)", "-x.d", "x.d + 1.00", "ROUND(x.d / 3, 2)"],
    ofK: ["x.d", "NULLIF(x.d, 1.00)"],
    ...{ literals: ["0.00", "1.50", "10.00"], own: "d" },
  },
  { ofA: ["x.y", "DATE(x.w)", "NULLIF(x.y, '2024-01-15')"], ofK: [], literals: ["'2024-01-15'"], own: "y" },
];

function branch(random: Random, of: Values, at: number): string {
  const isA = of.ofK.length === 0 || random.chance(0.5);
  const column = random.pick([...(isA ? of.ofA : of.ofK), ...(at > 0 ? of.literals.slice(0, 2) : [])]);
  const named = column === of.literals[0] && random.chance(0.3);
  if (named) return `SELECT ${column} AS v`;
  const few = random.pick([
    "x.id > 3",
    filter(random, "x.id"),
    isA ? "x.n > 2" : "x.a_id IS NOT NULL",
    "x.t IS NOT NULL",
  ]);
  const distinct = random.pick(["", "", "DISTINCT "]);
  const from = `FROM ${isA ? "a" : "k"} x${perhaps(random, 0.5, ` WHERE ${few}`)}`;
  return random.chance(0.12)
    ? `SELECT MAX(${column}) AS v ${from} GROUP BY x.id`
    : `SELECT ${distinct}${column} AS v ${from}`;
}

function condition(random: Random, of: Values): string {
  const [one, other] = [random.pick(of.literals), random.pick(of.literals)];
  return random.pick([
    ...["q.v IS NOT NULL", "q.v IS NULL", `q.v = ${one}`, `q.v >= ${one}`, `q.v IN (${one}, ${other})`],
    ...[`NOT (q.v = ${one})`, `q.v IS NOT DISTINCT FROM ${one}`, `(q.v = ${one} OR q.v IS NULL)`],
    ...[`COALESCE(q.v, ${one}) = ${one}`, "q.v IN (SELECT p.v FROM (SELECT n AS v FROM a) AS p)"],
  ]);
}
