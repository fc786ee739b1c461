import { DatabaseError } from "../errors.ts";
import { provenQuery } from "../query.ts";
import type { Query, Transaction } from "../types.ts";
import type { SqliteConnection } from "./connection.ts";
import { asDatabaseError } from "./errors.ts";
import { SqliteQueryable } from "./queryable.ts";

/** Why a transaction accepts no more statements. */
type End = () => DatabaseError;

export const over: End = () => new DatabaseError("other", "This transaction is over.");
export const setAside: End = () =>
  new DatabaseError("conflict", "This transaction waited for something while others shared its commit: it runs again.");
export const idleTooLong: End = () =>
  new DatabaseError("query-timeout", "This transaction was idle for too long and was rolled back.");

/** A transaction, as its body sees it: part of a group's transaction, or one of its own. */
export class SqliteTransaction extends SqliteQueryable implements Transaction {
  readonly transaction = true;
  /** The time of its last statement. */
  usedAt = performance.now();
  /** The error with which SQLite rolled everything back by itself: later statements would each commit on their own. */
  lost: DatabaseError | null = null;
  #end: End | null = null;

  constructor(readonly connection: SqliteConnection) {
    super();
  }

  /** Refuses every further statement. */
  end(why: End): void {
    this.#end = why;
  }

  /** True while its body runs, even when it can no longer have any effect. */
  get hasBody(): boolean {
    return this.#end !== over;
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const form = provenQuery(query).sqlite;
    try {
      const connection = this.free();
      let changes = 0;
      for (const set of params) changes += connection.run(form, set);
      return changes;
    } catch (error) {
      throw this.failure(error);
    }
  }

  async oneEach<P, R>(query: Query<P, R>, params: readonly P[]): Promise<R[]> {
    const rows: R[] = [];
    for (const set of params) rows.push(await this.one(query, set));
    return rows;
  }

  protected free(): SqliteConnection {
    if (this.lost !== null) throw this.lost;
    if (this.#end !== null) throw this.#end();
    this.usedAt = performance.now();
    return this.connection;
  }

  protected async enqueue<T>(work: (connection: SqliteConnection) => T): Promise<T> {
    return work(this.free());
  }

  protected failure(error: unknown): unknown {
    const failure = asDatabaseError(error);
    if (this.#end === null && !this.connection.inTransaction && failure instanceof DatabaseError) this.lost ??= failure;
    return failure;
  }
}
