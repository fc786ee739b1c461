// The schemas: what each engine's catalog says about tables and columns, and where the two differ.
// The logical types are the same for both engines. `mariadb-catalog` and `sqlite-catalog` read the engines' own catalogs.
import type { ValueType } from "../../runtime/proof.ts";
import type { Limits } from "./limits.ts";
import type { Trigger } from "./triggers.ts";

/** A column as one engine declares it. SQLite's types have no limits: `limitsEnforced` says where its CHECKs set them. */
export interface Column extends Limits {
  readonly name: string;
  /** The type as the engine names it, e.g. `decimal(19,4)` or `INTEGER`. */
  readonly declared: string;
  /** Null when the type has no exact counterpart on the other engine. */
  readonly type: ValueType | null;
  readonly scale: number;
  readonly nullable: boolean;
  /** True when an INSERT may omit it, so also for generated columns and automatic keys. */
  readonly hasDefault: boolean;
  /** True when an INSERT that omits it stores something other than NULL and a new number. */
  readonly filled: boolean;
  readonly generated: boolean;
  /** MariaDB only: the columns that a generated one is computed from. */
  readonly from?: readonly string[];
  /** The engine numbers the rows and never reuses a number, not even after a delete. */
  readonly numbered: boolean;
  /** MariaDB only: `*` leaves it out. */
  readonly invisible: boolean;
  /** Null unless the column is text. */
  readonly collation: string | null;
  /** MariaDB only: a CHECK says that it is JSON, and MariaDB tells that to the driver. */
  readonly json?: true;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly referenced: readonly string[];
  readonly onDelete: ReferenceAction;
  readonly onUpdate: ReferenceAction;
}

/** What happens to rows whose parent goes. On MariaDB, RESTRICT and NO ACTION are the same, and so they are here. */
export type ReferenceAction = "RESTRICT" | "CASCADE" | "SET NULL" | "SET DEFAULT";

/** A UNIQUE key or index that does not compare whole rows: nothing may rely on it, also no ON CONFLICT. */
export interface PartialKey {
  readonly columns: readonly string[];
  /** What it compares, as a message says it, e.g. `the first 3 characters of a`. */
  readonly compares: string;
}

export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly partialKeys: readonly PartialKey[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly triggers: readonly Trigger[];
  /** SQLite only: a reference is checked at the end of the transaction. */
  readonly defersReferences: boolean;
  /** MariaDB only: its storage engine; null of a view, and on SQLite. */
  readonly engine: string | null;
  /** MariaDB only: how its rows are parted, where a row may belong to no partition and is refused. */
  readonly partedBy?: string;
  /** SQLite only: STRICT tables refuse values of another type. */
  readonly strict: boolean;
  /** A view: it has no keys, and nothing is stored in it. */
  readonly view: boolean;
  /** The tables and views that a view names, as MariaDB says; none of a table, and none on SQLite. */
  readonly reads: readonly string[];
}

/** The tables and views of one engine by name, without the migration runner's own `schema_migrations` tables. */
export type Catalog = ReadonlyMap<string, Table>;

/** The tables of this package's migration runner. */
export const ownTables = /^schema_(migrations|lock)/;

/** An action as either engine's catalog names it. */
export function referenceAction(name: unknown): ReferenceAction {
  return name === "CASCADE" || name === "SET NULL" || name === "SET DEFAULT" ? name : "RESTRICT";
}

/** Rows of a catalog by one of their fields, in their order. */
export function grouped(rows: readonly Record<string, unknown>[], key: string): Map<string, Record<string, unknown>[]> {
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) {
    const name = String(row[key]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
