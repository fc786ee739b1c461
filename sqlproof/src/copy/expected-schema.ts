import { sqlite } from "#sqlite";
import { readMigrations } from "../migrations/files.ts";
import { migrateSqlite } from "../migrations/sqlite.ts";
import type { SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { sqliteTables } from "./sqlite-snapshot.ts";

/** What the steps of a schema make, up to one of them. The names are the same on both engines. */
export interface ExpectedSchema {
  /** The columns of each table, without generated ones. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** The tables, indexes and triggers that SQLite has then, each as `trigger NAME`. */
  readonly sqliteObjects: readonly string[];
}

/** Carries out the steps for SQLite in memory, up to `lastVersion`. */
export async function expectedSchema(sqliteFolder: string, lastVersion: number): Promise<ExpectedSchema> {
  const database = sqlite.open(":memory:", "create");
  try {
    await migrateSqlite({ database, folder: sqliteFolder, lastVersion });
    const tables = sqliteTables(database, null);
    return {
      columns: new Map(tables.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))])),
      sqliteObjects: sqliteObjects(database),
    };
  } finally {
    database.close();
  }
}

/** The names of what was created by name, without the migration runner's own table. */
export function sqliteObjects(database: SqliteDatabase): readonly string[] {
  const rows = database
    .query<{ object: string }>(
      "SELECT type || ' ' || name AS object FROM sqlite_schema" +
        " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'schema_migrations' ORDER BY 1",
    )
    .all();
  return rows.map(({ object }) => object);
}

/** The names of the triggers that the steps of a folder leave, up to `lastVersion`. */
export function triggersOfSteps(folder: string, lastVersion: number): readonly string[] {
  const names = new Set<string>();
  for (const { statements } of readMigrations(folder, lastVersion))
    for (const { text } of statements) {
      const [, verb, name = ""] = /^(CREATE|DROP) TRIGGER (?:IF (?:NOT )?EXISTS )?["`]?(\w+)/i.exec(text) ?? [];
      if (verb?.toUpperCase() === "CREATE") names.add(name);
      if (verb?.toUpperCase() === "DROP") names.delete(name);
    }
  return [...names].sort();
}
