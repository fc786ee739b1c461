import type { Connection } from "mariadb";
import { boundValues, type CellRow, type CopiedTable, cellOf } from "../copy/cells.ts";
import { longConnection, mariadbTables } from "../copy/mariadb-snapshot.ts";
import { createMariadbDatabase, migrateMariadb } from "../migrations/mariadb.ts";
import { createRecords } from "../migrations/mariadb-records.ts";
import { unfinishedStep } from "../migrations/plan.ts";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import { refuseUnsafeServer } from "../self-check/mariadb.ts";
import { type KeyRange, MoveError, quoted, type Target, type TargetOptions } from "./places.ts";
import { conditionOf, replaceText, selectRange } from "./ranges.ts";

/** The triggers, which are away while rows are copied. */
const notes = "schema_migrations_move";

/** The comment of a database that is being filled; nothing else can be recorded before its first table. */
const commentOf = (from: string) => `being filled by a move of ${from}`;

export async function openMariadbTarget(options: MariadbOptions, target: TargetOptions): Promise<Target> {
  const { from, ...migration } = target;
  await refuseUnsafeServer(options);
  await createMariadbDatabase(options);
  try {
    const server = await firstNode(options);
    const connection = await longConnection(server);
    try {
      await begin(connection, server.database, from);
      // Before the first step: a start would carry out the others, and serve an empty database.
      await mark(connection);
      await migrateMariadb({ server, ...migration, isUnfinished: true });
      await noteTriggers(connection);
      await connection.query("SET foreign_key_checks = 0, unique_checks = 0, autocommit = 0");
      return new MariadbTarget(connection, await mariadbTables(connection, server.database, null));
    } catch (error) {
      await connection.end().catch(() => connection.destroy());
      throw error;
    }
  } catch (error) {
    throw mariadbError(error);
  }
}

async function rowsOf(connection: Connection, text: string): Promise<unknown[][]> {
  return connection.query(text);
}

/** Takes an empty database, or one that an earlier move of the same source has begun. */
async function begin(connection: Connection, database: string, from: string): Promise<void> {
  const [found] = await rowsOf(
    connection,
    "SELECT schema_comment FROM information_schema.schemata WHERE schema_name = DATABASE()",
  );
  if (found?.[0] === commentOf(from)) return;
  const tables = await rowsOf(connection, "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE()");
  if (tables.length > 0) throw new MoveError(`the database ${database} is not empty, and nothing is overwritten`);
  await connection.query(`ALTER DATABASE ${quoted(database)} COMMENT = '${commentOf(from).replaceAll("'", "''")}'`);
}

async function triggersOf(connection: Connection): Promise<readonly string[]> {
  const rows = await rowsOf(
    connection,
    "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY trigger_name",
  );
  return rows.map(([name]) => String(name));
}

/** From here on no program takes the database for complete. */
async function mark(connection: Connection): Promise<void> {
  await createRecords(connection);
  await connection.query("REPLACE INTO schema_migrations VALUES (?, 0, ?, '', 0, UTC_TIMESTAMP())", [
    unfinishedStep.version,
    unfinishedStep.name,
  ]);
}

/** The triggers are noted, and dropped: the rows come with what triggers have made of them. */
async function noteTriggers(connection: Connection): Promise<void> {
  await connection.query(
    `CREATE TABLE IF NOT EXISTS ${notes} (name VARCHAR(64) NOT NULL PRIMARY KEY, text LONGTEXT NOT NULL)
    ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin`,
  );
  for (const name of await triggersOf(connection)) {
    const [row] = await rowsOf(connection, `SHOW CREATE TRIGGER ${quoted(name)}`);
    // Whoever moves the database owns the triggers, as after a migration.
    const text = String(row?.[2]).replace(
      /^CREATE DEFINER=\S+ TRIGGER(?: IF NOT EXISTS)?/,
      "CREATE TRIGGER IF NOT EXISTS",
    );
    await connection.query(`REPLACE INTO ${notes} VALUES (?, ?)`, [name, text]);
    await connection.query(`DROP TRIGGER ${quoted(name)}`);
  }
}

class MariadbTarget implements Target {
  constructor(
    private readonly connection: Connection,
    readonly tables: readonly CopiedTable[],
  ) {}

  async rows(table: CopiedTable, range: KeyRange): Promise<readonly CellRow[]> {
    const { text, values } = selectRange("mariadb", table, range);
    return this.#work(async () => {
      const rows: unknown[][] = await this.connection.execute(text, [...values]);
      return rows.map((row) => row.map(cellOf));
    });
  }

  async replace(table: CopiedTable, range: KeyRange, rows: readonly CellRow[]): Promise<void> {
    const { text, values } = conditionOf("mariadb", table, range);
    await this.#work(async () => {
      await this.connection.execute(`DELETE FROM ${quoted(table.name)}${text}`, [...values]);
      const bound = rows.map((row) => boundValues(table.columns, row));
      if (bound.length > 0) await this.connection.batch(replaceText(table), bound);
      await this.connection.query("COMMIT");
    });
  }

  async complete(numbers: ReadonlyMap<string, number>): Promise<void> {
    await this.#work(async () => {
      await refuseOrphans(this.connection);
      for (const [name, number] of numbers)
        if (this.tables.some((table) => table.name === name))
          await this.connection.query(`ALTER TABLE ${quoted(name)} AUTO_INCREMENT = ${number + 1}`);
      for (const [text] of await rowsOf(this.connection, `SELECT text FROM ${notes} ORDER BY name`))
        await this.connection.query(String(text));
      await this.connection.query("COMMIT");
    });
  }

  open(): Promise<void> {
    return this.#work(() => unmark(this.connection));
  }

  async close(): Promise<void> {
    await this.connection.end().catch(() => this.connection.destroy());
  }

  async #work<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw mariadbError(error);
    }
  }
}

/** The references were not checked while rows were copied. */
async function refuseOrphans(connection: Connection): Promise<void> {
  const keys = await rowsOf(
    connection,
    `SELECT table_name, referenced_table_name, column_name, referenced_column_name
    FROM information_schema.key_column_usage
    WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL`,
  );
  for (const key of keys) {
    const [table = "", parent = "", column = "", referenced = ""] = key.map((part) => quoted(String(part)));
    const orphans = await rowsOf(
      connection,
      `SELECT 1 FROM ${table} AS child WHERE child.${column} IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ${parent} AS parent WHERE parent.${referenced} = child.${column}) LIMIT 1`,
    );
    if (orphans.length > 0) throw new MoveError(`a row of ${table} has no row of ${parent}`);
  }
}

/** Takes away what says that the database is not complete, the record last. */
async function unmark(connection: Connection): Promise<void> {
  await connection.query(`DROP TABLE IF EXISTS ${notes}`);
  const [row] = await rowsOf(connection, "SELECT DATABASE()");
  await connection.query(`ALTER DATABASE ${quoted(String(row?.[0]))} COMMENT = ''`);
  await connection.query("DELETE FROM schema_migrations WHERE version = ?", [unfinishedStep.version]);
  await connection.query("COMMIT");
}

/** Opens a complete database, in case a kill has prevented it. */
export async function openMovedDatabase(options: MariadbOptions): Promise<void> {
  try {
    const connection = await longConnection(await firstNode(options));
    try {
      await unmark(connection);
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  } catch (error) {
    throw mariadbError(error);
  }
}
