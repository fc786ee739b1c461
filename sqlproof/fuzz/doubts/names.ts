import type { Random } from "../../src/differential/random.ts";

/** A table of a query, and the columns that it offers. */
interface Named {
  readonly alias: string;
  readonly columns: readonly string[];
}

/** The tables of a query, and those of the queries around it. */
type Level = readonly Named[];

const pool = ["id", "n", "m", "a_id", "v", "c"];

/**
 * What a name means: few names for many things, as columns, as aliases of columns and of tables, in queries within each
 * other, in every clause.
 */
export function names(random: Random): string {
  const [from, level] = joined(random, []);
  const scope = [level];
  const body = `FROM ${from} WHERE ${condition(random, scope, random.chance(0.3) ? 2 : 1)}`;
  const [one, other] = [name(random, scope), name(random, scope)];
  const list = `${one} AS ${random.pick(pool)}, ${random.chance(0.4) ? subquery(random, scope) : other} AS w`;
  const update: Level = [{ alias: "a", columns: ["id", "n", "m", "c"] }];
  return random.pick([
    `SELECT ${list} ${body}`,
    `SELECT ${list} ${body}`,
    `SELECT ${list} ${body} ORDER BY ${name(random, scope)}, w`,
    `SELECT ${one} AS v, COUNT(*) AS w ${body} GROUP BY ${one}`,
    `SELECT ${one} AS ${random.pick(pool)}, COUNT(*) AS w ${body} GROUP BY ${one} HAVING ${random.pick([one, "w", "v", other])} > 1`,
    `WITH ${random.pick(["a", "q", "k", "z"])} AS (SELECT ${list} ${body}) SELECT x.w AS v FROM ${random.pick(["a", "q", "q", "z"])} AS x`,
    `UPDATE a SET n = COALESCE(${subquery(random, [update])}, 3) WHERE ${condition(random, [update], 1)}`,
    `DELETE FROM k WHERE ${condition(random, [[{ alias: "k", columns: ["id", "a_id"] }]], 1)}`,
  ]);
}

/** The FROM of a query: one table or two, under aliases that the queries around may have, too. */
function joined(random: Random, around: readonly Level[]): [string, Level] {
  const [first, one] = source(random, []);
  if (random.chance(0.72)) return [first, [one]];
  const [second, other] = source(random, [one.alias]);
  const both = [one, other];
  const on = `${name(random, [both, ...around])} = ${name(random, [both, ...around])}`;
  if (random.chance(0.85)) return [`${first} ${random.pick(["JOIN", "JOIN", "LEFT JOIN"])} ${second} ON ${on}`, both];
  const [third, last] = source(random, [one.alias, other.alias]);
  return [`${first} JOIN ${second} ON ${on} JOIN ${third} ON ${last.alias}.id = ${one.alias}.id`, [...both, last]];
}

function source(random: Random, taken: readonly string[]): [string, Named] {
  const free = ["a", "k", "o", "q", random.chance(0.1) ? "O" : "z"].filter((one) => !taken.includes(one));
  const alias = random.pick(free);
  const [table, columns] = random.pick<[string, string[]]>([
    ["a", ["id", "n", "m", "c"]],
    ["a", ["id", "n", "m", "c"]],
    ["k", ["id", "a_id"]],
    ["(SELECT id, n AS v, m AS n FROM a)", ["id", "v", "n"]],
    ["(SELECT id, a_id AS n FROM k WHERE id > 2)", ["id", "n"]],
  ]);
  return [`${table} AS ${alias}`, { alias, columns }];
}

/** A column of the query or of one around it, more often than not without its table. */
function name(random: Random, scope: readonly Level[]): string {
  const level = random.pick([scope[0], ...scope]) ?? [];
  const table = random.pick(level);
  const column = random.pick(table.columns);
  const isShared = level.some((one) => one !== table && one.columns.includes(column));
  return isShared || random.chance(0.4) ? `${table.alias}.${column}` : column;
}

function condition(random: Random, scope: readonly Level[], depth: number): string {
  const [one, other] = [name(random, scope), name(random, scope)];
  const plain = random.pick([`${one} = ${other}`, `${one} > 2`, `${one} <> ${other}`, `${one} < 7`]);
  if (depth === 0 || random.chance(0.2)) return plain;
  const [from, level] = joined(random, scope);
  const inner = [level, ...scope];
  const body = `FROM ${from} WHERE ${condition(random, inner, depth - 1)}`;
  const [own] = level;
  const item = `${own?.alias ?? ""}.${random.pick(own?.columns ?? pool)} AS ${random.pick(pool)}`;
  return random.pick([
    `EXISTS (SELECT ${item} ${body})`,
    `NOT EXISTS (SELECT ${item} ${body})`,
    `${one} IN (SELECT ${item} ${body})`,
    `${one} > (SELECT COUNT(*) AS ${random.pick(pool)} ${body})`,
    `(${plain} OR EXISTS (SELECT ${item} ${body}))`,
  ]);
}

function subquery(random: Random, around: readonly Level[]): string {
  const [from, level] = joined(random, around);
  const own = name(random, [level]);
  const value = random.pick([`MAX(${own})`, "COUNT(*)", `SUM(${own})`]);
  const only = condition(random, [level, ...around], 1);
  return `(SELECT ${value} AS ${random.pick(pool)} FROM ${from} WHERE ${only})`;
}
