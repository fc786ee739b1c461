import type { Connection } from "mariadb";
import { MigrationError } from "../migrations/error.ts";
import { createMariadbDatabase, migrateMariadb } from "../migrations/mariadb.ts";
import { createRecords } from "../migrations/mariadb-records.ts";
import { unfinishedStep } from "../migrations/plan.ts";
import { DatabaseError } from "../runtime/errors.ts";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import { refuseUnsafeServer } from "../self-check/mariadb.ts";
import {
  boundValues,
  type CellRow,
  type CopiedTable,
  CopyError,
  cellOf,
  keyValues,
  pageQueries,
  quoted,
} from "./cells.ts";
import type { Loader, LoadOptions } from "./copied-database.ts";
import { longConnection, mariadbTables } from "./mariadb-snapshot.ts";

/** Makes the tables in a database that has none, marked as unfinished until all rows are there. */
export async function openMariadbLoader(options: MariadbOptions, load: LoadOptions): Promise<Loader> {
  await refuseUnsafeServer(options);
  await createMariadbDatabase(options);
  try {
    const server = await firstNode(options);
    const connection = await longConnection(server);
    try {
      await refuseTables(connection, server.database);
      // Before the first step: a start would carry out the others, and serve an empty database.
      await createRecords(connection);
      await connection.query("INSERT INTO schema_migrations VALUES (?, 0, ?, '', 0, UTC_TIMESTAMP())", [
        unfinishedStep.version,
        unfinishedStep.name,
      ]);
      await migrateMariadb({ server, ...load, isUnfinished: true });
      return await emptied(connection, server.database);
    } catch (error) {
      await connection.end().catch(() => connection.destroy());
      throw error;
    }
  } catch (error) {
    throw mariadbError(fullDisk(error) ?? error);
  }
}

/** A step is not to blame if there was no room for it. */
function fullDisk(error: unknown): DatabaseError | null {
  const cause = error instanceof MigrationError ? error.cause : null;
  return cause instanceof DatabaseError && cause.kind === "storage-full" ? cause : null;
}

async function refuseTables(connection: Connection, database: string): Promise<void> {
  const rows: unknown[][] = await connection.query(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name",
  );
  if (rows.length === 0) return;
  const names = rows.map(([name]) => String(name));
  throw new CopyError(
    `the database ${database} is not empty (${names.slice(0, 5).join(", ")}${names.length > 5 ? ", ..." : ""}), and ` +
      `nothing is overwritten; if it is what a killed restore has left, run DROP DATABASE ${database} first`,
  );
}

async function emptied(connection: Connection, database: string): Promise<Loader> {
  await connection.query("SET foreign_key_checks = 0, unique_checks = 0, autocommit = 0");
  const tables = await mariadbTables(connection, database, null);
  const found: unknown[][] = await connection.query(
    "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY action_order",
  );
  const triggers: string[] = [];
  for (const [name] of found) {
    const rows: unknown[][] = await connection.query(`SHOW CREATE TRIGGER ${quoted(String(name))}`);
    // Whoever restores owns the triggers, as after a migration.
    triggers.push(String(rows[0]?.[2]).replace(/^CREATE DEFINER=\S+ TRIGGER/, "CREATE TRIGGER"));
  }
  for (const [name] of found) await connection.query(`DROP TRIGGER ${quoted(String(name))}`);
  for (const { name } of tables) await connection.query(`DELETE FROM ${quoted(name)}`);
  await connection.query("COMMIT");
  return new MariadbLoader(connection, tables, triggers);
}

class MariadbLoader implements Loader {
  readonly engine = "mariadb";

  constructor(
    private readonly connection: Connection,
    readonly tables: readonly CopiedTable[],
    private readonly triggers: readonly string[],
  ) {}

  async add(table: CopiedTable, rows: readonly CellRow[]): Promise<void> {
    if (rows.length === 0) return;
    const names = table.columns.map(({ name }) => quoted(name)).join(", ");
    const places = table.columns.map(() => "?").join(", ");
    const insert = `INSERT INTO ${quoted(table.name)} (${names}) VALUES (${places})`;
    try {
      await this.connection.batch(
        insert,
        rows.map((row) => boundValues(table.columns, row)),
      );
      await this.connection.query("COMMIT");
    } catch (error) {
      throw mariadbError(error);
    }
  }

  async page(table: CopiedTable, after: CellRow | null, limit: number): Promise<readonly CellRow[]> {
    const { first, next } = pageQueries("mariadb", table);
    const values = after === null ? [limit] : [...keyValues("mariadb", after), limit];
    try {
      const rows: unknown[][] = await this.connection.execute(after === null ? first : next, values);
      return rows.map((row) => row.map(cellOf));
    } catch (error) {
      throw mariadbError(error);
    }
  }

  async finish(numbers: ReadonlyMap<string, number>): Promise<void> {
    try {
      for (const [name, number] of numbers) {
        if (this.tables.some((table) => table.name === name) && Number.isSafeInteger(number))
          await this.connection.query(`ALTER TABLE ${quoted(name)} AUTO_INCREMENT = ${number + 1}`);
      }
      for (const trigger of this.triggers) await this.connection.query(trigger);
      await this.connection.query("DELETE FROM schema_migrations WHERE version = ?", [unfinishedStep.version]);
      await this.connection.query("COMMIT");
    } catch (error) {
      throw mariadbError(error);
    } finally {
      await this.abandon();
    }
  }

  async abandon(): Promise<void> {
    await this.connection.end().catch(() => this.connection.destroy());
  }
}
