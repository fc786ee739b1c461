import { DatabaseError } from "../errors.ts";
import type { MariadbDriver, MariadbOptions, ServerConnection } from "./driver.ts";
import { mariadbError } from "./errors.ts";

/** What a statement does at its end: commits by itself, or waits for a COMMIT, as those of a transaction must. */
export type Commits = "each commits" | "none commits";

/** A connection of the pool. `lost` is set when the server or the network ended it. */
export class PooledConnection {
  server: ServerConnection | null = null;
  lost = false;
  commits: Commits = "each commits";
  /** When it became idle, by `performance.now()`. */
  idleSince = 0;
}

interface Waiter {
  readonly resolve: (connection: OpenConnection) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A pooled connection whose session is open. */
export type OpenConnection = PooledConnection & { server: ServerConnection };

/** An idle connection is asked whether it still lives before it serves again after this time. */
const trustedIdleMs = 500;
/** Idle connections beyond the first are closed after this time. */
const maxIdleMs = 60_000;

/**
 * The connections of one database. It depends on no driver's pool, so that the limits mean the same with each:
 * a caller waits at most `acquireTimeoutMs`, and a connection that was lost never serves again.
 */
export class ConnectionPool {
  readonly #driver: MariadbDriver;
  readonly #options: MariadbOptions;
  readonly #limit: number;
  readonly #acquireMs: number;
  readonly #idle: OpenConnection[] = [];
  readonly #waiters = new Set<Waiter>();
  /** Idle or not, so that all of them can be cut. */
  readonly #open = new Set<OpenConnection>();
  /** Why nobody gets a connection, or null. */
  #rejection: DatabaseError | null = null;
  #count = 0;
  #closing: (() => void) | null = null;
  #closed = false;
  readonly #sweeper: ReturnType<typeof setInterval>;

  constructor(driver: MariadbDriver, options: MariadbOptions) {
    this.#driver = driver;
    this.#options = options;
    this.#limit = options.connectionLimit ?? 10;
    this.#acquireMs = options.acquireTimeoutMs ?? 3000;
    this.#sweeper = setInterval(() => this.#closeIdle(), maxIdleMs / 4);
    this.#sweeper.unref();
  }

  /** What a write did, in the words of this pool's driver. */
  rowsAffected(result: unknown): number {
    return this.#driver.rowsAffected(result);
  }

  /** Opens the first connection, so that a wrong password is told at once. */
  async open(): Promise<void> {
    try {
      this.#count += 1;
      this.release(await this.#connect());
    } catch (error) {
      this.#count -= 1;
      throw error;
    }
  }

  /** An idle connection that certainly was alive a moment ago, or null: then `acquire` it. Best one that need not be switched. */
  take(commits: Commits): OpenConnection | null {
    const newest = this.#idle.at(-1);
    if (newest === undefined || performance.now() - newest.idleSince > trustedIdleMs) return null;
    if (newest.commits !== commits) return this.#takeOther(newest, commits);
    this.#idle.pop();
    return newest;
  }

  #takeOther(newest: OpenConnection, commits: Commits): OpenConnection {
    const place = this.#idle.findLastIndex((one) => one.commits === commits);
    const other = this.#idle[place];
    if (other === undefined || performance.now() - other.idleSince > trustedIdleMs) {
      this.#idle.pop();
      return newest;
    }
    this.#idle.splice(place, 1);
    return other;
  }

  /** A connection, after at most `acquireTimeoutMs`. */
  acquire(): Promise<OpenConnection> {
    if (this.#closed) return Promise.reject(new DatabaseError("unavailable", "the database is closed"));
    if (this.#rejection !== null) return Promise.reject(this.#rejection);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve,
        reject,
        timer: setTimeout(() => {
          if (!this.#waiters.delete(waiter)) return;
          const words = `no connection was free within ${this.#acquireMs} ms`;
          reject(this.#lastError ?? new DatabaseError("too-busy", words));
        }, this.#acquireMs),
      };
      this.#waiters.add(waiter);
      this.#serve();
    });
  }

  /** Gives a connection back; one that was lost is forgotten. */
  release(connection: OpenConnection): void {
    if (connection.lost) this.#forget(connection);
    else if (this.#waiters.size > 0) this.#handOver(connection);
    else if (this.#closed) this.#end(connection);
    else {
      connection.idleSince = performance.now();
      this.#idle.push(connection);
    }
  }

  /** Cuts a connection whose state is not known. It is still to be released. */
  cut(connection: OpenConnection): void {
    if (connection.lost) return;
    connection.lost = true;
    connection.server.destroy();
  }

  /** Cuts every connection, and refuses who waits or comes, until `accept`. */
  refuse(error: DatabaseError): void {
    this.#rejection = error;
    for (const waiter of this.#waiters) this.#refuse(waiter, error);
    for (const connection of this.#open) this.cut(connection);
    for (const connection of this.#idle.splice(0)) this.release(connection);
  }

  accept(): void {
    this.#rejection = null;
  }

  /** Waits for what runs, then closes every connection. */
  close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    return new Promise((resolve) => {
      this.#closing = resolve;
      for (const connection of this.#idle.splice(0)) this.release(connection);
      if (this.#count === 0) resolve();
    });
  }

  /** Why the last attempt to connect failed: what waiters are told while no connection can be had. */
  #lastError: unknown = null;

  /** Serves the first waiter by an idle connection that answers, or by a new one. */
  #serve(): void {
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      void this.#revive(idle);
    } else if (this.#count < this.#limit) {
      this.#count += 1;
      this.#connect().then(
        (connection) => this.release(connection),
        (error) => this.#connectFailed(error),
      );
    }
  }

  async #revive(connection: OpenConnection): Promise<void> {
    const trusted = performance.now() - connection.idleSince <= trustedIdleMs;
    const alive =
      trusted || (await settledWithin(connection.server.command("DO 1"), this.#options.connectTimeoutMs ?? 3000));
    if (!alive) this.cut(connection);
    this.release(connection);
  }

  #connectFailed(error: unknown): void {
    this.#lastError = error;
    this.#count -= 1;
    // Nobody else is told to wait for what just failed; with other connections alive the wait may still end well.
    if (this.#count === 0) for (const waiter of this.#waiters) this.#refuse(waiter, error);
    if (this.#closed && this.#count === 0) this.#closing?.();
  }

  #refuse(waiter: Waiter, error: unknown): void {
    clearTimeout(waiter.timer);
    this.#waiters.delete(waiter);
    waiter.reject(error);
  }

  #handOver(connection: OpenConnection): void {
    for (const waiter of this.#waiters) {
      clearTimeout(waiter.timer);
      this.#waiters.delete(waiter);
      waiter.resolve(connection);
      return;
    }
  }

  #forget(connection: OpenConnection): void {
    this.#open.delete(connection);
    this.#count -= 1;
    if (this.#waiters.size > 0) this.#serve();
    else if (this.#closed && this.#count === 0) this.#closing?.();
  }

  async #connect(): Promise<OpenConnection> {
    const pooled = new PooledConnection();
    const limitMs = this.#options.connectTimeoutMs ?? 3000;
    try {
      const opening = this.#driver.connect(this.#options, () => this.#lost(pooled));
      const server = await within(opening, limitMs, (late) => late.destroy());
      this.#lastError = null;
      const connection = Object.assign(pooled, { server });
      this.#open.add(connection);
      return connection;
    } catch (error) {
      throw mariadbError(error);
    }
  }

  /** An idle connection that ended leaves the pool now; one that serves leaves it when it is given back. */
  #lost(pooled: PooledConnection): void {
    pooled.lost = true;
    for (const [place, connection] of this.#idle.entries()) {
      if (connection !== pooled) continue;
      this.#idle.splice(place, 1);
      this.#forget(connection);
      return;
    }
  }

  #closeIdle(): void {
    const old = performance.now() - maxIdleMs;
    while (this.#idle.length > 1 && (this.#idle[0]?.idleSince ?? old) < old) {
      const connection = this.#idle.shift();
      if (connection === undefined) return;
      this.#end(connection);
    }
  }

  #end(connection: OpenConnection): void {
    connection.lost = true;
    void connection.server.end().catch(ignored);
    this.#forget(connection);
  }
}

/** What the work gives, or after the time a `DatabaseError`; what comes later is disposed of. */
export async function within<T>(work: Promise<T>, limitMs: number, dispose: (late: T) => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let expired = false;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      expired = true;
      reject(new DatabaseError("unavailable", `the server did not answer within ${limitMs} ms`));
    }, limitMs);
  });
  work.then((late) => expired && dispose(late), ignored);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function settledWithin(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  try {
    await within(work, limitMs, ignored);
    return true;
  } catch {
    return false;
  }
}

/** For what nobody waits for any more. */
function ignored(): void {}
