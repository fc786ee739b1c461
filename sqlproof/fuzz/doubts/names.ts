import type { Random } from "../../src/differential/random.ts";

const columns = ["id", "id", "n", "m", "a_id", "c", "v"];
const aliases = ["a", "k", "o", "q", "O", "K"];

/**
 * What a name means: few names for many things, as columns, as aliases of columns and of tables, in queries within each
 * other, in every clause.
 */
export function names(random: Random): string {
  const [table, alias] = source(random);
  const list = `${column(random, alias)} AS ${random.pick(columns)}, ${item(random, alias)} AS ${random.pick(["w", "n", "id"])}`;
  const body = `FROM ${table} AS ${alias}${join(random, alias)} WHERE ${condition(random, alias, 2)}`;
  return random.pick([
    `SELECT ${list} ${body}`,
    `SELECT ${list} ${body} ORDER BY ${name(random, alias)}, ${alias}.id`,
    `SELECT ${name(random, alias)} AS v, COUNT(*) AS w ${body} GROUP BY ${name(random, alias)}`,
    `SELECT ${name(random, alias)} AS v, COUNT(*) AS w ${body} GROUP BY ${name(random, alias)} HAVING ${name(random, alias)} > 2`,
    `SELECT ${name(random, alias)} AS n, COUNT(*) AS w ${body} GROUP BY ${name(random, alias)} HAVING ${condition(random, alias, 1)}`,
    `WITH ${random.pick(aliases)} AS (SELECT ${list} ${body}) SELECT q.w AS v FROM ${random.pick(aliases)} AS q`,
    `UPDATE a SET n = COALESCE(${subquery(random, "a", 1)}, 3) WHERE ${condition(random, "a", 1)}`,
    `DELETE FROM k WHERE ${condition(random, "k", 1)}`,
  ]);
}

function source(random: Random): [table: string, alias: string] {
  const table = random.pick(["a", "k", "a", "(SELECT id, n AS v, m AS n FROM a)", "(SELECT a_id AS n, id FROM k)"]);
  return [table, random.pick(aliases)];
}

function join(random: Random, before: string): string {
  if (random.chance(0.6)) return "";
  const [table, alias] = source(random);
  const on = `${name(random, alias)} = ${name(random, before)}`;
  const more = random.chance(0.3) ? ` JOIN ${random.pick(["a", "k"])} AS z ON z.id = ${alias}.id` : "";
  return ` ${random.pick(["JOIN", "JOIN", "LEFT JOIN"])} ${table} AS ${alias} ON ${on}${more}`;
}

/** A name as it is, or of a table. */
function name(random: Random, alias: string): string {
  return random.chance(0.5) ? random.pick(columns) : column(random, random.chance(0.7) ? alias : random.pick(aliases));
}

function column(random: Random, alias: string): string {
  return `${alias}.${random.pick(columns)}`;
}

function item(random: Random, alias: string): string {
  return random.chance(0.4) ? subquery(random, alias, 1) : name(random, alias);
}

function condition(random: Random, alias: string, depth: number): string {
  const one = name(random, alias);
  if (depth === 0)
    return random.pick([`${one} = ${name(random, alias)}`, `${one} > 2`, `${one} <> ${column(random, alias)}`]);
  const [table, own] = source(random);
  const body = `FROM ${table} AS ${own}${join(random, own)} WHERE ${condition(random, own, depth - 1)}`;
  return random.pick([
    `${one} > 1`,
    `${one} <> ${name(random, alias)}`,
    `EXISTS (SELECT 1 AS ${random.pick(columns)} ${body})`,
    `NOT EXISTS (SELECT ${name(random, own)} AS ${random.pick(columns)} ${body})`,
    `${one} IN (SELECT ${name(random, own)} AS ${random.pick(columns)} ${body})`,
    `${one} > (SELECT COUNT(*) AS ${random.pick(columns)} ${body})`,
  ]);
}

function subquery(random: Random, alias: string, depth: number): string {
  const [table, own] = source(random);
  const only = condition(random, random.chance(0.5) ? own : alias, depth);
  const value = random.pick([`MAX(${name(random, own)})`, "COUNT(*)", `SUM(${name(random, own)})`]);
  return `(SELECT ${value} AS ${random.pick(columns)} FROM ${table} AS ${own}${join(random, own)} WHERE ${only})`;
}
