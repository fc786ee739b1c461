import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createConnection } from "mariadb";
import type { ServerAddress, StoreAddress } from "../database/store.ts";

/** A database that is not there yet, to restore a backup to. */
export interface Target {
  readonly url: string;
  readonly store: StoreAddress;
  /** What is there: nothing that any program takes for a database, or something. */
  isThere(): Promise<boolean>;
  /** The command of the operator after a restore that broke off. Nothing is needed for a SQLite file. */
  drop(): Promise<void>;
}

/** A SQLite file in a folder of its own. */
export function sqliteTarget(folder: string, name = "restored.db"): Target {
  const path = join(folder, name);
  return {
    url: `sqlite:${path}`,
    store: { kind: "sqlite", path },
    isThere: async () => existsSync(path),
    drop: async () => undefined,
  };
}

/** What is in the folder of a SQLite target, other than the database and its log. */
export function leftovers(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => !/^restored\.db(-wal|-shm)?$/.test(name));
}

/** A database of a MariaDB server. */
export function mariadbTarget(server: Omit<ServerAddress, "name">, name: string): Target {
  const { host, port, user, password } = server;
  const ask = async (text: string, values: readonly string[] = []) => {
    const connection = await createConnection({ host, port, user, password, rowsAsArray: true });
    try {
      const rows: unknown[][] = await connection.query(text, [...values]);
      return rows;
    } finally {
      await connection.end();
    }
  };
  const tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?";
  return {
    url: `mysql://${user}:${password}@${host}:${port}/${name}`,
    store: { kind: "mariadb", nodes: [{ host, port, user, password, name }] },
    async isThere() {
      const names = (await ask(tables, [name])).map(([table]) => String(table));
      if (names.join() !== "schema_migrations") return names.length > 0;
      // The table of the steps comes first. Without any it is as empty as a database that was just created.
      return (await ask(`SELECT 1 FROM \`${name}\`.schema_migrations WHERE version > 0`)).length > 0;
    },
    async drop() {
      await ask(`DROP DATABASE IF EXISTS \`${name}\``);
    },
  };
}
