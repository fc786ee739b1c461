import { DatabaseError } from "./errors.ts";
import { endsConnection, mariadbError } from "./mariadb-errors.ts";
import type { ConnectionPool, OpenConnection } from "./mariadb-pool.ts";
import { MariadbQueryable, type Reader } from "./mariadb-queryable.ts";
import { provenQuery } from "./query.ts";
import type { Query, Transaction } from "./types.ts";

/** A transaction of the server: of one body, or of several that share its commit. */
export class ServerTransaction {
  /** Why it takes no more statements: the engine has rolled it back by itself, so that later ones would commit alone. */
  ended: DatabaseError | null = null;
  /** Statements that the server has not yet answered. */
  running = 0;
  /** When the last one was answered, by `performance.now()`. */
  usedAt = performance.now();

  constructor(
    readonly pool: ConnectionPool,
    readonly connection: OpenConnection,
  ) {}
}

/** A transaction as one body sees it. */
export class MariadbTransaction extends MariadbQueryable implements Transaction {
  readonly transaction = true;
  /** It has changed rows: what it wrote can be undone only together with what the others wrote. */
  wrote = false;
  /** The server's transaction ended by a statement of this body. */
  ended = false;

  constructor(private readonly shared: ServerTransaction) {
    super();
  }

  get company(): object {
    return this.shared;
  }

  async answer<T>(query: Query<unknown, unknown>, params: unknown, read: Reader<T>): Promise<T> {
    const { shared } = this;
    const proven = provenQuery(query);
    const form = proven.mariadb;
    const values = form.values(params);
    if (shared.ended !== null) throw shared.ended;
    const { pool, connection } = shared;
    shared.running += 1;
    try {
      const answer = await connection.server.execute(form.text ?? form.textFor(params), values);
      if (form.writes && !this.wrote) this.wrote = pool.rowsAffected(answer) > 0;
      return read(answer, proven, pool);
    } catch (error) {
      throw this.#refusal(error);
    } finally {
      connection.server.settled();
      this.#settled();
    }
  }

  async runMany<P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> {
    const { shared } = this;
    const { mariadb: form } = provenQuery(query);
    const [first] = params;
    if (first === undefined) return 0;
    const sets = params.map((set) => form.values(set));
    if (shared.ended !== null) throw shared.ended;
    shared.running += 1;
    // Some of them may be written although another is refused.
    this.wrote = true;
    try {
      const rowsAffected = await shared.connection.server.executeMany(form.textFor(first), sets);
      return form.upserts === null ? rowsAffected : form.upserts * sets.length;
    } catch (error) {
      throw this.#refusal(error);
    } finally {
      this.#settled();
    }
  }

  #settled(): void {
    this.shared.running -= 1;
    this.shared.usedAt = performance.now();
  }

  #refusal(error: unknown): unknown {
    const refusal = mariadbError(error);
    if (refusal instanceof DatabaseError && (refusal.kind === "conflict" || endsConnection(refusal))) {
      this.ended ||= this.shared.ended === null;
      this.shared.ended ??= refusal;
    }
    return refusal;
  }
}
