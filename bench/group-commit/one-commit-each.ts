import type { Database, Transaction } from "sqlproof";
import { SqliteConnection } from "../../sqlproof/src/runtime/sqlite/connection.ts";
import { over, SqliteTransaction } from "../../sqlproof/src/runtime/sqlite/transaction.ts";

/** The baseline without group commit: each transaction has the writer to itself, as soon as it is free. */
export class OneCommitEach {
  readonly #writer: SqliteConnection;
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  constructor(path: string) {
    this.#writer = new SqliteConnection({ path });
  }

  async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    const transaction = new SqliteTransaction(this.#writer);
    try {
      this.#writer.begin();
      const result = await body(transaction);
      transaction.end(over);
      this.#writer.commit();
      return result;
    } catch (error) {
      this.#writer.rollback();
      throw error;
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken = false;
      else next();
    }
  }

  close(): void {
    this.#writer.close();
  }
}

/** A database with the transactions of `OneCommitEach`; reads are unchanged. */
export function withOneCommitEach(database: Database, path: string): Database {
  const each = new OneCommitEach(path);
  return {
    engine: database.engine,
    one: (query, ...params) => database.one(query, ...params),
    maybe: (query, ...params) => database.maybe(query, ...params),
    all: (query, ...params) => database.all(query, ...params),
    run: (query, ...params) => database.run(query, ...params),
    runMany: (query, params) => database.runMany(query, params),
    transaction: (body) => each.transaction(body),
    ping: () => database.ping(),
    async close() {
      each.close();
      await database.close();
    },
  };
}
