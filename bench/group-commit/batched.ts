import type { Database, Transaction } from "sqlproof";

/**
 * The most that batching could gain on an engine with several connections: writes that arrive in the same turn of the
 * event loop, or while an earlier batch is running, share one transaction, without savepoints. One failure would fail
 * all of them, so this is for measuring only.
 */
export class BatchedWrites {
  #queue: ((tx: Transaction) => Promise<() => void>)[] = [];
  #working = false;

  constructor(private readonly database: Database) {}

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      this.#queue.push(async (tx) => {
        const result = await body(tx);
        return () => resolve(result);
      });
      if (this.#working) return;
      this.#working = true;
      setImmediate(() => void this.#work());
    });
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      const answers = await this.database.transaction(async (tx) => {
        const done: (() => void)[] = [];
        for (const write of batch) done.push(await write(tx));
        return done;
      });
      for (const answer of answers) answer();
    }
    this.#working = false;
  }
}
