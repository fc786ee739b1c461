import { type Outcome, successBody } from "./answer.ts";
import type { Client } from "./route.ts";

/** Those who wait for one answer. Nobody does any more when all of them have gone. */
class Company implements Client {
  readonly clients: Client[] = [];
  #stop: AbortController | null = null;

  /** Made only for work that can be stopped: most of it is done before anybody could look. */
  get signal(): AbortSignal {
    if (this.#stop !== null) return this.#stop.signal;
    const stop = new AbortController();
    this.#stop = stop;
    let waiting = this.clients.length;
    const leave = () => {
      waiting -= 1;
      if (waiting === 0) stop.abort();
    };
    for (const { signal } of this.clients) {
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    }
    return stop.signal;
  }
}

interface Shared {
  readonly company: Company;
  readonly answer: Promise<Outcome<unknown>>;
}

/**
 * Joins equal reads that arrive in the same turn of the event loop: they are read once, and get one answer. Each sees
 * every commit made before it arrived, because nothing is read before the turn has ended.
 */
export class SharedReads {
  readonly #turn = new Map<string, Shared>();

  /** `key` is the same for equal reads only. */
  join(key: string, client: Client, read: (client: Client) => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
    const known = this.#turn.get(key);
    const shared = known ?? this.#begin(key, read);
    shared.company.clients.push(client);
    return shared.answer;
  }

  #begin(key: string, read: (client: Client) => Promise<Outcome<unknown>>): Shared {
    const company = new Company();
    const answer = new Promise<Outcome<unknown>>((resolve) => {
      setImmediate(() => {
        this.#turn.delete(key);
        resolve(read(company).then((outcome) => (company.clients.length > 1 ? writtenOnce(outcome) : outcome)));
      });
    });
    const shared = { company, answer };
    this.#turn.set(key, shared);
    return shared;
  }
}

function writtenOnce(outcome: Outcome<unknown>): Outcome<unknown> {
  return "data" in outcome ? { ...outcome, written: new TextEncoder().encode(successBody(outcome)) } : outcome;
}
