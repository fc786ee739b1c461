// `npm run bench:stock`: the pages of the stock among few orders and products, and among many. The ledger grows with the
// orders: three entries for each, spread over all products, and a tenth of them of one product. Beyond ten thousand, the
// orders are shipped ones of one detail: nothing that is measured here reads more of them.
import { Database } from "bun:sqlite";
import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createConnection } from "mariadb";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { root } from "../race/contestant.ts";
import { mariadbUrl, sqliteUrl } from "./data.ts";
import { startApi } from "./server.ts";

const help = `The time of a page of the stock, among few orders and products and among many

Usage: npm run bench:stock -- [options]

  --orders NUMBER    Orders of the larger company, which has a tenth as many products. Default: 1000000.
  --mariadb          On a private MariaDB instead of SQLite.
  --help             Print this.
`;

const smallOrders = 10_000;
const ordersPerProduct = 10;
const [rounds, warmUp] = [300, 30];
const one = 10_000;
/** Behind all generated orders. */
const firstOrder = 1_000_000;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const { values } = parseArgs({ options: { orders: text, mariadb: flag, help: flag } });
async function main(large: number): Promise<void> {
  const server = values.mariadb ? await startPrivateMariadb({ extraArgs: ["--innodb-buffer-pool-size=1G"] }) : null;
  try {
    const lines: (readonly number[])[] = [];
    for (const orders of [smallOrders, large]) lines.push(await measured(await companyOf(orders, server), orders));
    console.log(`${values.mariadb ? "MariaDB" : "SQLite"}, median milliseconds of ${rounds} requests, one at a time`);
    for (const [place, { name }] of tasks.entries()) {
      const [few, many] = lines.map((line) => line[place] ?? 0);
      console.log(`${name.padEnd(44)}${few?.toFixed(2).padStart(8)}${many?.toFixed(2).padStart(8)}`);
    }
  } finally {
    await server?.stop();
  }
}

/** A company with so many orders, a tenth as many products more, and a ledger. */
async function companyOf(orders: number, server: PrivateMariadb | null): Promise<string> {
  const products = orders / ordersPerProduct;
  if (server !== null) {
    const url = await mariadbUrl(server, smallOrders, `stock_${orders}`);
    const { host, port, user, password } = server;
    const connection = await createConnection({ host, port, user, password, database: `stock_${orders}` });
    for (const statement of statements(orders, products, "mariadb")) await connection.query(statement);
    await connection.end();
    return url;
  }
  const base = (await sqliteUrl(smallOrders)).slice("sqlite:".length);
  const path = join(root, ".cache/scale", `stock-${orders}.db`);
  if (!existsSync(path)) {
    const unfinished = `${path}.building`;
    rmSync(unfinished, { force: true });
    copyFileSync(base, unfinished);
    const database = new Database(unfinished);
    for (const statement of statements(orders, products, "sqlite")) database.run(statement);
    database.run("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    renameSync(unfinished, path);
  }
  return `sqlite:${path}`;
}

/** Products 1001 and so on, their balances, of which one in twenty is low, and the ledger. */
function statements(orders: number, products: number, engine: "sqlite" | "mariadb"): readonly string[] {
  const more = orders - smallOrders;
  const unit = engine === "sqlite" ? one : 1;
  const numbers = (count: number) =>
    engine === "sqlite"
      ? `(WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ${count}) SELECT x FROM n)`
      : `(SELECT seq AS x FROM seq_1_to_${count})`;
  const name = engine === "sqlite" ? "'Product ' || x" : "CONCAT('Product ', x)";
  const search = engine === "sqlite" ? "'product ' || x" : "CONCAT('product ', x)";
  const product = engine === "sqlite" ? `1001 + (x * 7919) % ${products}` : `1001 + MOD(x * 7919, ${products})`;
  const day = "'2024-05-06 07:08:09'";
  const isLow = engine === "sqlite" ? "x % 20 = 0" : "MOD(x, 20) = 0";
  const isHot = engine === "sqlite" ? "x % 10 = 0" : "MOD(x, 10) = 0";
  return [
    `INSERT INTO products (id, product_name, search_text, stocked, reorder_level, target_level)
      SELECT 1000 + x, ${name}, ${search}, 1, 10, 40 FROM ${numbers(products)} AS numbers`,
    `INSERT INTO product_stock (product_id, on_hand, to_reorder, low)
      SELECT 1000 + x, CASE WHEN ${isLow} THEN 0 ELSE ${40 * unit} END, CASE WHEN ${isLow} THEN ${40 * unit} ELSE 0 END,
        CASE WHEN ${isLow} THEN 1 ELSE 0 END FROM ${numbers(products)} AS numbers`,
    ...(more > 0
      ? [
          `INSERT INTO orders (id, order_date, status_id, search_text)
            SELECT ${firstOrder} + x, ${day}, 3, ${search} FROM ${numbers(more)} AS numbers`,
          `INSERT INTO order_details (order_id, product_id, quantity, discount, shipped, invoiced, status_id)
            SELECT ${firstOrder} + x, ${product}, ${unit}, 0, ${unit}, ${unit}, 3 FROM ${numbers(more)} AS numbers`,
        ]
      : []),
    `INSERT INTO inventory_transactions (transaction_type, transaction_created_date, product_id, quantity)
      SELECT 6, ${day}, CASE WHEN ${isHot} THEN 1001 ELSE ${product} END, ${unit} FROM ${numbers(3 * orders)} AS numbers`,
    ...(engine === "sqlite" ? ["ANALYZE"] : ["ANALYZE TABLE products, product_stock, inventory_transactions"]),
  ];
}

interface Task {
  readonly name: string;
  readonly path: (round: number, products: number) => string;
}

const any = (round: number, products: number) => 1001 + ((round * 7919) % products);

const tasks: readonly Task[] = [
  { name: "stock of a product", path: (round, products) => `/api/stock/${any(round, products)}` },
  { name: "its ledger, 100 entries", path: (round, products) => `/api/stock/${any(round, products)}/transactions` },
  {
    name: "ledger of the product with most entries",
    path: (round) => `/api/stock/1001/transactions?limit=${100 + (round % 2)}`,
  },
  { name: "list of the stock", path: (round) => `/api/stock?limit=${100 + (round % 2)}` },
  { name: "to reorder: below the reorder level", path: (round) => `/api/reorder?limit=${100 + (round % 2)}` },
  {
    name: "to reorder: below the target level",
    path: (round) => `/api/reorder?below=target&limit=${100 + (round % 2)}`,
  },
];

/** The median of each task. */
async function measured(database: string, orders: number): Promise<readonly number[]> {
  const api = await startApi(database);
  try {
    const medians: number[] = [];
    for (const { path } of tasks) {
      const times: number[] = [];
      for (let round = 0; round < warmUp + rounds; round += 1) {
        const begin = performance.now();
        const response = await fetch(api.url + path(round, orders / ordersPerProduct));
        await response.text();
        if (response.status !== 200) throw new Error(`${path(round, 1)}: ${response.status}`);
        if (round >= warmUp) times.push(performance.now() - begin);
        // What is cached until the next commit would answer twice alike.
        if (round % 2 === 1) await touch(api.url);
      }
      medians.push(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
    }
    return medians;
  } finally {
    await api.stop();
  }
}

/** Any commit. */
async function touch(url: string): Promise<void> {
  const body = JSON.stringify({ notes: `${Math.random()}` });
  const headers = { "content-type": "application/json" };
  await (await fetch(`${url}/api/customers/1`, { method: "PUT", body, headers })).text();
}

if (values.help) console.log(help);
else await main(Number(values.orders ?? 1_000_000));
