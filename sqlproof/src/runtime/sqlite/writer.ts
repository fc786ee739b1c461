import { setTimeout as pause } from "node:timers/promises";
import { DatabaseError } from "../errors.ts";
import type { DatabaseLoad } from "../load.ts";
import { defaultBusyTimeoutMs, type SqliteConnection, type SqliteOptions } from "./connection.ts";
import { Deadlines } from "./deadlines.ts";
import { asDatabaseError, closedError } from "./errors.ts";
import { idleTooLong, over, SqliteTransaction, setAside } from "./transaction.ts";
import type { QueuedWrite } from "./write.ts";

/** A group is closed after this time or this many writes, so that the first do not wait for the last. */
const defaultGroupMs = 10;
const maxGroupSize = 128;
/** How long a body may wait for something while it shares a transaction with other writes. */
const sharedWaitMs = 20;
/** The longest pause between two attempts while another process holds the lock. */
const lockPauseMs = 25;
const defaultIdleMs = 2000;

export interface WriterOptions extends Partial<SqliteOptions> {
  /** How long a group accepts writes. */
  readonly groupMs?: number;
}

/**
 * The one writer of a SQLite database, with group commit. Writes that arrive in the same turn of the event loop, or
 * while a group runs, share one transaction and its one durable commit, first come, first served. Each has its own
 * savepoint, so it fails alone. No caller gets an answer before the commit, because even a failure may depend on what
 * another write did. When the commit fails or SQLite rolls everything back, each write is retried in a transaction of
 * its own.
 */
export class SqliteWriter {
  readonly #queue: QueuedWrite[] = [];
  /** Rolled back, but waiting until their body, which still runs without effect, has ended. */
  readonly #aside = new Set<QueuedWrite>();
  readonly #deadlines = new Deadlines();
  #commits = 0;
  #writesCommitted = 0;
  /** How many commits had at most 1, 2, 4, ... 128 writes. */
  readonly #commitSizes = new Float64Array(Math.log2(maxGroupSize) + 1);
  #working = false;
  #closed = false;
  #whenIdle: (() => void) | null = null;
  readonly #busyMs: number;
  readonly #idleMs: number;
  readonly #groupMs: number;

  constructor(
    private readonly connection: SqliteConnection,
    options: WriterOptions,
  ) {
    this.#busyMs = options.busyTimeoutMs ?? defaultBusyTimeoutMs;
    this.#idleMs = options.idleTransactionTimeoutMs ?? defaultIdleMs;
    this.#groupMs = options.groupMs ?? defaultGroupMs;
    connection.failWhenLocked();
  }

  /** True when no transaction is open. */
  get isFree(): boolean {
    return !this.connection.inTransaction;
  }

  load(): Omit<DatabaseLoad, "pools" | "nodes"> {
    return {
      writesWaiting: this.#queue.length,
      commits: this.#commits,
      commitSizes: [...this.#commitSizes],
      writesCommitted: this.#writesCommitted,
    };
  }

  add(write: QueuedWrite): void {
    if (this.#closed) write.reject(closedError());
    else {
      this.#queue.push(write);
      this.#wake();
    }
  }

  /** Refuses further writes and waits for those that have arrived. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#working || this.#aside.size > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    this.#deadlines.stop();
  }

  #wake(): void {
    if (this.#working) return;
    this.#working = true;
    // At the end of this turn of the event loop, so that writes of the same turn join the group.
    setImmediate(() => void this.#work());
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#group();
      // Lets reads and new requests run between two groups.
      if (this.#queue.length > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    this.#working = false;
    if (this.#aside.size === 0) this.#whenIdle?.();
  }

  async #group(): Promise<void> {
    if (!(await this.#begin())) return;
    const done: QueuedWrite[] = [];
    const endsAt = performance.now() + this.#groupMs;
    for (let next = this.#next(done); next !== undefined; next = this.#next(done)) {
      if (!(await this.#run(next, done))) return;
      if (next.alone || done.length >= maxGroupSize || performance.now() > endsAt) break;
    }
    this.#commit(done);
  }

  /** The next write in the queue if it may join the group. */
  #next(done: readonly QueuedWrite[]): QueuedWrite | undefined {
    return this.#queue[0]?.alone && done.length > 0 ? undefined : this.#queue.shift();
  }

  /** Runs one write after those that are done. False when this ended the transaction. */
  async #run(write: QueuedWrite, done: QueuedWrite[]): Promise<boolean> {
    const { connection } = this;
    const shared = done.length > 0;
    const transaction = new SqliteTransaction(connection);
    try {
      // The first write needs no savepoint: there is nothing before it to preserve.
      if (shared) connection.savepoint();
      const attempt = write.attempt(transaction);
      if (attempt !== null && !(await this.#settles(attempt, transaction, shared))) {
        transaction.end(shared ? setAside : idleTooLong);
        if (shared) this.#setAside(write, attempt);
        else this.#rejectOnly(write, idleTooLong());
        return shared;
      }
      transaction.end(over);
      if (transaction.lost !== null) throw transaction.lost;
      if (shared) this.#endSavepoint(write);
      else if (write.failed) {
        this.#rollBack();
        write.answer();
        return false;
      }
      done.push(write);
      return true;
    } catch (error) {
      // The whole transaction is lost. A first write is alone to blame; otherwise the culprit is unknown.
      if (shared) this.#retryAll(write, done);
      else this.#rejectOnly(write, error);
      return false;
    }
  }

  #endSavepoint(write: QueuedWrite): void {
    if (write.failed) this.connection.rollbackToSavepoint();
    else this.connection.releaseSavepoint();
  }

  #rejectOnly(write: QueuedWrite, error: unknown): void {
    this.#rollBack();
    write.reject(error);
  }

  #retryAll(write: QueuedWrite, done: readonly QueuedWrite[]): void {
    this.#rollBack();
    this.#retryAlone(this.#aside.has(write) ? done : [...done, write]);
  }

  /** Waits for a body: only briefly while others share the transaction, else until it has been idle for too long. */
  #settles(attempt: Promise<void>, transaction: SqliteTransaction, shared: boolean): Promise<boolean> {
    const beganAt = performance.now();
    return this.#deadlines.within(attempt, () => (shared ? beganAt + sharedWaitMs : transaction.usedAt + this.#idleMs));
  }

  /** Rolls back what a waiting body wrote. When the body has ended, retries it alone: it never runs twice at once. */
  #setAside(write: QueuedWrite, attempt: Promise<void>): void {
    const givenUpAt = performance.now() + this.#idleMs;
    this.#aside.add(write);
    void this.#deadlines
      .within(attempt, () => givenUpAt)
      .then((settled) => {
        this.#aside.delete(write);
        if (settled) this.#retryAlone([write]);
        else write.reject(idleTooLong());
        if (!this.#working && this.#aside.size === 0) this.#whenIdle?.();
      });
    this.connection.rollbackToSavepoint();
  }

  #commit(done: readonly QueuedWrite[]): void {
    const [only, ...others] = done;
    if (only === undefined) return;
    try {
      this.connection.commit();
    } catch (error) {
      this.#rollBack();
      if (others.length === 0) only.reject(ofCommit(asDatabaseError(error)));
      else this.#retryAlone(done);
      return;
    }
    this.#commits += 1;
    this.#writesCommitted += done.length;
    const place = 32 - Math.clz32(done.length - 1);
    this.#commitSizes[place] = (this.#commitSizes[place] ?? 0) + 1;
    for (const write of done) write.answer();
  }

  #rollBack(): void {
    try {
      this.connection.rollback();
    } catch {
      // The callers get the error that caused the rollback; the next BEGIN ends this transaction.
    }
  }

  /** Retries these writes before all others, each in a transaction of its own. */
  #retryAlone(writes: readonly QueuedWrite[]): void {
    for (const write of writes) write.alone = true;
    this.#queue.unshift(...writes);
    this.#wake();
  }

  /**
   * Begins the transaction for the queue. While another process holds the lock, it retries at intervals and reads go
   * on. False when no write is left in the queue.
   */
  async #begin(): Promise<boolean> {
    const beganAt = performance.now();
    for (let pauseMs = 1; this.#queue.length > 0; pauseMs = Math.min(pauseMs * 2, lockPauseMs)) {
      try {
        this.connection.begin();
        return true;
      } catch (error) {
        const failure = asDatabaseError(error);
        if (!(failure instanceof DatabaseError && failure.kind === "lock-timeout"))
          this.#queue.shift()?.reject(failure);
        else {
          this.#rejectExpired(failure, beganAt);
          await pause(pauseMs);
        }
      }
    }
    return false;
  }

  /** Rejects writes that have waited too long for the lock, which was first found taken at `since`. */
  #rejectExpired(error: DatabaseError, since: number): void {
    const latest = performance.now() - this.#busyMs;
    const waiting = this.#queue.splice(0);
    for (const write of waiting) {
      if (Math.max(write.arrivedAt, since) > latest) this.#queue.push(write);
      else write.reject(error);
    }
  }
}

/**
 * Writing the WAL failed. SQLite has rolled back, but a complete commit may have reached the disk, and a crash before
 * the next write would bring it back.
 */
function ofCommit(error: unknown): unknown {
  if (!(error instanceof DatabaseError && error.kind === "unavailable")) return error;
  return new DatabaseError("unknown-outcome", `COMMIT failed: ${error.message}`, { cause: error });
}
