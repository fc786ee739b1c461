import { newOrder } from "./race/client/requests.ts";
import type { Contestant } from "./race/contestant.ts";
import type { RaceDatabases } from "./race/databases.ts";
import { type Running, serve } from "./race/serve.ts";

/** The most differences to print. A contestant with any difference is not timed. */
const mostDifferences = 5;
const randomOrders = 300;
const peopleAsked = 9;

/** A request that both must answer equally, except for the fields in `own`, like a new id or the current time. */
interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly own?: readonly string[];
}

interface Reply {
  readonly status: number;
  readonly data: unknown;
}

/** Compares the answers of a contestant with ours on the same database, value by value. Returns the differences. */
export async function verify(databases: RaceDatabases, our: Contestant, peer: Contestant): Promise<readonly string[]> {
  const place = { poolSize: 4, cpus: 1 };
  const truth = await serve(our, { ...place, databaseUrl: databases.urlFor(our) });
  try {
    const running = await serve(peer, { ...place, databaseUrl: databases.urlFor(peer) });
    try {
      const differences: string[] = [];
      for (const question of reads(databases)) await compare(truth, running, question, question, differences);
      // If a contestant has its own database, only it can read back what it stored.
      const reader = databases.urlFor(our) === databases.urlFor(peer) ? truth : running;
      await compareWrites(truth, running, reader, differences);
      return differences.slice(0, mostDifferences);
    } finally {
      await running.stop();
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await truth.stop();
    await databases.clear();
  }
}

function reads({ lastOrder, customers, employees }: RaceDatabases): readonly Question[] {
  const get = (path: string): Question => ({ method: "GET", path });
  const step = Math.max(1, Math.floor(lastOrder / randomOrders));
  const ids = Array.from({ length: randomOrders }, (_, index) => 1 + ((index * step + (index % step)) % lastOrder));
  const unusual = [lastOrder, lastOrder + 1, 0, 999_999_999, "abc", "1.5", "99999999999999999999", "1e3", "42/"];
  return [
    get("/api/health"),
    get("/api/orders/health"),
    ...[...ids, ...unusual].map((id) => get(`/api/orders/${id}`)),
    get("/api/orders?sort=-id&limit=50"),
    get("/api/orders?limit=7"),
    get("/api/orders?sort=id&limit=7"),
    ...[...customers.slice(0, peopleAsked), 999_999, "abc"].map((id) => get(`/api/orders/customer/${id}`)),
    ...customers.slice(0, peopleAsked).map((id) => get(`/api/orders/customer/${id}?sort=order_date&limit=9`)),
    ...[...employees.slice(0, peopleAsked), 999_999].map((id) => get(`/api/orders/employee/${id}?limit=50`)),
  ];
}

/** Writes that both do, each on its own order: the new orders, then their changes. */
const created: readonly object[] = [
  newOrder,
  {},
  { customer_id: 4, shipping_fee: 12.5, taxes: 0.1, tax_rate: 0.0825 },
  { shipping_fee: "0.00010", tax_rate: "0.0842500", order_date: null },
  { ...newOrder, shipping_fee: "99999999999999.9999", notes: '"quoted", \\ and \n lines, 中文 🚚', order_date: null },
];
const changes: readonly object[] = [
  { notes: "Leave it with the neighbour" },
  { notes: null, shipping_fee: null, ship_city: null, shipped_date: null },
  { shipping_fee: "0.0001", taxes: "7", shipped_date: "2025-02-01T00:00:00", employee_id: 2 },
  { notes: "Leave it with the neighbour" },
  { notes: "Leave it with the neighbour" },
];
const refused: readonly unknown[] = [
  { taxes: "1.00005" },
  { tax_rate: "0.0000001" },
  { customer_id: 99_999_999 },
  { order_date: "yesterday" },
  "{",
];

async function compareWrites(truth: Running, peer: Running, reader: Running, differences: string[]): Promise<void> {
  const path = "/api/orders";
  for (const body of refused) {
    const question = { method: "POST", path, body };
    await compare(truth, peer, question, question, differences);
  }
  for (const body of created) {
    // An order without a date gets the current time, which differs between the two.
    const own = ["id", ...("order_date" in body && body.order_date !== null ? [] : ["order_date"])];
    const question = { method: "POST", path, body, own };
    const [ourId, peerId] = await compare(truth, peer, question, question, differences);
    if (ourId === undefined || peerId === undefined) continue;
    const about = (id: unknown, method: string, change?: object): Question => ({
      ...{ method, path: `${path}/${id}`, own },
      ...(change === undefined ? {} : { body: change }),
    });
    const asked: readonly (readonly [string, object?])[] = [
      ["GET"],
      ...changes.flatMap((change) => [["PUT", change] as const, ["GET"] as const]),
      ["DELETE"],
      ["GET"],
      ["DELETE"],
      ["PUT", { notes: "gone" }],
    ];
    for (const [method, change] of asked) {
      await compare(truth, peer, about(ourId, method, change), about(peerId, method, change), differences);
      // Our API must read the same from what the contestant stored.
      const [read, mine] = [about(peerId, "GET"), about(ourId, "GET")];
      await compare(truth, reader, mine, read, differences, `stored by ${method} ${JSON.stringify(change)}`);
    }
  }
}

/** Sends a request to both, notes how the answers differ, and returns the ids of the two orders, if any. */
async function compare(
  truth: Running,
  peer: Running,
  ourQuestion: Question,
  peerQuestion: Question,
  differences: string[],
  what = `${ourQuestion.method} ${ourQuestion.path} ${JSON.stringify(ourQuestion.body) ?? ""}`.trim(),
): Promise<readonly [unknown, unknown]> {
  const [expected, found] = [await ask(truth, ourQuestion), await ask(peer, peerQuestion)];
  if (expected.status !== found.status) {
    differences.push(`${what}: status ${expected.status} expected, found ${found.status}`);
  } else if (expected.status < 400) {
    const place = firstDifference(expected.data, found.data, "data", new Set(ourQuestion.own));
    if (place !== null) differences.push(`${what}: ${place}`);
  }
  return [idOf(expected.data), idOf(found.data)];
}

function idOf(data: unknown): unknown {
  return typeof data === "object" && data !== null && "id" in data ? data.id : undefined;
}

async function ask({ url }: Running, { method, path, body }: Question): Promise<Reply> {
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const response = await fetch(url + path, {
    method,
    ...(text === undefined ? {} : { body: text, headers: { "content-type": "application/json" } }),
  });
  const answer = await response.text();
  try {
    const json: unknown = JSON.parse(answer);
    const data = typeof json === "object" && json !== null && "data" in json ? json.data : undefined;
    return { status: response.status, data };
  } catch {
    // Errors are compared by status only; any other answer that is no JSON differs in its data.
    return { status: response.status, data: `no JSON: ${answer.slice(0, 100)}` };
  }
}

/** Where two values differ, in words; null when they are equal. Members may be in any order. */
function firstDifference(expected: unknown, found: unknown, at: string, own: ReadonlySet<string>): string | null {
  if (isObject(expected) && isObject(found) && Array.isArray(expected) === Array.isArray(found)) {
    const theirs = new Map(Object.entries(found));
    for (const [name, value] of Object.entries(expected)) {
      if (!theirs.has(name)) return `${at}.${name} is missing`;
      const difference = own.has(name) ? null : firstDifference(value, theirs.get(name), `${at}.${name}`, own);
      if (difference !== null) return difference;
      theirs.delete(name);
    }
    const [more] = theirs.keys();
    return more === undefined ? null : `${at}.${more} is not expected`;
  }
  if (Object.is(expected, found)) return null;
  return `${at}: ${JSON.stringify(expected)?.slice(0, 80)} expected, found ${JSON.stringify(found)?.slice(0, 80)}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
