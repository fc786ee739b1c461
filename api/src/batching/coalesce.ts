import { type Outcome, type SerializedBody, successBody } from "../contract/answer.ts";
import type { Client } from "../contract/route.ts";
import type { AnswerCache } from "./answer-cache.ts";
import { atEndOfTurn } from "./end-of-turn.ts";

type PossibleOutcome = Outcome<unknown> | Promise<Outcome<unknown>>;

/** A read and the clients that wait for it. It is aborted when all of them have gone. */
class CoalescedRead implements Client {
  readonly clients: Client[] = [];
  readonly #answered = Promise.withResolvers<Outcome<unknown>>();
  readonly answer = this.#answered.promise;
  readonly resolve: (answer: PossibleOutcome) => void = this.#answered.resolve;
  #abort: AbortController | null = null;

  constructor(
    readonly read: (client: Client) => PossibleOutcome,
    /** The answer depends only on its key and on the committed data. */
    readonly isCacheable: boolean,
  ) {}

  /** Created only when it is used, because most reads end before they could be aborted. */
  get signal(): AbortSignal {
    if (this.#abort !== null) return this.#abort.signal;
    const abort = new AbortController();
    this.#abort = abort;
    let waiting = this.clients.length;
    const leave = () => {
      waiting -= 1;
      if (waiting === 0) abort.abort();
    };
    for (const { signal } of this.clients) {
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    }
    return abort.signal;
  }
}

interface ReadRequest {
  /** Reads with the same key must be equal. */
  readonly key: string;
  readonly client: Client;
  readonly isCacheable: boolean;
  readonly read: (client: Client) => PossibleOutcome;
}

/** The next equal read does not wait for one that takes longer. */
const longMs = 50;

/**
 * Coalesces equal reads. Those that arrive in the same turn of the event loop, or while an equal one is running, are
 * done once and get the same answer. Each sees every commit made before it arrived, because the database and the cache
 * are read only at the end of the turn, and a request never joins a read that has already started.
 */
export class ReadCoalescer {
  readonly #waiting = new Map<string, CoalescedRead>();
  readonly #running = new Map<string, CoalescedRead>();
  #scheduled: string[] = [];
  /** How many requests were answered from the cache, by a read of their own, and by that of another request. */
  readonly counts = { cached: 0, read: 0, coalesced: 0 };

  constructor(private readonly cache: AnswerCache) {}

  /** Whether answers can be cached at all. */
  get isCaching(): boolean {
    return this.cache.isPossible;
  }

  /** Returns the answer of the route, of an equal read, or of the cache. */
  read({ key, client, isCacheable, read }: ReadRequest): Promise<Outcome<unknown>> {
    let coalesced = this.#waiting.get(key);
    if (coalesced === undefined) {
      coalesced = new CoalescedRead(read, isCacheable);
      this.#waiting.set(key, coalesced);
      const earlier = this.#running.get(key);
      if (earlier === undefined) this.#schedule(key);
      else setTimeout(() => this.#finish(key, earlier), longMs);
    }
    coalesced.clients.push(client);
    return coalesced.answer;
  }

  #schedule(key: string): void {
    if (this.#scheduled.push(key) === 1) atEndOfTurn(() => this.#readScheduled());
  }

  #readScheduled(): void {
    const keys = this.#scheduled;
    this.#scheduled = [];
    const revision = this.cache.refresh();
    for (const key of keys) {
      const coalesced = this.#waiting.get(key);
      if (coalesced === undefined) continue;
      this.#waiting.delete(key);
      const cached = coalesced.isCacheable ? this.cache.get(key) : undefined;
      this.counts.coalesced += coalesced.clients.length - 1;
      if (cached === undefined) this.counts.read += 1;
      else this.counts.cached += 1;
      coalesced.resolve(cached ?? this.#run(key, coalesced, revision));
    }
  }

  async #run(key: string, coalesced: CoalescedRead, revision: number | null): Promise<Outcome<unknown>> {
    this.#running.set(key, coalesced);
    try {
      const outcome = await coalesced.read(coalesced);
      const mayCache = coalesced.isCacheable && revision !== null;
      if (!mayCache && coalesced.clients.length === 1) return outcome;
      const serialized = serializedOnce(outcome);
      if (mayCache && "serialized" in serialized) this.cache.put(key, serialized, revision);
      return serialized;
    } finally {
      this.#finish(key, coalesced);
    }
  }

  /** Lets the equal read of clients that arrived in the meantime start. */
  #finish(key: string, coalesced: CoalescedRead): void {
    if (this.#running.get(key) !== coalesced) return;
    this.#running.delete(key);
    if (this.#waiting.has(key)) this.#schedule(key);
  }
}

function serializedOnce(outcome: Outcome<unknown>): Outcome<unknown> {
  if (!("data" in outcome)) return outcome;
  const { data: _, message: __, ...head } = outcome;
  return { ...head, serialized: serialize(successBody(outcome)) };
}

/** A longer text is encoded once for all clients. */
const longText = 4096;

function serialize(text: string): SerializedBody {
  return text.length > longText ? new TextEncoder().encode(text) : text;
}
