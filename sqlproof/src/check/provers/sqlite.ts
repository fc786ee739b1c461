import { SQLiteError, Database as SqliteDatabase } from "bun:sqlite";
import type { MigrationStep } from "../../migrations/files.ts";
import { type Catalog, sqliteCatalog } from "../types/catalog.ts";

/** SQLite's verdict on a text. `offset` is the place in the prepared text, or null. */
export class SqliteSqlError extends Error {
  override readonly name = "SqliteSqlError";
}

/** The SQLite of this runtime, in memory, loaded with the migrations. */
export class SqliteProver {
  readonly catalog: Catalog;
  readonly version: string;
  readonly #database: SqliteDatabase;

  constructor(migrations: readonly MigrationStep[]) {
    this.#database = new SqliteDatabase(":memory:", { strict: true });
    this.#database.run("PRAGMA foreign_keys = ON");
    for (const step of migrations) this.#apply(step);
    this.catalog = sqliteCatalog(this.#database);
    const row = this.#database.query<{ version: string }, []>("SELECT sqlite_version() AS version").get();
    this.version = /^\d+\.\d+/.exec(row?.version ?? "")?.[0] ?? "unknown";
  }

  /** Prepares the text and answers its result columns' names. Throws `SqliteSqlError`. */
  columnNames(text: string): readonly string[] {
    try {
      const statement = this.#database.prepare(text);
      const names = [...statement.columnNames];
      statement.finalize();
      return names;
    } catch (error) {
      throw new SqliteSqlError(words(error));
    }
  }

  #apply(step: MigrationStep): void {
    for (const { text, line } of step.statements) {
      try {
        this.#database.run(text);
      } catch (error) {
        throw new SqliteSqlError(`${step.path}:${line}: ${words(error)}`);
      }
    }
  }

  close(): void {
    this.#database.close();
  }
}

function words(error: unknown): string {
  return `SQLite: ${error instanceof SQLiteError || error instanceof Error ? error.message : String(error)}`;
}
