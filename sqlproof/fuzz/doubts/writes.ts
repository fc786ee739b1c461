import type { Random } from "../../src/differential/random.ts";

/** Whether writes that read other rows write the same: what MariaDB selects for them, and when it executes them again. */
export function writes(random: Random): string {
  return random.pick([inserted, inserted, updated, deleted])(random);
}

function inserted(random: Random): string {
  const from = source(random);
  const group = random.pick([
    "",
    "",
    " GROUP BY a.n",
    " GROUP BY a.n HAVING COUNT(*) > 0",
    ` HAVING COUNT(*) > ${p(random)}`,
  ]);
  const into = "INSERT INTO k (a_id, t, d)";
  return random.pick([
    `${into} SELECT ${aggregated(random)} FROM ${from}${group}${random.pick(["", " RETURNING a_id, d"])}`,
    `${into} SELECT ${aggregated(random)} FROM ${from}${group}`,
    `${into} SELECT a.id, SUBSTR(a.t, 1, 4), a.d FROM ${from} ORDER BY a.id LIMIT ${random.pick(["1", "3"])}`,
    `${into} SELECT DISTINCT a.id, 'x', a.d FROM ${from}`,
    `${into} SELECT a.id, 'x', a.d FROM ${from} UNION SELECT NULL, 'y', 2.00`,
    `${into} SELECT a.id, CAST(ROW_NUMBER() OVER (ORDER BY a.id) AS CHAR), a.d FROM ${from}`,
    `${into} VALUES ((SELECT ${key(random)} FROM ${from}), 'x', (SELECT ${amount(random)} FROM ${from}))`,
    `${into} WITH q AS (SELECT a.id AS i, a.d AS d FROM ${from}) SELECT q.i, 'w', q.d FROM q`,
  ]);
}

function updated(random: Random): string {
  const c = random.pick(["n", "m", "id"]);
  const value = random.pick(["COUNT(*)", "MAX(s.a_id)", "MIN(s.id)"]);
  const many = random.pick(["0", "1", ":p::integer"]);
  return random.pick([
    `UPDATE a SET n = (SELECT COUNT(*) FROM k AS s WHERE s.a_id = a.id), m = (SELECT MAX(s.id) FROM k AS s WHERE s.a_id = a.${c}) WHERE a.id > ${p(random)}`,
    `UPDATE a SET m = (SELECT ${value} FROM k AS s WHERE s.a_id > a.${c}) WHERE a.${c} IN (SELECT s2.a_id FROM k AS s2 WHERE s2.id > ${p(random)})`,
    `UPDATE a SET n = n + 1, m = NULLIF(m, n) WHERE a.id IN (SELECT s.a_id FROM k AS s GROUP BY s.a_id HAVING COUNT(*) > ${many})`,
    `UPDATE k SET d = d + (SELECT COALESCE(SUM(a.d), 0) FROM a WHERE a.id = k.a_id AND a.n > ${p(random)}), t = 'x' WHERE EXISTS (SELECT 1 FROM a WHERE a.id = k.a_id AND a.${c} > ${p(random)})`,
  ]);
}

function deleted(random: Random): string {
  const from = source(random);
  const beside = from.includes("WHERE a.") ? " AND" : " WHERE";
  const only = random.pick([
    `k.a_id IN (SELECT a.id FROM ${from})`,
    `${random.pick(["", "NOT "])}EXISTS (SELECT 1 FROM ${from}${beside} a.id = k.a_id)`,
    `k.d > (SELECT ${random.pick(["ROUND(AVG(a.d), 2)", "MAX(a.d)"])} FROM ${from})`,
  ]);
  const other = random.pick([
    "",
    "",
    ` AND k.id > ${p(random)}`,
    ` OR k.a_id = ${p(random)}`,
    " AND k.a_id IS NOT NULL",
  ]);
  return `DELETE FROM k WHERE ${only}${other}`;
}

/** Values of `k (a_id, t, d)`, most of them of all rows or of a group. */
function aggregated(random: Random): string {
  const text = random.pick(["'x'", ":t::text", "COALESCE(MAX(SUBSTR(a.t, 1, 5)), '')", "CAST(COUNT(*) AS CHAR)"]);
  return `${key(random)}, ${text}, ${amount(random)}`;
}

function key(random: Random): string {
  return random.pick([
    "MAX(a.id)",
    "NULLIF(MIN(a.id), 5)",
    "NULL",
    ":f::integer?",
    "MAX(CASE WHEN a.m > 3 THEN a.id END)",
  ]);
}

function amount(random: Random): string {
  return random.pick(["1.50", ":dd::decimal(2)", "COALESCE(SUM(a.d), 0)", "COALESCE(ROUND(AVG(a.d), 2), 0)"]);
}

function source(random: Random): string {
  const from = random.pick([
    ...["a", "a", "(SELECT id, n, m, d, t FROM a WHERE n > 2) AS a", "(SELECT DISTINCT id, n, m, d, t FROM a) AS a"],
    ...["a JOIN k AS kk ON kk.a_id = a.id", "a LEFT JOIN k AS kk ON kk.a_id = a.id"],
  ]);
  const only = random.pick([
    ...["", ` WHERE a.id > ${p(random)}`, " WHERE a.n IN (SELECT s.a_id FROM k AS s)", " WHERE a.m IS NOT NULL"],
    ...[" WHERE EXISTS (SELECT 1 FROM k AS s WHERE s.a_id = a.id)", " WHERE (:r::integer? IS NULL OR a.n = :r)"],
  ]);
  return from + only;
}

function p(random: Random): string {
  return random.pick([":p::integer", ":q::integer", "5", "3"]);
}
