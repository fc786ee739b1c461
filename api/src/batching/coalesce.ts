import { type Outcome, type SharedAnswer, successBody, type WrittenBody } from "../contract/answer.ts";
import type { Client } from "../contract/route.ts";
import type { StandingAnswers } from "./answer-cache.ts";
import { atTurnEnd } from "./end-of-turn.ts";

type Answering = Outcome<unknown> | Promise<Outcome<unknown>>;

/** One read and those who wait for it. Nobody does any more when all of them have gone. */
class Shared implements Client {
  readonly clients: Client[] = [];
  readonly #answered = Promise.withResolvers<Outcome<unknown>>();
  readonly answer = this.#answered.promise;
  readonly settle: (answer: Answering) => void = this.#answered.resolve;
  #stop: AbortController | null = null;

  constructor(
    readonly read: (client: Client) => Answering,
    /** The answer follows from its key and from what is committed. */
    readonly stands: boolean,
  ) {}

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

/** What is to be read: `key` is the same for equal reads only. */
interface Read {
  readonly key: string;
  readonly client: Client;
  readonly stands: boolean;
  readonly read: (client: Client) => Answering;
}

/** A read that takes longer hinders nobody any more. */
const longMs = 50;

/**
 * Joins equal reads: those that arrive in the same turn of the event loop, or while an equal one is under way, are read
 * once, and get one answer. Each sees every commit made before it arrived, because nothing is read, and no kept answer
 * looked at, before the turn has ended; what is under way is joined by nobody.
 */
export class SharedReads {
  readonly #waiting = new Map<string, Shared>();
  readonly #underWay = new Map<string, Shared>();
  #due: string[] = [];

  constructor(private readonly standing: StandingAnswers) {}

  /** Whether anything can be kept at all. */
  get keeps(): boolean {
    return this.standing.isPossible;
  }

  join({ key, client, stands, read }: Read): Promise<Outcome<unknown>> {
    let shared = this.#waiting.get(key);
    if (shared === undefined) {
      shared = new Shared(read, stands);
      this.#waiting.set(key, shared);
      const before = this.#underWay.get(key);
      if (before === undefined) this.#isDue(key);
      else setTimeout(() => this.#leave(key, before), longMs);
    }
    shared.clients.push(client);
    return shared.answer;
  }

  #isDue(key: string): void {
    if (this.#due.push(key) === 1) atTurnEnd(() => this.#end());
  }

  #end(): void {
    const due = this.#due;
    this.#due = [];
    const revision = this.standing.look();
    for (const key of due) {
      const shared = this.#waiting.get(key);
      if (shared === undefined) continue;
      this.#waiting.delete(key);
      const kept = shared.stands ? this.standing.get(key) : undefined;
      shared.settle(kept ?? this.#read(key, shared, revision));
    }
  }

  async #read(key: string, shared: Shared, revision: number | null): Promise<Outcome<unknown>> {
    this.#underWay.set(key, shared);
    try {
      const outcome = await shared.read(shared);
      const keeps = shared.stands && revision !== null;
      if (!keeps && shared.clients.length === 1) return outcome;
      const written = writtenOnce(outcome);
      if (keeps && "written" in written) this.standing.keep(key, written, revision);
      return written;
    } finally {
      this.#leave(key, shared);
    }
  }

  /** Those who came meanwhile are next. */
  #leave(key: string, shared: Shared): void {
    if (this.#underWay.get(key) !== shared) return;
    this.#underWay.delete(key);
    if (this.#waiting.has(key)) this.#isDue(key);
  }
}

function writtenOnce(outcome: Outcome<unknown>): Outcome<unknown> {
  if (!("data" in outcome)) return outcome;
  const { data: _, message: __, ...head } = outcome;
  const shared: SharedAnswer = { ...head, written: written(successBody(outcome)) };
  return shared;
}

/** A long text is encoded once for all who get it. */
const longText = 4096;

function written(text: string): WrittenBody {
  return text.length > longText ? new TextEncoder().encode(text) : text;
}
