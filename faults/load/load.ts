import { Client } from "./client.ts";
import { type Company, foundCompany } from "./fixtures.ts";
import type { Journal } from "./journal.ts";
import { OrderWork } from "./order-work.ts";
import { Random } from "./random.ts";
import { PartyWork } from "./resource-work.ts";

/** How often each kind of work is chosen, in parts of the sum. */
export interface Mix {
  readonly create: number;
  readonly increment: number;
  readonly edit: number;
  readonly step: number;
  readonly delete: number;
  readonly party: number;
  readonly read: number;
}

export const usualMix: Mix = { create: 22, increment: 20, edit: 20, step: 10, delete: 6, party: 8, read: 14 };

export interface LoadOptions {
  readonly url: string;
  readonly journal: Journal;
  readonly clients: number;
  readonly seed: number;
  readonly mix?: Mix;
  /** The longest pause of a client between two pieces of work. Default 10 ms. */
  readonly pauseMs?: number;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
  /** How long one request is tried again. */
  readonly patienceMs?: number;
}

export interface Load {
  /** The company it works for is there, and the clients are at work. */
  readonly ready: Promise<void>;
  /** Lets every client finish what it is doing, its retries included. */
  stop(): Promise<void>;
}

/**
 * Clients that do what an order desk does, all at once, on orders of their own and on shared ones. What they ask for
 * follows from the seed; when they ask for it, from the machine.
 */
export function startLoad(options: LoadOptions): Load {
  const { url, journal, seed, clients, timeoutMs, patienceMs } = options;
  const random = new Random(seed);
  const client = (session: number) =>
    new Client({
      ...{ url, journal, session, random: random.branch(1000 + session) },
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
    });
  const state = { over: false };
  const founder = client(0);
  // A second load on the same journal must not use a key twice.
  const run = `${seed.toString(36)}.${journal.entries.toString(36)}`;
  const company = foundCompany(founder, `${run}-0`).finally(() => founder.close());
  const workers = Array.from({ length: clients }, async (_, index) => {
    const session = index + 1;
    const own = client(session);
    await work(own, await company, `${run}-${session}`, random.branch(session), options, state);
    own.close();
  });
  const done = Promise.all(workers);
  // Its fault is told by `stop`; until then it is nobody's.
  done.catch(() => undefined);
  return {
    ready: company.then(() => undefined),
    async stop() {
      state.over = true;
      await done;
    },
  };
}

async function work(
  client: Client,
  company: Company,
  name: string,
  random: Random,
  { mix = usualMix, pauseMs = 10 }: LoadOptions,
  state: { readonly over: boolean },
): Promise<void> {
  const step = steps(client, company, name, random, mix);
  while (!state.over) {
    await step();
    await Bun.sleep(random.fraction() * pauseMs);
  }
}

/** Gives a function that does the next piece of one client's work. */
export function steps(client: Client, company: Company, name: string, random: Random, mix: Mix): () => Promise<void> {
  const orders = new OrderWork(client, company, random, name);
  const parties = new PartyWork(client, company, random, name);
  const kinds: [number, () => Promise<void>][] = [
    [mix.create, () => orders.create()],
    [mix.increment, () => orders.increment()],
    [mix.edit, () => orders.edit()],
    [mix.step, () => orders.step()],
    [mix.delete, () => orders.delete()],
    [mix.party, () => parties.work()],
    [mix.read, () => orders.read()],
  ];
  const sum = kinds.reduce((total, [parts]) => total + parts, 0);
  return async () => {
    let at = random.fraction() * sum;
    const chosen = kinds.find(([parts]) => {
      at -= parts;
      return at < 0;
    });
    await chosen?.[1]();
  };
}
