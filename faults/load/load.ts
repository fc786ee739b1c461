// Clients that create, edit, read and delete orders and the rows around them, while the faults happen.
// Everything they send and receive is in a journal (journal.ts), by which the checker judges the database.
import { Client } from "./client.ts";
import { createFixtures, type Fixtures } from "./fixtures.ts";
import type { Journal } from "./journal.ts";
import { OrderWork } from "./order-work.ts";
import { Random } from "./random.ts";
import { ResourceWork } from "./resource-work.ts";
import { StockWork } from "./stock-work.ts";

/** How often each activity is chosen, relative to the sum. */
export interface Mix {
  readonly create: number;
  readonly increment: number;
  readonly edit: number;
  readonly step: number;
  readonly delete: number;
  readonly resources: number;
  readonly stock: number;
  readonly read: number;
}

export const usualMix: Mix = {
  create: 22,
  increment: 20,
  edit: 20,
  step: 10,
  delete: 6,
  resources: 8,
  stock: 20,
  read: 14,
};

export interface LoadOptions {
  readonly url: string;
  readonly journal: Journal;
  readonly clients: number;
  readonly seed: number;
  readonly mix?: Mix;
  /** The `Authorization` of every request. Default: none. */
  readonly authorization?: string;
  /** The longest pause of a client between two activities. Default 10 ms. */
  readonly pauseMs?: number;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
  /** How long one request is retried. */
  readonly retryForMs?: number;
}

export interface Load {
  /** Resolves once the fixtures exist and the clients are at work. */
  readonly ready: Promise<void>;
  /** Lets every client finish its current activity, retries included. */
  stop(): Promise<void>;
}

/**
 * Starts clients that work as an order desk does, all at the same time, on their own and on shared orders. The seed
 * decides what they send; when they send it depends on the machine.
 */
export function startLoad(options: LoadOptions): Load {
  const { url, journal, seed, clients, authorization, timeoutMs, retryForMs } = options;
  const random = new Random(seed);
  const client = (session: number) =>
    new Client({
      ...{ url, journal, session, random: random.branch(1000 + session) },
      ...(authorization === undefined ? {} : { authorization }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(retryForMs === undefined ? {} : { retryForMs }),
    });
  const state = { over: false };
  const setupClient = client(0);
  // A second load on the same journal must not use a key twice.
  const run = `${seed.toString(36)}.${journal.entries.toString(36)}`;
  const fixtures = createFixtures(setupClient, `${run}-0`).finally(() => setupClient.close());
  const workers = Array.from({ length: clients }, async (_, index) => {
    const session = index + 1;
    const own = client(session);
    await work(own, await fixtures, `${run}-${session}`, random.branch(session), options, state);
    own.close();
  });
  const done = Promise.all(workers);
  // `stop` reports the error; until then it must not count as unhandled.
  done.catch(() => undefined);
  return {
    ready: fixtures.then(() => undefined),
    async stop() {
      state.over = true;
      await done;
    },
  };
}

async function work(
  client: Client,
  fixtures: Fixtures,
  name: string,
  random: Random,
  { mix = usualMix, pauseMs = 10 }: LoadOptions,
  state: { readonly over: boolean },
): Promise<void> {
  const step = steps(client, fixtures, name, random, mix);
  while (!state.over) {
    await step();
    await Bun.sleep(random.fraction() * pauseMs);
  }
}

/** Returns a function that performs the next activity of one client. */
export function steps(client: Client, fixtures: Fixtures, name: string, random: Random, mix: Mix): () => Promise<void> {
  const orders = new OrderWork(client, fixtures, random, name);
  const resources = new ResourceWork(client, fixtures, random, name);
  const stock = new StockWork(client, fixtures, random, name);
  const activities: [number, () => Promise<void>][] = [
    [mix.create, () => orders.create()],
    [mix.increment, () => orders.increment()],
    [mix.edit, () => orders.edit()],
    [mix.step, () => orders.step()],
    [mix.delete, () => orders.delete()],
    [mix.resources, () => resources.work()],
    [mix.stock, () => stock.work()],
    [mix.read, () => orders.read()],
  ];
  const sum = activities.reduce((total, [parts]) => total + parts, 0);
  return async () => {
    let at = random.fraction() * sum;
    const chosen = activities.find(([parts]) => {
      at -= parts;
      return at < 0;
    });
    await chosen?.[1]();
  };
}
