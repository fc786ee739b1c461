import type { EngineForm } from "../engine-form.ts";
import { DatabaseError } from "../errors.ts";
import { provenQuery } from "../query.ts";
import { onlyRow } from "../row-count.ts";
import type { Query, Transaction } from "../types.ts";
import type { SqliteConnection } from "./connection.ts";
import { asDatabaseError } from "./errors.ts";
import { rowsOf, SqliteQueryable } from "./queryable.ts";

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
  /** Why all of it must be rolled back: one of several sets failed, and MariaDB has run those after it. */
  failed: unknown = null;
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
    let changes = 0;
    this.#each(form, params, (connection, set) => {
      changes += connection.run(form, set);
    });
    return changes;
  }

  async oneEach<P, R>(query: Query<P, R>, params: readonly P[]): Promise<R[]> {
    const { sqlite: form, text } = provenQuery(query);
    const rows: R[] = [];
    this.#each(form, params, (connection, set) => {
      rows.push(onlyRow(rowsOf<R>(connection, form, set), text));
    });
    return rows;
  }

  #each<P>(form: EngineForm, params: readonly P[], work: (connection: SqliteConnection, set: P) => void): void {
    const connection = this.free();
    try {
      for (const set of params) work(connection, set);
    } catch (error) {
      const failure = this.failure(firstFailure(form, params, error));
      if (params.length > 1) this.failed ??= failure;
      throw failure;
    }
  }

  protected free(): SqliteConnection {
    if (this.lost !== null) throw this.lost;
    if (this.#end !== null) throw this.#end();
    if (this.failed !== null) throw this.failed;
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

/** MariaDB gets all sets together: one that cannot be sent fails before any that the engine refuses. */
export function firstFailure(form: EngineForm, params: readonly unknown[], error: unknown): unknown {
  try {
    for (const set of params) form.values(set);
    return error;
  } catch (refused) {
    return refused;
  }
}
