import { Database } from "bun:sqlite";
import { generate } from "./servers.ts";

/*
 * Very many orders at a fifth of the cost: some are generated, and the rest are copies of them, details included.
 */

const generated = 10_000;

interface Column {
  readonly name: string;
}

interface Index extends Column {
  readonly sql: string;
}

/** Makes a SQLite file with at least so many orders beside those of the sample company. */
export async function makeOrders(orders: number, path: string): Promise<void> {
  await generate(Math.min(orders, generated), `sqlite:${path}`);
  const database = new Database(path);
  // Nobody else has this file, and whoever loses it makes it again.
  for (const pragma of ["synchronous=OFF", "cache_size=-400000"]) database.run(`PRAGMA ${pragma}`);
  const last = database.query<{ id: number }, []>("SELECT MAX(id) AS id FROM orders").get()?.id ?? 0;
  const copies = Math.ceil((orders - generated) / last);
  const copyAll = database.transaction(() => {
    // An index is built faster than it is kept in step.
    const indexes = database
      .query<Index, []>(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('orders', 'order_details') AND sql <> ''",
      )
      .all();
    for (const { name } of indexes) database.run(`DROP INDEX ${name}`);
    copyRows(database, "orders", "id", last, copies);
    copyRows(database, "order_details", "order_id", last, copies);
    for (const { sql } of indexes) database.run(sql);
  });
  if (copies > 0) copyAll();
  database.close();
}

/** Copies the rows of the first `last` orders: those of each copy belong to orders whose ids are that much higher. */
function copyRows(database: Database, table: string, key: string, last: number, copies: number): void {
  const columns = database.query<Column, []>(`SELECT name FROM pragma_table_info('${table}')`).all();
  const others = columns.map(({ name }) => name).filter((name) => name !== "id" && name !== key);
  database.run(
    `WITH RECURSIVE copy (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < ?)
     INSERT INTO ${table} (${[key, ...others].join()})
     SELECT ${[`${key} + number * ?`, ...others].join()} FROM copy CROSS JOIN ${table} WHERE ${key} <= ?`,
    [copies, last, last],
  );
}
