// Creates and updates in the same turn of the event loop share a transaction, but are answered as if each had its own.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { createLog } from "../http/log.ts";
import { type RunningServer, startServer } from "../http/server.ts";

/** How a COMMIT fails: its answer is lost although it was committed or rolled back, or the disk is full. */
type CommitFailure = "committed" | "rolled back" | "disk full";

/** A real database that counts its transactions and makes some COMMITs fail. */
class ObservedDatabase {
  transactions = 0;
  /** How the next COMMITs fail. Tests set two, because the first request to arrive may be alone in its transaction. */
  failures: CommitFailure[] = [];

  constructor(readonly real: Database) {}

  get database(): Database {
    const { real } = this;
    return {
      engine: real.engine,
      one: (query, ...params) => real.one(query, ...params),
      maybe: (query, ...params) => real.maybe(query, ...params),
      all: (query, ...params) => real.all(query, ...params),
      run: (query, ...params) => real.run(query, ...params),
      runMany: (query, params) => real.runMany(query, params),
      ping: () => real.ping(),
      close: () => real.close(),
      transaction: (body) => this.#transaction(body),
    };
  }

  async #transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    this.transactions += 1;
    const failure = this.failures.shift();
    const commitError = () =>
      failure === "disk full"
        ? new DatabaseError("storage-full", "The table is full")
        : new DatabaseError("unknown-outcome", "the connection was lost during COMMIT");
    if (failure === undefined) return this.real.transaction(body);
    await this.real.transaction(async (tx) => {
      await body(tx);
      if (failure !== "committed") throw commitError();
    });
    throw commitError();
  }
}

interface Answered {
  readonly status: number;
  readonly data: { readonly id: number; readonly notes: string } | null;
}

let api: BothEngines;
const observed: ObservedDatabase[] = [];
const servers: RunningServer[] = [];

beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/customers", { body: { company: "Customer" } });
  const config = { port: 0, host: "127.0.0.1", corsOrigins: [] };
  await api.onDatabases(async (database) => {
    const db = new ObservedDatabase(database);
    observed.push(db);
    servers.push(startServer({ config, database: db.database, log: createLog("off") }));
  });
}, startTimeoutMs);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await api.stop();
});

async function send(url: string, method: string, path: string, body: object, headers = {}): Promise<Answered> {
  const init = { method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
  const response = await fetch(url + path, init);
  const reply: unknown = await response.json();
  return { status: response.status, data: orderIn(reply) };
}

function orderIn(reply: unknown): Answered["data"] {
  const { data }: { data?: unknown } = typeof reply === "object" && reply !== null ? reply : {};
  if (typeof data !== "object" || data === null || !("id" in data) || !("notes" in data)) return null;
  return { ...data, id: Number(data.id), notes: String(data.notes) };
}

const at = "2024-01-15T10:30:00";
const numbers = Array.from({ length: 40 }, (_, n) => n);
const lastOrder = sql(`SELECT COALESCE(MAX(id), 0) AS "id!" FROM orders`);
/** The number of orders after one, of all customers or of one. */
const orderCount = sql(`
  SELECT COUNT(*) AS n FROM orders WHERE id > :after AND (:customer_id::integer? IS NULL OR customer_id = :customer_id)
`);
const entryCount = sql(`SELECT COUNT(*) AS n FROM audit_log WHERE resource = 'order' AND resource_id > :after`);
const lockOrder = sql(`SELECT id FROM orders WHERE id = :id FOR UPDATE`);

/** Counts the orders after one, of all customers or of one, and all audit entries of orders after it. */
async function countSince(
  { real }: ObservedDatabase,
  after: number,
  customer_id: number | null = null,
): Promise<readonly number[]> {
  return [(await real.one(orderCount, { after, customer_id })).n, (await real.one(entryCount, { after })).n];
}

/** Runs a test on each engine. `last` is the id of the last order before it. */
function onEach(name: string, work: (url: string, db: ObservedDatabase, last: number) => Promise<void>): void {
  for (const [index, engine] of ["sqlite", "mariadb"].entries())
    test(`${name} (${engine})`, async () => {
      const [server, db] = [servers[index], observed[index]];
      if (server === undefined || db === undefined) throw new Error("not started");
      await work(server.url, db, (await db.real.one(lastOrder)).id);
    });
}

async function makeOrders(url: string, notes: string): Promise<readonly number[]> {
  const made = await Promise.all(
    numbers.map((n) => send(url, "POST", "/api/orders", { order_date: at, notes: `${notes} ${n}` })),
  );
  expect(made.map(({ status }) => status)).toEqual(numbers.map(() => 201));
  expect(made.map(({ data }) => data?.notes)).toEqual(numbers.map((n) => `${notes} ${n}`));
  return made.map(({ data }) => data?.id ?? 0);
}

const tries = 3;

/** Expects few transactions in the best of several tries, because a busy machine may deliver requests one by one. */
async function expectFewTransactions(db: ObservedDatabase, work: (round: number) => Promise<void>): Promise<void> {
  const counts: number[] = [];
  for (let round = 1; round <= tries; round += 1) {
    const before = db.transactions;
    await work(round);
    counts.push(db.transactions - before);
  }
  expect(Math.min(...counts)).toBeLessThan(numbers.length / 2);
}

describe("many simultaneous writes", () => {
  onEach("POST 201: each gets its own order and its own entry, in few transactions", async (url, db, last) => {
    const ids = new Set<number>();
    await expectFewTransactions(db, async () => {
      for (const id of await makeOrders(url, "many")) ids.add(id);
    });
    expect(ids.size).toBe(tries * numbers.length);
    expect(await countSince(db, last)).toEqual([tries * numbers.length, tries * numbers.length]);
  });

  onEach("PUT 200: each order has its own change, and the answer is what is stored", async (url, db, last) => {
    const ids = await makeOrders(url, "changed");
    const body = (id: number, round: number) => ({
      notes: `changed to ${id} in round ${round}`,
      shipping_fee: `${id}.5`,
      tax_rate: 0.25,
      customer_id: 1,
    });
    let put: readonly Answered[] = [];
    await expectFewTransactions(db, async (round) => {
      put = await Promise.all(ids.map((id) => send(url, "PUT", `/api/orders/${id}`, body(id, round))));
    });
    for (const [index, id] of ids.entries()) {
      const stored: unknown = await (await fetch(`${url}/api/orders/${id}`)).json();
      expect(stored).toMatchObject({
        data: { notes: `changed to ${id} in round ${tries}`, shipping_fee: `${id}.5000` },
      });
      expect(put[index]?.data).toEqual(orderIn(stored));
    }
    expect(await countSince(db, last)).toEqual([numbers.length, (1 + tries) * numbers.length]);
  });

  onEach("POST 422 and PUT 404, 412, 422: a refused write does not affect the others", async (url, db, last) => {
    const ids = await makeOrders(url, "refused");
    const remainder = (n: number) => n % 4;
    const put = numbers.map((n) => {
      const path = `/api/orders/${remainder(n) === 1 ? 1_000_000 + n : ids[n]}`;
      const stale = remainder(n) === 2 ? { "if-match": '"7"' } : {};
      return send(url, "PUT", path, { notes: "accepted", customer_id: remainder(n) === 3 ? 999 : 1 }, stale);
    });
    const statuses = (await Promise.all(put)).map(({ status }) => status);
    expect(statuses).toEqual(numbers.map((n) => [200, 404, 412, 422][remainder(n)] ?? 0));
    expect(await countSince(db, last, 1)).toEqual([numbers.length / 4, (numbers.length * 5) / 4]);
    const posted = numbers.map((n) =>
      send(url, "POST", "/api/orders", { order_date: at, notes: "posted", customer_id: remainder(n) === 3 ? 999 : 1 }),
    );
    expect((await Promise.all(posted)).filter(({ status }) => status === 201)).toHaveLength((numbers.length * 3) / 4);
    expect(await countSince(db, last, 1)).toEqual([numbers.length, numbers.length * 2]);
  });

  onEach("POST 201 with keys: a repeated request gets its own first answer", async (url, db, last) => {
    const post = (n: number) =>
      send(url, "POST", "/api/orders", { order_date: at, notes: `keyed ${n}` }, { "idempotency-key": `batch ${n}` });
    const first = await Promise.all(numbers.map(post));
    expect(await Promise.all(numbers.map(post))).toEqual(first);
    expect(await countSince(db, last)).toEqual([numbers.length, numbers.length]);
  });

  for (const failure of ["committed", "rolled back"] as const)
    onEach(
      `POST 201: the connection is lost during COMMIT of a ${failure} batch, and each order is created once`,
      async (url, db, last) => {
        const post = (n: number) =>
          send(url, "POST", "/api/orders", { order_date: at, notes: `${failure}, lost ${n}` });
        db.failures = [failure, failure];
        const made = await Promise.all(numbers.map(post));
        expect(made.map(({ status }) => status)).toEqual(numbers.map(() => 201));
        expect(await countSince(db, last)).toEqual([numbers.length, numbers.length]);
        for (const { data } of made)
          expect(await (await fetch(`${url}/api/orders/${data?.id}`)).json()).toMatchObject({
            data: { notes: data?.notes },
          });
      },
    );
});

onEach("POST 507: a batch on a full disk is refused at once, and no write is retried alone", async (url, db, last) => {
  const before = db.transactions;
  db.failures = numbers.map(() => "disk full");
  const post = (n: number) => send(url, "POST", "/api/orders", { order_date: at, notes: `disk full ${n}` });
  const made = await Promise.all(numbers.map(post));
  db.failures = [];
  expect(made.map(({ status }) => status)).toEqual(numbers.map(() => 507));
  expect(db.transactions - before).toBeLessThan(numbers.length / 2);
  expect(await countSince(db, last)).toEqual([0, 0]);
});

test("PUT 200: only the write of a locked order waits for the lock (mariadb)", async () => {
  const { url } = servers[1] ?? { url: "" };
  const { real } = observed[1] ?? new ObservedDatabase(await Promise.reject(new Error("not started")));
  const ids = await makeOrders(url, "locked");
  const [lockedId = 0, ...others] = ids;
  const done: number[] = [];
  let all: Promise<unknown> = Promise.resolve();
  await real.transaction(async (tx) => {
    await tx.one(lockOrder, { id: lockedId });
    const put = async (id: number) => {
      expect((await send(url, "PUT", `/api/orders/${id}`, { notes: "put" })).status).toBe(200);
      done.push(id);
    };
    all = Promise.all(ids.map(put));
    while (done.length < others.length) await Bun.sleep(5);
    expect(done).not.toContain(lockedId);
  });
  await all;
  expect(done.at(-1)).toBe(lockedId);
});
