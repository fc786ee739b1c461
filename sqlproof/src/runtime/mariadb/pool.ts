import { DatabaseError } from "../errors.ts";
import type { PoolLoad } from "../load.ts";
import type { MariadbDriver, MariadbOptions, ServerConnection } from "./driver.ts";
import { mariadbError } from "./errors.ts";
import { observedDriver } from "./observed.ts";

/** Whether each statement commits by itself, or waits for a COMMIT as in a transaction. */
export type Commits = "each commits" | "none commits";

/** A connection of the pool. `lost` is set when the server or the network ended it. */
export class PooledConnection {
  server: ServerConnection | null = null;
  lost = false;
  commits: Commits = "each commits";
  /** The `performance.now()` at which it became idle. */
  idleSince = 0;
}

interface Waiter {
  readonly resolve: (connection: OpenConnection) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A pooled connection whose session is open. */
export type OpenConnection = PooledConnection & { server: ServerConnection };

/** A connection that was idle for longer is tested before it serves again. */
const trustedIdleMs = 500;
/** How long connections beyond the first may stay idle before they are closed. */
const maxIdleMs = 60_000;

/**
 * The connections of one database. It uses no driver's own pool, so that the limits mean the same with every driver:
 * a caller waits at most `acquireTimeoutMs`, and a lost connection never serves again.
 */
export class ConnectionPool {
  readonly #driver: MariadbDriver;
  readonly #options: MariadbOptions;
  readonly #limit: number;
  readonly #acquireMs: number;
  readonly #idle: OpenConnection[] = [];
  readonly #waiters = new Set<Waiter>();
  /** Idle or not, so that all of them can be closed at once. */
  readonly #open = new Set<OpenConnection>();
  /** The error that every caller gets until `accept`, or null. */
  #rejection: DatabaseError | null = null;
  #count = 0;
  #closing: (() => void) | null = null;
  #closed = false;
  readonly #sweeper: ReturnType<typeof setInterval>;

  constructor(driver: MariadbDriver, options: MariadbOptions) {
    this.#driver = options.onStatement === undefined ? driver : observedDriver(driver, options.onStatement);
    this.#options = options;
    this.#limit = options.connectionLimit ?? 10;
    this.#acquireMs = options.acquireTimeoutMs ?? 3000;
    this.#sweeper = setInterval(() => this.#closeIdle(), maxIdleMs / 4);
    this.#sweeper.unref();
  }

  load(node: string): PoolLoad {
    return { node, limit: this.#limit, open: this.#count, idle: this.#idle.length, waiting: this.#waiters.size };
  }

  /** The row count of a write, read from the driver's result. */
  rowsAffected(result: unknown): number {
    return this.#driver.rowsAffected(result);
  }

  /** Opens the first connection, so that a wrong password fails at once. */
  async open(): Promise<void> {
    try {
      this.#count += 1;
      this.release(await this.#connect());
    } catch (error) {
      this.#count -= 1;
      throw error;
    }
  }

  /** An idle connection that was alive a moment ago, best one with this autocommit; null when `acquire` is needed. */
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

  /** Waits at most `acquireTimeoutMs` for a connection. */
  acquire(): Promise<OpenConnection> {
    if (this.#closed) return Promise.reject(new DatabaseError("unavailable", "the database is closed"));
    if (this.#rejection !== null) return Promise.reject(this.#rejection);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve,
        reject,
        timer: setTimeout(() => {
          if (!this.#waiters.delete(waiter)) return;
          const message = `no connection was free within ${this.#acquireMs} ms`;
          reject(this.#lastError ?? new DatabaseError("too-busy", message));
        }, this.#acquireMs),
      };
      this.#waiters.add(waiter);
      this.#serve();
    });
  }

  /** Returns a connection to the pool, which drops it if it was lost. */
  release(connection: OpenConnection): void {
    if (connection.lost) this.#forget(connection);
    else if (this.#waiters.size > 0) this.#handOver(connection);
    else if (this.#closed) this.#end(connection);
    else {
      connection.idleSince = performance.now();
      this.#idle.push(connection);
    }
  }

  /** Closes a connection whose state is unknown. The caller must still release it. */
  cut(connection: OpenConnection): void {
    if (connection.lost) return;
    connection.lost = true;
    connection.server.destroy();
  }

  /** Closes every connection and fails current and future callers until `accept`. */
  refuse(error: DatabaseError): void {
    this.#rejection = error;
    for (const waiter of this.#waiters) this.#refuse(waiter, error);
    for (const connection of this.#open) this.cut(connection);
    for (const connection of this.#idle.splice(0)) this.release(connection);
  }

  accept(): void {
    this.#rejection = null;
  }

  /** Waits for everything under way, then closes every connection. */
  close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    return new Promise((resolve) => {
      this.#closing = resolve;
      for (const connection of this.#idle.splice(0)) this.release(connection);
      if (this.#count === 0) resolve();
    });
  }

  /** Why the last attempt to connect failed: waiters get this error when none succeeds in time. */
  #lastError: unknown = null;

  /** Serves the first waiter with an idle connection that answers, or with a new one. */
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
    // Without other connections nobody should wait for what just failed; with some, waiting may still succeed.
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

  /** A lost connection leaves the pool now if it is idle, otherwise when it is released. */
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

/** Resolves with the result of `work`, or rejects with a `DatabaseError` at the limit; disposes of a late result. */
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

/** Handles results that nobody awaits any more. */
function ignored(): void {}
