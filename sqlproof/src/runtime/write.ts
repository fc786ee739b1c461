import { AsyncLocalStorage } from "node:async_hooks";

/** A write as those that share its transaction see it, whatever it gives back. */
export interface Member<Tx> {
  /** True when it must have a transaction of its own. */
  alone: boolean;
  /** How often it was rolled back together with others. */
  together: number;
  readonly arrivedAt: number;
  readonly failed: boolean;
  /** Runs it in this transaction; an earlier run counts no more. Null when it is done already. Never rejects. */
  attempt(transaction: Tx): Promise<void> | null;
  /** Tells its caller what came of the last attempt. */
  answer(): void;
  refuse(error: unknown): void;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** One write on its way: what it does, what came of it, and who waits for the answer. */
export class Write<T, Tx> implements Member<Tx> {
  alone = false;
  together = 0;
  readonly arrivedAt = performance.now();
  readonly answered: Promise<T>;
  readonly #inContext = AsyncLocalStorage.snapshot();
  #outcome: Outcome<T> | null = null;
  #resolve: (value: T) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  /** `told` puts an engine's error into this package's words. */
  constructor(
    private readonly work: (transaction: Tx) => T | Promise<T>,
    private readonly told: (error: unknown) => unknown,
  ) {
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get failed(): boolean {
    return this.#outcome === null || "error" in this.#outcome;
  }

  attempt(transaction: Tx): Promise<void> | null {
    this.#outcome = null;
    try {
      const result = this.#inContext(() => this.work(transaction));
      if (result instanceof Promise)
        return result.then(
          (value) => this.#done({ value }),
          (error: unknown) => this.#done({ error }),
        );
      this.#done({ value: result });
    } catch (error) {
      this.#done({ error });
    }
    return null;
  }

  answer(): void {
    const outcome = this.#outcome;
    if (outcome === null) throw new Error("a write was answered before it ran");
    if ("error" in outcome) this.refuse(outcome.error);
    else this.#resolve(outcome.value);
  }

  refuse(error: unknown): void {
    this.#reject(this.told(error));
  }

  #done(outcome: Outcome<T>): void {
    this.#outcome = outcome;
  }
}
