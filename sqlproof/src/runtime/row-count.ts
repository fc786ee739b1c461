import { RowCountError } from "./errors.ts";

/** The row of a query that may find at most one. */
export function rowOrNull<R>(rows: readonly R[], text: string): R | null {
  if (rows.length > 1) throw new RowCountError(`${rows.length} rows where at most one is allowed: ${text}`);
  return rows[0] ?? null;
}

/** The row of a query that finds exactly one. */
export function onlyRow<R>(rows: readonly R[], text: string): R {
  const row = rows[0];
  if (row === undefined || rows.length > 1)
    throw new RowCountError(`${rows.length} rows where exactly one is expected: ${text}`);
  return row;
}
