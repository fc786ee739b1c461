/**
 * An existing Northwind database is taken over without losing a row or a character. Goal: a user of the well-known
 * MySQL port of Northwind points the program at it and continues to work. The dump is test data beside the repository;
 * without it these tests are skipped, except in CI, where its absence is a failure.
 */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { MigrationError, migrateMariadb, migrateSqlite, splitStatements } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";

const dump = join(import.meta.dir, "../../shared/northwind");
const present = existsSync(join(dump, "northwind.sql"));
if (!present) {
  const words = `the Northwind dump is missing: ${dump}`;
  if (process.env.CI) throw new Error(words);
  console.log(`Skipped: ${words}`);
}

const folder = join(import.meta.dir, "mariadb");
let server: PrivateMariadb;
let connection: Connection;

const serverOptions = (database: string) => {
  const { host, port, user, password } = server;
  return { host, port, user, password, database };
};

/** Loads the dump, as its owner would, into a database with the given name. */
async function loadDump(database: string): Promise<void> {
  // The files expect MySQL's default modes, and name their database themselves.
  await connection.query("SET sql_mode = 'NO_ENGINE_SUBSTITUTION'");
  for (const file of ["northwind.sql", "northwind-data.sql"]) {
    const text = readFileSync(join(dump, file), "utf8")
      .replaceAll(/^#.*$/gm, "")
      .replaceAll("`northwind`", `\`${database}\``);
    for (const statement of splitStatements(text)) await connection.query(statement.text);
  }
}

type Tables = Record<string, Record<string, unknown>[]>;

/** Every row of the 20 tables as text, ordered, in the columns of the dump: the take-over adds more. */
async function exported(database: string): Promise<Tables> {
  await connection.query(`USE ${database}`);
  const tables: Tables = {};
  for (const table of await originalTables()) {
    const columns: [string][] = await connection.query({
      sql: `SELECT column_name FROM information_schema.columns
        WHERE table_schema = '${database}' AND table_name = '${table}' AND column_name IN
          (SELECT column_name FROM information_schema.columns WHERE table_schema = 'dump' AND table_name = '${table}')
        ORDER BY ordinal_position`,
      rowsAsArray: true,
    });
    // HEX shows every byte. Numbers are compared elsewhere, since DOUBLE 0 and DECIMAL 0.0000 differ in text.
    const list = columns.map(([column]) =>
      column === "discount" || column === "tax_rate"
        ? `CAST(${column} AS DECIMAL(19,4)) AS ${column}`
        : column === "quantity"
          ? `CAST(quantity AS DECIMAL(19,4)) AS quantity`
          : `HEX(CONVERT(\`${column}\` USING utf8mb4)) AS \`${column}\``,
    );
    tables[table] = await connection.query(`SELECT ${list.join(", ")} FROM \`${table}\` ORDER BY 1, 2`);
  }
  return tables;
}

/** Fixed values that steps of the schema add: how many each of these tables gets. */
const added: Readonly<Record<string, number>> = {
  inventory_transaction_types: 3,
  orders_status: 1,
  purchase_order_status: 1,
};

/** The rows without the fixed values that are new, which come last. */
function withoutAdded(tables: Tables): Tables {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.slice(0, rows.length - (added[table] ?? 0))]),
  );
}

/** Tables that the take-over adds: its own bookkeeping, and tables derived from the rows. */
const records = ["schema_migrations", "setup_steps", "idempotency_keys", "audit_log", "change_feed"];
const settings = ["company", "company_logo", "tax_rates"];
const accessTables = [
  ...["access", "failed_sign_ins", "password_links", "sessions", "tokens", "users"],
  ...["user_totp", "recovery_codes", "passkeys", "challenges"],
  ...["identities", "single_sign_ons", "user_preferences"],
];
const stockTables = [
  ...["product_stock", "product_suppliers", "stock_counts", "stock_count_details"],
  ...["shipments", "shipment_details", "order_returns", "order_return_details"],
];
const searchTables = ["search_texts", "search_grams", "search_positions", "unfolded_rows"];

async function tablesBut(left: readonly string[]): Promise<string[]> {
  const rows: [string][] = await connection.query({
    sql: "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name",
    rowsAsArray: true,
  });
  return rows.flatMap(([name]) => (left.includes(name) ? [] : [name]));
}

function originalTables(): Promise<string[]> {
  return tablesBut([...records, ...settings, ...accessTables, ...stockTables, ...searchTables]);
}

/** How many rows are missing from the search index. */
async function searchIndex(): Promise<unknown> {
  const rows: unknown[] = await connection.query(`
    SELECT SUM(known.text IS NULL) AS unknown, SUM((SELECT COUNT(*) FROM search_grams WHERE text = known.text) = 0) AS uncut
    FROM (SELECT search_text FROM orders UNION SELECT search_text FROM customers) AS texts
    LEFT JOIN search_texts AS known ON known.text = texts.search_text`);
  return rows[0];
}

async function value(query: string): Promise<unknown> {
  const rows: unknown[][] = await connection.query({ sql: query, rowsAsArray: true });
  return rows[0]?.[0];
}

/** SHOW CREATE TABLE of every table, without the counters. */
async function catalog(database: string): Promise<Record<string, string>> {
  await connection.query(`USE ${database}`);
  const tables: Record<string, string> = {};
  for (const table of await tablesBut(records)) {
    const rows: [string, string][] = await connection.query({
      sql: `SHOW CREATE TABLE \`${table}\``,
      rowsAsArray: true,
    });
    tables[table] = (rows[0]?.[1] ?? "").replace(/ AUTO_INCREMENT=\d+/, "");
  }
  return tables;
}

describe.skipIf(!present)("taking over the Northwind dump", () => {
  let statements = 0;

  beforeAll(async () => {
    server = await startPrivateMariadb({ extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
    const { host, port, user, password } = server;
    connection = await createConnection({ host, port, user, password, charset: "utf8mb4", dateStrings: true });
    await loadDump("dump");
  }, 60_000);

  afterAll(async () => {
    await connection.end();
    await server.stop();
  });

  test("no row and no character is lost", async () => {
    await loadDump("taken");
    const before = await exported("taken");
    expect(Object.keys(before)).toHaveLength(20);
    expect(before.orders).toHaveLength(48);
    expect(before.order_details).toHaveLength(58);
    const onProgress = () => {
      statements += 1;
    };
    const outcome = await migrateMariadb({ server: serverOptions("taken"), folder, onProgress });
    expect(outcome.adopted).toBe(true);
    expect(withoutAdded(await exported("taken"))).toEqual(before);
    expect(await value("SELECT last_name FROM customers WHERE id = 5")).toBe("O’Donnell");
    expect(await value("SELECT last_name FROM customers WHERE id = 6")).toBe("Pérez-Olaeta");
    expect(await value("SELECT search_text FROM customers WHERE id = 6")).toContain("francisco perez-olaeta");
  }, 30_000);

  test("the amounts are exact to the last digit", async () => {
    expect(
      await value("SELECT CAST(SUM(quantity * unit_price * (1 - discount)) AS DECIMAL(19,4)) FROM order_details"),
    ).toBe("68137.0000");
    expect(await value("SELECT SUM(shipping_fee) FROM orders")).toBe("2138.0000");
  });

  test("afterwards it has the schema of a new database", async () => {
    await connection.query("CREATE DATABASE fresh");
    await migrateMariadb({ server: serverOptions("fresh"), folder });
    expect(await catalog("taken")).toEqual(await catalog("fresh"));
  }, 30_000);

  // Every take-over after a stop costs seconds: some stops, spread over all statements.
  test("stopped after any statement, the next start completes it", async () => {
    await connection.query("USE taken");
    const complete = await catalog("taken");
    const rows = await exported("taken");
    expect(await searchIndex()).toEqual({ unknown: "0", uncut: "0" });
    for (let stop = 1; ; stop += Math.ceil(statements / 4)) {
      await loadDump("stopped");
      let events = 0;
      const onProgress = () => {
        events += 1;
        if (events === stop) throw new Error("stopped here");
      };
      const options = { server: serverOptions("stopped"), folder };
      const finished = await migrateMariadb({ ...options, onProgress }).catch((error: Error) => error.message);
      if (finished !== "stopped here") break;
      expect((await migrateMariadb(options)).adopted).toBe(true);
      expect(await catalog("stopped")).toEqual(complete);
      expect(await exported("stopped")).toEqual(rows);
      expect(await searchIndex()).toEqual({ unknown: "0", uncut: "0" });
    }
  }, 300_000);

  test("the variant with CURRENT_TIMESTAMP defaults is taken over with its defaults", async () => {
    await loadDump("variant");
    await connection.query("USE variant");
    await connection.query("ALTER TABLE orders MODIFY order_date DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP");
    await migrateMariadb({ server: serverOptions("variant"), folder });
    expect(
      await value(`SELECT CONCAT(is_nullable, ' ', LOWER(column_default)) FROM information_schema.columns
        WHERE table_schema = 'variant' AND table_name = 'orders' AND column_name = 'order_date'`),
    ).toBe("YES current_timestamp()");
  }, 30_000);

  test.each([
    ["a missing table", "DROP TABLE invoices", "these tables are missing: invoices"],
    ["a missing column", "ALTER TABLE orders DROP COLUMN notes", "Column orders.notes is missing."],
    [
      "another type",
      "ALTER TABLE orders MODIFY shipping_fee FLOAT",
      "Column orders.shipping_fee is float, expected decimal(19,4).",
    ],
    [
      "a forbidden NULL",
      "ALTER TABLE customers MODIFY company VARCHAR(50) NOT NULL",
      "Column customers.company must allow NULL.",
    ],
    [
      "a further column that needs a value",
      "ALTER TABLE products ADD COLUMN barcode VARCHAR(20) NOT NULL",
      "Column products.barcode is not Northwind's and must have a value in every new row.",
    ],
    ["a lost foreign key", "ALTER TABLE orders DROP FOREIGN KEY fk_orders_customers", "orders.customer_id is missing"],
    [
      "another primary key",
      "ALTER TABLE sales_reports DROP PRIMARY KEY",
      "primary key of sales_reports must be (group_by)",
    ],
    ["a table without transactions", "ALTER TABLE strings ENGINE = MyISAM", "strings uses MyISAM"],
    [
      "a fraction of 5 digits",
      "UPDATE orders SET tax_rate = 0.12345 WHERE id = 30",
      "1 rows of orders hold a tax_rate with more than 4 decimals",
    ],
    [
      "a day that does not exist",
      "UPDATE orders SET paid_date = '2006-02-31' WHERE id = 30",
      "1 rows of orders hold a paid_date that is no date",
    ],
    [
      "a zero date",
      "UPDATE orders SET paid_date = '0000-00-00' WHERE id = 30",
      "1 rows of orders hold a paid_date that is no date",
    ],
    [
      "true as -1",
      "UPDATE products SET discontinued = -1 WHERE id = 1",
      "1 rows of products hold a discontinued that is neither 0 nor 1",
    ],
    [
      "a reference to nothing",
      "UPDATE order_details SET purchase_order_id = 9999 WHERE id = 27",
      "1 rows of order_details name a purchase_order_id that is not in purchase_orders",
    ],
    ["a missing fixed value", "DELETE FROM orders_tax_status WHERE id = 1", "orders_tax_status has no row with id 1"],
  ])("%s is refused in words, and nothing is changed", async (_name, damage, words) => {
    await loadDump("damaged");
    await connection.query("SET sql_mode = 'ALLOW_INVALID_DATES'");
    await connection.query(damage);
    const before = [await catalog("damaged"), await exported("damaged")];
    const error: unknown = await migrateMariadb({ server: serverOptions("damaged"), folder }).catch((caught) => caught);
    expect(error).toBeInstanceOf(MigrationError);
    expect(error instanceof MigrationError ? error.message : "").toContain(words);
    expect([await catalog("damaged"), await exported("damaged")]).toEqual(before);
  });

  test("the same rows in SQLite have the same sums", async () => {
    const sqlite = new Database(":memory:", { strict: true });
    await migrateSqlite({ database: sqlite, folder: join(import.meta.dir, "sqlite") });
    await copyInto(sqlite, "taken");
    expect(sqlite.query("PRAGMA foreign_key_check").all()).toEqual([]);
    const [row] = sqlite
      .query(
        "SELECT (SELECT COUNT(*) FROM orders), COUNT(*), SUM(quantity / 10000 * unit_price * (10000 - discount) / 10000) FROM order_details",
      )
      .values();
    expect(row).toEqual([48, 58, 681_370_000]);
    expect(sqlite.query("SELECT SUM(shipping_fee) FROM orders").values()).toEqual([[21_380_000]]);
    const folded = sqlite.query("SELECT search_text FROM customers ORDER BY id").values();
    const expected: unknown[] = await connection.query({
      sql: "SELECT search_text FROM taken.customers ORDER BY id",
      rowsAsArray: true,
    });
    expect<unknown>(folded).toEqual(Array.from(expected));
  });
});

/** Copies every row: decimals become ten-thousandths, everything else stays the same. */
async function copyInto(sqlite: Database, database: string): Promise<void> {
  await connection.query(`USE ${database}`);
  sqlite.run("PRAGMA foreign_keys = OFF");
  for (const table of await originalTables()) {
    sqlite.run(`DELETE FROM ${table}`);
    const columns: [string, string][] = await connection.query({
      sql: `SELECT column_name, data_type FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = '${table}' AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      rowsAsArray: true,
    });
    const names = columns.map(([name]) => `\`${name}\``).join(", ");
    const select = columns.map(([name, type]) =>
      type === "decimal" ? `CAST(\`${name}\` * 10000 AS DECIMAL(24,0)) AS \`${name}\`` : `\`${name}\``,
    );
    const rows: unknown[][] = await connection.query({
      sql: `SELECT ${select.join(", ")} FROM ${table}`,
      rowsAsArray: true,
    });
    const insert = sqlite.query(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => "?").join(", ")})`);
    for (const row of rows)
      insert.run(
        ...row.map((cell, index) =>
          columns[index]?.[1] === "decimal" && cell !== null ? Number(cell) : bindable(cell),
        ),
      );
  }
  sqlite.run("PRAGMA foreign_keys = ON");
}

function bindable(cell: unknown): string | number | Uint8Array | null {
  if (cell === null || typeof cell === "string" || typeof cell === "number" || cell instanceof Uint8Array) return cell;
  throw new Error(`unexpected ${typeof cell}`);
}
