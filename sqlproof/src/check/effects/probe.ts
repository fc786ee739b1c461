import type { Column, Table } from "../types/catalog.ts";
import type { Row } from "./values.ts";

/** One write to the table that is probed. */
export interface Write {
  /** An update sets the columns of its row in all rows that there are. */
  readonly kind: "insert" | "update" | "delete";
  /** The row; an insert may have several, which are taken or refused together. */
  readonly rows: readonly Row[];
  /** The column whose value is tried, the unique key of which the row is the second, or what the write shows. */
  readonly about: Column | { readonly key: readonly string[] } | "first row" | "row" | "default";
  /** Whether the table's rows are compared behind it. */
  readonly read: boolean;
}

/** Writes in their order. They begin with an empty table and are taken back together. */
export interface Probe {
  readonly table: Table;
  readonly writes: readonly Write[];
  /** Other tables that triggers may write to: their rows are read at the end. */
  readonly others: readonly Table[];
}

/** What an engine did. */
export interface Outcome {
  /** Per write: why it was refused, or null. */
  readonly refusals: readonly (string | null)[];
  /** Per write that is followed by a read: the rows of the table, each column in one form for both engines. */
  readonly rows: readonly (readonly ComparableRow[])[];
  /** The rows of each other table behind the last write. */
  readonly others: ReadonlyMap<string, readonly ComparableRow[]>;
}

export type ComparableRow = ReadonlyMap<string, string | null>;

/** The write, with a placeholder for each value of its rows. */
export function writeText({ name }: Table, { kind, rows }: Pick<Write, "kind" | "rows">): string {
  const names = Object.keys(rows[0] ?? {}).map(quoted);
  if (kind === "delete") return `DELETE FROM ${quoted(name)}`;
  if (kind === "update") return `UPDATE ${quoted(name)} SET ${names.map((column) => `${column} = ?`).join(", ")}`;
  const values = `(${names.map(() => "?").join(", ")})`;
  return `INSERT INTO ${quoted(name)} (${names.join(", ")}) VALUES ${rows.map(() => values).join(", ")}`;
}

/** Every probe begins with an empty table. */
export function emptying(table: Table): string {
  return writeText(table, { kind: "delete", rows: [] });
}

/** Reads every column of the table; `form` may wrap its name. */
export function readText(
  { name, columns }: Table,
  form: (name: string, index: number) => string = (column) => column,
): string {
  const list = [...columns.keys()].map((column, index) => form(quoted(column), index));
  return `SELECT ${list.join(", ")} FROM ${quoted(name)}`;
}

/** Both engines read double quotes as quotes of a name. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
