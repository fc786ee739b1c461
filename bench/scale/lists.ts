// `npm run bench:lists`: every sort of the list of orders in both directions, with every filter alone and in usual
// pairs, on a large database: the first page and a deep one. What takes long or is refused is listed by name.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sorts } from "../../api/src/orders/list/request.ts";
import { root } from "../race/contestant.ts";
import { sqliteUrl } from "./data.ts";
import { startApi } from "./server.ts";

const help = `The time of a page of orders, by sort and filters, on a large database

Usage: npm run bench:lists -- [options]

  --orders NUMBER    Default: 1000000. Generated once and cached in .cache/scale.
  --database URL     A database that is there already.
  --help             Print this.
`;

const boundMs = 100;
const repetitions = 3;
/** A deep page of a filtered list begins behind so many orders, or where the list ends; of all orders, in the middle. */
const [deepPages, deepLimit] = [2, 1000];

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { orders: text, database: text, help: { type: "boolean" } } });
if (values.help) console.log(help);
else await main(values.database ?? (await sqliteUrl(Number(values.orders ?? 1_000_000))));

interface Page {
  readonly status: number;
  readonly ms: number;
  readonly next: string | null;
  readonly message: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function main(database: string): Promise<void> {
  const api = await startApi(database);
  try {
    await measure(api.url);
  } finally {
    await api.stop();
  }
}

async function measure(url: string): Promise<void> {
  const filters = await filtersFor(url);
  mkdirSync(join(root, ".cache"), { recursive: true });
  const everything = Bun.file(join(root, ".cache/lists.txt")).writer();
  const slow: string[] = [];
  const refused = new Map<string, string[]>();
  const times: number[] = [];
  for (const filter of filters)
    for (const sort of sorts) {
      const query = `sort=${encodeURIComponent(sort)}${filter === "" ? "" : `&${filter}`}`;
      const first = await median(url, query);
      if (first.status !== 200) {
        refused.set(first.message, [...(refused.get(first.message) ?? []), query]);
        everything.write(`${first.status} ${first.ms.toFixed(1)} ms  ${query}\n`);
        if (first.ms > boundMs) slow.push(`refused ${first.ms.toFixed(0)} ms  ${query}`);
        continue;
      }
      const cursor = await (filter === "" ? anchor(url, query) : deepCursor(url, query));
      const deep = cursor === null ? null : await median(url, `${query}&cursor=${cursor}`);
      times.push(first.ms, ...(deep === null ? [] : [deep.ms]));
      everything.write(`200 ${first.ms.toFixed(1)} ms, deep ${deep?.ms.toFixed(1) ?? "-"} ms  ${query}\n`);
      await everything.flush();
      if (first.ms > boundMs) slow.push(`first ${first.ms.toFixed(0)} ms  ${query}`);
      if (deep !== null && deep.ms > boundMs) slow.push(`deep ${deep.ms.toFixed(0)} ms (${deep.status})  ${query}`);
    }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  console.log(`${filters.length} filters x ${sorts.length} sorts; pages of 50, each the median of ${repetitions}`);
  console.log(
    `${times.length} pages: median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms`,
  );
  console.log(`over ${boundMs} ms: ${slow.length}\n  ${slow.join("\n  ")}`);
  for (const [message, queries] of refused)
    console.log(`refused, ${queries.length}: ${message}\n  ${queries.join("\n  ")}`);
}

/** Every filter alone and usual pairs, with values that the orders in the middle of the list have. */
async function filtersFor(url: string): Promise<readonly string[]> {
  const newest = await page(url, "sort=-id&limit=1");
  const middle = (await page(url, `sort=id&limit=1&cursor=${await anchor(url, "sort=id")}`)).rows[0] ?? {};
  const day = (value: unknown) => String(value).slice(0, 10);
  const month = day(middle.order_date).slice(0, 7);
  const country = `ship_country_region=${encodeURIComponent(String(middle.ship_country_region))}`;
  const range = (column: string) => `${column}_from=${month}-01&${column}_to=${month}-28`;
  const alone = [
    ...["status_id=0", "status_id=1", "status_id=3", "status_id=0,1,2", "paid=false", "paid=true"],
    ...["shipped=false", "shipped=true", `customer_id=${middle.customer_id}`, "customer_id=none"],
    ...[`employee_id=${middle.employee_id}`, "employee_id=none", `shipper_id=${middle.shipper_id}`, "shipper_id=none"],
    ...[range("order_date"), range("shipped_date"), range("paid_date"), `order_date_from=${day(middle.order_date)}`],
    ...[country, `ids=1,2,3,${newest.rows[0]?.id}`, `q=${encodeURIComponent(String(middle.ship_city))}`, "q=qqxzj"],
  ];
  const pairs = [
    ...["status_id=3&paid=false", "status_id=2&shipped=false", "paid=true&shipped=false"],
    ...[`customer_id=${middle.customer_id}&paid=false`, `employee_id=${middle.employee_id}&status_id=0`],
    ...[`${country}&status_id=0`, `${country}&paid=false`, `${country}&${range("order_date")}`],
    ...[`shipper_id=${middle.shipper_id}&shipped=false`, `${range("order_date")}&status_id=3`],
    ...[`${range("paid_date")}&employee_id=${middle.employee_id}`, `${country}&shipper_id=${middle.shipper_id}`],
  ];
  return ["", ...alone, ...pairs];
}

/** Where the second half of all orders begins. */
async function anchor(url: string, query: string): Promise<string | null> {
  const { anchors } = membersOf(membersOf(await (await fetch(`${url}/api/orders/anchors?${query}`)).json()).data);
  return Array.isArray(anchors) ? String(anchors[anchors.length >> 1]) : null;
}

async function deepCursor(url: string, query: string): Promise<string | null> {
  let cursor: string | null = null;
  for (let read = 0; read < deepPages; read += 1) {
    const more: string = cursor === null ? "" : `&cursor=${cursor}`;
    const { next, status } = await page(url, `${query}&limit=${deepLimit}${more}`);
    if (status !== 200 || next === null) return cursor;
    cursor = next;
  }
  return cursor;
}

async function median(url: string, query: string): Promise<Page> {
  const pages: Page[] = [];
  for (let run = 0; run < repetitions; run += 1) pages.push(await page(url, `${query}&limit=50`));
  const found = pages.toSorted((a, b) => a.ms - b.ms)[repetitions >> 1];
  if (found === undefined) throw new Error("nothing was measured");
  return found;
}

async function page(url: string, query: string): Promise<Page> {
  const begin = performance.now();
  const response = await fetch(`${url}/api/orders?${query}`, { headers: { "accept-encoding": "identity" } });
  const { data, message, page: about } = membersOf(await response.json());
  const ms = performance.now() - begin;
  const next = membersOf(about).next_cursor;
  return {
    ...{ status: response.status, ms, message: String(message) },
    next: typeof next === "string" ? next : null,
    rows: Array.isArray(data) ? data.map(membersOf) : [],
  };
}

function membersOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null ? { ...json } : {};
}
