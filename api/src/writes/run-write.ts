import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { Answer, Outcome } from "../contract/answer.ts";
import { entryOfWrite } from "./audit/queries.ts";
import { type Change, record } from "./audit/record.ts";
import { keepAnswers, once } from "./idempotency.ts";
import type { Guard } from "./preconditions.ts";
import { transact } from "./retry.ts";

/** What a write comes to: its answer, and what the audit log keeps of it. */
export interface Written<D> {
  readonly answer: Answer<D>;
  readonly change: Change;
}

/** A write, as often as it has to be tried: it depends on nothing but the request and what it reads in its transaction. */
export type Work<D> = (tx: Transaction) => Promise<Written<D>>;

/** A write that is no rehearsal: whose it is, and the id that every attempt at it has. */
export interface Attempted<D> {
  readonly database: Database;
  readonly guard: Guard;
  readonly work: Work<D>;
  readonly writeId: string;
}

/**
 * Runs one write in one transaction with its entry in the audit log and, when the client sent a key, the answer that a
 * repeated request gets. A dry run is rolled back. `write` carries it out, alone or with others.
 */
export function changed<D>(
  database: Database,
  guard: Guard,
  isDryRun: boolean,
  work: Work<D>,
  write: (attempted: Attempted<D>) => Promise<Answer<D>> = writeAlone,
): Promise<Outcome<D>> {
  if (isDryRun) return rehearsed(database, guard, work);
  const attempted = { database, guard, work, writeId: crypto.randomUUID() };
  if (guard.idempotencyKey === null) return write(attempted);
  return once(database, guard, guard.idempotencyKey, () => write(attempted));
}

/** Thrown to roll a transaction back although its answer is known. */
class RolledBack<D> extends Error {
  constructor(readonly answer: Answer<D>) {
    super("rolled back on purpose");
  }
}

async function rehearsed<D>(database: Database, guard: Guard, work: Work<D>): Promise<Answer<D>> {
  const { message, data, rows } = await answerDespiteRollback<D>((rollBack) =>
    transact<Answer<D>>(database, guard.startedAt, async (tx) => rollBack((await work(tx)).answer)),
  );
  return { status: 200, message: `${message} (dry run: nothing was kept)`, data, rows };
}

/**
 * The write in a transaction of its own. After an attempt whose COMMIT was lost it is looked up by its id before it is
 * done again; `doubted` is the answer of such an attempt in company.
 */
export function writeAlone<D>(attempted: Attempted<D>, doubted?: Answer<D>): Promise<Answer<D>> {
  const { database, guard, work, writeId: write_id } = attempted;
  let answer = doubted;
  return answerDespiteRollback<D>((rollBack) =>
    transact(database, guard.startedAt, async (tx, { inDoubt }) => {
      const known = inDoubt || doubted !== undefined ? answer : undefined;
      if (known !== undefined && (await tx.maybe(entryOfWrite, { write_id })) !== null) return known;
      const written = await work(tx);
      try {
        await kept(tx, [{ written, attempted }]);
      } catch (error) {
        // In a cluster the doubtful attempt may arrive after it was looked for: its entry has the same id.
        if (known !== undefined && isTaken(error)) return rollBack(known);
        throw error;
      }
      answer = written.answer;
      return answer;
    }),
  );
}

interface Kept<D> {
  readonly written: Written<D>;
  readonly attempted: Attempted<D>;
}

/** What every write leaves beside itself: its entry in the audit log, and the answer to its key. */
export async function kept<D>(tx: Transaction, writes: readonly Kept<D>[]): Promise<void> {
  await record(
    tx,
    writes.map(({ written, attempted: { guard, writeId } }) => {
      const writer = { principal: guard.principal.name, request_id: guard.requestId, write_id: writeId };
      return { change: written.change, writer };
    }),
  );
  const answers = writes.map(({ written, attempted }) => ({ guard: attempted.guard, answer: written.answer }));
  await keepAnswers(tx, answers);
}

function isTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === "unique";
}

/** What `work` gives, or the answer with which it rolled its transaction back. */
async function answerDespiteRollback<D>(
  work: (rollBack: (answer: Answer<D>) => never) => Promise<Answer<D>>,
): Promise<Answer<D>> {
  let kept: RolledBack<D> | undefined;
  try {
    return await work((answer) => {
      kept = new RolledBack(answer);
      throw kept;
    });
  } catch (error) {
    if (kept !== undefined && error === kept) return kept.answer;
    throw error;
  }
}
