/** What an engine alone refuses, in its own words, and what to write instead. `$1` is the name that it gives. */
const cures: readonly (readonly [refusal: RegExp, cure: string])[] = [
  [
    /^MariaDB 1235: .*'LIMIT & IN.*$/,
    "MariaDB has no LIMIT in IN (SELECT ..): write IN (SELECT q.id FROM (SELECT .. LIMIT n) AS q)",
  ],
  [
    /^MariaDB 1060: Duplicate column name '(.+)'$/,
    "$1 is the name of two columns of a query in brackets: list its columns in place of *, with another name after AS",
  ],
  [
    /^SQLite: circular reference: (.+)$/,
    "$1 in WITH reads $1 itself: give it a name that no table has; in WITH RECURSIVE, read it in FROM of the second SELECT itself, not in a query there",
  ],
];

/** An engine's message with what to write instead, where that is known. */
export function cureOf(message: string, sql: string): string {
  const ungrouped = /^MariaDB 1055: '(.+)' isn't in GROUP BY$/.exec(message)?.[1];
  if (ungrouped !== undefined) return groupCure(ungrouped, sql);
  const [refusal, cure] = cures.find(([one]) => one.test(message)) ?? [];
  return refusal === undefined || cure === undefined ? message : message.replace(refusal, cure);
}

/** True for what MariaDB says of a column that GROUP BY does not determine. */
export function isOfGroups(message: string): boolean {
  return /^MariaDB (?:1055|1140): /.test(message) || message.includes(" is not in GROUP BY: add it there");
}

function groupCure(name: string, sql: string): string {
  const star = /\bSELECT\s+(?:DISTINCT\s+)?(?:\w+\.)?\*/i.test(sql)
    ? "; in place of *, list the columns that have one value in each group"
    : "";
  const below = /\(\s*SELECT\b/i.test(sql) ? "; compute what a subquery reads in a query in FROM, and group that" : "";
  return `${name} is not in GROUP BY: add it there${star}${below}`;
}
