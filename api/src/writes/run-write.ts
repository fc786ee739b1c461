// Every write goes this way: `runWrite` answers a dry run or a repeated Idempotency-Key, else has the write carried out in
// one transaction with its audit entry and its stored answer, and retried where a retry can help.
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { Answer, Outcome } from "../contract/answer.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { entryOfWrite } from "./audit/queries.ts";
import { type Change, record } from "./audit/record.ts";
import { answerOnce, storeAnswers } from "./idempotency.ts";
import { runWithRetry } from "./retry.ts";

/** The result of a write: its answer, and the change that the audit log records. */
export interface CompletedWrite<D> {
  readonly answer: Answer<D>;
  readonly change: Change;
}

/** Carries out a write. It may run again, so it depends on nothing but the request and what it reads in its transaction. */
export type Work<D> = (tx: Transaction) => Promise<CompletedWrite<D>>;

/** A write that is to be carried out. All attempts at it have the same id. */
export interface PendingWrite<D> {
  readonly database: Database;
  readonly context: WriteContext;
  readonly work: Work<D>;
  readonly writeId: string;
}

/** Runs one write. `carryOut` is how: in a transaction of its own, or in one with others (`batching/batch-writes.ts`). */
export function runWrite<D>(
  database: Database,
  context: WriteContext,
  isDryRun: boolean,
  work: Work<D>,
  carryOut: (write: PendingWrite<D>) => Promise<Answer<D>> = writeAlone,
): Promise<Outcome<D>> {
  if (isDryRun) return answerDryRun(database, context, work);
  const write = { database, context, work, writeId: crypto.randomUUID() };
  if (context.idempotencyKey === null) return carryOut(write);
  return answerOnce(database, context, context.idempotencyKey, () => carryOut(write));
}

/** Thrown to roll a transaction back although its answer is known. */
class RolledBack<D> extends Error {
  constructor(readonly answer: Answer<D>) {
    super("rolled back on purpose");
  }
}

async function answerDryRun<D>(database: Database, context: WriteContext, work: Work<D>): Promise<Answer<D>> {
  const { message, data, rows } = await answerDespiteRollback<D>((rollBack) =>
    runWithRetry<Answer<D>>(database, context.startedAt, async (tx) => rollBack((await work(tx)).answer)),
  );
  return { status: 200, message: `${message} (dry run: nothing was stored)`, data, rows };
}

/**
 * Carries the write out in a transaction of its own. If the connection was lost during COMMIT, the write is looked up by
 * its id before it is attempted again; `doubtfulAnswer` is the answer of such an attempt in a batch.
 */
export function writeAlone<D>(write: PendingWrite<D>, doubtfulAnswer?: Answer<D>): Promise<Answer<D>> {
  const { database, context, work, writeId: write_id } = write;
  let answer = doubtfulAnswer;
  return answerDespiteRollback<D>((rollBack) =>
    runWithRetry(database, context.startedAt, async (tx, { inDoubt }) => {
      const doubtful = inDoubt || doubtfulAnswer !== undefined ? answer : undefined;
      if (doubtful !== undefined && (await tx.maybe(entryOfWrite, { write_id })) !== null) return doubtful;
      const completed = await work(tx);
      try {
        await recordWrites(tx, [{ completed, write }]);
      } catch (error) {
        // In a cluster the doubtful attempt may arrive after it was looked up: its entry has the same id.
        if (doubtful !== undefined && isDuplicate(error)) return rollBack(doubtful);
        throw error;
      }
      answer = completed.answer;
      return answer;
    }),
  );
}

interface RecordedWrite<D> {
  readonly completed: CompletedWrite<D>;
  readonly write: PendingWrite<D>;
}

/** The last step in the transaction of every write: its audit entry, and the answer stored under its Idempotency-Key. */
export async function recordWrites<D>(tx: Transaction, writes: readonly RecordedWrite<D>[]): Promise<void> {
  await record(
    tx,
    writes.map(({ completed, write: { context, writeId } }) => {
      const writer = { principal: context.principal.name, request_id: context.requestId, write_id: writeId };
      return { change: completed.change, writer };
    }),
  );
  await storeAnswers(
    tx,
    writes.map(({ completed, write }) => ({ context: write.context, answer: completed.answer })),
  );
}

function isDuplicate(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === "unique";
}

/** The result of `work`, or the answer with which it rolled its transaction back. */
async function answerDespiteRollback<D>(
  work: (rollBack: (answer: Answer<D>) => never) => Promise<Answer<D>>,
): Promise<Answer<D>> {
  let rolledBack: RolledBack<D> | undefined;
  try {
    return await work((answer) => {
      rolledBack = new RolledBack(answer);
      throw rolledBack;
    });
  } catch (error) {
    if (rolledBack !== undefined && error === rolledBack) return rolledBack.answer;
    throw error;
  }
}
