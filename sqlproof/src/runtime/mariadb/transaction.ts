import type { Bound } from "../codec/encode.ts";
import type { EngineForm } from "../engine-form.ts";
import { DatabaseError, RowCountError } from "../errors.ts";
import { provenQuery } from "../query.ts";
import { onlyRow } from "../row-count.ts";
import type { Query, Transaction } from "../types.ts";
import type { ServerConnection } from "./driver.ts";
import { endsConnection, mariadbError } from "./errors.ts";
import type { ConnectionPool } from "./pool.ts";
import { MariadbQueryable, type Reader, rowsOf } from "./queryable.ts";

/** The maximum number of value sets in one statement; fewer when they are large, because packets are limited. */
const mostRows = 64;
const mostCharacters = 250_000;

interface Statement {
  readonly text: string;
  readonly values: Bound[];
  /** How many sets it is for. */
  readonly sets: number;
}

/** An open transaction, as its body sees it. */
export class MariadbTransaction extends MariadbQueryable implements Transaction {
  readonly transaction = true;
  /**
   * Why no more statements are accepted: the engine rolled everything back by itself, one of several sets failed, or
   * the body has ended.
   */
  #ended: unknown = null;
  constructor(
    private readonly pool: ConnectionPool,
    private readonly server: ServerConnection,
  ) {
    super();
  }

  /** Allows no statement after COMMIT. Throws if all must be rolled back, even if the body caught the reason. */
  end(): void {
    if (this.#ended !== null) throw this.#ended;
    this.over();
  }

  /** A statement that the body did not await must not run on a connection that already serves another caller. */
  over(): void {
    this.#ended ??= new DatabaseError("other", "This transaction is over.");
  }

  async answer<T>(query: Query<unknown, unknown>, params: unknown, read: Reader<T>): Promise<T> {
    const proven = provenQuery(query);
    const form = proven.mariadb;
    const values = form.values(params);
    if (this.#ended !== null) throw this.#ended;
    try {
      return read(await this.server.execute(form.text ?? form.textFor(params), values), proven, this.pool);
    } catch (error) {
      throw this.#databaseError(error);
    } finally {
      this.server.settled();
    }
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const { mariadb: form } = provenQuery(query);
    const counts = await this.#together(form, params, (answer) => this.pool.rowsAffected(answer));
    if (form.upserts !== null) return form.upserts * params.length;
    return counts.reduce((total, count) => total + count, 0);
  }

  async oneEach<P, R>(query: Query<P, R>, params: readonly P[]): Promise<R[]> {
    const proven = provenQuery(query);
    const answers = await this.#together(proven.mariadb, params, (answer, sets) => {
      const rows = rowsOf<R>(answer, proven);
      if (sets === 1) return [onlyRow(rows, proven.text)];
      if (rows.length !== sets) throw new RowCountError(`${rows.length} rows for ${sets} sets: ${proven.text}`);
      return rows;
    });
    return answers.flat();
  }

  /**
   * Sends statements back to back without waiting. The answers arrive in order, and all are awaited, so that none is
   * still under way when the transaction ends. Statements after a failed one run, so that the transaction can only be
   * rolled back then: SQLite has not run them.
   */
  async #together<T>(
    form: EngineForm,
    params: readonly unknown[],
    read: (answer: unknown, sets: number) => T,
  ): Promise<T[]> {
    if (this.#ended !== null) throw this.#ended;
    try {
      const statements = statementsOf(form, params);
      const answers = await Promise.allSettled(statements.map((statement) => this.#execute(statement)));
      return answers.map((answer, index) => {
        if (answer.status === "rejected") throw this.#databaseError(answer.reason);
        return read(answer.value, statements[index]?.sets ?? 1);
      });
    } catch (error) {
      if (params.length > 1) this.#ended ??= error;
      throw error;
    }
  }

  async #execute({ text, values }: Statement): Promise<unknown> {
    try {
      return await this.server.execute(text, values);
    } finally {
      this.server.settled();
    }
  }

  #databaseError(error: unknown): unknown {
    const failure = mariadbError(error);
    if (failure instanceof DatabaseError && (failure.kind === "conflict" || endsConnection(failure)))
      this.#ended = failure;
    return failure;
  }
}

/** One statement per set or, for an INSERT, a few with many rows. */
function statementsOf(form: EngineForm, params: readonly unknown[]): readonly Statement[] {
  const sets = params.map((set) => form.values(set));
  const statements: Statement[] = [];
  for (let start = 0; start < sets.length; ) {
    const count = rowsAt(sets, start);
    const text = count === 1 ? null : form.textForRows(count);
    if (text === null) {
      statements.push({ text: form.text ?? form.textFor(params[start]), values: sets[start] ?? [], sets: 1 });
      start += 1;
    } else {
      statements.push({ text, values: sets.slice(start, start + count).flat(), sets: count });
      start += count;
    }
  }
  return statements;
}

/** How many sets go into the next statement: a power of two, so that few distinct texts are ever prepared. */
function rowsAt(sets: readonly Bound[][], start: number): number {
  let count = 0;
  for (let characters = 0; count < mostRows && start + count < sets.length; count += 1) {
    for (const value of sets[start + count] ?? []) characters += lengthOf(value);
    if (characters > mostCharacters && count > 0) break;
  }
  return 2 ** Math.floor(Math.log2(count));
}

function lengthOf(value: Bound): number {
  if (typeof value === "string") return value.length;
  return value instanceof Uint8Array ? value.length : 8;
}
