// Several clients send random commands at once while the API is killed. What was acknowledged is then carried out by the
// model in the order in which the database did it, which the audit log tells: each answer and all rows must be the same.
import { openStores, type Store, text } from "../database/store.ts";
import { Random } from "../load/random.ts";
import { NoAnswer } from "../network/http-connection.ts";
import type { System } from "../system/system.ts";
import type { Command, Fixtures } from "./commands.ts";
import { Generator } from "./generate.ts";
import { unproven } from "./look-up.ts";
import { Model } from "./model/model.ts";
import { differing, makeFixtures, makeGoods, tradeBy } from "./run.ts";
import { type Answer, madeIn, Session } from "./session.ts";
import { differences, type Newest, newestIn } from "./stored.ts";

/** What a run at once has shown. */
export interface Outcome {
  readonly broken: readonly string[];
  readonly acknowledged: number;
  readonly refused: number;
  /** Kills of the API while commands were under way. */
  readonly kills: number;
  /** Attempts that were cut, and answers that asked to try again. */
  readonly cut: number;
  readonly conflicts: number;
}

export interface Options {
  readonly seed: number;
  /** Kills of the API, each followed by a comparison; without kills as many comparisons. */
  readonly rounds: number;
  readonly kills: boolean;
  readonly clients?: number;
  /** How many commands each client sends in a round. */
  readonly perRound?: number;
  /** Tests give a wrong model, to show that a run finds the difference. */
  readonly model?: Model;
  /** Tests change the rows before they are compared. */
  readonly plant?: () => Promise<void>;
  readonly say?: (line: string) => void;
}

/** A command that got its final answer. */
interface Sent {
  readonly name: string;
  readonly command: Command;
  readonly answer: Answer;
}

const retryForMs = 60_000;
/** New products after so many rounds, so that the model stays quick. */
const roundsPerStage = 5;

/** Runs rounds of commands. Stops after the first round with a difference. */
export async function runAtOnce(system: System, options: Options): Promise<Outcome> {
  const stores = await openStores(system.store);
  const run = new Rounds(system, stores[0], options);
  try {
    await run.prepare();
    const broken: string[] = [];
    for (let round = 0; round < options.rounds && broken.length === 0; round += 1) {
      if (round % roundsPerStage === 0) await run.begin();
      broken.push(...(await run.round(round)));
      options.say?.(`round ${round + 1}: ${run.acknowledged} acknowledged, ${run.cut} cut, ${run.conflicts} conflicts`);
    }
    const all = broken.length > 0 ? [] : await Promise.all(stores.map((store) => run.differences(store)));
    return { ...run.counts, broken: [...broken, ...all.flat(), ...(await run.unproven())].slice(0, 5) };
  } finally {
    run.close();
    for (const store of stores) await store.close();
  }
}

class Rounds {
  acknowledged = 0;
  refused = 0;
  kills = 0;
  cut = 0;
  conflicts = 0;
  #answers = 0;
  readonly #sessions: readonly Session[];
  readonly #model: Model;
  readonly #randoms: readonly Random[];
  #fixtures: Fixtures = { employee: 0, shipper: 0, supplier: 0 };
  #begin: Newest = { orders: 0, purchases: 0, counts: 0 };

  constructor(
    private readonly system: System,
    private readonly store: Store,
    private readonly options: Options,
  ) {
    const { clients = 6, seed, model = new Model() } = options;
    this.#sessions = Array.from({ length: clients }, () => new Session(system.url));
    this.#randoms = this.#sessions.map((_, client) => new Random(seed).branch(client));
    this.#model = model;
  }

  get counts() {
    const { acknowledged, refused, kills, cut, conflicts } = this;
    return { acknowledged, refused, kills, cut, conflicts };
  }

  async prepare(): Promise<void> {
    this.#begin = await newestIn(this.store);
    this.#fixtures = await makeFixtures(this.#first());
  }

  async begin(): Promise<void> {
    this.#model.retire();
    const { stock } = this.#model;
    const random = this.#randoms[0] ?? new Random(0);
    // Set between the rounds: see `#client`.
    stock.terms = {
      ...{ policy: random.pick(["partial", "complete", "ask"]), tolerance: random.pick([0, 1000]) },
      invoicesOnShipment: random.integer(1, 2) === 1,
    };
    await tradeBy(this.#first(), stock.terms, this.#fixtures);
    await makeGoods(this.#first(), this.#model, this.#fixtures);
  }

  /** All clients send their commands; the API dies in between; then what was acknowledged is compared. */
  async round(number: number): Promise<readonly string[]> {
    let isOver = false;
    const work = this.#sessions.map((session, client) => this.#client(session, client, number));
    const all = Promise.all(work).finally(() => {
      isOver = true;
    });
    const random = this.#randoms[0] ?? new Random(0);
    const { perRound = 40 } = this.options;
    const answers = random.integer(1, Math.floor((this.#sessions.length * perRound) / 2)) + this.#answers;
    while (!isOver && this.#answers < answers) await Bun.sleep(2);
    if (this.options.kills && !isOver) {
      this.kills += 1;
      await this.system.api.kill();
      await this.system.api.start();
    }
    const sent = (await all).flat();
    await this.options.plant?.();
    return this.#compared(sent, `${this.options.seed}.${number}`);
  }

  /** Commands for the state at the beginning of the round, so that clients meet at the same orders and products. */
  async #client(session: Session, client: number, round: number): Promise<readonly Sent[]> {
    const { seed, perRound = 40 } = this.options;
    const random = this.#randoms[client] ?? new Random(0);
    const generator = new Generator(random, `${seed}.${round}.${client}`);
    const { stock } = this.#model;
    const sent: Sent[] = [];
    while (sent.length < perRound) {
      const { deed, ifMatch } = generator.next(stock);
      // Terms and policies are read without a lock: their place among other writes is nobody's promise.
      if (deed.do === "edit company" || deed.do === "edit customer") continue;
      // The answer does not show the ids of what was bought, and others may change that before it is read.
      if (deed.do === "buy") continue;
      const name = `${seed}.${round}.${client}.${sent.length}`;
      const command = { deed, ifMatch, key: name, isDryRun: false };
      sent.push({ name, command, answer: await this.#untilAnswered(session, command, name) });
    }
    return sent;
  }

  async #untilAnswered(session: Session, command: Command, name: string): Promise<Answer> {
    const giveUpAt = performance.now() + retryForMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await session.perform(command, this.#fixtures, `${name}.${attempt}`);
        this.#answers += 1;
        if (answer.status < 500 && answer.code !== "idempotency-running") return answer;
        if (answer.code === "conflict-retry") this.conflicts += 1;
        if (performance.now() > giveUpAt) return answer;
      } catch (error) {
        if (!(error instanceof NoAnswer) || performance.now() > giveUpAt) throw error;
        this.cut += 1;
      }
      await Bun.sleep(20 + 20 * Math.min(attempt, 10));
    }
  }

  /** Carries out in the model what was acknowledged, in the order of the audit log. */
  async #compared(sent: readonly Sent[], prefix: string): Promise<readonly string[]> {
    const places = await this.#places(prefix);
    const broken: string[] = [];
    const done: (Sent & { readonly place: number })[] = [];
    for (const each of sent) {
      const { name, answer } = each;
      const entries = places.get(name) ?? [];
      const isDone = answer.status < 300;
      if (isDone) this.acknowledged += 1;
      else this.refused += 1;
      if (answer.status >= 500) broken.push(`${name} was answered ${answer.text}`);
      if (isDone && entries.length !== 1)
        broken.push(`${name} was acknowledged and was carried out ${entries.length} times`);
      if (!isDone && entries.length > 0) broken.push(`${name} was refused and was carried out: ${answer.text}`);
      if (isDone) done.push({ ...each, place: entries[0] ?? 0 });
    }
    for (const { name, command, answer } of done.sort((a, b) => a.place - b.place)) {
      if (broken.length > 0) break;
      const words = differing(this.#model.perform(command, madeIn(answer)), answer);
      if (words !== null) broken.push(`${name} ${JSON.stringify(command)}: ${words}: ${answer.text.slice(0, 1000)}`);
    }
    return broken.length > 0 ? broken : this.differences(this.store);
  }

  /** The first entries of each attempt that was carried out, by the name of its command. */
  async #places(prefix: string): Promise<ReadonlyMap<string, readonly number[]>> {
    const rows = await this.store.rows(
      `SELECT client_request_id, MIN(entry_id) AS place FROM audit_log
        WHERE client_request_id LIKE '${prefix}.%' GROUP BY client_request_id`,
    );
    const places = new Map<string, number[]>();
    for (const row of rows) {
      const name = text(row.client_request_id).replace(/\.[0-9]+$/, "");
      places.set(name, [...(places.get(name) ?? []), Number(text(row.place))]);
    }
    return places;
  }

  async differences(store: Store): Promise<readonly string[]> {
    return (await differences(store, this.#model, this.#begin)).slice(0, 3);
  }

  async unproven(): Promise<readonly string[]> {
    const words = await unproven(this.#first());
    return words === null ? [] : [words];
  }

  close(): void {
    for (const session of this.#sessions) session.close();
  }

  #first(): Session {
    const [session] = this.#sessions;
    if (session === undefined) throw new Error("a run has clients");
    return session;
  }
}
