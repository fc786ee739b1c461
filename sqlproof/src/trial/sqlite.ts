import { rmSync, statSync } from "node:fs";
import { sqlite } from "#sqlite";
import type { Pending } from "../migrations/plan.ts";
import { pendingOnSqlite } from "../migrations/sqlite.ts";
import type { SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { asDatabaseError } from "../runtime/sqlite/errors.ts";
import { createPrivateFile } from "../runtime/sqlite/private-file.ts";
import type { Trial } from "./trial.ts";

/** A file, and those that SQLite puts beside it. */
const ends = ["", "-wal", "-shm", "-journal"];

/** Opens a file, does some work that changes nothing, and closes it. */
function reading<T>(path: string, work: (database: SqliteDatabase) => T): T {
  try {
    // Read-only: whoever closes a file last would otherwise write what is left in its WAL into it.
    const database = sqlite.open(path, "readonly");
    try {
      database.run("PRAGMA busy_timeout = 5000");
      return work(database);
    } finally {
      database.close();
    }
  } catch (error) {
    throw asDatabaseError(error);
  }
}

export function pendingInFile(path: string, folder: string): Pending {
  return reading(path, (database) => pendingOnSqlite(database, folder));
}

export function openSqliteTrial(path: string, copy: string): Trial {
  const trial = new SqliteTrial(copy);
  trial.removeFiles();
  try {
    createPrivateFile(copy);
    reading(path, (database) => database.query("VACUUM INTO ?").run(copy));
    return trial;
  } catch (error) {
    trial.removeFiles();
    throw error;
  }
}

class SqliteTrial implements Trial {
  readonly place;

  constructor(private readonly path: string) {
    this.place = { engine: "sqlite", path } as const;
  }

  async bytes(): Promise<number> {
    return ends.reduce((sum, end) => sum + (statSync(this.path + end, { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  async counts(): Promise<ReadonlyMap<string, number>> {
    return reading(this.path, (database) => {
      const tables = database
        .query<{ name: string }>(
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
        )
        .all();
      const count = (name: string) =>
        database.query<{ rows: number }>(`SELECT COUNT(*) AS rows FROM "${name.replaceAll('"', '""')}"`).get()?.rows;
      return new Map(tables.map(({ name }) => [name, count(name) ?? 0]));
    });
  }

  async problems(): Promise<readonly string[]> {
    return reading(this.path, (database) => {
      const orphans = database.query<{ table: string; parent: string }>("PRAGMA foreign_key_check").all();
      const damage = database.query<{ integrity_check: string }>("PRAGMA integrity_check").all();
      return [
        ...new Set(orphans.map(({ table, parent }) => `A row of ${table} has no parent in ${parent}.`)),
        ...damage.flatMap(({ integrity_check: words }) => (words === "ok" ? [] : [`The file is damaged: ${words}.`])),
      ];
    });
  }

  async remove(): Promise<void> {
    this.removeFiles();
  }

  removeFiles(): void {
    for (const end of ends) rmSync(this.path + end, { force: true });
  }
}
