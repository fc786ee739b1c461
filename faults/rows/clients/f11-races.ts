import { Client } from "../../load/client.ts";
import { dataOf, type Outcome } from "../../load/journal.ts";
import { numberOr } from "../../load/json.ts";
import { Random } from "../../load/random.ts";
import { formatCount } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { type LoadedSystem, runUnderLoad } from "../../run-under-load.ts";

const racers = 50;

/** One race: what all clients send at once, and how many may win. */
interface Race {
  readonly name: string;
  readonly ask: (client: Client, order: Target, racer: number, key: string) => Promise<Outcome>;
  /** Which answers the losers may get. */
  readonly others: (outcome: Outcome) => boolean;
  readonly winners: "one" | "all with one answer" | "all";
}

interface Target {
  readonly path: string;
  readonly etag: string;
}

export const races: readonly [Race, Race, Race, Race] = [
  {
    name: "the same order created with the same key",
    winners: "all with one answer",
    others: (outcome) => outcome.kind === "refused" && outcome.code === "idempotency-running",
    ask: (client, _, _racer, key) =>
      client.ask({
        ...{ intent: "create", method: "POST", path: "/api/orders", key },
        body: { ship_zip_postal_code: key, notes: `${key}|0`, shipping_fee: "1" },
      }),
  },
  {
    name: "the same order edited with the same If-Match",
    winners: "one",
    others: (outcome) => outcome.kind === "refused" && outcome.status === 412,
    ask: (client, { path, etag }, racer, key) => {
      const own = `${key}-${racer}`;
      return client.ask({ intent: "edit", method: "PUT", path, key: own, ifMatch: etag, body: { notes: `${own}|0` } });
    },
  },
  {
    name: "the same order deleted",
    winners: "one",
    others: (outcome) => outcome.kind === "refused" && outcome.status === 404,
    ask: (client, { path }, racer, key) =>
      client.ask({ intent: "delete", method: "DELETE", path, key: `${key}-${racer}` }),
  },
  {
    // Each answer must show one of the written states, none between two of them: V5 and V11 check that.
    name: "the same order read while its details are replaced",
    winners: "all",
    others: () => false,
    ask: (client, { path }, racer, key) => {
      if (racer % 5 > 0) return client.ask({ intent: "read", method: "GET", path: `${path}?include=details` });
      const own = `${key}-${racer}`;
      const lines = (racer / 5) % 4;
      const order_details = Array.from({ length: lines }, () => ({
        product_id: 1,
        quantity: `${racer}`,
        unit_price: "1",
      }));
      const body = { notes: `${own}|${lines}`, order_details };
      return client.ask({ intent: "edit", method: "PUT", path, key: own, body });
    },
  },
];

export const row: Row = {
  id: "F11",
  title: "races of 50 clients: same key, same If-Match, same delete, reads between writes",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 40, night: 1000, release: 20_000 },
  run(context) {
    return runUnderLoad(context, { load: { clients: 2 } }, async (running) => {
      const broken: string[] = [];
      const random = new Random(context.seed);
      const clients = Array.from({ length: racers }, (_, racer) => {
        const { url } = running.system;
        return new Client({ url, journal: running.journal, session: 2000 + racer, random, retryForMs: 0 });
      });
      for (let trial = 1; trial <= context.trials; trial += 1) {
        const race = races[trial % races.length];
        if (race !== undefined) broken.push(...(await run(race, clients, running, `11.${trial}`)));
      }
      for (const client of clients) client.close();
      return { broken, figures: { "requests that raced": formatCount(context.trials * racers) } };
    });
  },
};

async function run(race: Race, clients: readonly Client[], { journal, system }: LoadedSystem, name: string) {
  const starter = new Client({ url: system.url, journal, session: 1999, random: new Random(0) });
  const target = await newOrder(starter, `${name}-0-1`);
  starter.close();
  const outcomes = await Promise.all(clients.map((client, racer) => race.ask(client, target, racer, `${name}-1-1`)));
  return verdict(race, outcomes).map((words) => `Race ${name}, ${race.name}: ${words}`);
}

export function verdict({ winners, others }: Race, outcomes: readonly Outcome[]): readonly string[] {
  const broken: string[] = [];
  const won = outcomes.flatMap((outcome) => (outcome.kind === "acknowledged" ? [outcome.body] : []));
  const answers = new Set(won).size;
  const strays = outcomes.filter((outcome) => outcome.kind !== "acknowledged" && !others(outcome));
  if (winners === "one" && won.length !== 1) broken.push(`${won.length} were acknowledged.`);
  if (winners === "all with one answer" && answers !== 1)
    broken.push(`${won.length} were acknowledged with ${answers} answers.`);
  if (strays.length > 0) broken.push(`${strays.length} were answered like ${JSON.stringify(strays[0]).slice(0, 200)}.`);
  return broken;
}

async function newOrder(client: Client, key: string): Promise<Target> {
  const body = { ship_zip_postal_code: key, notes: `${key}|0` };
  const outcome = await client.ask({ intent: "create", method: "POST", path: "/api/orders", key, body });
  if (outcome.kind !== "acknowledged") throw new Error(`The race has no order: ${JSON.stringify(outcome)}`);
  return { path: `/api/orders/${numberOr(dataOf(outcome).get("id"), 0)}`, etag: outcome.etag ?? "" };
}
