/** Rows of other programs: noted by the database, and folded by this program. On both engines alike. */
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { migrationsBefore } from "../earlier-migrations.ts";
import { companyText, orderText } from "./row-text.ts";
import { foldUnfolded } from "./unfolded.ts";

const folder = mkdtempSync(join(tmpdir(), "unfolded-"));
const path = join(folder, "northwind.db");
const schema = join(import.meta.dir, "..");
let server: PrivateMariadb;
let connection: Connection;
let file: SqliteDatabase;
let databases: readonly Database[] = [];

/** Runs a statement as another program would, on both databases, and gives the rows of both. */
async function everywhere(statement: string): Promise<unknown[][]> {
  const rows: unknown = await connection.query({ sql: statement, rowsAsArray: true });
  const onMariadb = Array.isArray(rows) ? Array.from(rows) : [];
  const onSqlite = file.query(statement).values();
  if (statement.startsWith("SELECT")) expect<unknown>(onSqlite).toEqual(onMariadb);
  return onSqlite;
}

const noted = () => everywhere("SELECT table_name, row_id FROM unfolded_rows ORDER BY table_name, row_id");
const textOf = async (table: string, id: number) =>
  String((await everywhere(`SELECT search_text FROM ${table} WHERE id = ${id}`))[0]?.[0]);
const indexed = async (text: string) =>
  (await everywhere(`SELECT gram FROM search_grams WHERE text = '${text}' ORDER BY gram`)).length;

const tables = ["customers", "employees", "suppliers", "shippers", "products", "orders"];
const phone = "+45 33 12-34";

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  connection = await createConnection({ host, port, user, password, charset: "utf8mb4" });
  await connection.query("CREATE DATABASE northwind");
  await connection.query("USE northwind");
  const options = { host, port, user, password, database: "northwind" };
  // Rows of version 0.1.0.
  const old = { sqlite: mkdtempSync(join(folder, "sqlite-")), mariadb: mkdtempSync(join(folder, "mariadb-")) };
  await migrateSqlite({ database: path, folder: migrationsBefore("sqlite", 8, old.sqlite) });
  await migrateMariadb({ server: options, folder: migrationsBefore("mariadb", 8, old.mariadb) });
  file = new SqliteDatabase(path, { strict: true });
  await everywhere("INSERT INTO customers (company, city) VALUES ('Pérez & Fils', 'Łódź')");
  await everywhere("INSERT INTO customers (company, first_name) VALUES ('Москва Вино', 'Юрий')");
  await everywhere(`INSERT INTO customers (company, business_phone) VALUES ('Plain', '${phone}')`);
  for (const table of ["employees", "suppliers", "shippers"])
    await everywhere(`INSERT INTO ${table} (last_name, city) VALUES ('Папас', 'Αθήνα')`);
  await everywhere("INSERT INTO products (product_code, product_name, list_price) VALUES ('Ч-1', 'Чай', 0)");
  await everywhere("INSERT INTO orders (ship_name, ship_city) VALUES ('Sørensen', 'Åbo')");
  await everywhere("INSERT INTO orders (ship_name, ship_city) VALUES ('ΑΘΉΝΑ', NULL)");
  file.close();
  await migrateSqlite({ database: path, folder: join(schema, "sqlite") });
  await migrateMariadb({ server: options, folder: join(schema, "mariadb") });
  file = new SqliteDatabase(path, { strict: true });
  databases = [openSqlite({ path }), await openMariadb(options)];
}, 60_000);

afterAll(async () => {
  for (const database of databases) await database.close();
  file.close();
  await connection.end();
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("a migration keeps the texts, and notes those that the old column could not fold", async () => {
  expect(await textOf("customers", 1)).toBe("perez & fils   lodz ");
  expect(await textOf("orders", 1)).toBe("sorensen abo");
  expect(await noted()).toEqual([
    ...[
      ["customers", 2],
      ["customers", 3],
      ["employees", 1],
      ["orders", 2],
      ["products", 1],
    ],
    ...[
      ["shippers", 1],
      ["suppliers", 1],
    ],
  ]);
});

test("folding can be interrupted: what was not folded is folded by the next start", async () => {
  const stop = new Error("stopped here");
  for (const database of databases) {
    const stopped = foldUnfolded(database, () => {
      throw stop;
    });
    await expect(stopped).rejects.toBe(stop);
    await foldUnfolded(database);
  }
  expect(await noted()).toEqual([]);
  expect(await textOf("customers", 2)).toBe("москва вино юрии   ");
  expect(await textOf("customers", 3)).toBe(
    companyText({
      ...{ company: "Plain", first_name: null, last_name: null, city: null, email_address: null },
      home_phone: phone,
    }),
  );
  expect(await textOf("suppliers", 1)).toBe("  папас αθηνα ");
  expect(await textOf("employees", 1)).toBe(" папас  αθηνα ");
  expect(await textOf("products", 1)).toBe("ч-1 чаи ");
  expect(await textOf("orders", 2)).toBe("αθηνα ");
  expect(await indexed("αθηνα ")).toBe("αθηνα ".length);
});

test("rows that another program inserts are noted and folded, and a row that is gone is forgotten", async () => {
  for (const table of tables) {
    const [column, more] = { products: ["product_name", ", list_price"], orders: ["ship_name", ""] }[table] ?? [
      "city",
      "",
    ];
    const value = more === "" ? "" : ", 0";
    await everywhere(`INSERT INTO ${table} (id, ${column}${more}) VALUES (70, 'İzmir'${value}), (71, 'x'${value})`);
    await everywhere(`DELETE FROM ${table} WHERE id = 71`);
  }
  expect(await noted()).toHaveLength(2 * tables.length);
  for (const database of databases) expect(await foldUnfolded(database)).toBe(2 * tables.length);
  expect(await noted()).toEqual([]);
  for (const table of tables) expect(await textOf(table, 70)).toContain("izmir");
  expect(await indexed(orderText({ ship_name: "İzmir", ship_city: null }))).toBe("izmir ".length);
});

test("rows that another program changes are noted, but not those whose text stays the same or is written with them", async () => {
  await everywhere("UPDATE orders SET notes = 'x', ship_name = ship_name WHERE id = 70");
  await everywhere("UPDATE customers SET notes = 'x', version = version + 1 WHERE id = 70");
  await everywhere("UPDATE orders SET ship_city = 'Bursa', search_text = 'izmir bursa' WHERE id = 70");
  expect(await noted()).toEqual([]);
  await everywhere("UPDATE orders SET ship_city = 'Sivas' WHERE id = 70");
  await everywhere("UPDATE orders SET ship_city = 'BERN' WHERE id = 1");
  await everywhere("UPDATE orders SET ship_city = 'Bern' WHERE id = 1");
  await everywhere("UPDATE customers SET fax_number = '77 88' WHERE id = 70");
  for (const table of ["employees", "suppliers", "shippers"])
    await everywhere(`UPDATE ${table} SET email_address = 'a@b.c' WHERE id = 70`);
  await everywhere("UPDATE products SET category = 'Tee' WHERE id = 70");
  expect(await noted()).toHaveLength(tables.length + 1);
  for (const database of databases) await foldUnfolded(database);
  expect([await textOf("orders", 70), await textOf("orders", 1)]).toEqual(["izmir sivas", "sorensen bern"]);
  expect(await textOf("customers", 70)).toContain("７７８８");
  expect(await textOf("products", 70)).toBe(" izmir tee");
});
