import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { Answer } from "../contract/answer.ts";
import { deadlineMs } from "../contract/deadline.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import type { WriteCounts } from "../watch/server.ts";
import { activeSpan, inSpan, inSpans } from "../watch/trace/context.ts";
import type { Span } from "../watch/trace/span.ts";
import { Refused } from "../writes/outcomes.ts";
import { type CompletedWrite, type PendingWrite, recordWrites, writeAlone } from "../writes/run-write.ts";
import { Batcher } from "./batcher.ts";

interface WriteRequest {
  readonly context: WriteContext;
}

/** How the writes of one route are carried out in one transaction. */
interface BatchedWork<Q, D> {
  readonly database: Database;
  /** Completes or refuses each write, in the order of the requests. */
  readonly work: (tx: Transaction, requests: readonly Q[]) => Promise<readonly (CompletedWrite<D> | Refused)[]>;
  /** Requests for which this returns the same value, such as the id of the resource, never share a transaction. */
  readonly distinctBy?: (request: Q) => number;
  /** Counts the batches. */
  readonly counts?: WriteCounts;
}

interface Waiting<Q, D> {
  readonly request: Q;
  readonly write: PendingWrite<D>;
  readonly resolve: (answer: Answer<D> | Promise<Answer<D>>) => void;
  readonly reject: (error: unknown) => void;
  /** Of the request that waits, if it is traced. */
  readonly span: Span | null;
}

/** In a larger batch, the first write would wait too long for the last. */
const maxWrites = 64;
/** A transaction takes a few milliseconds; one that takes longer is waiting for a lock. */
const longMs = 50;

/**
 * Batches the writes of one route. Writes that arrive in the same turn of the event loop, or while two batches are
 * running, share one transaction and, if the engine can, one statement. No write is answered before its COMMIT. A write
 * that is refused in a batch is retried alone, and so is every write of a batch whose transaction fails. The exception
 * is a full disk: each retry costs a rollback, and MariaDB aborts if a rollback finds no space (decision 0070).
 */
export class WriteBatches<Q extends WriteRequest, D> {
  #waiting: Waiting<Q, D>[] = [];
  readonly #batcher = new Batcher(longMs, () => this.#begin());

  constructor(private readonly batched: BatchedWork<Q, D>) {}

  /** Carries out the work of a single request, or throws its refusal. */
  async workAlone(tx: Transaction, request: Q): Promise<CompletedWrite<D>> {
    const [only] = await this.batched.work(tx, [request]);
    if (only === undefined) throw new Error("the write has no result");
    if (only instanceof Refused) throw only.error;
    return only;
  }

  /** Carries out the write of a request in the next batch. */
  add(request: Q, write: PendingWrite<D>): Promise<Answer<D>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, write, resolve, reject, span: activeSpan() });
      if (this.batched.counts !== undefined) this.batched.counts.waiting += 1;
      this.#batcher.wake();
    });
  }

  #begin(): Promise<void> | null {
    const before = this.#waiting.length;
    const batch = this.#next();
    const { counts } = this.batched;
    if (counts !== undefined) counts.waiting -= before - this.#waiting.length;
    if (batch.length > 0) counts?.sizes.add(batch.length);
    const [only, ...others] = batch;
    if (only === undefined) return null;
    if (others.length === 0) return carryOutAlone(only);
    return inSpans(
      batch.map(({ span }) => span),
      () => this.#carryOut(batch),
    );
  }

  /** Takes the next batch. A write past its deadline has already been answered, so it must not be carried out. */
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
  { write, resolve, reject, span }: Waiting<Q, D>,
  doubtfulAnswer?: Answer<D>,
): Promise<void> {
  try {
    resolve(await inSpan(span, () => writeAlone(write, doubtfulAnswer)));
  } catch (error) {
    reject(error);
  }
}
