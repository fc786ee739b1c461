// Creates and updates of one moment share a transaction; each is answered as if it had been alone.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { createLog } from "../http/log.ts";
import { type RunningServer, startServer } from "../http/server.ts";

/** What becomes of a transaction instead of its COMMIT: it is done and nobody hears of it, or it is not done. */
type Loss = "done" | "not done" | "no room";

/** A real database that counts its transactions, and loses the COMMIT of some. */
class Watched {
  transactions = 0;
  /** How the COMMITs of the next transactions get lost: of two, because the first to arrive may be alone in its own. */
  losses: Loss[] = [];

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
    const loss = this.losses.shift();
    const lost = () =>
      loss === "no room"
        ? new DatabaseError("storage-full", "The table is full")
        : new DatabaseError("unknown-outcome", "the line was cut at COMMIT");
    if (loss === undefined) return this.real.transaction(body);
    await this.real.transaction(async (tx) => {
      await body(tx);
      if (loss !== "done") throw lost();
    });
    throw lost();
  }
}

interface Answered {
  readonly status: number;
  readonly data: { readonly id: number; readonly notes: string } | null;
}

let api: BothEngines;
const watched: Watched[] = [];
const servers: RunningServer[] = [];

beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/customers", { body: { company: "In company" } });
  const config = { port: 0, host: "127.0.0.1", corsOrigins: [] };
  await api.onDatabases(async (database) => {
    const watch = new Watched(database);
    watched.push(watch);
    servers.push(startServer({ config, database: watch.database, log: createLog("off") }));
  });
}, startTimeoutMs);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await api.stop();
});

async function send(url: string, method: string, path: string, body: object, headers = {}): Promise<Answered> {
  const init = { method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
  const response = await fetch(url + path, init);
  const told: unknown = await response.json();
  return { status: response.status, data: orderIn(told) };
}

function orderIn(told: unknown): Answered["data"] {
  const { data }: { data?: unknown } = typeof told === "object" && told !== null ? told : {};
  if (typeof data !== "object" || data === null || !("id" in data) || !("notes" in data)) return null;
  return { ...data, id: Number(data.id), notes: String(data.notes) };
}

const at = "2024-01-15T10:30:00";
const numbers = Array.from({ length: 40 }, (_, n) => n);
const lastOrder = sql(`SELECT COALESCE(MAX(id), 0) AS "id!" FROM orders`);
/** Orders after one; of customer 1 only where it is said so. */
const orderCount = sql(`
  SELECT COUNT(*) AS n FROM orders WHERE id > :after AND (:customer_id::integer? IS NULL OR customer_id = :customer_id)
`);
const entryCount = sql(`SELECT COUNT(*) AS n FROM audit_log WHERE resource = 'order' AND resource_id > :after`);
const lockOrder = sql(`SELECT id FROM orders WHERE id = :id FOR UPDATE`);

/** What has come after an order: so many orders, of customer 1 where that is asked for, and so many entries. */
async function since(watch: Watched, after: number, customer_id: number | null = null): Promise<readonly number[]> {
  const { real } = watch;
  return [(await real.one(orderCount, { after, customer_id })).n, (await real.one(entryCount, { after })).n];
}

/** Every case on each engine, through a server of its own. */
function onEach(name: string, work: (url: string, watch: Watched, last: number) => Promise<void>): void {
  for (const [place, engine] of ["sqlite", "mariadb"].entries())
    test(`${name} (${engine})`, async () => {
      const [server, watch] = [servers[place], watched[place]];
      if (server === undefined || watch === undefined) throw new Error("not started");
      await work(server.url, watch, (await watch.real.one(lastOrder)).id);
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

/** Whether requests meet depends on how busy the machine is: in the best of some tries most of them do. */
async function inFewTransactions(watch: Watched, work: (turn: number) => Promise<void>): Promise<void> {
  const used: number[] = [];
  for (let turn = 1; turn <= tries; turn += 1) {
    const before = watch.transactions;
    await work(turn);
    used.push(watch.transactions - before);
  }
  expect(Math.min(...used)).toBeLessThan(numbers.length / 2);
}

describe("many writes at once", () => {
  onEach("POST 201: each gets its own order and its own entry, in few transactions", async (url, watch, last) => {
    const ids = new Set<number>();
    await inFewTransactions(watch, async () => {
      for (const id of await makeOrders(url, "many")) ids.add(id);
    });
    expect(ids.size).toBe(tries * numbers.length);
    expect(await since(watch, last)).toEqual([tries * numbers.length, tries * numbers.length]);
  });

  onEach("PUT 200: each order has its own change, and the answer is what is stored", async (url, watch, last) => {
    const ids = await makeOrders(url, "changed");
    const body = (id: number, turn: number) => ({
      notes: `changed to ${id} in turn ${turn}`,
      shipping_fee: `${id}.5`,
      tax_rate: 0.25,
      customer_id: 1,
    });
    let put: readonly Answered[] = [];
    await inFewTransactions(watch, async (turn) => {
      put = await Promise.all(ids.map((id) => send(url, "PUT", `/api/orders/${id}`, body(id, turn))));
    });
    for (const [place, id] of ids.entries()) {
      const stored: unknown = await (await fetch(`${url}/api/orders/${id}`)).json();
      expect(stored).toMatchObject({
        data: { notes: `changed to ${id} in turn ${tries}`, shipping_fee: `${id}.5000` },
      });
      expect(put[place]?.data).toEqual(orderIn(stored));
    }
    expect(await since(watch, last)).toEqual([numbers.length, (1 + tries) * numbers.length]);
  });

  onEach("POST 422 and PUT 404, 412, 422: whoever is refused is refused alone", async (url, watch, last) => {
    const ids = await makeOrders(url, "refused");
    const odd = (n: number) => n % 4;
    const put = numbers.map((n) => {
      const path = `/api/orders/${odd(n) === 1 ? 1_000_000 + n : ids[n]}`;
      const stale = odd(n) === 2 ? { "if-match": '"7"' } : {};
      return send(url, "PUT", path, { notes: "accepted", customer_id: odd(n) === 3 ? 999 : 1 }, stale);
    });
    const statuses = (await Promise.all(put)).map(({ status }) => status);
    expect(statuses).toEqual(numbers.map((n) => [200, 404, 412, 422][odd(n)] ?? 0));
    expect(await since(watch, last, 1)).toEqual([numbers.length / 4, (numbers.length * 5) / 4]);
    const posted = numbers.map((n) =>
      send(url, "POST", "/api/orders", { order_date: at, notes: "posted", customer_id: odd(n) === 3 ? 999 : 1 }),
    );
    expect((await Promise.all(posted)).filter(({ status }) => status === 201)).toHaveLength((numbers.length * 3) / 4);
    expect(await since(watch, last, 1)).toEqual([numbers.length, numbers.length * 2]);
  });

  onEach("POST 201 with keys: sent again, each gets its own first answer", async (url, watch, last) => {
    const post = (n: number) =>
      send(url, "POST", "/api/orders", { order_date: at, notes: `keyed ${n}` }, { "idempotency-key": `company ${n}` });
    const first = await Promise.all(numbers.map(post));
    expect(await Promise.all(numbers.map(post))).toEqual(first);
    expect(await since(watch, last)).toEqual([numbers.length, numbers.length]);
  });

  for (const loss of ["done", "not done"] as const)
    onEach(
      `POST 201: the COMMIT of a company is lost, and it was ${loss}: each is there once`,
      async (url, watch, last) => {
        const post = (n: number) => send(url, "POST", "/api/orders", { order_date: at, notes: `${loss}, lost ${n}` });
        watch.losses = [loss, loss];
        const made = await Promise.all(numbers.map(post));
        expect(made.map(({ status }) => status)).toEqual(numbers.map(() => 201));
        expect(await since(watch, last)).toEqual([numbers.length, numbers.length]);
        for (const { data } of made)
          expect(await (await fetch(`${url}/api/orders/${data?.id}`)).json()).toMatchObject({
            data: { notes: data?.notes },
          });
      },
    );
});

onEach("POST 507: a company on a full disk is refused at once, nobody tries alone", async (url, watch, last) => {
  const before = watch.transactions;
  watch.losses = numbers.map(() => "no room");
  const post = (n: number) => send(url, "POST", "/api/orders", { order_date: at, notes: `no room ${n}` });
  const made = await Promise.all(numbers.map(post));
  watch.losses = [];
  expect(made.map(({ status }) => status)).toEqual(numbers.map(() => 507));
  expect(watch.transactions - before).toBeLessThan(numbers.length / 2);
  expect(await since(watch, last)).toEqual([0, 0]);
});

test("PUT 200: who needs an order that somebody else has locked waits for it, and nobody else does (mariadb)", async () => {
  const { url } = servers[1] ?? { url: "" };
  const { real } = watched[1] ?? new Watched(await Promise.reject(new Error("not started")));
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
