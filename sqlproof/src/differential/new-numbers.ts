import type { Table } from "../check/types/catalog.ts";
import type { Row } from "./values.ts";

/**
 * Replaces automatic keys by their rank. After a conflict within a statement of several rows, the engines continue at
 * different numbers. Neither promises which number a row gets, only that it is a new one.
 */
export function rankNewNumbers(rows: readonly Row[], table: Table, before: readonly Row[]): readonly Row[] {
  const column = numberedColumn(table);
  if (column === undefined) return rows;
  const known = new Set(before.map((row) => row[column]));
  const fresh = rows.flatMap((row) => (known.has(row[column] ?? null) ? [] : [Number(row[column])]));
  const ranks = new Map(fresh.sort((a, b) => a - b).map((number, rank) => [number, `new ${rank}`]));
  return rows.map((row) => ({ ...row, [column]: ranks.get(Number(row[column])) ?? row[column] ?? null }));
}

/**
 * Replaces automatic keys by one word. No engine promises in which order an INSERT .. SELECT stores its rows, so which
 * row gets which number is open.
 */
export function forgetNewNumbers(rows: readonly Row[], table: Table, before: readonly Row[]): readonly Row[] {
  const column = numberedColumn(table);
  if (column === undefined) return rows;
  const known = new Set(before.map((row) => row[column]));
  return rows.map((row) => (known.has(row[column] ?? null) ? row : { ...row, [column]: "new" }));
}

function numberedColumn(table: Table): string | undefined {
  return [...table.columns.values()].find((candidate) => candidate.numbered)?.name;
}
