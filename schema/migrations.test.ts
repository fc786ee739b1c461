/** The migrations of the schema: they complete on a new database of either engine, whatever interrupts them. */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";

const folders = { mariadb: join(import.meta.dir, "mariadb"), sqlite: join(import.meta.dir, "sqlite") };

/** Stops the migration at its nth progress event. */
function stopAt(event: number): () => void {
  let events = 0;
  return () => {
    events += 1;
    if (events === event) throw new Error("stopped here");
  };
}

/** So many of its stops are tried, spread over the whole migration. */
const stopsTried = 6;

/** Counts the progress events of a migration, and gives the distance between two stops. */
function stopCounter() {
  let events = 0;
  return {
    onProgress: () => {
      events += 1;
    },
    distance: () => Math.ceil(events / stopsTried),
  };
}

async function wasStopped(work: Promise<unknown>): Promise<boolean> {
  const outcome: unknown = await work.catch((error: Error) => error.message);
  return outcome === "stopped here";
}

describe("sqlite", () => {
  const folder = mkdtempSync(join(tmpdir(), "schema-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const schemaOf = (path: string) => {
    const database = new Database(path);
    const rows = database.query("SELECT name, sql FROM sqlite_schema ORDER BY name").values();
    database.close();
    return rows;
  };

  test("stopped at any statement, the next start completes it", async () => {
    const complete = join(folder, "complete.db");
    const { onProgress, distance } = stopCounter();
    await migrateSqlite({ database: complete, folder: folders.sqlite, onProgress });
    const expected = schemaOf(complete);
    for (let event = 1; ; event += distance()) {
      const database = join(folder, `stopped-${event}.db`);
      if (!(await wasStopped(migrateSqlite({ database, folder: folders.sqlite, onProgress: stopAt(event) })))) break;
      await migrateSqlite({ database, folder: folders.sqlite });
      expect(schemaOf(database)).toEqual(expected);
    }
  }, 60_000);

  test.each([
    ["a day that does not exist", "INSERT INTO orders (order_date) VALUES ('2024-02-30 00:00:00')"],
    ["a date with a T", "INSERT INTO orders (order_date) VALUES ('2024-02-20T00:00:00')"],
    ["a text that is too long", `INSERT INTO orders (ship_name) VALUES ('${"x".repeat(51)}')`],
    ["a number that is too large", "INSERT INTO products (list_price, reorder_level) VALUES (0, 2147483648)"],
    ["a boolean that is neither", "INSERT INTO products (list_price, discontinued) VALUES (0, 2)"],
    ["text for an amount", "INSERT INTO orders (taxes) VALUES ('much')"],
    ["a parent that does not exist", "INSERT INTO orders (customer_id) VALUES (1)"],
    ["a status that does not exist", "INSERT INTO orders (status_id) VALUES (9)"],
  ])("%s is refused", async (_name, statement) => {
    const database = new Database(":memory:");
    await migrateSqlite({ database, folder: folders.sqlite });
    expect(() => database.run(statement)).toThrow();
    database.close();
  });

  test("a page of orders reads one index in order, whatever the filter and the sort", async () => {
    const database = new Database(":memory:");
    await migrateSqlite({ database, folder: folders.sqlite });
    for (const column of ["status_id", "customer_id", "employee_id", "shipper_id"]) {
      for (const order of ["id", "id DESC", "order_date, id", "order_date DESC, id DESC"]) {
        const plan = database
          .query(`EXPLAIN QUERY PLAN SELECT id FROM orders WHERE ${column} = 1 ORDER BY ${order} LIMIT 50`)
          .values()
          .map((row) => String(row[3]))
          .join("; ");
        expect(plan).toMatch(/^SEARCH orders USING COVERING INDEX \w+ \(\w+=\?\)$/);
      }
    }
    database.close();
  });
});

describe("mariadb", () => {
  let server: PrivateMariadb;
  let connection: Connection;
  const options = (database: string) => {
    const { host, port, user, password } = server;
    return { server: { host, port, user, password, database }, folder: folders.mariadb };
  };

  beforeAll(async () => {
    server = await startPrivateMariadb({ extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
    const { host, port, user, password } = server;
    connection = await createConnection({ host, port, user, password, rowsAsArray: true });
  }, 60_000);

  afterAll(async () => {
    await connection.end();
    await server.stop();
  });

  const schemaOf = async (database: string) => {
    const rows: unknown[][] = await connection.query(
      `SELECT table_name, column_name, column_type, is_nullable, column_default, collation_name, generation_expression
        FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position`,
      [database],
    );
    const keys: unknown[][] = await connection.query(
      `SELECT table_name, index_name, column_name, seq_in_index
        FROM information_schema.statistics WHERE table_schema = ? ORDER BY 1, 2, 4`,
      [database],
    );
    return JSON.stringify([Array.from(rows), Array.from(keys)]);
  };

  test("stopped at any statement, the next start completes it", async () => {
    await connection.query("CREATE DATABASE complete");
    const { onProgress, distance } = stopCounter();
    await migrateMariadb({ ...options("complete"), onProgress });
    const expected = await schemaOf("complete");
    for (let event = 1; ; event += distance()) {
      const database = `stopped_${event}`;
      await connection.query(`CREATE DATABASE ${database}`);
      if (!(await wasStopped(migrateMariadb({ ...options(database), onProgress: stopAt(event) })))) break;
      await migrateMariadb(options(database));
      expect(await schemaOf(database)).toEqual(expected);
    }
  }, 120_000);

  test("no index is redundant: none is a prefix of another", async () => {
    const rows: [string, string, string][] = await connection.query(
      `SELECT table_name, index_name, GROUP_CONCAT(column_name ORDER BY seq_in_index) FROM information_schema.statistics
        WHERE table_schema = 'complete' GROUP BY table_name, index_name`,
    );
    const redundant = rows.filter(([table, name, columns]) =>
      rows.some(
        ([other, otherName, longer]) => other === table && otherName !== name && longer.startsWith(`${columns},`),
      ),
    );
    expect(redundant.map(([table, name]) => `${table}.${name}`)).toEqual([]);
  });

  test("every table has a primary key, every text is utf8mb4, no amount is a float", async () => {
    const rows: unknown[][] = await connection.query(
      `SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = 'complete'
        AND (data_type IN ('float', 'double') OR character_set_name <> 'utf8mb4')
      UNION ALL SELECT table_name FROM information_schema.tables AS t WHERE table_schema = 'complete' AND NOT EXISTS (
        SELECT 1 FROM information_schema.statistics AS s
        WHERE s.table_schema = 'complete' AND s.table_name = t.table_name AND s.index_name = 'PRIMARY')`,
    );
    expect(Array.from(rows)).toEqual([]);
  });
});
