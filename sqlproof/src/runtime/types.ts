/** The engines every statement is proven on. */
export type Engine = "mariadb" | "sqlite";

declare const brand: unique symbol;

/**
 * An exact decimal as text with a fixed number of places, e.g. `"32.3800"`. Never a float.
 * On MariaDB it is a DECIMAL, on SQLite an INTEGER of the declared scale.
 */
export type Decimal = string & { readonly [brand]: "decimal" };

/** Naive local time without a zone, whole seconds: `"2024-01-15T10:30:00"`. */
export type DateTime = string & { readonly [brand]: "datetime" };

/** A calendar day: `"2024-01-15"`. */
export type CalendarDate = string & { readonly [brand]: "date" };

/**
 * A statement that both engines have prepared. Made only by `sql()`; its types come from the engines.
 * `P` are its named parameters, `R` is its row (`never` when it returns none).
 */
export interface Query<P, R> {
  readonly text: string;
  readonly [brand]?: { readonly params: P; readonly row: R };
}

/** What a statement without rows did. */
export interface RunResult {
  /** Rows found by the WHERE clause, also when their values were already equal; of an upsert, the rows given. */
  readonly rowsAffected: number;
}

/** No parameters: the argument may be left out. Some: it must be there, complete and exact. */
export type ParamsArgument<P> = keyof P extends never
  ? [params?: Readonly<Record<string, never>>]
  : [params: NoInfer<P>];

/** Anything that runs proven queries: a database or an open transaction. */
export interface Queryable {
  readonly engine: Engine;
  /** Exactly one row. Throws `RowCountError` on none or several. */
  one<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R>;
  /** One row or null. Throws `RowCountError` on several. */
  maybe<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R | null>;
  /** Every row, in the statement's order. */
  all<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R[]>;
  /** A statement whose rows do not matter. */
  run<P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<RunResult>;
  /** The same write for many parameter sets, in one trip where the engine can. Returns rows affected in total. */
  runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number>;
}

/** One open transaction. Everything inside is committed together or not at all. */
export interface Transaction extends Queryable {
  readonly transaction: true;
  /** The one row that a write gives back for each parameter set, in their order; in one trip where the engine can. */
  oneEach<P, R>(query: Query<P, R>, params: readonly P[]): Promise<R[]>;
}

/** An open database: a pool on MariaDB, a writer and a reader on SQLite. */
export interface Database extends Queryable {
  /**
   * Runs `body` in one transaction: committed when it resolves, rolled back when it throws.
   * On SQLite it is BEGIN IMMEDIATE, so writers are serialized from the first statement; those that arrive together
   * share one durable commit, each behind a savepoint of its own.
   *
   * `body` may be run again, from its beginning and never twice at the same time: on SQLite when the commit it shared
   * failed because of another, or when it kept others waiting. So it must depend on nothing but what it is given and
   * what it reads, and have no effect but what it writes with `tx`.
   */
  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * A number for what is committed now, by whomever: as long as it is the same, every read gives the same. Null when that
   * cannot be told at once; no function where it never can. It is for this open database alone, and says nothing of order.
   */
  revision?(): number | null;
  /** Throws a `DatabaseError` when the engine does not answer. */
  ping(): Promise<void>;
  /** Waits for what has been asked for, then closes every connection; what is asked for later is refused. */
  close(): Promise<void>;
}

/** The row type of a query. */
export type RowOf<Q> = Q extends Query<infer _P, infer R> ? R : never;
