import type { Random } from "../../src/differential/random.ts";

/** What stands in FROM, and the whole numbers that it has. */
export interface Source {
  readonly from: string;
  readonly columns: readonly string[];
}

/** A table of every schema, or a query on one, by this name; `c` is a query in WITH, where the statement has one. */
export function source(random: Random, name: string, withC: boolean): Source {
  const from = random.pick([
    "a",
    "a",
    "k",
    "k",
    "(SELECT id, n AS a_id FROM a)",
    "(SELECT id, n AS a_id FROM a WHERE m IS NOT NULL)",
    "(SELECT id, a_id FROM k WHERE (:s::integer? IS NULL OR id = :s))",
    "(SELECT DISTINCT a_id, id FROM k)",
    "(SELECT n AS a_id, COUNT(*) AS id FROM a GROUP BY n)",
    `(SELECT u1.id, u2.a_id FROM a u1 ${random.pick(["", "LEFT "])}JOIN k u2 ON u2.a_id = u1.id)`,
    "(SELECT id, a_id FROM k UNION ALL SELECT id, n FROM a)",
    ...(withC ? ["c", "c", "c", "c"] : []),
  ]);
  const columns = from === "a" ? ["id", "n", "m"] : ["id", "a_id"];
  return { from: `${from} ${name}`, columns: columns.map((column) => `${name}.${column}`) };
}

/** The query `c` of WITH. */
export function queryC(random: Random): string {
  const text = random.pick([
    "SELECT id, a_id FROM k WHERE id > 1",
    "SELECT k.id, k.a_id FROM k LEFT JOIN a ON a.id = k.a_id",
    "SELECT MAX(id) AS id, a_id FROM k GROUP BY a_id",
  ]);
  return `WITH c AS (${text}) `;
}

/** A condition that a parameter changes, as filters of lists do: many may be switched off. */
export function filter(random: Random, column: string): string {
  return random.pick([
    `(:q::integer? IS NULL OR ${column} = :q)`,
    `(:q::integer? IS NULL OR ${column} > :q)`,
    `(:b::boolean OR ${column} = 3)`,
    `${column} = :p::integer`,
    `${column} > :p::integer`,
    `(${column} = :p::integer OR ${column} = :p2::integer)`,
    `COALESCE(:q::integer?, ${column}) = ${column}`,
    ":b::boolean",
    `NOT (:q::integer? IS NOT NULL AND ${column} <> :q)`,
  ]);
}

/** Sometimes the text, otherwise nothing. */
export function perhaps(random: Random, share: number, text: string): string {
  return random.chance(share) ? text : "";
}

/** WHERE with what there is of these conditions. */
export function where(...conditions: readonly string[]): string {
  const given = conditions.filter((condition) => condition !== "");
  return given.length === 0 ? "" : ` WHERE ${given.join(" AND ")}`;
}
