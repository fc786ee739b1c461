import type { Table } from "../check/types/catalog.ts";
import type { Row } from "./values.ts";

/**
 * Rows with their automatic keys told by rank. After a conflict inside one statement of several rows the engines go on
 * counting at different numbers; which number a row gets is nobody's promise, that it gets a new one is.
 */
export function rankNewNumbers(rows: readonly Row[], table: Table, before: readonly Row[]): readonly Row[] {
  const column = [...table.columns.values()].find((candidate) => candidate.numbered)?.name;
  if (column === undefined) return rows;
  const known = new Set(before.map((row) => row[column]));
  const fresh = rows.flatMap((row) => (known.has(row[column] ?? null) ? [] : [Number(row[column])]));
  const ranks = new Map(fresh.sort((a, b) => a - b).map((number, rank) => [number, `new ${rank}`]));
  return rows.map((row) => ({ ...row, [column]: ranks.get(Number(row[column])) ?? row[column] ?? null }));
}
