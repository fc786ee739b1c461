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

/** One server of one size, and what must be known to ask it. */
export interface Subject {
  readonly url: string;
  readonly lastOrder: number;
  readonly customers: readonly number[];
  /** Null when the list has not so many pages. */
  readonly thousandthCursor: string | null;
}

export async function subjectAt(url: string): Promise<Subject> {
  const [newest] = await orders(`${url}/api/orders?sort=-id&limit=1`);
  const lastOrder = newest?.id ?? 0;
  const customers: number[] = [];
  // Customers of the sample company have about forty orders of their own, whatever was generated besides.
  for (let id = 1; id <= 400 && customers.length < 12; id += 1) {
    const theirs = await orders(`${url}/api/orders/customer/${id}?limit=60`);
    if (theirs.length >= 25 && theirs.length <= 59) customers.push(id);
  }
  return { url, lastOrder, customers, thousandthCursor: await cursorAfter(url, pageLength * pagesBefore) };
}

/** The cursor behind so many orders of the list. */
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

/** Does it once and answers how long it took, or null where it cannot be asked. */
export async function timed(subject: Subject, task: Task, turn: number): Promise<number | null> {
  const { url, lastOrder, customers, thousandthCursor } = subject;
  if (task === "create an order") return createOnce(url);
  const pathOf: Readonly<Record<typeof task, string | null>> = {
    "order by id": `/api/orders/${1 + ((turn * 7_919_111) % lastOrder)}`,
    "first page of a filtered list": `${list}&limit=${pageLength}`,
    "thousandth page of it":
      thousandthCursor === null ? null : `${list}&limit=${pageLength}&cursor=${thousandthCursor}`,
    "orders of a customer":
      customers.length === 0 ? null : `/api/orders/customer/${customers[turn % customers.length]}`,
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

/** The order is deleted again, so that a kept file keeps its size. */
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
  const told: unknown = await response.json();
  if (response.status === 200 && isAnswer(told)) return told;
  throw new Error(`${url}: ${response.status}`);
}

function isAnswer(told: unknown): told is Answer {
  return typeof told === "object" && told !== null && "data" in told && Array.isArray(told.data);
}
