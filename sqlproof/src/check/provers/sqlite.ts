import { sqlite } from "#sqlite";
import type { MigrationStep } from "../../migrations/files.ts";
import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import { isWord, meaningful, tokenize } from "../parse/tokenize.ts";
import type { Catalog } from "../types/catalog.ts";
import { DeclaredPlaces } from "../types/declared-places.ts";
import { fixedLengths, limitsEnforced } from "../types/limits-enforced.ts";
import { failureFaults, referenceFault } from "../types/sqlite-alone.ts";
import { sqliteCatalog } from "../types/sqlite-catalog.ts";

/** SQLite refuses a text; the message is SQLite's own. */
export class SqliteSqlError extends Error {
  override readonly name = "SqliteSqlError";
}

/** An in-memory database with the migrations on the SQLite of this runtime. */
export class SqliteProver {
  readonly catalog: Catalog;
  readonly version: string;
  readonly #database: SqliteDatabase;
  readonly #places: DeclaredPlaces;

  constructor(migrations: readonly MigrationStep[]) {
    this.#database = sqlite.open(":memory:", "create");
    this.#database.run("PRAGMA foreign_keys = ON");
    // As a program's connection has it, also for the LIKE of a CHECK.
    this.#database.run("PRAGMA case_sensitive_like = ON");
    for (const step of migrations) this.#apply(step);
    this.#places = new DeclaredPlaces(migrations);
    this.catalog = this.#catalog();
    const row = this.#database.query<{ version: string }>("SELECT sqlite_version() AS version").get();
    this.version = /^\d+\.\d+/.exec(row?.version ?? "")?.[0] ?? "unknown";
  }

  /** Prepares the text and returns the names of its result columns. Throws `SqliteSqlError`. */
  columnNames(text: string): readonly string[] {
    try {
      const statement = this.#database.prepare(text);
      const names = [...statement.columnNames];
      statement.finalize();
      return names;
    } catch (error) {
      throw new SqliteSqlError(messageOf(error));
    }
  }

  /** The views with their SELECTs. */
  views(): readonly { readonly name: string; readonly body: string }[] {
    return this.#database
      .query<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name")
      .all()
      .map(({ name, sql }) => ({ name, body: bodyOf(sql) }));
  }

  /** The columns, written `table.column`, that refuse on SQLite what MariaDB's types refuse. */
  limitsEnforced(mariadb: Catalog): ReadonlySet<string> {
    return limitsEnforced(this.#database, mariadb);
  }

  /** The CHAR columns, written `table.column`, that take no text shorter than MariaDB's type allows. */
  fixedLengths(mariadb: Catalog): ReadonlySet<string> {
    return fixedLengths(this.#database, mariadb);
  }

  /** The database itself, for the comparison of the schemas. */
  get schema(): { readonly database: SqliteDatabase; readonly catalog: Catalog } {
    return { database: this.#database, catalog: this.catalog };
  }

  #catalog(): Catalog {
    try {
      return sqliteCatalog(this.#database);
    } catch (error) {
      const fault = referenceFault(error, this.#places);
      throw fault === null ? error : new SqliteSqlError(fault);
    }
  }

  /** What of its schema undoes more or less than a statement that fails. */
  failureFaults(): readonly string[] {
    return failureFaults(this.#database, this.#places);
  }

  #apply(step: MigrationStep): void {
    for (const { text, line } of step.statements) {
      try {
        this.#database.run(text);
      } catch (error) {
        throw new SqliteSqlError(`${step.path}:${line}: ${messageOf(error)}`);
      }
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** The SELECT of `CREATE VIEW name AS SELECT ..`. */
function bodyOf(sql: string): string {
  const as = meaningful(tokenize(sql)).find((token) => isWord(token, "AS"));
  return as === undefined ? sql : sql.slice(as.offset + "AS".length).trim();
}

function messageOf(error: unknown): string {
  return `SQLite: ${sqlite.isSqliteError(error) || error instanceof Error ? error.message : String(error)}`;
}
