import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { Answer, Outcome } from "./answer.ts";
import { entryOfWrite } from "./audit/queries.ts";
import { type Change, record } from "./audit/record.ts";
import type { Guard } from "./guard.ts";
import { keepAnswer, once } from "./idempotency.ts";
import { transact } from "./transact.ts";

/** What a write comes to: its answer, and what the audit log keeps of it. */
export interface Written<D> {
  readonly answer: Answer<D>;
  readonly change: Change;
}

/** A write, as often as it has to be tried: it depends on nothing but the request and what it reads in its transaction. */
type Work<D> = (tx: Transaction) => Promise<Written<D>>;

/**
 * Runs one write in one transaction with its entry in the audit log and, when the client sent a key, the answer that a
 * repeated request gets. A dry run is rolled back.
 */
export function changed<D>(database: Database, guard: Guard, isDryRun: boolean, work: Work<D>): Promise<Outcome<D>> {
  if (isDryRun) return rehearsed(database, guard, work);
  if (guard.idempotencyKey === null) return write(database, guard, work);
  return once(database, guard, guard.idempotencyKey, () => write(database, guard, work));
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

/** The write itself. After an attempt whose COMMIT was lost it is looked up by its id before it is done again. */
function write<D>(database: Database, guard: Guard, work: Work<D>): Promise<Answer<D>> {
  const write_id = crypto.randomUUID();
  const writer = { principal: guard.principal.name, request_id: guard.requestId, write_id };
  let answer: Answer<D> | undefined;
  return answerDespiteRollback<D>((rollBack) =>
    transact(database, guard.startedAt, async (tx, { inDoubt }) => {
      const doubted = inDoubt ? answer : undefined;
      if (doubted !== undefined && (await tx.maybe(entryOfWrite, { write_id })) !== null) return doubted;
      const written = await work(tx);
      try {
        await record(tx, written.change, writer);
      } catch (error) {
        // In a cluster the doubtful attempt may arrive after it was looked for: its entry has the same id.
        if (doubted !== undefined && isTaken(error)) return rollBack(doubted);
        throw error;
      }
      answer = written.answer;
      if (guard.idempotencyKey !== null) await keepAnswer(tx, guard, guard.idempotencyKey, answer);
      return answer;
    }),
  );
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
