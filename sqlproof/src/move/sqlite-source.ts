import { sqlite } from "#sqlite";
import { movedName, movedStep, movingName } from "../migrations/plan.ts";
import { movedAwayMessage } from "../runtime/errors.ts";
import { atOnce, type SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { asDatabaseError } from "../runtime/sqlite/errors.ts";
import { frozenPrefix, quoted, type Source } from "./places.ts";

/** How long to wait for a program that is writing. */
const busyTimeoutMs = 30_000;

export function openSqliteSource(path: string): Source {
  try {
    const database = sqlite.open(path, "existing");
    database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    return new SqliteSource(database);
  } catch (error) {
    throw asDatabaseError(error);
  }
}

class SqliteSource implements Source {
  constructor(private readonly database: SqliteDatabase) {}

  async movingTo() {
    const has = this.database.query("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get() !== null;
    if (!has) return null;
    const row = this.database
      .query<{ name: string; checksum: string }>("SELECT name, checksum FROM schema_migrations WHERE version = ?")
      .get(movedStep);
    return row === null ? null : { to: row.checksum, isDone: row.name === movedName };
  }

  /** One transaction: whoever writes has written before it, or finds the triggers. */
  async freeze(to: string): Promise<void> {
    this.#atOnce(() => {
      for (const { name } of this.#tables())
        for (const event of ["INSERT", "UPDATE", "DELETE"])
          this.database.run(
            `CREATE TRIGGER IF NOT EXISTS ${quoted(`${frozenPrefix}${name}_${event.toLowerCase()}`)}
            BEFORE ${event} ON ${quoted(name)} BEGIN SELECT RAISE(ABORT, '${movedAwayMessage}'); END`,
          );
      this.database
        .query("INSERT OR REPLACE INTO schema_migrations VALUES (?, ?, ?, 0, datetime('now'))")
        .run(movedStep, movingName, to);
    });
  }

  async moved(to: string): Promise<void> {
    this.#atOnce(() => {
      this.database
        .query("INSERT OR REPLACE INTO schema_migrations VALUES (?, ?, ?, 0, datetime('now'))")
        .run(movedStep, movedName, to);
    });
  }

  async thaw(): Promise<void> {
    this.#atOnce(() => {
      const triggers = this.database
        .query<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB ?")
        .all(`${frozenPrefix}*`);
      for (const { name } of triggers) this.database.run(`DROP TRIGGER ${quoted(name)}`);
      this.database.query("DELETE FROM schema_migrations WHERE version = ?").run(movedStep);
    });
  }

  async close(): Promise<void> {
    this.database.close();
  }

  #tables() {
    return this.database
      .query<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name <> 'schema_migrations'",
      )
      .all();
  }

  #atOnce(work: () => void): void {
    try {
      atOnce(this.database, work);
    } catch (error) {
      throw asDatabaseError(error);
    }
  }
}
