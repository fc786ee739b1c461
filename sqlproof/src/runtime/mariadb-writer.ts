import { DatabaseError } from "./errors.ts";
import { endsConnection, mariadbError, packetTooLarge } from "./mariadb-errors.ts";
import type { ConnectionPool, OpenConnection } from "./mariadb-pool.ts";
import { MariadbTransaction, ServerTransaction } from "./mariadb-transaction.ts";
import { Patience } from "./patience.ts";
import { lockWait } from "./session.ts";
import type { Transaction } from "./types.ts";
import { type Member as AnyMember, Write } from "./write.ts";

type Member = AnyMember<MariadbTransaction>;

/** Who comes waits for the transaction that is under way, and shares the next, but no longer than this: it may wait for a lock. */
const turnMs = 10;
const groupMembers = 64;
/** Whoever was rolled back with others so often runs alone. */
const mostTogether = 3;
/** A member that others wait for may itself wait for something else than the server for this long. */
const patienceMs = 20;

/**
 * The transactions of a MariaDB server. Those that may be shared and arrive while one is under way share the next: their statements go to
 * the server together and their commit is one. A group commits together, so what one reads of another's writes is
 * certain. Nobody in a group waits for a lock, and no refusal in it counts: whoever is refused runs again alone, and
 * with the others when what was refused had written.
 */
export class MariadbWriter {
  readonly #queue: Member[] = [];
  readonly #patience = new Patience();
  #isBusy = false;

  constructor(private readonly pool: ConnectionPool) {}

  /** Runs it in a transaction of its own, at once. */
  alone<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const write = new Write<T, MariadbTransaction>(body, (error) => error);
    void this.#alone(write);
    return write.answered;
  }

  /** Runs it with those that arrive at the same time. */
  shared<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    const write = new Write<T, MariadbTransaction>(body, (error) => error);
    this.#queue.push(write);
    this.#serve();
    return write.answered;
  }

  close(): void {
    this.#patience.stop();
  }

  #serve(): void {
    if (this.#isBusy || this.#queue.length === 0) return;
    this.#isBusy = true;
    let isOver = false;
    const next = () => {
      if (isOver) return;
      isOver = true;
      this.#isBusy = false;
      this.#serve();
    };
    const timer = setTimeout(next, turnMs);
    void this.#run(this.#queue.splice(0, groupMembers)).then(() => {
      clearTimeout(timer);
      next();
    });
  }

  #run(group: readonly Member[]): Promise<void> {
    const [only, ...others] = group;
    if (only === undefined) return Promise.resolve();
    return others.length === 0 ? this.#alone(only) : this.#together(group);
  }

  #alone(member: Member): Promise<void> {
    return this.#lent([member], async (shared) => {
      const { connection } = shared;
      const refused = (error: unknown) => ({ isClean: false, tell: () => member.refuse(error) });
      try {
        await begun(connection, true);
        await member.attempt(new MariadbTransaction(shared));
      } catch (error) {
        return refused(error);
      }
      if (member.failed) return { isClean: false, tell: () => member.answer() };
      // What the engine has rolled back cannot be committed, also when the body caught its error.
      if (shared.ended !== null) return refused(shared.ended);
      try {
        await commanded(connection, "COMMIT");
      } catch (error) {
        return refused(unknownOutcome(error));
      }
      return { isClean: true, tell: () => member.answer() };
    });
  }

  #together(group: readonly Member[]): Promise<void> {
    return this.#lent(group, async (shared) => {
      const { connection } = shared;
      const parts = group.map((member) => ({ member, transaction: new MariadbTransaction(shared) }));
      try {
        await begun(connection, false);
      } catch (error) {
        return { isClean: false, tell: () => refuseAll(group, error) };
      }
      const waiting = await this.#attempted(parts, shared);
      const { ended } = shared;
      if (waiting.size > 0) return { isClean: false, tell: () => this.#putAside(parts, waiting) };
      if (ended !== null && endsConnection(ended)) return { isClean: false, tell: () => refuseAll(group, ended) };
      const blamed = parts.filter(
        ({ member, transaction }) => transaction.ended || (member.failed && transaction.wrote),
      );
      if (blamed.length > 0) return { isClean: false, tell: () => this.#again(parts, blamed) };
      return this.#committed(connection, parts);
    });
  }

  async #committed(connection: OpenConnection, parts: readonly Part[]): Promise<End> {
    const failed = parts.filter(({ member }) => member.failed);
    const done = parts.flatMap(({ member }) => (member.failed ? [] : member));
    try {
      await commanded(connection, "COMMIT");
    } catch (error) {
      const told = unknownOutcome(error);
      // Rolled back for certain, and nobody knows whose doing it was.
      if (told instanceof DatabaseError && told.kind === "conflict")
        return { isClean: false, tell: () => this.#again(parts, parts) };
      const tell = () => {
        refuseAll(done, told);
        this.#again(failed, failed);
      };
      return { isClean: false, tell };
    }
    const tell = () => {
      for (const member of done) member.answer();
      this.#again(failed, failed);
    };
    return { isClean: true, tell };
  }

  /** Runs all of them, and tells which do not end because they wait for something else. */
  async #attempted(parts: readonly Part[], shared: ServerTransaction): Promise<ReadonlyMap<Part, Promise<void>>> {
    const waiting = new Map<Part, Promise<void>>();
    const attempts = parts.map((part) => {
      const attempt = Promise.resolve(part.member.attempt(part.transaction)).then(() => void waiting.delete(part));
      waiting.set(part, attempt);
      return attempt;
    });
    const latest = () => (shared.running > 0 ? Number.POSITIVE_INFINITY : shared.usedAt + patienceMs);
    const all = Promise.all(attempts).then(() => undefined);
    if (!(await this.#patience.within(all, latest))) shared.ended ??= putAside();
    return waiting;
  }

  /** All run again: those who were waited for when their body has ended, never twice at the same time. */
  #putAside(parts: readonly Part[], waiting: ReadonlyMap<Part, Promise<void>>): void {
    this.#again(
      parts.filter((part) => !waiting.has(part)),
      [],
    );
    for (const [{ member }, attempt] of waiting) void attempt.then(() => this.#alone(member));
  }

  /** Runs parts of a lost transaction again: those to blame each in one of its own, which waits for locks. */
  #again(parts: readonly Part[], blamed: readonly Part[]): void {
    const guilty = new Set(blamed);
    for (const part of parts) {
      const { member } = part;
      member.together += 1;
      if (guilty.has(part) || member.together >= mostTogether) void this.#alone(member);
      else this.#queue.push(member);
    }
    this.#serve();
  }

  /** Lends a connection to a transaction; one that is not left clean never serves another. */
  async #lent(members: readonly Member[], work: (shared: ServerTransaction) => Promise<End>): Promise<void> {
    let connection: OpenConnection;
    try {
      connection = this.pool.take() ?? (await this.pool.acquire());
    } catch (error) {
      refuseAll(members, error);
      return;
    }
    const shared = new ServerTransaction(this.pool, connection);
    const { isClean, tell } = await work(shared);
    shared.ended ??= over();
    if (!isClean && !(await rolledBack(connection))) this.pool.cut(connection);
    this.pool.release(connection);
    tell();
  }
}

interface Part {
  readonly member: Member;
  readonly transaction: MariadbTransaction;
}

/** What became of a transaction, and what its members are told when its connection is free again. */
interface End {
  readonly isClean: boolean;
  readonly tell: () => void;
}

function over(): DatabaseError {
  return new DatabaseError("other", "This transaction is over.");
}

function putAside(): DatabaseError {
  return new DatabaseError(
    "conflict",
    "A transaction waited for something while others shared its commit: it runs again.",
  );
}

function refuseAll(members: readonly Member[], error: unknown): void {
  for (const member of members) member.refuse(error);
}

async function begun(connection: OpenConnection, waitsForLocks: boolean): Promise<void> {
  await waiting(connection, waitsForLocks);
  await commanded(connection, "BEGIN");
}

/** Lets a connection's statements wait for locks, or fail at once. */
export async function waiting(connection: OpenConnection, waitsForLocks: boolean): Promise<void> {
  if (connection.waitsForLocks === waitsForLocks) return;
  await commanded(connection, lockWait(waitsForLocks));
  connection.waitsForLocks = waitsForLocks;
}

/** After a COMMIT that failed only a rolled-back transaction is certain: Galera says so by a conflict. */
export function unknownOutcome(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.kind === "conflict" || error.code === packetTooLarge) return error;
  const code = error.code === null ? {} : { code: error.code };
  return new DatabaseError("unknown-outcome", `it is not known whether this was carried out: ${error.message}`, {
    cause: error,
    ...code,
  });
}

export async function commanded(connection: OpenConnection, text: string): Promise<void> {
  try {
    await connection.server.command(text);
  } catch (error) {
    throw mariadbError(error);
  }
}

async function rolledBack(connection: OpenConnection): Promise<boolean> {
  if (connection.lost) return false;
  try {
    await connection.server.command("ROLLBACK");
    return !connection.lost;
  } catch {
    return false;
  }
}
