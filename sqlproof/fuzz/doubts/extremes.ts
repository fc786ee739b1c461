import type { Random } from "../../src/differential/random.ts";
import { perhaps } from "../schema/sources.ts";

const numbers = ["x.n", "x.m", "x.c", "x.id", "x.d", "x.e"] as const;
const others = ["x.t", "x.w", "x.y", ...numbers] as const;

/**
 * Whether MIN, MAX, groups and distinct values are those of the rows, where MariaDB may take them from an index: it makes
 * the value beside a column one of the column's own first.
 */
export function extremes(random: Random): string {
  const [v, w] = [random.pick(others), random.pick(others)];
  const only = Array.from({ length: random.between(1, 2) }, () => bounded(random)).join(" AND ");
  const from = random.pick([
    "a x",
    "a x",
    "a x",
    "a x JOIN k z ON z.a_id = x.id",
    "a x LEFT JOIN k z ON z.a_id = x.id",
  ]);
  const both = random.pick([`MAX(${v}) AS v`, `MIN(${v}) AS v`, `MIN(${v}) AS v, MAX(${w}) AS w, COUNT(*) AS z`]);
  const one = random.pick([`MAX(${v})`, `MIN(${v})`]);
  return random.pick([
    `SELECT ${both} FROM ${from} WHERE ${only}`,
    `SELECT ${both} FROM ${from} WHERE ${only}`,
    `SELECT x.b AS g, ${both} FROM ${from} WHERE ${only} GROUP BY x.b ORDER BY g`,
    `SELECT o.id, (SELECT ${one} FROM ${from} WHERE ${only}${perhaps(random, 0.3, " AND x.id > o.id")}) AS v FROM k o`,
    `SELECT o.id FROM k o WHERE o.a_id IN (SELECT x.id FROM ${from} WHERE ${only})`,
    `SELECT q.v FROM (SELECT ${one} AS v FROM ${from} WHERE ${only}) AS q`,
    `SELECT DISTINCT ${v} AS v FROM ${from} WHERE ${only} ORDER BY v`,
    `SELECT COUNT(DISTINCT ${v}) AS v FROM ${from} WHERE ${only}`,
    `SELECT ${v} AS v, x.id FROM a x WHERE ${only} ORDER BY v${random.pick(["", " DESC"])}, x.id LIMIT 3`,
    `SELECT ${v} AS v, ${one.replace(v, w)} AS w FROM ${from} WHERE ${only} GROUP BY ${v} ORDER BY v`,
  ]);
}

/** A condition that an index may answer. */
function bounded(random: Random): string {
  const column = random.pick(numbers);
  const far = column.endsWith("d") && column !== "x.id" ? "99999999.99" : "3000000000";
  const [p, q] = [random.pick([":p", ":p", far, "5"]), random.pick([":q", "9"])];
  return random.pick([
    `${column} ${random.pick(["<", "<=", ">", ">=", "=", "<>"])} ${p}`,
    `${column} ${random.pick(["<", ">"])} ${p}`,
    `${column} BETWEEN ${p} AND ${q}`,
    `${column} IN (${p}, ${q})`,
    `NOT ${column} >= ${p}`,
    `(${column} < ${p} OR ${column} > ${q})`,
    `${column} IS NOT NULL`,
    `${column} > (SELECT MAX(y.c) FROM a y WHERE y.n < 5)`,
  ]);
}
