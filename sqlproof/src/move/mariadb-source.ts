import type { Connection } from "mariadb";
import { longConnection } from "../copy/mariadb-snapshot.ts";
import { movedName, movedStep, movingName } from "../migrations/plan.ts";
import { movedAwayMessage } from "../runtime/errors.ts";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import { frozenPrefix, quoted, type Source } from "./places.ts";

export async function openMariadbSource(server: MariadbOptions): Promise<Source> {
  try {
    const connection = await longConnection(await firstNode(server));
    return new MariadbSource(connection);
  } catch (error) {
    throw mariadbError(error);
  }
}

class MariadbSource implements Source {
  constructor(private readonly connection: Connection) {}

  async movingTo() {
    const has = await this.#rows(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'",
    );
    if (has.length === 0) return null;
    const [row] = await this.#rows(`SELECT name FROM schema_migrations WHERE version = ${movedStep}`);
    if (row === undefined) return null;
    // The name of a place is longer than the column of the checksum.
    const text = String(row[0]);
    return { to: text.slice(text.indexOf(": ") + 2), isDone: text.startsWith(movedName) };
  }

  /** A trigger waits for the transactions that have written to its table, so that none is open when the last is made. */
  async freeze(to: string): Promise<void> {
    await this.#record(movingName, to);
    const tables = await this.#rows(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()" +
        " AND table_type = 'BASE TABLE' AND table_name <> 'schema_migrations'",
    );
    for (const [table] of tables)
      for (const event of ["INSERT", "UPDATE", "DELETE"])
        await this.#rows(
          `CREATE TRIGGER IF NOT EXISTS ${quoted(`${frozenPrefix}${table}_${event.toLowerCase()}`)}
          BEFORE ${event} ON ${quoted(String(table))} FOR EACH ROW
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${movedAwayMessage}'`,
        );
  }

  moved(to: string): Promise<void> {
    return this.#record(movedName, to);
  }

  async thaw(): Promise<void> {
    const triggers = await this.#rows(
      "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()" +
        ` AND LEFT(trigger_name, ${frozenPrefix.length}) = '${frozenPrefix}'`,
    );
    for (const [name] of triggers) await this.#rows(`DROP TRIGGER ${quoted(String(name))}`);
    await this.#rows(`DELETE FROM schema_migrations WHERE version = ${movedStep}`);
  }

  async close(): Promise<void> {
    await this.connection.end().catch(() => this.connection.destroy());
  }

  async #record(state: string, to: string): Promise<void> {
    await this.#rows("REPLACE INTO schema_migrations VALUES (?, 0, ?, '', 0, UTC_TIMESTAMP())", [
      movedStep,
      `${state}: ${to}`,
    ]);
  }

  async #rows(text: string, values: (string | number)[] = []): Promise<unknown[][]> {
    try {
      return await this.connection.query(text, values);
    } catch (error) {
      throw mariadbError(error);
    }
  }
}
