/** What is timed at every size. */
export const tasks = [
  "order by id",
  "first page of a filtered list",
  "thousandth page of it",
  "orders of a customer",
  "search for a name that is there",
  "search for a text that is in many orders",
  "search for a text that is nowhere",
  "orders of a month, by id",
  "create an order",
] as const;
export type Task = (typeof tasks)[number];

const pageLength = 5;
const pagesBefore = 999;
const list = `/api/orders?status_id=3&sort=-order_date`;

/** A server with a number of orders, and what the requests to it need. */
export interface SizedServer {
  readonly url: string;
  readonly lastOrder: number;
  readonly customers: readonly number[];
  /** Null when the list has fewer pages. */
  readonly thousandthCursor: string | null;
}

export async function serverAt(url: string): Promise<SizedServer> {
  const [newest] = await orders(`${url}/api/orders?sort=-id&limit=1`);
  const lastOrder = newest?.id ?? 0;
  const customers: number[] = [];
  // Customers of the sample company have about forty orders, however many more were generated.
  for (let id = 1; id <= 400 && customers.length < 12; id += 1) {
    const theirs = await orders(`${url}/api/orders/customer/${id}?limit=60`);
    if (theirs.length >= 25 && theirs.length <= 59) customers.push(id);
  }
  return { url, lastOrder, customers, thousandthCursor: await cursorAfter(url, pageLength * pagesBefore) };
}

/** The cursor after the first `count` orders of the list. */
async function cursorAfter(url: string, count: number): Promise<string | null> {
  let cursor: string | null = null;
  for (let left = count; left > 0; ) {
    const limit = Math.min(left, pagesBefore);
    const answer: Answer = await get(`${url}${list}&limit=${limit}${cursor === null ? "" : `&cursor=${cursor}`}`);
    cursor = answer.page?.next_cursor ?? null;
    if (cursor === null) return null;
    left -= limit;
  }
  return cursor;
}

/** Runs a task once and returns the time it took; null if this server cannot run it. */
export async function timed(server: SizedServer, task: Task, index: number): Promise<number | null> {
  const { url, lastOrder, customers, thousandthCursor } = server;
  if (task === "create an order") return createOnce(url);
  const pathOf: Readonly<Record<typeof task, string | null>> = {
    "order by id": `/api/orders/${1 + ((index * 7_919_111) % lastOrder)}`,
    "first page of a filtered list": `${list}&limit=${pageLength}`,
    "thousandth page of it":
      thousandthCursor === null ? null : `${list}&limit=${pageLength}&cursor=${thousandthCursor}`,
    "orders of a customer":
      customers.length === 0 ? null : `/api/orders/customer/${customers[index % customers.length]}`,
    "search for a name that is there": `/api/orders?q=sorensen&limit=${pageLength}`,
    "search for a text that is in many orders": `/api/orders?q=an&sort=-id&limit=${pageLength}`,
    "orders of a month, by id": `/api/orders?order_date_from=2023-03-01&order_date_to=2023-03-31&sort=-id&limit=${pageLength}`,
    "search for a text that is nowhere": `/api/orders?q=qqxzj&limit=${pageLength}`,
  };
  const path = pathOf[task];
  if (path === null) return null;
  const begin = performance.now();
  const response = await fetch(url + path);
  await response.text();
  const tookMs = performance.now() - begin;
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return tookMs;
}

const newOrder = JSON.stringify({ customer_id: 4, employee_id: 3, shipping_fee: "12.5000", notes: "Ring the bell" });

/** The order is deleted again, so that a cached file keeps its size. */
async function createOnce(url: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(`${url}/api/orders`, {
    method: "POST",
    body: newOrder,
    headers: { "content-type": "application/json" },
  });
  await response.text();
  const tookMs = performance.now() - begin;
  await (await fetch(url + (response.headers.get("location") ?? ""), { method: "DELETE" })).text();
  return tookMs;
}

interface Answer {
  readonly data: readonly { readonly id: number }[];
  readonly page?: { readonly next_cursor: string | null };
}

async function orders(url: string): Promise<Answer["data"]> {
  return (await get(url)).data;
}

async function get(url: string): Promise<Answer> {
  const response = await fetch(url);
  const json: unknown = await response.json();
  if (response.status === 200 && isAnswer(json)) return json;
  throw new Error(`${url}: ${response.status}`);
}

function isAnswer(json: unknown): json is Answer {
  return typeof json === "object" && json !== null && "data" in json && Array.isArray(json.data);
}
