import { Random } from "../../load/random.ts";
import { Client } from "../../model/json-client.ts";
import { type Checked, checkOrder, newProducts } from "../../money/check.ts";
import type { Row, RowContext } from "../../row.ts";
import { withSystem } from "../../system/system.ts";

const clients = 4;
const mostBroken = 5;

export const row: Row = {
  id: "I4",
  title: "amounts over HTTP against exact rationals: extended prices, subtotals, taxes, totals, read again, bit-equal",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 10_000, night: 1_000_000, release: 100_000_000 },
  run,
};

function run({ engine, trials, seed, folder }: RowContext) {
  const options = { engine, folder, seed, settings: ["--log-level", "warn"] };
  return withSystem(options, ({ url }) => checkMoney(url, trials, seed));
}

/** Compares at least this many amounts. */
export async function checkMoney(url: string, trials: number, seed: number) {
  const total = { amounts: 0, orders: 0, refused: 0 };
  const broken: string[] = [];
  const worker = async (number: number) => {
    const client = new Client(url);
    const products = await newProducts(client);
    for (let round = 0; total.amounts < trials && broken.length < mostBroken; round += 1) {
      const own = seed + number + clients * round;
      const checked: Checked = await checkOrder(client, products, new Random(own));
      total.amounts += checked.amounts;
      total.refused += checked.refused;
      total.orders += 1;
      broken.push(...checked.broken.map((words) => `--seed ${own}: ${words}`));
    }
    client.close();
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => worker(number)));
  const figures = {
    "amounts compared": total.amounts.toLocaleString("en"),
    orders: total.orders.toLocaleString("en"),
    "refused as too large, rightly": total.refused.toLocaleString("en"),
    different: `${broken.length}`,
  };
  return { trials: total.amounts, broken, figures };
}
