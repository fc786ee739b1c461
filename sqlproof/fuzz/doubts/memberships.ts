import type { Random } from "../../src/differential/random.ts";

type Kind = "number" | "amount" | "text" | "time" | "day";

const columns: Readonly<Record<Kind, readonly string[]>> = {
  number: ["n", "n", "m", "m", "c", "id"],
  amount: ["d", "e"],
  text: ["t"],
  time: ["w"],
  day: ["y"],
};

/** Whether NOT IN (SELECT ..) knows the NULLs that it selects: MariaDB looks in a table of the selected type. */
export function memberships(random: Random): string {
  const kind = random.pick<Kind>(["number", "number", "number", "amount", "amount", "text", "time", "day"]);
  const isPair = random.chance(0.15);
  const sought = isPair ? `(${operand(random, kind)}, ${operand(random, "number")})` : operand(random, kind);
  const is = `${sought} ${random.pick(["IN", "NOT IN", "NOT IN"])} (${query(random, kind, isPair)})`;
  const from = random.pick([
    ...["a AS o", "a AS o", "(SELECT id, n, m, c, b, d, e, t, w, y FROM a) AS o"],
    ...["a AS o LEFT JOIN k AS kk ON kk.a_id = o.id", "a AS o JOIN k AS kk ON kk.id = o.id"],
  ]);
  const id = from.includes("kk") ? "o.id, kk.id AS kid" : "o.id";
  const end = ` ORDER BY o.id${from.includes("kk") ? ", kk.id" : ""}`;
  return random.pick([
    `SELECT ${id} FROM ${from} WHERE ${is}${end}`,
    `SELECT ${id}, ${is} AS v FROM ${from}${end}`,
    `SELECT ${id} FROM ${from} WHERE NOT (${is})${end}`,
    `SELECT ${id} FROM ${from} WHERE ${is} OR o.n = :z::integer${end}`,
    `SELECT ${id} FROM ${from} WHERE (:z::integer? IS NULL OR ${is})${end}`,
    `SELECT ${id}, CASE WHEN ${is} THEN 1 ELSE 2 END AS v FROM ${from}${end}`,
    `SELECT COUNT(*) AS v FROM ${from} WHERE ${is}`,
    `SELECT ${id} FROM ${from} WHERE (${is}) IS NULL${end}`,
  ]);
}

function query(random: Random, kind: Kind, isPair: boolean): string {
  const items = [selected(random, kind), ...(isPair ? [selected(random, "number")] : [])].join(", ");
  const all = "SELECT id, n, m, c, b, d, e, t, w, y FROM a";
  const from = random.pick([
    ...["a AS s", "a AS s", "a AS s", `(${all}) AS s`, `(${all} WHERE id > 2 UNION ALL ${all}) AS s`],
  ]);
  const only = random.pick([
    "",
    " WHERE s.id > :q::integer",
    " WHERE s.id > 3",
    " WHERE s.id <> o.id",
    " WHERE s.id = o.n",
  ]);
  const group = /MAX|COUNT|SUM/.test(items) ? random.pick(["", " GROUP BY s.id"]) : "";
  return `SELECT ${items} FROM ${from}${only}${group}`;
}

/** What the query selects: often what may be NULL. */
function selected(random: Random, kind: Kind): string {
  const c = `s.${random.pick(columns[kind])}`;
  const some = [c, c, c, `MAX(${c})`, `CASE WHEN s.m > 3 THEN ${c} END`];
  switch (kind) {
    case "number":
      return random.pick([...some, `${c} + 1`, `ABS(${c})`, `COALESCE(${c}, 7)`, `NULLIF(${c}, 7)`, `COUNT(${c})`]);
    case "amount":
      return random.pick([...some, `${c} * 2`, `SUM(${c})`, `ROUND(${c}, 1)`, `NULLIF(${c}, 7.00)`]);
    case "text":
      return random.pick([...some, `SUBSTR(${c}, 1, 3)`, `NULLIF(${c}, 'Ann')`, `${c} || 'a'`]);
    default:
      return random.pick([...some, `COALESCE(${c}, ${c})`]);
  }
}

/** What is looked for. */
function operand(random: Random, kind: Kind): string {
  const c = `o.${random.pick(columns[kind])}`;
  switch (kind) {
    case "number":
      return random.pick([c, c, `${c} + 1`, "5", ":p::integer", `COALESCE(${c}, 0)`, `${c} % 7`]);
    case "amount":
      return random.pick([c, c, `${c} * 2`, "1.50", ":p::decimal(2)", `COALESCE(${c}, 0)`]);
    case "text":
      return random.pick([c, c, `SUBSTR(${c}, 1, 3)`, ":p::text", "'Ann'"]);
    default:
      return random.pick([c, c, `COALESCE(${c}, ${c})`, kind === "time" ? ":p::datetime" : ":p::date"]);
  }
}
