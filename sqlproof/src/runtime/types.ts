import type { DatabaseLoad, DatabaseSize } from "./load.ts";

/** The engines on which every statement is proven. */
export type Engine = "mariadb" | "sqlite";

declare const brand: unique symbol;

/**
 * An exact decimal as text with a fixed number of places, e.g. `"32.3800"`. Never a float.
 * On MariaDB it is a DECIMAL, on SQLite an INTEGER that counts units of the declared scale.
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

declare const usage: unique symbol;

/** What `sql()` adds to the type of a SELECT, which `run` does not take: its rows would be lost. */
export interface WithRows {
  readonly [usage]?: "a statement with rows, for one, maybe or all";
}

/** What `sql()` adds to the type of a statement without rows, which `one`, `maybe` and `all` do not take. */
export interface WithoutRows {
  readonly [usage]?: "a statement without rows, for run or runMany";
}

/** The effect of a statement that returns no rows. */
export interface RunResult {
  /** Rows that the WHERE clause matched, changed or not; for an upsert, the number of rows given. */
  readonly rowsAffected: number;
}

/** What fits every member of a union: such as `cond ? one : other` takes of two queries. */
type Every<P> = (P extends unknown ? (each: P) => void : never) extends (every: infer E) => void ? E : never;

/** Nothing more, unless the query may be one of several: then its parameters must be those of each. */
type OfEach<P> = [P] extends [Every<P>]
  ? unknown
  : [keyof Every<P>] extends [keyof P]
    ? Every<P>
    : "These queries take different parameters: run each of them with its own";

/** The given parameters, which must have no name that the query does not take: also where they come from a variable. */
export type Exact<P, A> = A & { readonly [K in Exclude<keyof A, keyof P>]: never } & OfEach<P>;

/** Without parameters the argument may be left out; otherwise it must be complete and exact. */
export type ParamsArgument<P, A = P> = keyof Every<P> extends never
  ? [params?: Readonly<Record<string, never>>]
  : [params: Exact<P, A>];

/** Anything that runs proven queries: a database or an open transaction. */
export interface Queryable {
  readonly engine: Engine;
  /** Exactly one row. Throws `RowCountError` on none or several. */
  one<P, R, A extends P>(query: Query<P, R> & WithRows, ...params: ParamsArgument<P, A>): Promise<R>;
  /** One row or null. Throws `RowCountError` on several. */
  maybe<P, R, A extends P>(query: Query<P, R> & WithRows, ...params: ParamsArgument<P, A>): Promise<R | null>;
  /** Every row, in the order of the statement. */
  all<P, R, A extends P>(query: Query<P, R> & WithRows, ...params: ParamsArgument<P, A>): Promise<R[]>;
  /** Runs a statement and ignores its rows. */
  run<P, R, A extends P>(query: Query<P, R> & WithoutRows, ...params: ParamsArgument<P, A>): Promise<RunResult>;
  /** Runs a write once per parameter set, in one round trip where possible. Returns the total of affected rows. */
  runMany<P, R, A extends P>(query: Query<P, R> & WithoutRows, params: readonly Exact<P, A>[]): Promise<number>;
}

/** One open transaction: all or nothing. */
export interface Transaction extends Queryable {
  readonly transaction: true;
  /**
   * Runs a write once per parameter set, in one round trip where possible. Returns its one row for each, in order.
   * Throws `RowCountError` when a set has none or several. What fails for one of several sets ends the transaction.
   */
  oneEach<P, R, A extends P>(query: Query<P, R> & WithRows, params: readonly Exact<P, A>[]): Promise<R[]>;
}

/** An open database: a pool on MariaDB, a writer and a reader on SQLite. */
export interface Database extends Queryable {
  /**
   * Runs `body` in one transaction: committed when it resolves, rolled back when it throws.
   * On SQLite it is BEGIN IMMEDIATE, so writers are serialized from the first statement; those that arrive together
   * share one durable commit, each with its own savepoint.
   *
   * `body` may run again from the beginning, but never twice at the same time: on SQLite when another write made the
   * shared commit fail, or when the body kept others waiting. So it must depend only on its input and on what it
   * reads, and must have no effect except what it writes with `tx`.
   */
  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * A number that changes whenever anyone commits: while it stays the same, every read returns the same. Null when it
   * is not available right now; undefined where it never is. It is valid for this open database only and has no order.
   */
  revision?(): number | null;
  /** What it is doing at the moment: plain numbers that are there already. */
  load?(): DatabaseLoad;
  /** How much space it takes. This asks the file system or the server, so it is not for every request. */
  size?(): Promise<DatabaseSize>;
  /**
   * How the engine would carry out a statement, in words without the values of its parameters. It is not carried out.
   */
  explain?(text: string, values: readonly (string | number | bigint | Uint8Array | null)[]): Promise<string>;
  /** Throws a `DatabaseError` when the engine does not answer. */
  ping(): Promise<void>;
  /** Waits for everything under way, then closes every connection; later calls are refused. */
  close(): Promise<void>;
}

/** The row type of a query. */
export type RowOf<Q> = Q extends Query<infer _P, infer R> ? R : never;
