import { assertingDecoder, rowAssertionsWanted } from "./assert-rows.ts";
import { compileRowDecoder, needsBigInt, type RowDecoder } from "./decode.ts";
import { type Bound, compileEncoder, ParameterError } from "./encode.ts";
import { type EngineStatement, type ParameterProof, type Proof, pairKey } from "./proof.ts";
import type { Engine, Query } from "./types.ts";

/** What the generated map says of one text. */
interface Verified {
  readonly params: unknown;
  readonly row: unknown;
}

/** Two texts for one query, where the engines really differ. */
interface Pair {
  readonly mariadb: string;
  readonly sqlite: string;
}

type NotVerified = "This SQL is not verified: run npm run check";

type KeyOf<T> = T extends string
  ? T
  : T extends { readonly mariadb: infer M extends string; readonly sqlite: infer S extends string }
    ? `${M}\n-- sqlite:\n${S}`
    : never;

/** The argument itself when it is verified, else one short sentence as the type that it does not match. */
type Checked<T, Queries, Failures> =
  KeyOf<T> extends keyof Queries ? T : KeyOf<T> extends keyof Failures ? Failures[KeyOf<T>] : NotVerified;

/** What an unverified text gives: its use adds as few errors as can be to the one at the text. */
type UnverifiedQuery = Query<unknown, Readonly<Record<string, never>>>;

type QueryOf<T, Queries> =
  KeyOf<T> extends keyof Queries
    ? Queries[KeyOf<T>] extends Verified
      ? Query<Queries[KeyOf<T>]["params"], Queries[KeyOf<T>]["row"]>
      : never
    : UnverifiedQuery;

/** The function that turns a verified literal into a query. Anything else does not compile, and throws if forced. */
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
    if (proof === undefined) throw new Error(`This SQL is not verified: run npm run check.\n${key}`);
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

/** The statement for one call: its text, its values and how to read its rows. */
export interface Call {
  readonly text: string;
  readonly values: Bound[];
}

/** One query at run time: both engines' statements with encoders and decoders compiled on first use. */
export class ProvenQuery implements Query<never, never> {
  readonly #forms: { [engine in Engine]?: EngineForm } = {};
  constructor(
    readonly text: string,
    readonly proof: Proof,
  ) {}

  /** The compiled form for one engine. */
  on(engine: Engine): EngineForm {
    this.#forms[engine] ??= new EngineForm(this.proof, engine, this.text);
    return this.#forms[engine];
  }

  get writes(): boolean {
    return this.proof.kind !== "select";
  }
}

/** Reads the run-time side of a query; a foreign object is refused. */
export function provenQuery(query: Query<never, unknown> | Query<unknown, unknown>): ProvenQuery {
  if (query instanceof ProvenQuery) return query;
  throw new TypeError("not a query made by sql()");
}

type Encoder = (value: unknown) => Bound;

/** A query compiled for one engine. */
export class EngineForm {
  readonly decode: RowDecoder;
  readonly bigInts: boolean;
  readonly #statement: EngineStatement;
  readonly #binds: readonly { readonly parameter: ParameterProof; readonly encode: Encoder }[];
  readonly #names: readonly string[];
  readonly #hasLists: boolean;

  constructor(proof: Proof, engine: Engine, query: string) {
    const decode = compileRowDecoder(proof.columns, engine);
    this.decode = rowAssertionsWanted() ? assertingDecoder(decode, proof.columns, query) : decode;
    this.bigInts = needsBigInt(proof.columns);
    this.#statement = proof.statements[engine];
    this.#names = proof.parameters.map((parameter) => parameter.name);
    this.#binds = this.#statement.binds.map((name) => {
      const parameter = proof.parameters.find((candidate) => candidate.name === name);
      if (parameter === undefined) throw new Error(`the proof binds :${name} but does not describe it`);
      return { parameter, encode: compileEncoder(parameter, engine) };
    });
    this.#hasLists = proof.parameters.some((parameter) => parameter.list);
  }

  /** Checks and encodes the parameters. Text varies only with the length class of a list. */
  call(params: unknown): Call {
    const given = this.#record(params);
    if (!this.#hasLists) {
      const values = this.#binds.map((bind) => bind.encode(given[bind.parameter.name]));
      return { text: this.#statement.parts[0] ?? "", values };
    }
    return this.#expand(given);
  }

  #record(params: unknown): Readonly<Record<string, unknown>> {
    if (params === undefined && this.#names.length === 0) return {};
    if (!isRecord(params)) throw new ParameterError("parameters must be an object");
    for (const name of this.#names)
      if (params[name] === undefined) throw new ParameterError(`parameter :${name} is missing`);
    return params;
  }

  #expand(given: Readonly<Record<string, unknown>>): Call {
    const { parts } = this.#statement;
    let text = parts[0] ?? "";
    let part = 1;
    const values: Bound[] = [];
    for (const { parameter, encode } of this.#binds) {
      const value = given[parameter.name];
      if (!parameter.list) {
        values.push(encode(value));
        continue;
      }
      if (!Array.isArray(value)) throw new ParameterError(`parameter :${parameter.name} must be an array`);
      text += listPlaceholders(value.length) + (parts[part] ?? "");
      part += 1;
      for (const element of paddedList(value)) values.push(encode(element));
    }
    return { text, values };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Lists grow in powers of two, so that few distinct texts are ever prepared. */
function paddedLength(length: number): number {
  return length === 0 ? 0 : 2 ** Math.ceil(Math.log2(length));
}

const placeholderTexts = new Map<number, string>();

/** The inside of `IN (..)`. An empty list is a select without rows: right for IN and NOT IN on both engines. */
function listPlaceholders(length: number): string {
  const padded = paddedLength(length);
  const known = placeholderTexts.get(padded);
  if (known !== undefined) return known;
  const text = padded === 0 ? "SELECT 1 WHERE 0" : new Array<string>(padded).fill("?").join(", ");
  placeholderTexts.set(padded, text);
  return text;
}

/** Repeats the last element up to the next power of two: a repeated member changes no IN list. */
function* paddedList(list: readonly unknown[]): Generator<unknown> {
  yield* list;
  const last = list[list.length - 1];
  for (let index = list.length; index < paddedLength(list.length); index += 1) yield last;
}
