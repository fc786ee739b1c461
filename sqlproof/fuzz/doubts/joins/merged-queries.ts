import type { Random } from "../../../src/differential/random.ts";
import { filter, perhaps, where } from "../../schema/sources.ts";
import { views } from "../../schema/views.ts";

/** What stands in FROM, and its columns, which are whole numbers. */
interface From {
  readonly text: string;
  readonly columns: readonly string[];
}

/**
 * Whether MariaDB reads a column of a view, or of a query in FROM, everywhere as that of the tables that it joins
 * instead: in expressions with aggregates and windows, in sort keys, as a constant, and where an outer join fills it.
 */
export function mergedQueries(random: Random): string {
  const from = joined(random);
  // A column that several clauses share is what goes wrong.
  const shared = [random.pick(from.columns), random.pick(from.columns), random.pick(from.columns)];
  const of = { ...from, columns: [...from.columns, ...shared, ...shared] };
  const only = perhaps(random, 0.5, condition(random, of));
  return random.pick([listed, grouped, windowed, nested, asked])(random, of, only);
}

function listed(random: Random, of: From, only: string): string {
  const [e1, e2, e3] = [value(random, of), value(random, of), random.pick(of.columns)];
  const keys = random.pick(["e1, e2, e3", "e3 DESC, e1, e2", "e1 IS NULL, e1, e2, e3", "COALESCE(e3, 4), e3, e1, e2"]);
  const limit = random.pick(["", " LIMIT 3", " LIMIT 2 OFFSET 1"]);
  const distinct = perhaps(random, 0.4, "DISTINCT ");
  return `SELECT ${distinct}${e1} AS e1, ${e2} AS e2, ${e3} AS e3 FROM ${of.text}${where(only)} ORDER BY ${keys}${limit}`;
}

function grouped(random: Random, of: From, only: string): string {
  const key = random.pick(of.columns);
  const [one, other] = [aggregate(random, of), aggregate(random, of)];
  const beside = random.pick([
    ...[`${key} + ${one}`, `COALESCE(${one}, ${key})`, `COALESCE(${key}, ${one})`, `NULLIF(${key}, ${one})`, other],
    ...[`CASE WHEN ${one} > 1 THEN ${key} END`, `CASE WHEN ${key} IS NULL THEN ${one} ELSE ${key} END`],
  ]);
  const having = random.pick(["", "", ` HAVING ${one} > 1`, ` HAVING ${key} IS NULL`, ` HAVING ${other} IS NOT NULL`]);
  const order = random.pick(["", " ORDER BY g IS NULL, g", ` ORDER BY ${one}, g LIMIT 2`]);
  return `SELECT ${key} AS g, ${one} AS v1, ${beside} AS v2 FROM ${of.text}${where(only)} GROUP BY ${key}${having}${order}`;
}

function windowed(random: Random, of: From, only: string): string {
  const [key, column, e1] = [random.pick(of.columns), random.pick(of.columns), value(random, of)];
  const over = random.pick(["OVER ()", `OVER (PARTITION BY ${key})`]);
  const window = random.pick([
    ...[`COUNT(*) ${over}`, `COUNT(${column}) ${over}`, `MAX(${column}) ${over}`, `SUM(${column}) ${over}`],
    ...[`${column} + COUNT(*) ${over}`, `CASE WHEN COUNT(*) ${over} > 1 THEN ${column} END`],
    `RANK() OVER (ORDER BY ${key})`,
  ]);
  return `SELECT ${perhaps(random, 0.3, "DISTINCT ")}${key} AS s, ${e1} AS e1, ${window} AS o FROM ${of.text}${where(only)}`;
}

function nested(random: Random, of: From, only: string): string {
  const [e1, e2, e3] = [value(random, of), random.pick(of.columns), value(random, of)];
  const body = `SELECT ${e1} AS e1, ${e2} AS e2, ${e3} AS e3 FROM ${of.text}${where(only)}`;
  const q: From = { text: "q", columns: ["q.e1", "q.e2", "q.e3"] };
  return random.pick([
    `SELECT q.e1, ${value(random, q)} AS v FROM (${body}) AS q WHERE ${condition(random, q)}`,
    `SELECT q.e2 AS g, ${aggregate(random, q)} AS v FROM (${body}) AS q GROUP BY q.e2`,
    `SELECT o.id, q.e1, q.e2 FROM a o LEFT JOIN (${body}) AS q ON q.e2 = o.id${where(perhaps(random, 0.6, condition(random, q)))}`,
    `WITH q AS (${body}) SELECT q.e1, p.e2, ${value(random, q)} AS v FROM q LEFT JOIN q p ON p.e2 = q.e1`,
    `${body} UNION SELECT ${value(random, of)}, ${value(random, of)}, 1 FROM ${of.text}`,
  ]);
}

function asked(random: Random, of: From, only: string): string {
  const column = random.pick(of.columns);
  const not = perhaps(random, 0.4, "NOT ");
  const rows = `SELECT 1 FROM ${of.text}${where(only, `${column} = o.id`)}`;
  return random.pick([
    `SELECT o.id FROM a o WHERE ${not}EXISTS (${rows})`,
    `SELECT o.id, (SELECT COUNT(*) FROM ${of.text}${where(only, `${column} = o.id`)}) AS n FROM a o`,
    `SELECT o.id FROM a o WHERE o.n IN (SELECT ${column} FROM ${of.text}${where(only)})`,
    `UPDATE k SET d = 2.00 WHERE k.a_id IN (SELECT va.id FROM va${where(filter(random, "va.m5"))})`,
    `INSERT INTO k (t, d) SELECT 'x', 1.00 FROM ${of.text}${where(only, condition(random, of))}`,
  ]);
}

const alias = "v1";

function joined(random: Random): From {
  const first = source(random, alias);
  if (random.chance(0.5)) return first;
  const second = source(random, "v2");
  const how = random.pick(["JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN"]);
  const on = `${random.pick(second.columns)} = ${random.pick(first.columns)}`;
  const more = perhaps(random, 0.3, ` AND ${random.pick(second.columns)} > 1`);
  const both = {
    text: `${first.text} ${how} ${second.text} ON ${on}${more}`,
    columns: [...first.columns, ...second.columns],
  };
  if (random.chance(0.7)) return both;
  const third = source(random, "v3");
  const last = `${random.pick(third.columns)} = ${random.pick(both.columns)}`;
  return { text: `${both.text} LEFT JOIN ${third.text} ON ${last}`, columns: [...both.columns, ...third.columns] };
}

/** A view, the same query in FROM, or one on the view. */
function source(random: Random, name: string): From {
  const view = random.pick([...views, ...views.slice(0, 2)]);
  const columns = view.columns.map((column) => `${name}.${column}`);
  const from = random.pick([
    ...[view.name, view.name, `(${view.select})`],
    `(SELECT ${view.columns.join(", ")} FROM ${view.name} WHERE ${filter(random, "id")})`,
  ]);
  return { text: `${from} AS ${name}`, columns };
}

function value(random: Random, { columns }: From): string {
  const [one, other] = [random.pick(columns), random.pick(columns)];
  return random.pick([
    ...[one, one, one, `COALESCE(${one}, 3)`, `NULLIF(${one}, ${other})`, `${one} + 1`, `${one} - ${other}`],
    ...[`CASE WHEN ${other} > 2 THEN ${one} ELSE 2 END`, `CASE ${one} WHEN 2 THEN ${other} WHEN ${other} THEN 3 END`],
    `(SELECT COUNT(*) FROM k z WHERE z.id = ${one})`,
  ]);
}

function aggregate(random: Random, { columns }: From): string {
  const one = random.pick(columns);
  const cases = `SUM(CASE WHEN ${one} IS NULL THEN 1 ELSE 0 END)`;
  return random.pick(["COUNT(*)", `COUNT(${one})`, `MAX(${one})`, `MIN(${one})`, `SUM(${one})`, cases]);
}

function condition(random: Random, { columns }: From): string {
  const [one, other] = [random.pick(columns), random.pick(columns)];
  return random.pick([
    ...[`${one} > 2`, `${one} IS NULL`, `${one} IS NOT NULL`, `${one} = ${other}`, `COALESCE(${one}, 3) = 3`],
    ...[`(${one} > 2 OR ${other} IS NULL)`, filter(random, one), `${one} <> 4`],
    `EXISTS (SELECT 1 FROM k z WHERE z.id = ${one})`,
    `${one} IN (SELECT z.id FROM va z WHERE z.m5 = 5)`,
  ]);
}
