// MIN and MAX beside a number that the column cannot hold: from an index alone, MariaDB answers otherwise.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Engines, openEngines } from "../src/differential/engines.ts";
import { read } from "../src/differential/execute.ts";
import type { LooseQuery } from "../src/differential/table-queries.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { id, openBoth, rowid, step } from "./two-schemas.ts";

const mariadb = `
  CREATE TABLE stock (${id}, quantity INT NULL, price DECIMAL(5,2) NOT NULL, units BIGINT NOT NULL,
    KEY stock_quantity (quantity), KEY stock_price (price), KEY stock_units (units)) CHARACTER SET utf8mb4;`;
const sqlite = `
  CREATE TABLE stock (${rowid} CHECK (id BETWEEN -2147483648 AND 2147483647),
    quantity INTEGER NULL CHECK (quantity BETWEEN -2147483648 AND 2147483647),
    price INTEGER NOT NULL CHECK (price BETWEEN -99999 AND 99999), -- decimal(5,2)
    units INTEGER NOT NULL) STRICT;`;

const insert = `INSERT INTO stock (quantity, price, units) VALUES
  (-2147483648, -999.99, 1), (2147483647, 999.99, 2), (5, 5.00, 3), (NULL, 0.00, 4)`;

let server: PrivateMariadb;
let both: Awaited<ReturnType<typeof openBoth>>;
let engines: Engines;

beforeAll(async () => {
  server = await startPrivateMariadb();
  both = await openBoth(server, mariadb, sqlite);
  engines = await openEngines(server, { mariadb: [step(mariadb)], sqlite: [step(sqlite)] });
  const query: LooseQuery = new ProvenQuery(insert, await both.proof(insert));
  for (const database of [engines.mariadb, engines.sqlite]) await database.run(query, {});
}, 60_000);

afterAll(async () => {
  await both.close();
  await engines.close();
  await server.stop();
});

test.each([
  [
    "the greatest below a number beyond the column",
    "MAX(quantity) AS v FROM stock WHERE quantity < :x",
    3e9,
    2147483647,
  ],
  ["the least above one", "MIN(quantity) AS v FROM stock WHERE quantity > :x", -3e9, -2147483648],
  ["none that equals one", "MAX(quantity) AS v FROM stock WHERE quantity = :x", 3e9, null],
  ["none below all", "MAX(quantity) AS v FROM stock WHERE quantity <= :x", -3e9, null],
  [
    "the greatest below a literal",
    "MAX(quantity) AS v FROM stock WHERE quantity < 3000000000 AND id > :x",
    0,
    2147483647,
  ],
  ["the greatest amount below one of more digits", "MAX(price) AS v FROM stock WHERE price < :x", "9999.00", "999.99"],
])("finds %s", async (_, text, x, v) => {
  const select = `SELECT ${text}`;
  const query: LooseQuery = new ProvenQuery(select, await both.proof(select));
  for (const database of [engines.mariadb, engines.sqlite]) {
    const outcome = await read(database, query, { x });
    expect(outcome.kind === "answered" ? outcome.rows : outcome.message).toEqual([{ v }]);
  }
});

test("leaves a column alone that holds every number", async () => {
  const text = "SELECT MAX(units) AS v FROM stock WHERE units < :x";
  expect((await both.proof(text)).statements.mariadb?.parts.join("?")).not.toContain("COALESCE");
});
