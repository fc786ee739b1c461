import type { EngineForm } from "../engine-form.ts";
import { provenQuery } from "../query.ts";
import { onlyRow, rowOrNull } from "../row-count.ts";
import type { Query, Queryable, RunResult } from "../types.ts";
import type { SqliteConnection } from "./connection.ts";

/**
 * The ways to run a query; subclasses decide on which connection and when. SQLite answers synchronously, so a method
 * whose connection is free creates one promise and no closure or async function, which would cost as much as a query.
 */
export abstract class SqliteQueryable implements Queryable {
  readonly engine = "sqlite";

  /** The connection when the query may use it now, else null: the query must then `enqueue`. */
  protected abstract free(writes: boolean): SqliteConnection | null;
  protected abstract enqueue<T>(work: (connection: SqliteConnection) => T): Promise<T>;
  /** The error that a caller gets for an error of a statement. */
  protected abstract failure(error: unknown): unknown;
  abstract runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number>;

  all<P, R>(query: Query<P, R>, params?: unknown): Promise<R[]> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      return connection === null ? this.allLater(query, params) : Promise.resolve(rowsOf<R>(connection, form, params));
    } catch (error) {
      return Promise.reject(this.failure(error));
    }
  }

  maybe<P, R>(query: Query<P, R>, params?: unknown): Promise<R | null> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      if (connection === null) return this.allLater(query, params).then((rows) => rowOrNull(rows, query.text));
      return Promise.resolve(rowOrNull(rowsOf<R>(connection, form, params), query.text));
    } catch (error) {
      return Promise.reject(this.failure(error));
    }
  }

  one<P, R>(query: Query<P, R>, params?: unknown): Promise<R> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      if (connection === null) return this.allLater(query, params).then((rows) => onlyRow(rows, query.text));
      return Promise.resolve(onlyRow(rowsOf<R>(connection, form, params), query.text));
    } catch (error) {
      return Promise.reject(this.failure(error));
    }
  }

  run<P, R>(query: Query<P, R>, params?: unknown): Promise<RunResult> {
    try {
      const form = provenQuery(query).sqlite;
      const connection = this.free(form.writes);
      if (connection === null) return this.runLater(query, params);
      return Promise.resolve({ rowsAffected: connection.run(form, params) });
    } catch (error) {
      return Promise.reject(this.failure(error));
    }
  }

  // Separate methods, so that the rarely needed closure does not capture the variables of the methods above.
  private allLater<P, R>(query: Query<P, R>, params: unknown): Promise<R[]> {
    const { sqlite: form } = provenQuery(query);
    const given = form.copied(params);
    return this.enqueue((connection) => rowsOf<R>(connection, form, given));
  }

  private runLater<P, R>(query: Query<P, R>, params: unknown): Promise<RunResult> {
    const { sqlite: form } = provenQuery(query);
    const given = form.copied(params);
    return this.enqueue((connection) => ({ rowsAffected: connection.run(form, given) }));
  }
}

/** The rows of a query, decoded. */
export function rowsOf<R>(connection: SqliteConnection, form: EngineForm, params: unknown): R[] {
  // Both engines reported this row type for this very text: the proof justifies the cast.
  return connection.rows(form, params) as R[];
}
