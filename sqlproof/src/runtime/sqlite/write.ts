import { AsyncLocalStorage } from "node:async_hooks";
import type { SqliteConnection } from "./connection.ts";
import { asDatabaseError } from "./errors.ts";
import type { SqliteTransaction } from "./transaction.ts";

/** The transaction whose body is running: a write from inside that would wait for it is refused instead. */
const inside = new AsyncLocalStorage<SqliteTransaction>();

/** Throws inside a transaction's body on this connection, because both would wait for each other. */
export function refuseInside(connection: SqliteConnection): void {
  const transaction = inside.getStore();
  if (transaction?.connection === connection && transaction.hasBody)
    throw new Error("Inside a transaction, use that transaction: it holds the database's only writer.");
}

/** A write as the writer sees it, whatever its result. */
export interface QueuedWrite {
  /** True when it needs a transaction of its own. */
  alone: boolean;
  readonly arrivedAt: number;
  readonly failed: boolean;
  /** Runs it in this transaction and forgets an earlier run. Null when it has finished already. Never rejects. */
  attempt(transaction: SqliteTransaction): Promise<void> | null;
  /** Passes the outcome of the last attempt to the caller. */
  answer(): void;
  reject(error: unknown): void;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** What the body returned, or the failure that it caught although nothing of the transaction can stay. */
function ending<T>(value: T, { failed }: SqliteTransaction): Outcome<T> {
  return failed === null ? { value } : { error: failed };
}

/** A write in the queue: its work, its outcome, and the promise that its caller awaits. */
export class Write<T> implements QueuedWrite {
  alone = false;
  readonly arrivedAt = performance.now();
  readonly answered: Promise<T>;
  readonly #inContext = AsyncLocalStorage.snapshot();
  #outcome: Outcome<T> | null = null;
  #resolve: (value: T) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(private readonly work: (transaction: SqliteTransaction) => T | Promise<T>) {
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get failed(): boolean {
    return this.#outcome === null || "error" in this.#outcome;
  }

  attempt(transaction: SqliteTransaction): Promise<void> | null {
    this.#outcome = null;
    try {
      const result = this.#inContext(() => inside.run(transaction, () => this.work(transaction)));
      if (result instanceof Promise)
        return result.then(
          (value) => this.#settle(ending(value, transaction)),
          (error: unknown) => this.#settle({ error }),
        );
      this.#settle({ value: result });
    } catch (error) {
      this.#settle({ error });
    }
    return null;
  }

  answer(): void {
    const outcome = this.#outcome;
    if (outcome === null) throw new Error("a write was answered before it ran");
    if ("error" in outcome) this.reject(outcome.error);
    else this.#resolve(outcome.value);
  }

  reject(error: unknown): void {
    this.#reject(asDatabaseError(error));
  }

  #settle(outcome: Outcome<T>): void {
    this.#outcome = outcome;
  }
}
