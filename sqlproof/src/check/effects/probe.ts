import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import type { Row } from "./values.ts";

/** One write to the table that is probed, or to another one. */
export interface Write {
  /** An update sets the columns of its row. To read changes nothing: the rows are compared. */
  readonly kind: "insert" | "update" | "delete" | "read";
  /** Another table than the one that is probed. */
  readonly on?: Table;
  /** Which rows an update or delete changes; without it, all that there are. */
  readonly where?: Row;
  /** The rows of other tables that the triggers may look at, in words. */
  readonly beside?: string;
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
export function writeText({ name }: Table, { kind, rows, where }: Pick<Write, "kind" | "rows" | "where">): string {
  const names = Object.keys(rows[0] ?? {}).map(quoted);
  const equal = (columns: readonly string[]): string[] => columns.map((column) => `${column} = ?`);
  const wanted = equal(Object.keys(where ?? {}).map(quoted)).join(" AND ");
  const condition = wanted === "" ? "" : ` WHERE ${wanted}`;
  if (kind === "delete") return `DELETE FROM ${quoted(name)}${condition}`;
  if (kind === "update") return `UPDATE ${quoted(name)} SET ${equal(names).join(", ")}${condition}`;
  const values = `(${names.map(() => "?").join(", ")})`;
  return `INSERT INTO ${quoted(name)} (${names.join(", ")}) VALUES ${rows.map(() => values).join(", ")}`;
}

/** The value of each placeholder, and its column. */
export function sentValues(
  { columns }: Table,
  { rows, where }: Write,
): (readonly [column: Column | undefined, value: Stored])[] {
  return [...rows, where ?? {}].flatMap((row) =>
    Object.entries(row).map(([name, value]) => [columns.get(name), value] as const),
  );
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
