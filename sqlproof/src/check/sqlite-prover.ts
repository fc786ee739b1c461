import { SQLiteError, Database as SqliteDatabase } from "bun:sqlite";
import { type Catalog, sqliteCatalog } from "./catalog.ts";
import type { Migration } from "./migrations.ts";

/** SQLite's verdict on a text. `offset` is the place in the prepared text, or null. */
export class SqliteRefusal extends Error {
  override readonly name = "SqliteRefusal";
}

/** The SQLite of this runtime, in memory, loaded with the migrations. */
export class SqliteProver {
  readonly catalog: Catalog;
  readonly version: string;
  readonly #database: SqliteDatabase;

  constructor(migrations: readonly Migration[]) {
    this.#database = new SqliteDatabase(":memory:", { strict: true });
    this.#database.run("PRAGMA foreign_keys = ON");
    for (const migration of migrations) {
      try {
        this.#database.run(migration.sql);
      } catch (error) {
        throw new SqliteRefusal(`${migration.file}: ${words(error)}`);
      }
    }
    this.catalog = sqliteCatalog(this.#database);
    const row = this.#database.query<{ version: string }, []>("SELECT sqlite_version() AS version").get();
    this.version = /^\d+\.\d+/.exec(row?.version ?? "")?.[0] ?? "unknown";
  }

  /** Prepares the text and answers its result columns' names. Throws `SqliteRefusal`. */
  columnNames(text: string): readonly string[] {
    try {
      const statement = this.#database.prepare(text);
      const names = [...statement.columnNames];
      statement.finalize();
      return names;
    } catch (error) {
      throw new SqliteRefusal(words(error));
    }
  }

  close(): void {
    this.#database.close();
  }
}

function words(error: unknown): string {
  return `SQLite: ${error instanceof SQLiteError || error instanceof Error ? error.message : String(error)}`;
}
