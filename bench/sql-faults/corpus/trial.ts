import { Database as SqliteDatabase } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as driver from "mariadb";
import { readMigrations } from "../../../sqlproof/src/migrations/files.ts";
import type { PrivateMariadb } from "../../../sqlproof/src/test-server/private-mariadb.ts";
import { copyMigrations } from "../scratch.ts";
import type { SchemaChange } from "./fault.ts";

/**
 * Tries the changes of seeded faults. An engine refuses one where a CHECK, a trigger or another column is made of the
 * changed column: then there is no schema that a tool could judge.
 */
export class Trial {
  readonly #folder = mkdtempSync(join(tmpdir(), "sql-faults-trial-"));

  private constructor(private readonly connection: driver.Connection) {}

  /** `database` has the project's schema. */
  static async open({ host, port, user, password }: PrivateMariadb, database: string): Promise<Trial> {
    return new Trial(await driver.createConnection({ host, port, user, password, database }));
  }

  /** True when both engines take the change. */
  async takes(change: SchemaChange): Promise<boolean> {
    return this.#sqliteTakes(change) && (await this.#mariadbTakes(change.mariadb));
  }

  async close(): Promise<void> {
    await this.connection.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #sqliteTakes(change: SchemaChange): boolean {
    if (change.sqlite === null) return true;
    const database = new SqliteDatabase(":memory:");
    try {
      copyMigrations(this.#folder, change);
      for (const step of readMigrations(join(this.#folder, "schema/sqlite")))
        for (const { text } of step.statements) database.run(text);
      return true;
    } catch {
      return false;
    } finally {
      database.close();
      rmSync(join(this.#folder, "schema"), { recursive: true });
    }
  }

  /** On a copy of the table, which has its columns, indexes and CHECKs. Every table can be dropped or renamed. */
  async #mariadbTakes(text: string | null): Promise<boolean> {
    const [, table, rest] = /^ALTER TABLE (\w+) (?!RENAME TO)(.*)$/.exec(text ?? "") ?? [];
    if (table === undefined) return true;
    await this.connection.query(`CREATE TABLE trial_of_change LIKE ${table}`);
    try {
      await this.connection.query(`ALTER TABLE trial_of_change ${rest}`);
      return true;
    } catch {
      return false;
    } finally {
      await this.connection.query("DROP TABLE trial_of_change");
    }
  }
}
