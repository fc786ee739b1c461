import type { Random } from "../../../src/differential/random.ts";
import { filter, perhaps, queryC, source, where } from "../../schema/sources.ts";

/**
 * Whether EXISTS and IN (SELECT ..) find the same rows when their query joins and has filters that a parameter may
 * switch off: MariaDB makes a join of them, and decides how before it knows the parameters.
 */
export function semiJoins(random: Random): string {
  const withC = random.chance(0.33);
  const [first, second, third] = ["t1", "t2", "t3"].map((name) => source(random, name, withC));
  if (first === undefined || second === undefined || third === undefined) throw new Error("three sources");
  const one = (): string => random.pick(first.columns);
  const two = (): string => random.pick(second.columns);
  const three = (): string => random.pick(third.columns);
  const kind = random.pick(["JOIN", "JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN"]);
  const on = `${one()} = ${two()}${perhaps(random, 0.6, ` AND ${filter(random, two())}`)}`;
  const more = ` JOIN ${third.from} ON ${three()} = ${two()}${perhaps(random, 0.5, ` AND ${filter(random, three())}`)}`;
  const joined = `${first.from} ${kind} ${second.from} ON ${on}${perhaps(random, 0.3, more)}`;
  const only = perhaps(random, 0.6, inner(random, one(), two()));
  const not = random.pick(["", "", "", "NOT "]);
  const outer = random.pick([
    ...["a z9", "k z9", "a z9 JOIN k y9 ON y9.a_id = z9.id", "a z9 LEFT JOIN k y9 ON y9.a_id = z9.id"],
  ]);
  const beside = random.pick([
    "",
    "",
    " AND z9.id > 1",
    ` AND ${filter(random, "z9.id")}`,
    ` OR ${filter(random, "z9.id")}`,
  ]);
  const text = random.pick([
    `SELECT z9.id FROM ${outer} WHERE z9.id ${not}IN (SELECT ${one()} FROM ${joined}${where(only)})${beside}`,
    `SELECT z9.id FROM ${outer} WHERE z9.id ${not}IN (SELECT ${two()} FROM ${joined}${where(only)})${beside}`,
    `SELECT z9.id FROM ${outer} WHERE ${not}EXISTS (SELECT 1 FROM ${joined}${where(only, `${one()} = z9.id`)})${beside}`,
    `SELECT COUNT(*) AS v FROM ${outer} WHERE ${not}EXISTS (SELECT 1 FROM ${joined}${where(only, `${two()} = z9.id`)})${beside}`,
    `SELECT z9.id, (SELECT COUNT(*) FROM ${joined}${where(only, `${one()} = z9.id`)}) AS v FROM a z9`,
    `SELECT ${one()} AS v1, ${two()} AS v2 FROM ${joined}${where(only)}`,
    ...ofColumns(random),
  ]);
  return withC && /\bc t\d/.test(text) ? queryC(random) + text : text;
}

/** A condition of the joined query itself. */
function inner(random: Random, one: string, two: string): string {
  return random.pick([
    filter(random, one),
    filter(random, two),
    `${two} IS NOT NULL`,
    `${one} IS NULL`,
    `${one} > 1`,
    `EXISTS (SELECT 1 FROM k z WHERE z.a_id = ${one} AND ${filter(random, "z.id")})`,
    `${one} IN (SELECT z.id FROM k z WHERE ${filter(random, "z.id")})`,
  ]);
}

/** Memberships of a column that another condition fixes, and of writes. */
function ofColumns(random: Random): readonly string[] {
  const column = random.pick(["n", "m", "id"]);
  const not = random.pick(["", "NOT "]);
  const few = random.pick([filter(random, "z.id"), `z.id = ${random.pick(["1", "2", "9"])}`, "z.a_id IS NOT NULL"]);
  const set = random.pick([
    ...[
      `SELECT z.id FROM k z WHERE ${few}`,
      "SELECT z.a_id FROM k z",
      "SELECT z.id FROM k z INTERSECT SELECT y.a_id FROM k y",
    ],
    "SELECT z.id FROM k z EXCEPT SELECT y.a_id FROM k y",
  ]);
  const other = random.pick([
    `${column} = (SELECT MAX(y.${column}) FROM a y${perhaps(random, 0.5, " WHERE y.n > :p::integer")})`,
    ...[`${column} = :p::integer`, "n > 1", "b"],
  ]);
  const joint = random.pick(["AND", "AND", "OR"]);
  return [
    `SELECT id FROM a WHERE ${other} ${joint} ${column} ${not}IN (${set})`,
    `SELECT q.id FROM (SELECT id, n, m, b FROM a WHERE ${other}) q WHERE q.${column} ${not}IN (${set})`,
    `UPDATE a SET n = 4 WHERE ${other} ${joint} ${column} ${not}IN (${set})`,
    `DELETE FROM k WHERE ${not}EXISTS (SELECT 1 FROM a y WHERE y.id = k.a_id AND ${filter(random, "y.n")})`,
  ];
}
