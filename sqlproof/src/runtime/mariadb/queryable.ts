import type { Bound } from "../codec/encode.ts";
import type { DatabaseLoad, DatabaseSize } from "../load.ts";
import type { ProvenQuery } from "../query.ts";
import { onlyRow, rowOrNull } from "../row-count.ts";
import type { Database, Query, Queryable, RunResult } from "../types.ts";
import type { ConnectionPool } from "./pool.ts";

/** Turns the driver's answer into the result of a method: rows, one row, or a row count. */
export type Reader<T> = (answer: unknown, query: ProvenQuery, pool: ConnectionPool) => T;

/** The ways to run a query. Each is one async function around the driver's own promise, because layers cost CPU. */
export abstract class MariadbQueryable implements Queryable {
  readonly engine = "mariadb";

  abstract answer<T>(query: Query<unknown, unknown>, params: unknown, read: Reader<T>): Promise<T>;
  abstract runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number>;

  all<P, R>(query: Query<P, R>, params?: unknown): Promise<R[]> {
    return this.answer(query, params, rowsOf<R>);
  }

  maybe<P, R>(query: Query<P, R>, params?: unknown): Promise<R | null> {
    return this.answer(query, params, rowOrNullOf<R>);
  }

  one<P, R>(query: Query<P, R>, params?: unknown): Promise<R> {
    return this.answer(query, params, onlyRowOf<R>);
  }

  run<P, R>(query: Query<P, R>, params?: unknown): Promise<RunResult> {
    return this.answer(query, params, resultOf);
  }
}

/** The rows of an answer, decoded. */
export function rowsOf<R>(answer: unknown, { mariadb: form }: ProvenQuery): R[] {
  if (!Array.isArray(answer)) return [];
  const rows: unknown[] = new Array(answer.length);
  for (let index = 0; index < answer.length; index += 1) rows[index] = form.decode(answer[index]);
  // Both engines reported this row type for this very text: the proof justifies the cast.
  return rows as R[];
}

function rowOrNullOf<R>(answer: unknown, query: ProvenQuery): R | null {
  return rowOrNull(rowsOf<R>(answer, query), query.text);
}

function onlyRowOf<R>(answer: unknown, query: ProvenQuery): R {
  return onlyRow(rowsOf<R>(answer, query), query.text);
}

function resultOf(answer: unknown, { mariadb: form }: ProvenQuery, pool: ConnectionPool): RunResult {
  return { rowsAffected: form.upserts ?? pool.rowsAffected(answer) };
}

/** The database of one node, as a cluster uses it. */
export type MariadbRunner = MariadbQueryable &
  Database & {
    load(): DatabaseLoad;
    size(): Promise<DatabaseSize>;
    explain(text: string, values: readonly Bound[]): Promise<string>;
  };
