import type { Random } from "../../../src/differential/random.ts";
import { where } from "../../schema/sources.ts";

/** A table of the subquery: its alias and the columns that it has. */
interface Joined {
  readonly alias: string;
  readonly columns: readonly string[];
}

const columnsOfA = ["id", "n", "m", "c", "m"];
const columnsOfK = ["id", "a_id"];

/**
 * Whether MariaDB, which reads a row before it plans where constants alone find one, finds it for every row of the query
 * around: it decides conditions of that row and of the query around when it plans.
 */
export function singleRows(random: Random): string {
  const [from, tables] = joined(random);
  const only = random.chance(0.9) ? conditions(random, tables) : "";
  const body = `${from}${where(only)}`;
  const [one] = tables;
  const around = random.pick(["", " WHERE o.id > 2", ` WHERE o.n <> ${constant(random)}`]);
  const and = around === "" ? " WHERE " : `${around} AND `;
  const subquery = `(SELECT ${aggregate(random, tables)} FROM ${body})`;
  return random.pick([
    `SELECT o.id, ${subquery} AS v FROM a AS o${around} ORDER BY o.id`,
    `SELECT o.id, ${subquery} AS v, COUNT(*) AS w FROM a AS o${around} GROUP BY o.id`,
    `SELECT o.id FROM a AS o${and}${subquery} = ${constant(random)}`,
    `SELECT o.id FROM a AS o${and}${random.pick(["", "NOT "])}EXISTS (SELECT 1 FROM ${body})`,
    `SELECT o.id, EXISTS (SELECT 1 FROM ${body}) AS v FROM a AS o${around}`,
    `SELECT o.id FROM a AS o${and}o.n IN (SELECT ${one?.alias ?? "s0"}.id FROM ${body})`,
    `UPDATE a AS o SET n = ${subquery} WHERE o.id > ${constant(random)}`,
  ]);
}

function joined(random: Random): [string, readonly Joined[]] {
  const tables: Joined[] = [];
  let from = "";
  const count = random.pick([1, 2, 2, 3]);
  for (let number = 0; number < count; number += 1) {
    const isA = random.chance(0.7);
    const next: Joined = { alias: `${isA ? "s" : "k"}${number}`, columns: isA ? columnsOfA : columnsOfK };
    const source = `${isA ? sourceOfA(random) : random.pick(["k", "k", "(SELECT id, a_id FROM k)"])} AS ${next.alias}`;
    if (number === 0) from = source;
    else from += ` ${random.pick(["JOIN", "LEFT JOIN", "LEFT JOIN"])} ${source} ON ${on(random, next, tables)}`;
    tables.push(next);
  }
  return [from, tables];
}

function sourceOfA(random: Random): string {
  return random.pick([
    ...["a", "a", "a", "a"],
    "(SELECT id, n, m, COALESCE(m, 3) AS c FROM a)",
    `(SELECT id, n, m, NULLIF(m, 2) AS c FROM a WHERE id = ${constant(random)})`,
    `(SELECT MAX(id) AS id, MAX(n) AS n, MIN(m) AS m, COUNT(*) AS c FROM a WHERE id < ${constant(random)})`,
  ]);
}

function on(random: Random, next: Joined, before: readonly Joined[]): string {
  const other = column(random, random.pick(before));
  const key = random.pick([
    `${next.alias}.id = ${constant(random)}`,
    `${next.alias}.id = ${constant(random)}`,
    `${next.alias}.id IN (${constant(random)})`,
    `${next.alias}.id = ${other}`,
    `${next.alias}.id > ${constant(random)}`,
  ]);
  return random.pick([
    key,
    `${key} AND ${other} > 2`,
    `${key} AND ${value(random, other)} = ${constant(random)}`,
    `${key} AND ${value(random, column(random, next))} = ${value(random, other)}`,
    `${column(random, next)} = ${other}`,
  ]);
}

function conditions(random: Random, tables: readonly Joined[]): string {
  const one = condition(random, tables);
  const other = condition(random, tables);
  return random.pick([one, one, `${one} AND ${other}`, `(${one} OR ${other})`, `NOT (${one})`]);
}

function condition(random: Random, tables: readonly Joined[]): string {
  const plain = column(random, random.pick(tables));
  const own = value(random, plain);
  const around = `o.${random.pick(["id", "n", "m"])}`;
  return random.pick([
    `${own} ${random.pick(["=", "=", "<>", ">", "<="])} ${around}`,
    `${own} ${random.pick(["=", "=", "<>", ">", "<="])} ${value(random, around)}`,
    `${own} = ${constant(random)}`,
    `${plain} IS ${random.pick(["", "NOT "])}NULL`,
    `${around} = ${constant(random)}`,
    `${own} BETWEEN ${around} AND ${constant(random)}`,
    `${own} IN (${around}, ${constant(random)})`,
  ]);
}

function value(random: Random, column: string): string {
  return random.pick([
    ...[column, column],
    `COALESCE(${column}, ${random.pick(["0", "1", "3", "5"])})`,
    `NULLIF(${column}, 3)`,
    `CASE WHEN ${column} > 3 THEN ${column} ELSE 2 END`,
    `CASE WHEN ${column} IS NULL THEN 4 ELSE ${column} END`,
    `ABS(${column})`,
    `(${column} IS NULL)`,
  ]);
}

function aggregate(random: Random, tables: readonly Joined[]): string {
  const own = column(random, random.pick(tables));
  return random.pick(["COUNT(*)", "COUNT(*)", `MAX(${own})`, `MIN(${value(random, own)})`, `COUNT(${own})`]);
}

function column(random: Random, { alias, columns }: Joined): string {
  return `${alias}.${random.pick(columns)}`;
}

function constant(random: Random): string {
  return random.pick([":p::integer", ":p::integer", ":q::integer", "4", "1", "100"]);
}
