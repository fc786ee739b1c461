import type { ProvenQuery } from "../query.ts";
import { onlyRow, rowOrNull } from "../row-count.ts";
import type { Database, Query, Queryable, RunResult } from "../types.ts";
import type { ConnectionPool } from "./pool.ts";

/** What a method makes of the driver's answer: rows, one row, or what a write did. */
export type Reader<T> = (answer: unknown, query: ProvenQuery, pool: ConnectionPool) => T;

/** The ways to run a query. Each is one async function around the driver's own promise: layers of them cost CPU. */
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
  // The row type is what both engines said of this very text: the proof is the cast's ground.
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

/** A database whose way to run a query a cluster of them can use. */
export type MariadbRunner = MariadbQueryable & Database;
