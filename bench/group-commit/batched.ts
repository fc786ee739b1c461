import type { Database, Transaction } from "sqlproof";

/**
 * What gathering could bring at most on an engine with connections of its own: whatever arrives in one turn of the
 * event loop, or while an earlier lot is at work, is written by one transaction, without savepoints. A failure would
 * fail all of them: for measuring only.
 */
export class Gathered {
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
      const lot = this.#queue;
      this.#queue = [];
      const answers = await this.database.transaction(async (tx) => {
        const done: (() => void)[] = [];
        for (const write of lot) done.push(await write(tx));
        return done;
      });
      for (const answer of answers) answer();
    }
    this.#working = false;
  }
}
