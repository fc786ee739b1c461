import { SwiftConnection } from "../network/minimal-connection.ts";
import { Tally } from "./response-statistics.ts";

/** Gives the text of the next request. */
export type NextRequest = () => string;

export interface ArrivalOptions {
  readonly url: string;
  readonly next: NextRequest;
  readonly seconds: number;
  /** A client waits so long for its answer. */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 2000;
const lookEveryMs = 20;

interface Pending {
  readonly connection: SwiftConnection;
  readonly at: number;
}

/** A crowd of clients on kept connections, with what came of their requests. */
class Crowd {
  readonly tally = new Tally();
  readonly #idle: SwiftConnection[] = [];
  readonly #pending = new Set<Pending>();
  readonly #url: URL;
  #open = 0;

  constructor(
    { url, next, patienceMs = defaultPatienceMs }: ArrivalOptions,
    private readonly most: number,
    private readonly after: () => void = () => undefined,
  ) {
    this.#url = new URL(url);
    this.next = next;
    this.patienceMs = patienceMs;
  }
  readonly next: NextRequest;
  readonly patienceMs: number;

  get waiting(): number {
    return this.#pending.size;
  }

  send(): void {
    const connection = this.#take();
    if (connection === null) {
      this.tally.unsent += 1;
      return;
    }
    const pending = { connection, at: performance.now() };
    this.#pending.add(pending);
    connection.send(this.next(), (ending) => {
      this.#pending.delete(pending);
      this.tally.add(ending, performance.now() - pending.at);
      if (connection.closed) this.#open -= 1;
      else this.#idle.push(connection);
      this.after();
    });
  }

  /** Gives up what has waited too long. */
  look(): void {
    const limit = performance.now() - this.patienceMs;
    for (const pending of this.#pending) {
      if (pending.at > limit) return;
      this.#pending.delete(pending);
      this.tally.late += 1;
      pending.connection.close();
      this.#open -= 1;
      this.after();
    }
  }

  async end(): Promise<void> {
    while (this.#pending.size > 0) {
      this.look();
      await Bun.sleep(5);
    }
    for (const connection of this.#idle) connection.close();
  }

  #take(): SwiftConnection | null {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.closed) return idle;
      this.#open -= 1;
    }
    if (this.#open >= this.most) return null;
    this.#open += 1;
    return new SwiftConnection(this.#url);
  }
}

/** Requests that come at their rate whatever the answers do, as those of real people: an open loop. */
export async function openLoop(options: ArrivalOptions & { readonly perSecond: number }): Promise<Tally> {
  const mostConnections = 8000;
  const crowd = new Crowd(options, mostConnections);
  const begin = performance.now();
  let sent = 0;
  let lookedAt = begin;
  for (;;) {
    const now = performance.now();
    if (now - begin >= options.seconds * 1000) break;
    const due = Math.floor(((now - begin) / 1000) * options.perSecond);
    for (; sent < due; sent += 1) crowd.send();
    if (now - lookedAt > lookEveryMs) {
      crowd.look();
      lookedAt = now;
    }
    await Bun.sleep(1);
  }
  await crowd.end();
  return crowd.tally;
}

/** So many clients, each of which sends when it has its answer: a closed loop. It finds the most that can be served. */
export async function closedLoop(options: ArrivalOptions & { readonly clients: number }): Promise<Tally> {
  let over = false;
  const crowd: Crowd = new Crowd(options, options.clients + 1, () => {
    if (!over) crowd.send();
  });
  for (let client = 0; client < options.clients; client += 1) crowd.send();
  const end = performance.now() + options.seconds * 1000;
  while (performance.now() < end) {
    crowd.look();
    await Bun.sleep(lookEveryMs);
  }
  over = true;
  const { good } = crowd.tally;
  const inTime = good.length;
  await crowd.end();
  good.length = inTime;
  return crowd.tally;
}
