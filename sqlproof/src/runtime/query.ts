// The run time: what a program loads to run proven queries. `query.ts` turns a literal into a query.
// `mariadb` and `sqlite` implement the same interfaces; `codec` converts parameters and rows.
import { EngineForm } from "./engine-form.ts";
import { type Proof, pairKey } from "./proof.ts";
import type { Query, WithoutRows, WithRows } from "./types.ts";

/** The entry of one text in the generated map. */
interface Verified {
  readonly params: unknown;
  readonly row: unknown;
}

/** Two texts for one query, where the engines need different SQL. */
interface Pair {
  readonly mariadb: string;
  readonly sqlite: string;
}

type NotVerified =
  "This SQL is not verified: run npm run check, which reads calls of sql(..) in the files that sqlproof.json includes";

const notVerified: NotVerified =
  "This SQL is not verified: run npm run check, which reads calls of sql(..) in the files that sqlproof.json includes";

type KeyOf<T> = T extends string
  ? T
  : T extends { readonly mariadb: infer M extends string; readonly sqlite: infer S extends string }
    ? `${M}\n-- sqlite:\n${S}`
    : never;

/** The argument's own type when it is verified; otherwise one short sentence that it cannot match. */
type Checked<T, Queries, Failures> =
  KeyOf<T> extends keyof Queries ? T : KeyOf<T> extends keyof Failures ? Failures[KeyOf<T>] : NotVerified;

/** The type of an unverified text: using it adds as few errors as possible to the one at the text. */
type UnverifiedQuery = Query<unknown, Readonly<Record<string, never>>>;

type UsageOf<V extends Verified> = V extends { readonly reads: true }
  ? WithRows
  : [V["row"]] extends [never]
    ? WithoutRows
    : unknown;

type QueryOf<T, Queries> =
  KeyOf<T> extends keyof Queries
    ? Queries[KeyOf<T>] extends Verified
      ? Query<Queries[KeyOf<T>]["params"], Queries[KeyOf<T>]["row"]> & UsageOf<Queries[KeyOf<T>]>
      : never
    : UnverifiedQuery;

/** Turns a verified literal into a query. Anything else does not compile, and throws if forced. */
export type Sql<Queries, Failures> = <const T extends string | Pair>(
  text: Checked<T, Queries, Failures>,
) => QueryOf<T, Queries>;

/**
 * Binds `sql()` to a project's generated proofs.
 * @example export const sql = createSql<Queries, Failures>(proofs);
 */
export function createSql<Queries, Failures>(proofs: Readonly<Record<string, Proof>>): Sql<Queries, Failures>;
export function createSql(proofs: Readonly<Record<string, Proof>>): (text: unknown) => UnverifiedQuery {
  const made = new Map<string, ProvenQuery>();
  return (text) => {
    const key = keyOf(text);
    const known = made.get(key);
    if (known !== undefined) return known;
    const proof = proofs[key];
    if (proof === undefined) throw new Error(`${notVerified}.\n${key}`);
    const query = new ProvenQuery(key, proof);
    made.set(key, query);
    return query;
  };
}

function keyOf(text: unknown): string {
  if (typeof text === "string") return text;
  if (typeof text === "object" && text !== null && "mariadb" in text && "sqlite" in text)
    return pairKey(String(text.mariadb), String(text.sqlite));
  throw new TypeError("sql() takes one literal, or { mariadb, sqlite } with two");
}

/** A query at run time: the statements of both engines, with encoders and decoders compiled on first use. */
export class ProvenQuery implements Query<never, never> {
  #mariadb: EngineForm | null = null;
  #sqlite: EngineForm | null = null;
  constructor(
    readonly text: string,
    readonly proof: Proof,
  ) {}

  /** Compiled for MariaDB. */
  get mariadb(): EngineForm {
    this.#mariadb ??= new EngineForm(this.proof, "mariadb", this.text);
    return this.#mariadb;
  }

  /** Compiled for SQLite. */
  get sqlite(): EngineForm {
    this.#sqlite ??= new EngineForm(this.proof, "sqlite", this.text);
    return this.#sqlite;
  }
}

/** The parameters that a query takes, out of an object that has more. */
export function parametersOf<P, R>(query: Query<P, R>, values: P): P;
export function parametersOf(query: Query<unknown, unknown>, values: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(provenQuery(query).proof.parameters.map(({ name }) => [name, values[name]]));
}

/** Returns the run-time side of a query; throws on any other object. */
export function provenQuery(query: Query<never, unknown> | Query<unknown, unknown>): ProvenQuery {
  if (query instanceof ProvenQuery) return query;
  throw new TypeError("not a query made by sql()");
}
