import { type Connection, createConnection } from "mariadb";
import type { Table } from "../check/types/catalog.ts";
import { mariadbCatalog } from "../check/types/mariadb-catalog.ts";
import { MariadbRecords } from "../migrations/mariadb-records.ts";
import type { RecordedStep } from "../migrations/plan.ts";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { connectionConfig, type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import type { ValueType } from "../runtime/proof.ts";
import { type CellKind, type CellRow, type CopiedTable, CopyError, cellOf, keyValues, pageQueries } from "./cells.ts";
import type { Snapshot } from "./copied-database.ts";

/** Opens a MariaDB database at this moment: one read-only transaction with a consistent snapshot. */
export async function openMariadbSnapshot(
  options: MariadbOptions,
  only: ReadonlySet<string> | null,
): Promise<Snapshot> {
  try {
    const server = await firstNode(options);
    const connection = await longConnection(server);
    try {
      await connection.query("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      await connection.query("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      const tables = await mariadbTables(connection, server.database, only);
      const steps = await new MariadbRecords(connection).steps();
      const numbers = await mariadbNumbers(connection);
      return new MariadbSnapshot(connection, steps, tables, await otherTables(connection, tables), numbers);
    } catch (error) {
      await connection.end().catch(() => connection.destroy());
      throw error;
    }
  } catch (error) {
    throw mariadbError(error);
  }
}

/** A connection for work that may take as long as it must. */
export async function longConnection(server: MariadbOptions): Promise<Connection> {
  const connection = await createConnection({
    ...connectionConfig({ ...server, statementTimeoutMs: 0 }),
    socketTimeout: 0,
  });
  // Whoever uses it next gets the error; without a listener it would end the process.
  connection.on("error", () => undefined);
  // It is idle while the other side works, possibly for longer than the server's default limit.
  await connection.query("SET SESSION wait_timeout = 86400, net_write_timeout = 3600, net_read_timeout = 3600");
  return connection;
}

class MariadbSnapshot implements Snapshot {
  readonly engine = "mariadb";

  constructor(
    private readonly connection: Connection,
    readonly steps: readonly RecordedStep[],
    readonly tables: readonly CopiedTable[],
    readonly others: readonly string[],
    readonly numbers: ReadonlyMap<string, number>,
  ) {}

  async page(table: CopiedTable, after: CellRow | null, limit: number): Promise<readonly CellRow[]> {
    const { first, next } = pageQueries("mariadb", table);
    try {
      const rows: unknown[][] =
        after === null
          ? await this.connection.execute(first, [limit])
          : await this.connection.execute(next, [...keyValues("mariadb", after), limit]);
      return rows.map((row) => row.map(cellOf));
    } catch (error) {
      throw mariadbError(error);
    }
  }

  async close(): Promise<void> {
    await this.connection.end().catch(() => this.connection.destroy());
  }
}

/** The names of the tables that are not copied, without those of the migration runner. */
async function otherTables(connection: Connection, tables: readonly CopiedTable[]): Promise<readonly string[]> {
  const rows: unknown[][] = await connection.query(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'" +
      " AND table_name NOT LIKE 'schema!_%' ESCAPE '!' ORDER BY table_name",
  );
  const copied = new Set(tables.map(({ name }) => name));
  return rows.map(([name]) => String(name)).filter((name) => !copied.has(name));
}

/** The tables of a MariaDB database by name, as this package copies them. */
export async function mariadbTables(
  connection: Connection,
  database: string,
  only: ReadonlySet<string> | null,
): Promise<readonly CopiedTable[]> {
  return [...(await mariadbCatalog(connection, database)).values()]
    .filter(({ name, view }) => !view && (only === null || only.has(name.toLowerCase())))
    .map(copied)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function copied(table: Table): CopiedTable {
  if (table.primaryKey.length === 0) throw new CopyError(`the table ${table.name} has no primary key`);
  const columns = [...table.columns.values()].filter(({ generated }) => !generated);
  return {
    name: table.name,
    columns: columns.map(({ name, declared, type, scale }) => {
      if (type === null) throw new CopyError(`${table.name}.${name} has the type ${declared}, which cannot be copied`);
      return { name, kind: kinds[type], scale };
    }),
    key: table.primaryKey,
  };
}

const kinds: Readonly<Record<ValueType, CellKind>> = {
  integer: "integer",
  bigint: "integer",
  boolean: "integer",
  decimal: "decimal",
  double: "double",
  text: "text",
  datetime: "text",
  date: "text",
  blob: "blob",
};

async function mariadbNumbers(connection: Connection): Promise<ReadonlyMap<string, number>> {
  const rows: unknown[][] = await connection.query(
    "SELECT table_name, auto_increment FROM information_schema.tables" +
      " WHERE table_schema = DATABASE() AND auto_increment IS NOT NULL",
  );
  return new Map(rows.map(([name, next]) => [String(name), Number(next) - 1]));
}
