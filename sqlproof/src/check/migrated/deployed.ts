import type { Connection } from "mariadb";
import { sqlite } from "#sqlite";
import type { MigrationStep } from "../../migrations/files.ts";
import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import { quoted } from "../effects/probe.ts";
import type { Row } from "../effects/values.ts";
import type { Stored } from "../types/limit-values.ts";

/** An empty database on MariaDB, beside the one on which queries are proven. */
export interface EmptyMariadb {
  readonly connection: Connection;
  readonly database: string;
  close(): Promise<void>;
}

/** A row that was stored between two steps: its key, as each engine takes it. */
export interface StoredRow {
  readonly mariadb: ReadonlyMap<string, unknown>;
  readonly sqlite: ReadonlyMap<string, Stored>;
  readonly row: Row;
}

/** What an engine said of a statement. */
export interface Refused {
  readonly said: string;
  readonly statement: string;
}

/**
 * Two databases that are migrated step by step like those of a program in use, so with rows in their tables. The rows
 * of one number belong together: they refer to each other, and go together.
 */
export class Deployed {
  readonly sqlite: SqliteDatabase = sqlite.open(":memory:", "create");
  /** By table, by number. */
  readonly stored = new Map<string, Map<number, StoredRow>>();

  /** The rows from this number on hold the ends of ranges. */
  ends = Number.POSITIVE_INFINITY;

  constructor(
    readonly mariadb: Connection,
    readonly database: string,
  ) {
    this.sqlite.run("PRAGMA foreign_keys = ON");
    this.sqlite.run("PRAGMA case_sensitive_like = ON");
  }

  /** The numbers of the rows that are there, in their order. */
  numbers(): readonly number[] {
    return [...new Set([...this.stored.values()].flatMap((rows) => [...rows.keys()]))].sort((a, b) => a - b);
  }

  /**
   * Runs a step as `migrateSqlite` does: in one transaction, at whose end each row has its parent. It stays open, to be
   * committed or undone. Returns why SQLite refused it and at which statement, and then nothing has changed.
   */
  beginOnSqlite(steps: readonly MigrationStep[]): Refused | null {
    let statement = "";
    this.sqlite.run("BEGIN");
    try {
      for (const { text } of steps.flatMap(({ statements }) => statements)) {
        statement = text;
        this.sqlite.run(text);
      }
      const [orphan] = this.sqlite.query<{ table: string }>("PRAGMA foreign_key_check").all();
      if (orphan !== undefined) throw new Error(`a row of ${orphan.table} has no parent`);
      return null;
    } catch (error) {
      this.undoOnSqlite();
      return { said: error instanceof Error ? error.message : String(error), statement };
    }
  }

  commitOnSqlite(): void {
    this.sqlite.run("COMMIT");
  }

  undoOnSqlite(): void {
    if (this.sqlite.inTransaction) this.sqlite.run("ROLLBACK");
  }

  /** The numbers of the rows that the step refuses on SQLite, each tried without all others. */
  refusedOnSqlite(steps: readonly MigrationStep[]): readonly number[] {
    const all = this.numbers();
    return all.filter((one) => {
      const others = all.filter((other) => other !== one);
      // Inside a transaction, the pragma does nothing.
      this.sqlite.run("PRAGMA foreign_keys = OFF");
      this.sqlite.run("SAVEPOINT alone");
      try {
        this.removeFromSqlite(others);
        for (const { text } of steps.flatMap(({ statements }) => statements)) this.sqlite.run(text);
        return this.sqlite.query("PRAGMA foreign_key_check").all().length > 0;
      } catch {
        return true;
      } finally {
        if (this.sqlite.inTransaction) this.sqlite.run("ROLLBACK TO alone");
        if (this.sqlite.inTransaction) this.sqlite.run("RELEASE alone");
        this.sqlite.run("PRAGMA foreign_keys = ON");
      }
    });
  }

  /** Removes the rows of these numbers from both, from all tables or one. */
  async remove(numbers: readonly number[], only?: string): Promise<void> {
    await this.mariadb.query("SET foreign_key_checks = 0");
    for (const [table, rows] of this.#tables(only))
      for (const number of numbers) {
        const key = rows.get(number)?.mariadb;
        if (key !== undefined) await this.#removeFromMariadb(table, key);
      }
    await this.mariadb.query("SET foreign_key_checks = 1");
    this.removeFromSqlite(numbers, only);
    for (const [, rows] of this.#tables(only)) for (const number of numbers) rows.delete(number);
  }

  /** A step that stopped halfway may have renamed the table: then it is one that SQLite has not yet. */
  async #removeFromMariadb(table: string, key: ReadonlyMap<string, unknown>): Promise<void> {
    const takes = (name: string): Promise<boolean> =>
      this.mariadb.query(deleteText(name, key), [...key.values()]).then(
        () => true,
        () => false,
      );
    if (await takes(table)) return;
    const rows = await this.mariadb.query<unknown[][]>({ sql: "SHOW TABLES", rowsAsArray: true });
    for (const [name] of rows) if (!this.#hasTable(String(name))) await takes(String(name));
  }

  /** The tables of SQLite. */
  tables(): readonly string[] {
    const all = this.sqlite.query<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return all.map(({ name }) => name);
  }

  /** After a step: the rows of a table with another name are those of the new table that has them. */
  followRenames(before: readonly string[]): void {
    const now = this.tables();
    for (const [table, rows] of this.stored) {
      if (now.includes(table)) continue;
      this.stored.delete(table);
      const [row] = rows.values();
      const renamed = now.find((name) => !before.includes(name) && row !== undefined && this.#hasRow(name, row.sqlite));
      if (renamed !== undefined) this.stored.set(renamed, rows);
    }
  }

  #hasRow(table: string, key: ReadonlyMap<string, Stored>): boolean {
    try {
      return this.sqlite.query(`SELECT 1 FROM ${whereText(table, key)}`).get(...key.values()) !== null;
    } catch {
      // It has no such column.
      return false;
    }
  }

  /** References do not count. */
  removeFromSqlite(numbers: readonly number[], only?: string): void {
    this.sqlite.run("PRAGMA foreign_keys = OFF");
    for (const [table, rows] of this.#tables(only))
      for (const number of numbers) {
        const key = rows.get(number)?.sqlite;
        if (key === undefined || !this.#hasTable(table)) continue;
        this.sqlite.query(deleteText(table, key)).run(...key.values());
      }
    this.sqlite.run("PRAGMA foreign_keys = ON");
  }

  #tables(only: string | undefined): readonly (readonly [string, Map<number, StoredRow>])[] {
    return [...this.stored].filter(([table]) => only === undefined || table === only);
  }

  #hasTable(name: string): boolean {
    return this.sqlite.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== null;
  }
}

function deleteText(table: string, key: ReadonlyMap<string, unknown>): string {
  return `DELETE FROM ${whereText(table, key)}`;
}

function whereText(table: string, key: ReadonlyMap<string, unknown>): string {
  return `${quoted(table)} WHERE ${[...key.keys()].map((name) => `${quoted(name)} = ?`).join(" AND ")}`;
}
