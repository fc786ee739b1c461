import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { Answer } from "../contract/answer.ts";
import { deadlineMs } from "../contract/deadline.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { Refused } from "../writes/outcomes.ts";
import { type CompletedWrite, type PendingWrite, recordWrites, writeAlone } from "../writes/run-write.ts";
import { Batcher } from "./batcher.ts";

interface WriteRequest {
  readonly context: WriteContext;
}

/** Writes of one route, all in one transaction: each is completed or refused at its place. */
interface BatchedWork<Q, D> {
  readonly database: Database;
  readonly work: (tx: Transaction, requests: readonly Q[]) => Promise<readonly (CompletedWrite<D> | Refused)[]>;
  /** Two requests with the same value never share a transaction, e.g. the id of the resource that they change. */
  readonly distinctBy?: (request: Q) => number;
}

interface Waiting<Q, D> {
  readonly request: Q;
  readonly write: PendingWrite<D>;
  readonly resolve: (answer: Answer<D> | Promise<Answer<D>>) => void;
  readonly reject: (error: unknown) => void;
}

/** In a larger batch the first would wait too long for the last. */
const maxWrites = 64;
/** A transaction takes a few milliseconds: one that takes longer waits for a lock. */
const longMs = 50;

/**
 * Batches the writes of one route: those that arrive in the same turn of the event loop, or while earlier ones are
 * running, share one transaction, with one statement for all of them where the engine can. Nobody is answered before its
 * COMMIT. A refusal inside a batch is retried alone, and so is every write of a batch whose transaction fails. Not on a
 * full disk: each retry costs a rollback, and MariaDB aborts when a rollback needs room (decision 0070).
 */
export class WriteBatches<Q extends WriteRequest, D> {
  #waiting: Waiting<Q, D>[] = [];
  readonly #batcher = new Batcher(longMs, () => this.#begin());

  constructor(private readonly batched: BatchedWork<Q, D>) {}

  /** The work of one request on its own. */
  async workAlone(tx: Transaction, request: Q): Promise<CompletedWrite<D>> {
    const [only] = await this.batched.work(tx, [request]);
    if (only === undefined) throw new Error("a write without a result");
    if (only instanceof Refused) throw only.error;
    return only;
  }

  /** Carries the write of a request out in the next batch. */
  add(request: Q, write: PendingWrite<D>): Promise<Answer<D>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, write, resolve, reject });
      this.#batcher.wake();
    });
  }

  #begin(): Promise<void> | null {
    const batch = this.#next();
    const [only, ...others] = batch;
    if (only === undefined) return null;
    return others.length === 0 ? carryOutAlone(only) : this.#carryOut(batch);
  }

  /** The next batch. A write that missed its deadline has been answered, and must not be carried out after that. */
  #next(): readonly Waiting<Q, D>[] {
    const { distinctBy } = this.batched;
    const taken = new Set<number>();
    const batch: Waiting<Q, D>[] = [];
    const oldest = performance.now() - deadlineMs;
    this.#waiting = this.#waiting.filter((waiting) => {
      if (waiting.write.context.startedAt < oldest) {
        waiting.reject(new DatabaseError("too-busy", "earlier writes took too long"));
        return false;
      }
      const key = distinctBy?.(waiting.request) ?? taken.size;
      if (batch.length >= maxWrites || taken.has(key)) return true;
      taken.add(key);
      batch.push(waiting);
      return false;
    });
    return batch;
  }

  async #carryOut(batch: readonly Waiting<Q, D>[]): Promise<void> {
    let outcomes: readonly (Answer<D> | Refused)[] = [];
    let inDoubt = false;
    try {
      await this.batched.database.transaction(async (tx) => {
        outcomes = await this.#workAndRecord(tx, batch);
      });
    } catch (error) {
      inDoubt = error instanceof DatabaseError && error.kind === "unknown-outcome";
      if (!inDoubt) outcomes = [];
      if (error instanceof DatabaseError && (error.kind === "too-busy" || error.kind === "storage-full")) {
        for (const { reject } of batch) reject(error);
        return;
      }
    }
    for (const [index, waiting] of batch.entries()) {
      const outcome = outcomes[index];
      const answer = outcome instanceof Refused ? undefined : outcome;
      if (answer !== undefined && !inDoubt) waiting.resolve(answer);
      else void carryOutAlone(waiting, answer);
    }
  }

  async #workAndRecord(tx: Transaction, batch: readonly Waiting<Q, D>[]): Promise<readonly (Answer<D> | Refused)[]> {
    const results = await this.batched.work(
      tx,
      batch.map(({ request }) => request),
    );
    await recordWrites(
      tx,
      results.flatMap((completed, index) => {
        const write = batch[index]?.write;
        return completed instanceof Refused || write === undefined ? [] : [{ completed, write }];
      }),
    );
    return results.map((result) => (result instanceof Refused ? result : result.answer));
  }
}

/** `doubtfulAnswer` is the answer of an attempt that may have been committed. */
async function carryOutAlone<Q, D>(
  { write, resolve, reject }: Waiting<Q, D>,
  doubtfulAnswer?: Answer<D>,
): Promise<void> {
  try {
    resolve(await writeAlone(write, doubtfulAnswer));
  } catch (error) {
    reject(error);
  }
}
