import type { Random } from "../../../src/differential/random.ts";
import { perhaps, queryC, type Source, source, where } from "../../schema/sources.ts";

/**
 * Whether joins of every kind find the same rows, nested in brackets or not, over tables and queries, with conditions
 * on both sides: MariaDB makes inner joins of outer ones and reads a column for its equal.
 */
export function joins(random: Random): string {
  const withC = random.chance(0.33);
  let names = 0;
  const next = (): Source => {
    names += 1;
    return source(random, `t${names}`, withC);
  };
  const { from, columns } = tree(random, random.pick([1, 1, 2, 2, 3]), next);
  const text = asked(random, from, columns);
  return withC && /\bc t\d/.test(text) ? queryC(random) + text : text;
}

function tree(random: Random, depth: number, next: () => Source): Source {
  if (depth === 0) return next();
  const left = tree(random, depth - 1, next);
  const isNested = depth > 1 && random.chance(0.3);
  const right = isNested ? tree(random, 1, next) : next();
  const how = random.pick(["JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN"]);
  const second = isNested ? `(${right.from})` : right.from;
  return {
    from: `${left.from} ${how} ${second} ON ${on(random, left.columns, right.columns)}`,
    columns: [...left.columns, ...right.columns],
  };
}

function on(random: Random, left: readonly string[], right: readonly string[]): string {
  const [l, r] = [random.pick(left), random.pick(right)];
  const [other, another] = [random.pick(left), random.pick(right)];
  return random.pick([
    `${l} = ${r}`,
    `${l} = ${r}`,
    `${l} = ${r} AND ${another} > 1`,
    `${l} = ${r} AND ${other} < 5`,
    `${l} = ${r} + 100`,
    `${l} = ${r} AND ${another} IS NOT NULL`,
    `${l} < ${r}`,
    `${l} = ${r} AND ${other} = ${another}`,
    `${l} = ${r} AND ${another} = :q::integer`,
    `(${l} = ${r} OR ${another} = 3)`,
    `${l} IS NOT DISTINCT FROM ${r}`,
    `${l} = ${r} AND (:o::integer? IS NULL OR ${another} = :o)`,
    `${l} = ${r} AND (:b::boolean OR ${another} = 3)`,
  ]);
}

function condition(random: Random, columns: readonly string[]): string {
  const [c, d] = [random.pick(columns), random.pick(columns)];
  return random.pick([
    `${c} IS NULL`,
    `${c} IS NOT NULL`,
    `${c} = ${d}`,
    `${c} > 2`,
    `(:w::integer? IS NULL OR ${c} = :w)`,
    `COALESCE(${c}, 3) = 3`,
    `NOT (${c} = 3)`,
    `${c} IN (1, 2, :v::integer)`,
    `(${c} IS NULL OR ${d} = 2)`,
    `${c} IN (SELECT id FROM k WHERE a_id > 1)`,
    `EXISTS (SELECT 1 FROM k z WHERE z.a_id = ${c})`,
    `${c} IS DISTINCT FROM ${d}`,
    `${c} <> ${d}`,
  ]);
}

function asked(random: Random, from: string, columns: readonly string[]): string {
  const c = (): string => random.pick(columns);
  const joint = random.pick(["AND", "AND", "OR"]);
  const one = condition(random, columns);
  const both = random.chance(0.4) ? `(${one} ${joint} ${condition(random, columns)})` : one;
  const only = perhaps(random, 0.6, both);
  const list = columns.map((column, at) => `${column} AS v${at}`).join(", ");
  const keys = [...columns.keys()].map((at) => `v${at}`);
  const not = random.pick(["", "NOT "]);
  return random.pick([
    `SELECT ${c()} AS v1, ${c()} AS v2, ${c()} AS v3 FROM ${from}${where(only)}`,
    `SELECT ${list} FROM ${from}${where(only)}`,
    `SELECT ${list} FROM ${from}${where(only)} ORDER BY ${(random.chance(0.5) ? keys : keys.toReversed()).join(", ")}`,
    `SELECT COUNT(*) AS v1, COUNT(${c()}) AS v2, SUM(${c()}) AS v3 FROM ${from}${where(only)}`,
    `SELECT MAX(${c()}) AS v1 FROM ${from}${where(only)} HAVING MIN(${c()}) > 0`,
    `SELECT ${c()} AS g, COUNT(*) AS v1, MAX(${c()}) AS v2 FROM ${from}${where(only)} GROUP BY g`,
    `SELECT DISTINCT ${c()} AS v1, ${c()} AS v2 FROM ${from}${where(only)}`,
    `SELECT ${c()} IS NULL AS v1, COALESCE(${c()}, 7) AS v2, ${c()} + 1 AS v3 FROM ${from}${where(only)}`,
    `SELECT z9.id FROM a z9 WHERE ${not}EXISTS (SELECT 1 FROM ${from}${where(only, `${c()} = z9.id`)})`,
    `SELECT z9.id, (SELECT COUNT(*) FROM ${from}${where(only, `${c()} = z9.id`)}) AS v1 FROM a z9`,
    `SELECT z9.id FROM a z9 WHERE z9.id IN (SELECT ${c()} FROM ${from}${where(only)})`,
  ]);
}
