// `npm run bench:allocating`: what it costs to hold goods for an order. One server makes orders in turns: without
// details, with ten details of products that it keeps no stock of, and with ten of products that are there in plenty.
// It compares within a round, so a busy machine changes little; docs/performance.md has the figures.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { startApi } from "../scale/server.ts";

const kinds = ["without details", "ten details, no stock kept", "ten details, allocated"] as const;
type Kind = (typeof kinds)[number];

/** Products of each sort. An order takes ten neighbours, so that orders beside each other share few. */
const products = 200;
const detailsPerOrder = 10;
const [rounds, warmUps] = [41, 6];
/** How many orders are made in a turn, and how many of them at once. */
const efforts = [
  { orders: 60, atOnce: 1 },
  { orders: 320, atOnce: 16 },
] as const;

interface Company {
  readonly url: string;
  /** The ids of the products, of which none or plenty is there. */
  readonly unstocked: readonly number[];
  readonly stocked: readonly number[];
}

async function main(): Promise<void> {
  console.log(`median milliseconds per order of ${rounds} rounds, and times an order of as many details without stock`);
  for (const engine of ["sqlite", "mariadb"] as const) {
    const folder = mkdtempSync(join(tmpdir(), "northwind-allocating-"));
    const server = engine === "mariadb" ? await startPrivateMariadb({}) : null;
    const api = await startApi(server?.url("allocating") ?? `sqlite:${join(folder, "allocating.db")}`);
    try {
      const company = await openCompany(api.url);
      for (const effort of efforts) print(`${engine}, ${effort.atOnce} at once`, await measured(company, effort));
    } finally {
      await api.stop();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function openCompany(url: string): Promise<Company> {
  const make = async (stocked: boolean, number: number) => {
    const product = { product_name: `${stocked ? "Kept" : "Passed on"} ${number}`, list_price: "9.9500", stocked };
    return idOf(await sent(url, "/api/products", product));
  };
  const numbers = Array.from({ length: products }, (_, number) => number);
  const unstocked: number[] = [];
  const stocked: number[] = [];
  for (const number of numbers) {
    unstocked.push(await make(false, number));
    const product_id = await make(true, number);
    await sent(url, "/api/stock/adjustments", { product_id, type: "adjusted", quantity: "1000000", reason: "Plenty" });
    stocked.push(product_id);
  }
  return { url, unstocked, stocked };
}

/** The milliseconds per order of each round. */
async function measured(company: Company, effort: (typeof efforts)[number]): Promise<Readonly<Record<Kind, number[]>>> {
  const times: Record<Kind, number[]> = { [kinds[0]]: [], [kinds[1]]: [], [kinds[2]]: [] };
  for (let round = -warmUps; round < rounds; round += 1)
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
      const begin = performance.now();
      await makeOrders(company, kind, effort);
      if (round >= 0) times[kind].push((performance.now() - begin) / effort.orders);
    }
  return times;
}

let made = 0;

async function makeOrders(company: Company, kind: Kind, { orders, atOnce }: (typeof efforts)[number]): Promise<void> {
  let left = orders;
  const client = async () => {
    while (left > 0) {
      left -= 1;
      made += 1;
      await sent(company.url, "/api/orders", { customer_id: 4, order_details: detailsOf(company, kind, made) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
}

function detailsOf({ stocked, unstocked }: Company, kind: Kind, order: number): readonly object[] {
  if (kind === "without details") return [];
  const ids = kind === "ten details, allocated" ? stocked : unstocked;
  return Array.from({ length: detailsPerOrder }, (_, place) => ({
    ...{ product_id: ids[(order * 7 + place) % products], quantity: "1", unit_price: "9.9500" },
  }));
}

async function sent(url: string, path: string, body: object): Promise<string> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${text}`);
  return text;
}

function idOf(answer: string): number {
  const { data }: { readonly data: { readonly id: number } } = JSON.parse(answer);
  return data.id;
}

function print(title: string, times: Readonly<Record<Kind, number[]>>): void {
  const base = times["ten details, no stock kept"];
  for (const kind of kinds) {
    const ratio = median(times[kind].map((time, round) => time / (base[round] ?? Number.NaN)));
    console.log(`${title.padEnd(22)}${kind.padEnd(30)}${median(times[kind]).toFixed(2)}   ${ratio.toFixed(2)}`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

await main();
