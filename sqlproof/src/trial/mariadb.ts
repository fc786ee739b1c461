import type { Connection } from "mariadb";
import { boundValues } from "../copy/cells.ts";
import { openSnapshot, pagesOf } from "../copy/index.ts";
import { longConnection } from "../copy/mariadb-snapshot.ts";
import { createMariadbDatabase, pendingOnMariadb } from "../migrations/mariadb.ts";
import type { Pending } from "../migrations/plan.ts";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import { type Trial, TrialError } from "./trial.ts";

/** A name as an identifier in every mode of the server. */
const quoted = (name: string) => `\`${name.replaceAll("`", "``")}\``;

/** The server writes definitions with backslashes, in which its default modes read them. A row may have the number 0. */
const definitionModes = "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'";

/** Works over one connection, and gives errors their usual form. */
async function connected<T>(options: MariadbOptions, work: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    const connection = await longConnection(await firstNode(options));
    try {
      return await work(connection);
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  } catch (error) {
    throw mariadbError(error);
  }
}

async function rowsOf(connection: Connection, text: string, values: readonly string[] = []): Promise<unknown[][]> {
  return connection.query(text, [...values]);
}

export function pendingOnServer(server: MariadbOptions, folder: string): Promise<Pending> {
  return connected(server, (connection) => pendingOnMariadb(connection, folder));
}

export async function openMariadbTrial(
  server: MariadbOptions,
  copy: string,
  tables: ReadonlySet<string>,
): Promise<Trial> {
  await connected(server, (connection) => refuseCluster(connection));
  const trial = new MariadbTrial(server, copy);
  await trial.removeLeftover();
  if (!(await createMariadbDatabase({ ...server, database: copy })))
    throw new TrialError(`The database ${copy} is there already, and does not belong to this check.`);
  try {
    await copyTables(server, copy, tables);
    return trial;
  } catch (error) {
    await trial.remove();
    throw error;
  }
}

/** A step on a cluster keeps every writer of every database waiting, on a copy as well. */
async function refuseCluster(connection: Connection): Promise<void> {
  const [row] = await rowsOf(connection, "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'");
  if (row?.[1] === "ON")
    throw new TrialError(
      "This server belongs to a Galera cluster, where trying the steps would keep all writers waiting: restore a " +
        "backup to a server of its own, and check there.",
    );
}

/** Makes the tables as they are, and fills them from one snapshot. Triggers come last: the rows hold what they did. */
async function copyTables(server: MariadbOptions, copy: string, only: ReadonlySet<string>): Promise<void> {
  const snapshot = await openSnapshot({ engine: "mariadb", server }, only);
  try {
    await connected(server, async (source) => {
      await connected({ ...server, database: copy }, async (target) => {
        await target.query("SET foreign_key_checks = 0, unique_checks = 0");
        for (const connection of [source, target]) await connection.query(definitionModes);
        for (const table of await tableNames(source, only)) {
          const [row] = await rowsOf(source, `SHOW CREATE TABLE ${quoted(table)}`);
          await target.query(String(row?.[1]));
        }
        for (const table of snapshot.tables) {
          const names = table.columns.map(({ name }) => quoted(name)).join(", ");
          const places = table.columns.map(() => "?").join(", ");
          const insert = `INSERT INTO ${quoted(table.name)} (${names}) VALUES (${places})`;
          for await (const rows of pagesOf(snapshot, table))
            await target.batch(
              insert,
              rows.map((row) => boundValues(table.columns, row)),
            );
        }
        await copyRecords(source, target);
        await copyTriggers(source, target);
      });
    });
  } finally {
    await snapshot.close();
  }
}

async function tableNames(source: Connection, only: ReadonlySet<string>): Promise<readonly string[]> {
  const rows = await rowsOf(
    source,
    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  return rows.map(([name]) => String(name)).filter((name) => only.has(name.toLowerCase()));
}

/** A snapshot leaves out the records of the steps, which no step of the schema makes. */
async function copyRecords(source: Connection, target: Connection): Promise<void> {
  const rows = await tableNames(source, new Set(["schema_migrations"]));
  if (rows.length === 0) return;
  const records = await rowsOf(source, "SELECT * FROM schema_migrations");
  await target.batch(
    "INSERT INTO schema_migrations VALUES (?, ?, ?, ?, ?, ?)",
    records.map((row) => [...row]),
  );
}

async function copyTriggers(source: Connection, target: Connection): Promise<void> {
  const found = await rowsOf(
    source,
    "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY action_order",
  );
  for (const [name] of found) {
    const [row] = await rowsOf(source, `SHOW CREATE TRIGGER ${quoted(String(name))}`);
    await target.query("SET SESSION sql_mode = ?", [String(row?.[1])]);
    await target.query(String(row?.[2]).replace(/^CREATE DEFINER=\S+ TRIGGER/, "CREATE TRIGGER"));
  }
}

class MariadbTrial implements Trial {
  readonly place;

  constructor(
    private readonly server: MariadbOptions,
    private readonly copy: string,
  ) {
    this.place = { engine: "mariadb", server: { ...server, database: copy } } as const;
  }

  bytes(): Promise<number> {
    return connected(this.place.server, async (connection) => {
      const [row] = await rowsOf(
        connection,
        "SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.tables WHERE table_schema = DATABASE()",
      );
      return Number(row?.[0]);
    });
  }

  counts(): Promise<ReadonlyMap<string, number>> {
    return connected(this.place.server, async (connection) => {
      const names = await rowsOf(
        connection,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name",
      );
      const counts = new Map<string, number>();
      for (const [name] of names) {
        const [row] = await rowsOf(connection, `SELECT COUNT(*) FROM ${quoted(String(name))}`);
        counts.set(String(name), Number(row?.[0]));
      }
      return counts;
    });
  }

  problems(): Promise<readonly string[]> {
    return connected(this.place.server, async (connection) => {
      const keys = await rowsOf(
        connection,
        `SELECT table_name, referenced_table_name, column_name, referenced_column_name
        FROM information_schema.key_column_usage
        WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL ORDER BY table_name, column_name`,
      );
      const problems: string[] = [];
      for (const key of keys) {
        const [table = "", parent = "", column = "", referenced = ""] = key.map(String);
        const rows = await rowsOf(
          connection,
          `SELECT 1 FROM ${quoted(table)} AS child WHERE child.${quoted(column)} IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ${quoted(parent)} AS parent WHERE parent.${quoted(referenced)} = child.${quoted(column)}) LIMIT 1`,
        );
        if (rows.length > 0) problems.push(`A row of ${table} has no parent in ${parent}.`);
      }
      return problems;
    });
  }

  /** An earlier check that was killed has left its copy, and nobody works on it. */
  async removeLeftover(): Promise<void> {
    const users = await this.#users();
    if (users.length > 0) throw new TrialError(`Another check is at work on the database ${this.copy}.`);
    await connected(this.server, (connection) => connection.query(`DROP DATABASE IF EXISTS ${quoted(this.copy)}`));
  }

  async remove(): Promise<void> {
    await connected(this.server, async (connection) => {
      // A statement that is at work would keep the database until it has finished.
      for (const id of await this.#users()) await connection.query(`KILL ${id}`).catch(() => undefined);
      await connection.query(`DROP DATABASE IF EXISTS ${quoted(this.copy)}`);
    });
  }

  #users(): Promise<readonly number[]> {
    return connected(this.server, async (connection) => {
      const rows = await rowsOf(connection, "SELECT id FROM information_schema.processlist WHERE db = ?", [this.copy]);
      return rows.map(([id]) => Number(id));
    });
  }
}
