import { MinimalConnection } from "../network/minimal-connection.ts";
import { ResponseStatistics } from "./response-statistics.ts";

/** Returns the text of the next request. */
export type NextRequest = () => string;

export interface ArrivalOptions {
  readonly url: string;
  readonly next: NextRequest;
  readonly seconds: number;
  /** How long a client waits for an answer. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 2000;
const checkEveryMs = 20;
/** The most connections that an open loop holds at once. */
const openLoopConnections = 8000;

interface Pending {
  readonly connection: MinimalConnection;
  readonly at: number;
}

/** Clients on keep-alive connections, and the statistics of their requests. */
class ClientPool {
  readonly statistics = new ResponseStatistics();
  readonly #idle: MinimalConnection[] = [];
  readonly #pending = new Set<Pending>();
  readonly #url: URL;
  #open = 0;

  constructor(
    { url, next, timeoutMs = defaultTimeoutMs }: ArrivalOptions,
    private readonly mostConnections: number,
    private readonly after: () => void = () => undefined,
  ) {
    this.#url = new URL(url);
    this.next = next;
    this.timeoutMs = timeoutMs;
  }
  readonly next: NextRequest;
  readonly timeoutMs: number;

  get waiting(): number {
    return this.#pending.size;
  }

  send(): void {
    const connection = this.#take();
    if (connection === null) {
      this.statistics.unsent += 1;
      return;
    }
    const pending = { connection, at: performance.now() };
    this.#pending.add(pending);
    connection.send(this.next(), (ending) => {
      this.#pending.delete(pending);
      this.statistics.add(ending, performance.now() - pending.at);
      if (connection.closed) this.#open -= 1;
      else this.#idle.push(connection);
      this.after();
    });
  }

  /** Gives up on requests that have waited too long. */
  dropLate(): void {
    const limit = performance.now() - this.timeoutMs;
    for (const pending of this.#pending) {
      if (pending.at > limit) return;
      this.#pending.delete(pending);
      this.statistics.late += 1;
      pending.connection.close();
      this.#open -= 1;
      this.after();
    }
  }

  async end(): Promise<void> {
    while (this.#pending.size > 0) {
      this.dropLate();
      await Bun.sleep(5);
    }
    for (const connection of this.#idle) connection.close();
  }

  #take(): MinimalConnection | null {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.closed) return idle;
      this.#open -= 1;
    }
    if (this.#open >= this.mostConnections) return null;
    this.#open += 1;
    return new MinimalConnection(this.#url);
  }
}

/** An open loop: requests arrive at a fixed rate however slow the answers are, as those of real users do. */
export async function openLoop(options: ArrivalOptions & { readonly perSecond: number }): Promise<ResponseStatistics> {
  const pool = new ClientPool(options, openLoopConnections);
  const begin = performance.now();
  let sent = 0;
  let checkedAt = begin;
  for (;;) {
    const now = performance.now();
    if (now - begin >= options.seconds * 1000) break;
    const due = Math.floor(((now - begin) / 1000) * options.perSecond);
    for (; sent < due; sent += 1) pool.send();
    if (now - checkedAt > checkEveryMs) {
      pool.dropLate();
      checkedAt = now;
    }
    await Bun.sleep(1);
  }
  await pool.end();
  return pool.statistics;
}

/** A closed loop: each client sends its next request once it has an answer. Finds the highest rate that is served. */
export async function closedLoop(options: ArrivalOptions & { readonly clients: number }): Promise<ResponseStatistics> {
  let over = false;
  const pool: ClientPool = new ClientPool(options, options.clients + 1, () => {
    if (!over) pool.send();
  });
  for (let client = 0; client < options.clients; client += 1) pool.send();
  const end = performance.now() + options.seconds * 1000;
  while (performance.now() < end) {
    pool.dropLate();
    await Bun.sleep(checkEveryMs);
  }
  over = true;
  const { good } = pool.statistics;
  const inTime = good.length;
  await pool.end();
  good.length = inTime;
  return pool.statistics;
}
