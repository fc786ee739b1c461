import { type Database, DatabaseError, type Transaction } from "sqlproof";
import { type Answer, ApiError, type Outcome } from "../contract/answer.ts";
import { deadlineMs } from "../contract/deadline.ts";
import type { Guard } from "../writes/preconditions.ts";
import { type Attempted, changed, kept, type Written, writeAlone } from "../writes/run-write.ts";
import { Lots } from "./batcher.ts";

/** Why one of several writes is not done. It has written nothing, so the others go on. */
export class Refused {
  constructor(readonly error: ApiError) {}
}

/** What a plan gives, or its refusal. An error of the database concerns all, and is thrown. */
export async function unlessRefused<T>(plan: Promise<T>): Promise<T | Refused> {
  try {
    return await plan;
  } catch (error) {
    if (error instanceof ApiError) return new Refused(error);
    throw error;
  }
}

/** Stores what was planned and not refused, in one go, and gives each its result at its place. */
export async function stored<P, S>(
  planned: readonly (P | Refused)[],
  store: (accepted: readonly P[]) => Promise<readonly S[]>,
): Promise<readonly (S | Refused)[]> {
  const accepted = planned.filter((one): one is P => !(one instanceof Refused));
  const results = (accepted.length === 0 ? [] : await store(accepted)).values();
  return planned.map((one) => {
    if (one instanceof Refused) return one;
    const { value, done } = results.next();
    if (done === true) throw new Error("less was stored than was planned");
    return value;
  });
}

/** Makes the answers to what was stored. */
export function answered<Q, S, D>(
  requests: readonly Q[],
  outcomes: readonly (S | Refused)[],
  answer: (stored: S, request: Q) => Promise<Written<D>>,
): Promise<(Written<D> | Refused)[]> {
  return Promise.all(
    requests.map(async (request, place) => {
      const outcome = outcomes[place];
      if (outcome === undefined) throw new Error("a write without a result");
      return outcome instanceof Refused ? outcome : answer(outcome, request);
    }),
  );
}

interface Guarded {
  readonly guard: Guard;
}

/** Writes of one kind, all in one transaction: each is done or refused at its place. */
export interface WritesOfOneKind<Q, D> {
  readonly database: Database;
  readonly work: (tx: Transaction, requests: readonly Q[]) => Promise<readonly (Written<D> | Refused)[]>;
  /** What two requests of one transaction must not have in common, e.g. the id of what they change. */
  readonly apart?: (request: Q) => number;
}

/** Runs one write, alone or in company; the second parameter says whether it is a dry run. */
export type WriteOne<Q, D> = (request: Q, isDryRun: boolean) => Promise<Outcome<D>>;

interface Member<Q, D> {
  readonly request: Q;
  readonly alone: Attempted<D>;
  readonly resolve: (answer: Answer<D> | Promise<Answer<D>>) => void;
  readonly reject: (error: unknown) => void;
}

/** More would keep the first waiting for the last. */
const most = 64;
/** A transaction takes a few milliseconds: one that takes longer waits for somebody. */
const longMs = 50;

/**
 * Joins writes of one kind: those that arrive in the same turn of the event loop, or while earlier ones are under way,
 * share one transaction, with one statement for all of them where the engine can. Nobody is answered before its COMMIT.
 * In company no refusal counts: whoever is refused, and everybody when the transaction fails, is done again alone. Not on
 * a full disk: each try costs a rollback, and MariaDB aborts when a rollback needs room (decision 0070).
 */
export function gatheredWrites<Q extends Guarded, D>(kind: WritesOfOneKind<Q, D>): WriteOne<Q, D> {
  const writes = new GatheredWrites(kind);
  const { database, work } = kind;
  return (request, isDryRun) => {
    const alone = async (tx: Transaction): Promise<Written<D>> => {
      const [only] = await work(tx, [request]);
      if (only === undefined) throw new Error("a write without a result");
      if (only instanceof Refused) throw only.error;
      return only;
    };
    return changed(database, request.guard, isDryRun, alone, (attempted) => writes.join(request, attempted));
  };
}

class GatheredWrites<Q extends Guarded, D> {
  #waiting: Member<Q, D>[] = [];
  readonly #lots = new Lots(longMs, () => this.#begin());

  constructor(private readonly kind: WritesOfOneKind<Q, D>) {}

  join(request: Q, alone: Attempted<D>): Promise<Answer<D>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, alone, resolve, reject });
      this.#lots.wake();
    });
  }

  #begin(): Promise<void> | null {
    const members = this.#next();
    const [only, ...others] = members;
    if (only === undefined) return null;
    return others.length === 0 ? byItself(only) : this.#together(members);
  }

  /** Who goes next. Whoever has waited beyond its deadline was answered already, and must not be done behind its back. */
  #next(): readonly Member<Q, D>[] {
    const { apart } = this.kind;
    const taken = new Set<number>();
    const members: Member<Q, D>[] = [];
    const oldest = performance.now() - deadlineMs;
    this.#waiting = this.#waiting.filter((member) => {
      if (member.alone.guard.startedAt < oldest) {
        member.reject(new DatabaseError("too-busy", "earlier writes took too long"));
        return false;
      }
      const key = apart?.(member.request) ?? taken.size;
      if (members.length >= most || taken.has(key)) return true;
      taken.add(key);
      members.push(member);
      return false;
    });
    return members;
  }

  async #together(members: readonly Member<Q, D>[]): Promise<void> {
    const requests = members.map(({ request }) => request);
    let outcomes: readonly (Answer<D> | Refused)[] = [];
    let inDoubt = false;
    try {
      await this.kind.database.transaction(async (tx) => {
        const done = await this.kind.work(tx, requests);
        await kept(
          tx,
          done.flatMap((one, place) => {
            const attempted = members[place]?.alone;
            return one instanceof Refused || attempted === undefined ? [] : [{ written: one, attempted }];
          }),
        );
        outcomes = done.map((one) => (one instanceof Refused ? one : one.answer));
      });
    } catch (error) {
      inDoubt = error instanceof DatabaseError && error.kind === "unknown-outcome";
      if (!inDoubt) outcomes = [];
      if (error instanceof DatabaseError && (error.kind === "too-busy" || error.kind === "storage-full")) {
        for (const { reject } of members) reject(error);
        return;
      }
    }
    for (const [place, member] of members.entries()) {
      const outcome = outcomes[place];
      const answer = outcome instanceof Refused ? undefined : outcome;
      if (answer !== undefined && !inDoubt) member.resolve(answer);
      else void byItself(member, answer);
    }
  }
}

/** `doubted` is the answer of an attempt that may have been carried out. */
async function byItself<Q, D>({ alone, resolve, reject }: Member<Q, D>, doubted?: Answer<D>): Promise<void> {
  try {
    resolve(await writeAlone(alone, doubted));
  } catch (error) {
    reject(error);
  }
}
