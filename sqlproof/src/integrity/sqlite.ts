import { sqlite } from "#sqlite";
import { expectedSchema, sqliteObjects } from "../copy/expected-schema.ts";
import type { SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { asDatabaseError } from "../runtime/sqlite/errors.ts";
import type { SchemaSteps } from "./schema-steps.ts";

/** More problems than these say nothing new. */
const mostProblems = 20;

/** What SQLite's own checks find in a file. */
export function sqliteProblems(path: string): readonly string[] {
  try {
    const database = sqlite.open(path, "existing");
    try {
      database.run("PRAGMA query_only = ON");
      return [...damages(database), ...orphans(database)];
    } finally {
      database.close();
    }
  } catch (error) {
    throw asDatabaseError(error);
  }
}

/** The tables, indexes and triggers that the steps have made and that are gone. */
export async function missingObjects(path: string, { folders, lastVersion }: SchemaSteps): Promise<readonly string[]> {
  const expected = await expectedSchema(folders.sqlite, lastVersion);
  try {
    const database = sqlite.open(path, "existing");
    try {
      const found = new Set(sqliteObjects(database));
      return expected.sqliteObjects.flatMap((one) => (found.has(one) ? [] : [`The ${one} is missing.`]));
    } finally {
      database.close();
    }
  } catch (error) {
    throw asDatabaseError(error);
  }
}

function damages(database: SqliteDatabase): string[] {
  const rows = database.query<{ integrity_check: string }>(`PRAGMA integrity_check(${mostProblems})`).all();
  return rows.flatMap(({ integrity_check: found }) => (found === "ok" ? [] : [`SQLite's integrity check: ${found}.`]));
}

function orphans(database: SqliteDatabase): string[] {
  const rows = database
    .query<{ table: string; rowid: number | null; parent: string }>("PRAGMA foreign_key_check")
    .all();
  return rows
    .slice(0, mostProblems)
    .map(({ table, rowid, parent }) => `A row of ${table} (${rowid ?? "without number"}) has no row of ${parent}.`);
}
