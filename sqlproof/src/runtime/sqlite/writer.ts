import { DatabaseError } from "../errors.ts";
import { defaultBusyTimeoutMs, type SqliteConnection, type SqliteOptions } from "./connection.ts";
import { Patience } from "./deadlines.ts";
import { refusal } from "./errors.ts";
import { idleTooLong, over, putAside, SqliteTransaction } from "./transaction.ts";
import type { Member } from "./write.ts";

/** A group takes nobody in after this time or this many, so that the first do not wait for the last. */
const defaultGroupMs = 10;
const groupMembers = 128;
/** A member that others wait for may itself wait for something for this long. */
const patienceMs = 20;
/** The longest pause between two looks whether another process has let go of its lock. */
const lockPauseMs = 25;
const defaultIdleMs = 2000;

export interface WriterOptions extends Partial<SqliteOptions> {
  /** How long a group takes members in. */
  readonly groupMs?: number;
}

/**
 * The one writer of a SQLite database. Writes that arrive in the same turn of the event loop, or while a group is at
 * work, share one transaction and its one durable commit, first come first served. Each has a savepoint of its own, so
 * it fails alone; nobody is answered before the commit, because also a refusal may rest on what a peer wrote. When the
 * commit fails or SQLite rolls everything back in the middle, each runs again in a transaction of its own.
 */
export class SqliteWriter {
  readonly #queue: Member[] = [];
  /** Set aside until their body, which is still at work for nothing, has ended. */
  readonly #aside = new Set<Member>();
  readonly #patience = new Patience();
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
    connection.neverWait();
  }

  /** True when no transaction is open. */
  get isFree(): boolean {
    return !this.connection.inTransaction;
  }

  add(member: Member): void {
    if (this.#closed) member.refuse(new DatabaseError("unavailable", "The database is closed."));
    else {
      this.#queue.push(member);
      this.#wake();
    }
  }

  /** Refuses whatever comes from now on, and waits for what has come. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#working || this.#aside.size > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    this.#patience.stop();
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
    if (!(await this.#begun())) return;
    const done: Member[] = [];
    const endsAt = performance.now() + this.#groupMs;
    for (let next = this.#next(done); next !== undefined; next = this.#next(done)) {
      if (!(await this.#run(next, done))) return;
      if (next.alone || done.length >= groupMembers || performance.now() > endsAt) break;
    }
    this.#commit(done);
  }

  /** Who is next in the queue, when it may join those who are done. */
  #next(done: readonly Member[]): Member | undefined {
    return this.#queue[0]?.alone && done.length > 0 ? undefined : this.#queue.shift();
  }

  /** Runs one after those who are done. False when the transaction is over with it. */
  async #run(member: Member, done: Member[]): Promise<boolean> {
    const { connection } = this;
    const company = done.length > 0;
    const transaction = new SqliteTransaction(connection);
    try {
      // Who comes first needs no savepoint: there is nothing before it that would have to stay.
      if (company) connection.savepoint();
      const attempt = member.attempt(transaction);
      if (attempt !== null && !(await this.#settled(attempt, transaction, company))) {
        transaction.end(company ? putAside : idleTooLong);
        if (company) this.#putAside(member, attempt);
        else this.#refuseAlone(member, idleTooLong());
        return company;
      }
      transaction.end(over);
      if (transaction.lost !== null) throw transaction.lost;
      if (company) this.#part(member);
      else if (member.failed) {
        this.#rollBack();
        member.answer();
        return false;
      }
      done.push(member);
      return true;
    } catch (error) {
      // The transaction as a whole is lost. Who was first has only itself to blame; else nobody knows whose doing it was.
      if (company) this.#againAll(member, done);
      else this.#refuseAlone(member, error);
      return false;
    }
  }

  #part(member: Member): void {
    if (member.failed) this.connection.undo();
    else this.connection.keep();
  }

  #refuseAlone(member: Member, error: unknown): void {
    this.#rollBack();
    member.refuse(error);
  }

  #againAll(member: Member, done: readonly Member[]): void {
    this.#rollBack();
    this.#again(this.#aside.has(member) ? done : [...done, member]);
  }

  /** Waits for a body: with company until it is a burden to the others, else until it has done nothing for too long. */
  #settled(attempt: Promise<void>, transaction: SqliteTransaction, company: boolean): Promise<boolean> {
    const beganAt = performance.now();
    return this.#patience.within(attempt, () => (company ? beganAt + patienceMs : transaction.usedAt + this.#idleMs));
  }

  /** Undoes what a waiting body wrote. When the body has ended, it runs again, alone: never twice at the same time. */
  #putAside(member: Member, attempt: Promise<void>): void {
    const givenUpAt = performance.now() + this.#idleMs;
    this.#aside.add(member);
    void this.#patience
      .within(attempt, () => givenUpAt)
      .then((settled) => {
        this.#aside.delete(member);
        if (settled) this.#again([member]);
        else member.refuse(idleTooLong());
        if (!this.#working && this.#aside.size === 0) this.#whenIdle?.();
      });
    this.connection.undo();
  }

  #commit(done: readonly Member[]): void {
    const [only, ...others] = done;
    if (only === undefined) return;
    try {
      this.connection.commit();
    } catch (error) {
      this.#rollBack();
      if (others.length === 0) only.refuse(ofCommit(refusal(error)));
      else this.#again(done);
      return;
    }
    for (const member of done) member.answer();
  }

  #rollBack(): void {
    try {
      this.connection.rollback();
    } catch {
      // Whoever was in it is told why it failed; the next BEGIN ends it.
    }
  }

  /** Before everybody else, each in a transaction of its own. */
  #again(members: readonly Member[]): void {
    for (const member of members) member.alone = true;
    this.#queue.unshift(...members);
    this.#wake();
  }

  /**
   * Opens the transaction for those who wait. Another process may hold the lock: then this one looks again and again,
   * and goes on serving reads meanwhile. False when nobody is left who waits.
   */
  async #begun(): Promise<boolean> {
    const beganAt = performance.now();
    for (let pauseMs = 1; this.#queue.length > 0; pauseMs = Math.min(pauseMs * 2, lockPauseMs)) {
      try {
        this.connection.begin();
        return true;
      } catch (error) {
        const refused = refusal(error);
        if (!(refused instanceof DatabaseError && refused.kind === "lock-timeout"))
          this.#queue.shift()?.refuse(refused);
        else {
          this.#refuseWaiting(refused, beganAt);
          await Bun.sleep(pauseMs);
        }
      }
    }
    return false;
  }

  /** Refuses those who have waited long enough for the lock, which was first found taken at `since`. */
  #refuseWaiting(error: DatabaseError, since: number): void {
    const latest = performance.now() - this.#busyMs;
    const waiting = this.#queue.splice(0);
    for (const member of waiting) {
      if (Math.max(member.arrivedAt, since) > latest) this.#queue.push(member);
      else member.refuse(error);
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
