import { scaledInteger } from "./amounts.ts";
import { assertingDecoder, rowAssertionsWanted } from "./codec/assert-rows.ts";
import { compileRowConverter, compileRowDecoder, type RowConverter, type RowDecoder } from "./codec/decode.ts";
import { type Bound, compileEncoder, type Encoder, ParameterError } from "./codec/encode.ts";
import { DatabaseError } from "./errors.ts";
import { type ParameterProof, type Proof, placeholder, statementOn } from "./proof.ts";
import type { Engine } from "./types.ts";
import { type ValuesRow, valuesRow, withRows } from "./values-row.ts";

interface Bind {
  readonly parameter: ParameterProof;
  readonly encode: Encoder;
  /** How the statement names one value of a list. */
  readonly mark: string;
}

/** Checks the parameters and returns the values of the placeholders in order. */
type ValuesOf = (params: Readonly<Record<string, unknown>>) => Bound[];

/** The most values of one statement: SQLite on Node takes so many, MariaDB 65,535. */
const mostValues = 32_766;

let formCount = 0;
const none: Readonly<Record<string, unknown>> = {};

/** A query compiled for one engine: everything that is the same in every call is decided here, once. */
export class EngineForm {
  /** Small and unique: connections look up their prepared statements by it. */
  readonly number = formCount++;
  /** Turns an array of the engine's values into a row. */
  readonly decode: RowDecoder;
  /** Converts SQLite's own row object into the row type; null when nothing needs converting. */
  readonly convert: RowConverter | null;
  readonly columnNames: readonly string[];
  /** True when its rows may hold whole numbers beyond 2^53, which a float cannot represent exactly. */
  readonly mayRound: boolean;
  readonly writes: boolean;
  /** How many rows an upsert reports as affected; null for statements that both engines count alike. */
  readonly upserts: number | null;
  /** The statement's text when it never varies, because no parameter is a list. */
  readonly text: string | null;
  readonly #parts: readonly string[];
  readonly #binds: readonly Bind[];
  readonly #names: ReadonlySet<string>;
  readonly #valuesOf: ValuesOf;
  readonly #texts = new Map<string, string>();
  readonly #row: ValuesRow | null;
  readonly #lists: readonly Bind[];

  constructor(proof: Proof, engine: Engine, query: string) {
    const { columns, parameters } = proof;
    const { parts, binds } = statementOn(proof, engine);
    const asserted = <T>(decode: (given: T) => unknown) =>
      rowAssertionsWanted() ? assertingDecoder(decode, columns, query) : decode;
    this.decode = asserted(compileRowDecoder(columns, engine));
    const convert = compileRowConverter(columns);
    this.convert = convert === null && !rowAssertionsWanted() ? null : asserted(convert ?? ((row) => row));
    this.columnNames = columns.map(({ name }) => name);
    this.mayRound = columns.some(({ type }) => type === "decimal" || type === "bigint");
    this.writes = proof.kind !== "select";
    this.upserts = proof.upserts ?? null;
    this.#parts = parts;
    this.#names = new Set(parameters.map(({ name }) => name));
    this.#binds = binds.map((name) => {
      const parameter = parameters.find((candidate) => candidate.name === name);
      if (parameter === undefined) throw new Error(`the proof binds :${name} but does not describe it`);
      return { parameter, encode: compileEncoder(parameter, engine), mark: placeholder(engine, parameter) };
    });
    this.#lists = this.#binds.filter(({ parameter }) => parameter.list);
    const hasLists = this.#lists.length > 0;
    this.text = hasLists ? null : (parts[0] ?? "");
    this.#row = this.text === null || proof.kind !== "insert" || proof.apart === true ? null : valuesRow(this.text);
    this.#valuesOf = hasLists ? (params) => this.#valuesWithLists(params) : compileValues(this.#binds);
  }

  /** Checks and encodes the parameters. */
  values(params: unknown): Bound[] {
    return this.#valuesOf(this.#record(params));
  }

  /** The parameters as they are now, for a statement that waits: its caller may use the object again meanwhile. */
  copied(params: unknown): Readonly<Record<string, unknown>> {
    const given = this.#record(params);
    const copy: Record<string, unknown> = {};
    for (const name of this.#names) copy[name] = copyOf(given[name]);
    return copy;
  }

  /** The text for parameters that `values` has accepted; it varies only with the padded length of each list. */
  textFor(params: unknown): string {
    return this.text ?? this.#textWithLists(this.#record(params));
  }

  /** The statement with `count` rows of values; null when it cannot take several. */
  textForRows(count: number): string | null {
    if (this.#row === null || this.text === null) return null;
    const key = `rows ${count}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = withRows(this.text, this.#row, count);
    this.#texts.set(key, text);
    return text;
  }

  /**
   * A function that encodes the parameters straight into the arguments of a prepared statement's method, without an
   * array in between; null for a query with lists, because the number of its arguments varies.
   */
  direct(statement: object, method: "all" | "run"): ((params: unknown) => unknown) | null {
    if (this.text === null) return null;
    const values = valueSources(this.#binds).join(", ");
    const call = compile(this.#binds, "s", statement, `return (p) => s.${method}(${values});`);
    return (params) => call(this.#record(params));
  }

  #record(params: unknown): Readonly<Record<string, unknown>> {
    if (isRecord(params)) {
      let count = 0;
      for (const _ in params) count += 1;
      if (count > this.#names.size) this.#refuseOthers(params);
      return params;
    }
    if (params === undefined && this.#binds.length === 0) return none;
    throw new ParameterError("parameters must be an object");
  }

  /** A name that the query does not take is a mistake: perhaps of a parameter that may be null. */
  #refuseOthers(params: Readonly<Record<string, unknown>>): never {
    const others = Object.keys(params).filter((name) => !this.#names.has(name));
    throw new ParameterError(`the query takes no parameter :${others.join(", :")}`);
  }

  #textWithLists(params: Readonly<Record<string, unknown>>): string {
    const lengths = this.#paddedLengths(this.#lists.map((bind) => listOf(params, bind)));
    const key = lengths.length === 1 ? String(lengths[0]) : lengths.join();
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = this.#parts.map((part, index) => {
      const list = this.#lists[index - 1];
      return list === undefined ? part : placeholders(lengths[index - 1] ?? 0, list.mark) + part;
    });
    this.#texts.set(key, text.join(""));
    return text.join("");
  }

  #valuesWithLists(params: Readonly<Record<string, unknown>>): Bound[] {
    const values: Bound[] = [];
    const lists = this.#lists.map((bind) => listOf(params, bind));
    const lengths = this.#paddedLengths(lists);
    let next = 0;
    for (const { parameter, encode } of this.#binds) {
      if (parameter.list) {
        pushPadded(values, lists[next] ?? [], lengths[next] ?? 0, encode);
        next += 1;
      } else values.push(encode(params[parameter.name]));
    }
    return values;
  }

  /** How many placeholders each list gets: fewer than a power of two where all would be more than an engine takes. */
  #paddedLengths(lists: readonly (readonly unknown[])[]): readonly number[] {
    const room = mostValues - (this.#binds.length - this.#lists.length);
    const given = lists.reduce((sum, list) => sum + list.length, 0);
    if (given > room)
      throw new DatabaseError("value", `the lists have ${given} values, and the query takes ${room}: split them`);
    const padded = lists.map((list) => paddedLength(list.length));
    let excess = padded.reduce((sum, length) => sum + length, 0) - room;
    return padded.map((length, index) => {
      const cut = Math.max(0, Math.min(excess, length - (lists[index]?.length ?? 0)));
      excess -= cut;
      return length - cut;
    });
  }
}

/** A function that returns one array literal: no loop, no closure, and no lookup of an encoder per value. */
function compileValues(binds: readonly Bind[]): ValuesOf {
  const call = compile(binds, "s", null, `return (p) => [${valueSources(binds).join(", ")}];`);
  if (!isValuesOf(call)) throw new Error("the encoder did not compile");
  return call;
}

function valueSources(binds: readonly Bind[]): string[] {
  return binds.map(({ parameter }, index) => `e${index}(p[${JSON.stringify(parameter.name)}])`);
}

type Compiled = (params: Readonly<Record<string, unknown>>) => unknown;

/** Compiles the source text into a function, with one constant per encoder and one more of the given name. */
function compile(binds: readonly Bind[], name: string, constant: object | null, source: string): Compiled {
  const names = binds.map((_, index) => `e${index}`);
  const build: unknown = new Function(name, ...names, source)(constant, ...binds.map(({ encode }) => encode));
  if (!isCompiled(build)) throw new Error("the encoder did not compile");
  return build;
}

function isCompiled(value: unknown): value is Compiled {
  return typeof value === "function";
}

function isValuesOf(value: Compiled): value is ValuesOf {
  return typeof value === "function";
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  return value instanceof Uint8Array ? value.slice() : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * The elements of a list; one, when all are equal. MariaDB takes `a IN (5, 5)` for `a = 5`, leaves `a` out of ORDER BY,
 * and never sorts by it again when the same prepared statement gets several values.
 */
function listOf(params: Readonly<Record<string, unknown>>, { parameter, encode }: Bind): readonly unknown[] {
  const { name } = parameter;
  const value: unknown = params[name];
  if (Array.isArray(value)) {
    if (value.length < 2) return value;
    const first = keyOf(value[0], parameter, encode);
    return value.every((one) => keyOf(one, parameter, encode) === first) ? value.slice(0, 1) : value;
  }
  throw new ParameterError(
    value === undefined ? `parameter :${name} is missing` : `parameter :${name} must be an array`,
  );
}

/** The same for all values that the engines take for equal: `"1.5"` and `"1.50"`, two arrays of the same bytes. */
function keyOf(value: unknown, { type, scale }: ParameterProof, encode: Encoder): unknown {
  const bound = encode(value);
  if (type === "decimal") return scaledInteger(value, scale);
  return bound instanceof Uint8Array ? bound.toString() : bound;
}

/** Lists are padded to powers of two, so that few distinct texts are ever prepared. */
function paddedLength(length: number): number {
  return length === 0 ? 0 : 2 ** Math.ceil(Math.log2(length));
}

/** The inside of `IN (..)`. An empty list becomes a SELECT without rows, which is right for IN and NOT IN on both engines. */
function placeholders(padded: number, mark: string): string {
  return padded === 0 ? "SELECT 1 WHERE 0" : new Array<string>(padded).fill(mark).join(", ");
}

/** Repeats the last element: a repeated element does not change an IN list. */
function pushPadded(values: Bound[], list: readonly unknown[], padded: number, encode: Encoder): void {
  for (const element of list) values.push(encode(element));
  const last = values[values.length - 1];
  if (list.length === 0 || last === undefined) return;
  for (let index = list.length; index < padded; index += 1) values.push(last);
}
