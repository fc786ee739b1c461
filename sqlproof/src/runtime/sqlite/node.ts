import type { DatabaseSync, StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { Bound } from "../codec/encode.ts";
import type { SqliteDatabase, SqliteDriver, SqliteMode, SqliteStatement } from "./driver.ts";
import { resultCodeName } from "./result-codes.ts";

/** The SQLite built into Node, with the behaviour of the one that is built into Bun. */
export const sqlite: SqliteDriver = {
  open: (path, mode) => new NodeDatabase(path, mode),
  isSqliteError: (error) => error instanceof SqliteError,
};

/** An error that SQLite has reported, under the name of its result code. */
class SqliteError extends Error {
  override readonly name = "SQLiteError";
  constructor(
    message: string,
    readonly code: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** Runs it with SQLite's errors named; other errors pass unchanged. */
function named<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) throw error;
    throw new SqliteError(error.message, resultCodeName(error.errcode), error);
  }
}

class NodeDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #queries = new Map<string, RawStatement>();

  constructor(path: string, mode: SqliteMode) {
    // Loaded only now, so that a program that uses MariaDB alone does not get Node's warning about it.
    const library = process.getBuiltinModule("node:sqlite");
    if (library === undefined)
      throw new Error("This Node has no SQLite: install Node 22.18 or later, or Bun 1.4.5 or later.");
    this.#database = named(
      () =>
        new library.DatabaseSync(mode === "existing" ? existing(path) : path, {
          readOnly: mode === "readonly",
          enableForeignKeyConstraints: false,
          enableDoubleQuotedStringLiterals: true,
        }),
    );
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  run(text: string): void {
    named(() => this.#database.exec(text));
  }

  prepare<Row>(text: string): SqliteStatement<Row> {
    return new NodeStatement<Row>(this.#raw(text));
  }

  query<Row>(text: string): SqliteStatement<Row> {
    const known = this.#queries.get(text);
    const statement = known ?? this.#raw(text);
    if (known === undefined) this.#queries.set(text, statement);
    return new NodeStatement<Row>(statement);
  }

  #raw(text: string): RawStatement {
    return named(() => new RawStatement(this.#database.prepare(text), text));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

/** A file that SQLite does not make when it is missing. */
function existing(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set("mode", "rw");
  return url;
}

/** What only reads may run twice. */
const readsOnly = /^\s*(SELECT|PRAGMA|EXPLAIN|VALUES)\b/i;

/** A statement whose rows are arrays. */
class RawStatement {
  readonly columnNames: readonly string[];
  readonly #statement: StatementSync;
  readonly #readsOnly: boolean;

  constructor(statement: StatementSync, text: string) {
    this.#statement = statement;
    this.#readsOnly = readsOnly.test(text);
    this.columnNames = statement.columns().map(({ name }) => name);
    statement.setReturnArrays(true);
  }

  rows(values: readonly Bound[], isExact: boolean): unknown[][] {
    const bound = values.map(asBound);
    if (isExact) return this.#read(bound, true);
    if (!this.#readsOnly) return this.#rounded(bound);
    try {
      return this.#read(bound, false);
    } catch (error) {
      // Node refuses a whole number beyond 2^53 as a float.
      if (!(error instanceof RangeError)) throw error;
      return this.#rounded(bound);
    }
  }

  run(values: readonly Bound[]): unknown {
    return named(() => this.#statement.run(...values.map(asBound)));
  }

  #rounded(bound: readonly Bound[]): unknown[][] {
    const float = (value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);
    return this.#read(bound, true).map((row) => row.map(float));
  }

  #read(bound: readonly Bound[], isExact: boolean): unknown[][] {
    this.#statement.setReadBigInts(isExact);
    const rows: unknown = named(() => this.#statement.all(...bound));
    if (!isRows(rows)) throw new TypeError("node:sqlite gave no rows");
    return rows;
  }
}

class NodeStatement<Row> implements SqliteStatement<Row> {
  readonly #raw: RawStatement;
  readonly #rowOf: (values: readonly unknown[]) => unknown;
  #isExact = false;

  constructor(raw: RawStatement) {
    this.#raw = raw;
    this.#rowOf = compileRow(raw.columnNames);
  }

  get columnNames(): readonly string[] {
    return this.#raw.columnNames;
  }

  all(...values: Bound[]): Row[] {
    // The caller names the type of the rows, as with bun:sqlite.
    return this.#raw.rows(values, this.#isExact).map(this.#rowOf) as Row[];
  }

  get(...values: Bound[]): Row | null {
    return this.all(...values)[0] ?? null;
  }

  values(...values: Bound[]): unknown[][] {
    return this.#raw.rows(values, this.#isExact);
  }

  run(...values: Bound[]): unknown {
    return this.#raw.run(values);
  }

  safeIntegers(isExact: boolean): void {
    this.#isExact = isExact;
  }

  finalize(): void {
    // Node finalizes it when the database is closed or nobody refers to it.
  }
}

function isRows(rows: unknown): rows is unknown[][] {
  return Array.isArray(rows) && rows.every(Array.isArray);
}

/** No bytes, in memory that exists. */
const noBytes = new Uint8Array(new ArrayBuffer(1), 0, 0);

/**
 * Node binds every number as a float, which `a / 2` and `a || ''` would show, and bytes of an empty ArrayBuffer as NULL.
 */
function asBound(value: Bound): Bound {
  if (value instanceof Uint8Array && value.byteLength === 0) return noBytes;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** Node's own rows have no prototype; a compiled literal makes plain objects, all with one hidden class. */
function compileRow(names: readonly string[]): (values: readonly unknown[]) => unknown {
  const fields = names.map((name, index) => `[${JSON.stringify(name)}]: v[${index}]`);
  const build: unknown = new Function("v", `return { ${fields.join(", ")} };`);
  if (!isBuilder(build)) throw new TypeError("the builder of rows did not compile");
  return build;
}

function isBuilder(value: unknown): value is (values: readonly unknown[]) => unknown {
  return typeof value === "function";
}
