/** What is shown of a plan, by its place in a row of EXPLAIN. */
const columns = { table: 2, type: 3, key: 5, rows: 8, extra: 9 } as const;

/** The plan of a statement in words, from the rows of MariaDB's EXPLAIN. They contain no value of a parameter. */
export function planText(rows: unknown): string {
  if (!Array.isArray(rows)) return "";
  return rows.map((row) => (Array.isArray(row) ? lineOf(row) : "")).join("; ");
}

function lineOf(row: readonly unknown[]): string {
  const at = (place: number) => (row[place] === null || row[place] === undefined ? "" : String(row[place]));
  const key = at(columns.key) === "" ? "no key" : `key ${at(columns.key)}`;
  const parts = [`${at(columns.table)}: ${at(columns.type) || "-"}`, key, `${at(columns.rows) || "0"} rows`];
  return [...parts, at(columns.extra)].filter((part) => part !== "").join(", ");
}
