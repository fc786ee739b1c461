import { readStatement } from "../check/parse/statement.ts";
import { readSqlStatement } from "../check/tree/statements.ts";
import type { Table } from "../check/types/catalog.ts";
import type { Row } from "./values.ts";

/** The new numbers of a table: which columns of its rows hold them, and which numbers are old. */
export interface NewNumbers {
  readonly columns: readonly string[];
  readonly known: ReadonlySet<unknown>;
}

/** Null for a table whose rows the engine does not number. RETURNING may give the number another name. */
export function newNumbersOf(table: Table, before: readonly Row[], text: string): NewNumbers | null {
  const column = [...table.columns.values()].find((candidate) => candidate.numbered)?.name;
  if (column === undefined) return null;
  const statement = readSqlStatement(readStatement(text).sql, "mariadb", true);
  const aliases =
    statement.kind !== "insert"
      ? []
      : statement.returning.flatMap((item) =>
          item.kind === "value" && item.value.kind === "column" && item.value.name === column && item.alias !== null
            ? [item.alias.replace(/[!?]$/, "")]
            : [],
        );
  return { columns: [column, ...aliases], known: new Set(before.map((row) => row[column])) };
}

/**
 * Replaces automatic keys by their rank. After a conflict within a statement of several rows, the engines continue at
 * different numbers. Neither promises which number a row gets, only that it is a new one.
 */
export function rankNewNumbers(rows: readonly Row[], { columns, known }: NewNumbers): readonly Row[] {
  const isNew = (row: Row, column: string): boolean => column in row && !known.has(row[column] ?? null);
  const fresh = new Set(
    rows.flatMap((row) => columns.flatMap((column) => (isNew(row, column) ? [Number(row[column])] : []))),
  );
  const ranks = new Map([...fresh].sort((a, b) => a - b).map((number, rank) => [number, `new ${rank}`]));
  return rows.map((row) => {
    const named = columns.filter((column) => isNew(row, column));
    return { ...row, ...Object.fromEntries(named.map((column) => [column, ranks.get(Number(row[column])) ?? null])) };
  });
}

/**
 * Replaces automatic keys by one word. No engine promises in which order an INSERT .. SELECT stores its rows, so which
 * row gets which number is open.
 */
export function forgetNewNumbers(rows: readonly Row[], { columns, known }: NewNumbers): readonly Row[] {
  return rows.map((row) => {
    const fresh = columns.filter((column) => column in row && !known.has(row[column] ?? null));
    return { ...row, ...Object.fromEntries(fresh.map((column) => [column, "new"])) };
  });
}
