import { DatabaseError } from "../errors.ts";
import { defaultBusyTimeoutMs, type SqliteConnection, type SqliteOptions } from "./connection.ts";
import { Deadlines } from "./deadlines.ts";
import { asDatabaseError } from "./errors.ts";
import { idleTooLong, over, SqliteTransaction, setAside } from "./transaction.ts";
import type { QueuedWrite } from "./write.ts";

/** A group takes nobody in after this time or this many, so that the first do not wait for the last. */
const defaultGroupMs = 10;
const maxGroupSize = 128;
/** A write that others wait for may itself wait for something for this long. */
const sharedWaitMs = 20;
/** The longest pause between two looks whether another process has let go of its lock. */
const lockPauseMs = 25;
const defaultIdleMs = 2000;

export interface WriterOptions extends Partial<SqliteOptions> {
  /** How long a group takes writes in. */
  readonly groupMs?: number;
}

/**
 * The one writer of a SQLite database. Writes that arrive in the same turn of the event loop, or while a group is at
 * work, share one transaction and its one durable commit, first come first served. Each has a savepoint of its own, so
 * it fails alone; nobody is answered before the commit, because also a asDatabaseError may rest on what a peer wrote. When the
 * commit fails or SQLite rolls everything back in the middle, each runs again in a transaction of its own.
 */
export class SqliteWriter {
  readonly #queue: QueuedWrite[] = [];
  /** Set aside until their body, which is still at work for nothing, has ended. */
  readonly #aside = new Set<QueuedWrite>();
  readonly #deadlines = new Deadlines();
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

  add(write: QueuedWrite): void {
    if (this.#closed) write.reject(new DatabaseError("unavailable", "The database is closed."));
    else {
      this.#queue.push(write);
      this.#wake();
    }
  }

  /** Refuses whatever comes from now on, and waits for what has come. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#working || this.#aside.size > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    this.#deadlines.stop();
  }

  #wake(): void {
    if (this.#working) return;
    this.#working = true;
    // At the end of this turn: who else arrives in it comes along.
    setImmediate(() => void this.#work());
  }

  async #work(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#group();
      // Reads and new requests have their turn between two groups.
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

  /** Who is next in the queue, when it may join those who are done. */
  #next(done: readonly QueuedWrite[]): QueuedWrite | undefined {
    return this.#queue[0]?.alone && done.length > 0 ? undefined : this.#queue.shift();
  }

  /** Runs one after those who are done. False when the transaction is over with it. */
  async #run(write: QueuedWrite, done: QueuedWrite[]): Promise<boolean> {
    const { connection } = this;
    const shared = done.length > 0;
    const transaction = new SqliteTransaction(connection);
    try {
      // Who comes first needs no savepoint: there is nothing before it that would have to stay.
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
      // The transaction as a whole is lost. Who was first has only itself to blame; else nobody knows whose doing it was.
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

  /** Waits for a body: with shared until it is a burden to the others, else until it has done nothing for too long. */
  #settles(attempt: Promise<void>, transaction: SqliteTransaction, shared: boolean): Promise<boolean> {
    const beganAt = performance.now();
    return this.#deadlines.within(attempt, () => (shared ? beganAt + sharedWaitMs : transaction.usedAt + this.#idleMs));
  }

  /** Undoes what a waiting body wrote. When the body has ended, it runs again, alone: never twice at the same time. */
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
    for (const write of done) write.answer();
  }

  #rollBack(): void {
    try {
      this.connection.rollback();
    } catch {
      // Whoever was in it is told why it failed; the next BEGIN ends it.
    }
  }

  /** Before everybody else, each in a transaction of its own. */
  #retryAlone(writes: readonly QueuedWrite[]): void {
    for (const write of writes) write.alone = true;
    this.#queue.unshift(...writes);
    this.#wake();
  }

  /**
   * Opens the transaction for those who wait. Another process may hold the lock: then this one looks again and again,
   * and goes on serving reads meanwhile. False when nobody is left who waits.
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
          await Bun.sleep(pauseMs);
        }
      }
    }
    return false;
  }

  /** Refuses those who have waited long enough for the lock, which was first found taken at `since`. */
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
 * Writing the log down failed: SQLite has rolled back, but what reached the disk may be a whole commit, which a crash
 * before the next write would bring back.
 */
function ofCommit(error: unknown): unknown {
  if (!(error instanceof DatabaseError && error.kind === "unavailable")) return error;
  return new DatabaseError("unknown-outcome", `COMMIT failed: ${error.message}`, { cause: error });
}
