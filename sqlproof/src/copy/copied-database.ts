import type { MigrationProgress, RecordedStep } from "../migrations/plan.ts";
import type { MariadbOptions } from "../runtime/mariadb/driver.ts";
import type { Engine } from "../runtime/types.ts";
import type { CellRow, CopiedTable } from "./cells.ts";

/** Where a database is. */
export type DatabasePlace =
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "mariadb"; readonly server: MariadbOptions };

/** A whole database as it was at one moment, while others go on writing. */
export interface Snapshot {
  readonly engine: Engine;
  /** The steps of the schema that are done, by version. */
  readonly steps: readonly RecordedStep[];
  readonly tables: readonly CopiedTable[];
  /** The names of the tables that are left out. */
  readonly others: readonly string[];
  /** The last number that was given to a row of each numbered table; it is not given again when the row is deleted. */
  readonly numbers: ReadonlyMap<string, number>;
  /** At most `limit` rows in the order of the primary key, from the beginning or after the row with this key. */
  page(table: CopiedTable, after: CellRow | null, limit: number): Promise<readonly CellRow[]>;
  close(): Promise<void>;
}

/** A new database that is filled with copied rows, and that nobody can use before it is complete. */
export interface Loader {
  readonly engine: Engine;
  /** The tables that the steps made; all are empty, the rows that the steps wrote are gone. */
  readonly tables: readonly CopiedTable[];
  /** Adds rows as this engine stores them, in the order of the table's columns. */
  add(table: CopiedTable, rows: readonly CellRow[]): Promise<void>;
  /** The rows as they are stored now, to be compared. */
  page(table: CopiedTable, after: CellRow | null, limit: number): Promise<readonly CellRow[]>;
  /** Completes the database: numbers, triggers and references; it can be used from now on. */
  finish(numbers: ReadonlyMap<string, number>): Promise<void>;
  /** Gives up. What was loaded cannot be used. */
  abandon(): Promise<void>;
}

export interface LoadOptions {
  /** The folder of numbered steps of the engine. */
  readonly folder: string;
  /** The steps are carried out up to this one, which wrote the rows. */
  readonly lastVersion: number;
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
}
