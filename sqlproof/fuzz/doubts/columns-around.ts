import type { Random } from "../../src/differential/random.ts";

/** Queries of one row, whose columns a subquery names as those of `z`. */
const around = [
  ...["a z WHERE z.id = :q", "a z WHERE z.id = :q", "a z WHERE z.id IN (:q)", "a z WHERE z.id = :q OR z.id = 3"],
  ...["(SELECT id, n, m, c, b, y, t FROM a WHERE id = :q) AS z", "k o JOIN a z ON z.id = o.a_id WHERE o.id = :q"],
  ...["k o LEFT JOIN a z ON z.id = o.a_id WHERE o.id = :q", "a z", "a z WHERE z.n > :q"],
] as const;

const numbers = ["n", "m", "c", "id"] as const;

/**
 * Whether a subquery answers the same where the query around it has one row: MariaDB reads that row first and takes its
 * columns for constants, and another execution finds another row.
 */
export function columnsAround(random: Random): string {
  const from = random.pick(around);
  const [only, also] = [condition(random), condition(random)];
  const number = random.pick(numbers);
  const [v, w] = [`i.${random.pick(["b", "t", "d", "n", "m"])}`, `i.${random.pick(["n", "m", "y", "c", "b"])}`];
  const [down, up] = [random.pick(["", " DESC"]), random.pick(["", " DESC"])];
  const limit = random.pick(["LIMIT 1", "LIMIT 1", "LIMIT 1 OFFSET 1"]);
  const source = random.pick([
    "a i",
    "a i",
    "a i LEFT JOIN k j ON j.a_id = i.id AND j.id > 2",
    "k j JOIN a i ON i.id = j.a_id",
  ]);
  const rest = source.includes("j") ? "i.id, j.id" : "i.id";
  const value = random.pick([
    `SELECT i.id FROM ${source} WHERE ${only} ORDER BY ${v}${down}, ${w}${up}, ${rest} ${limit}`,
    `SELECT i.id FROM ${source} WHERE ${only} AND ${also} ORDER BY ${v}${down}, ${w}${up}, ${rest} ${limit}`,
    `SELECT ${w} FROM a i WHERE ${only} GROUP BY ${w} ORDER BY COUNT(*)${down}, ${w}${up} ${limit}`,
    `SELECT DISTINCT ${w} FROM ${source} WHERE ${only} ORDER BY ${w}${up} ${limit}`,
    `SELECT DISTINCT z.${number} FROM a i WHERE ${only} ORDER BY z.${number} ${limit}`,
    `SELECT MAX(i.${number}) FROM ${source} WHERE i.${number} < z.c AND ${only}`,
    `SELECT MIN(${v}) FROM ${source} WHERE i.${number} ${random.pick(["=", ">", "<="])} z.${random.pick(numbers)}`,
    `SELECT COUNT(*) FROM ${source} WHERE ${only} AND ${also}`,
  ]);
  const exists = random.pick([
    `SELECT i.b FROM a i WHERE ${only} GROUP BY i.b${random.pick(["", " HAVING COUNT(*) > 1"])} ORDER BY i.b LIMIT 1 OFFSET 1`,
    `SELECT 1 FROM ${source} WHERE ${only} AND ${also}`,
  ]);
  const and = from.includes("WHERE") ? "AND" : "WHERE";
  return random.pick([
    `SELECT z.id, (${value}) AS v FROM ${from}`,
    `SELECT z.id, (${value}) AS v FROM ${from}`,
    `SELECT z.id FROM ${from} ${and} ${random.pick(["", "NOT "])}EXISTS (${exists})`,
    `SELECT z.id FROM ${from} ${and} z.${number} ${random.pick(["IN", "NOT IN"])} (SELECT i.${number} FROM a i WHERE ${only})`,
    `SELECT z.id, i.id AS i FROM ${from.replace(" WHERE", ` JOIN a i ON ${only} WHERE`)}${from.includes("WHERE") ? "" : ` JOIN a i ON ${only}`} ORDER BY ${v}${down}, ${w}${up}, i.id, z.id LIMIT 3`,
  ]);
}

/** What an execution decides by the row of `z` alone, beside what it asks of `i`. */
function condition(random: Random): string {
  const [inner, outer] = [random.pick(["n", "m", "y", "b", "t"]), random.pick(numbers)];
  const literal = { y: "'2024-02-29'", b: "TRUE", t: "'x'" }[inner] ?? random.pick(["3", "7", ":q"]);
  const given = inner === "y" || inner === "b" || inner === "t" ? `z.${inner}` : `z.${outer}`;
  const decided = random.pick([
    `z.m IS NULL`,
    "z.m IS NOT NULL",
    "z.b",
    "NOT z.b",
    `z.${outer} > 3`,
    "z.y > '2024-01-01'",
  ]);
  const equal = `i.${inner} = ${given}`;
  return random.pick([
    ...[`(${given} IS NULL OR ${equal})`, `(${decided} OR ${equal})`, `(${equal} OR ${decided})`],
    ...[`(${equal} OR i.${inner} = ${literal})`, `(${decided} OR i.${inner} = ${literal})`, equal],
    ...[`i.${inner} IN (${given}, ${literal})`, `(${decided} AND ${equal} OR NOT (${decided}))`],
    ...[
      `i.${inner} IS NOT DISTINCT FROM ${given}`,
      `(${decided} OR i.m IS NULL)`,
      `CASE WHEN ${decided} THEN ${equal} ELSE TRUE END`,
    ],
  ]);
}
