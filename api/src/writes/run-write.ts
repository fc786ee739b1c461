// The path of every write: `runWrite` answers a dry run or a repeated Idempotency-Key. Otherwise it carries out the
// write in one transaction with its audit entry and its stored answer, and retries it if that can help.
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import type { Answer, Outcome } from "../contract/answer.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { entryOfWrite } from "./audit/queries.ts";
import { type Change, record } from "./audit/record.ts";
import { answerOnce, storeAnswers } from "./idempotency.ts";
import { runWithRetry } from "./retry.ts";
import { upToFirstWrite } from "./trial.ts";

/** The result of a write: its answer and the change that the audit log records. */
export interface CompletedWrite<D> {
  readonly answer: Answer<D>;
  readonly change: Change;
  /** What else it changed, such as orders that got the goods it brought in. */
  readonly further?: readonly Change[];
}

/** Carries out a write. It may be retried, so it must depend only on the request and data read in its transaction. */
export type Work<D> = (tx: Transaction) => Promise<CompletedWrite<D>>;

/** A write that has not been carried out yet. All its attempts have the same `writeId`. */
export interface PendingWrite<D> {
  readonly database: Database;
  readonly context: WriteContext;
  readonly work: Work<D>;
  readonly writeId: string;
}

/**
 * Runs one write and returns its answer, or throws an `ApiError` or a `DatabaseError`. By default the write has its own
 * transaction; with another `carryOut` it shares one with other writes (`batching/batch-writes.ts`).
 */
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

/** Thrown to roll back a transaction whose answer is already known. */
class RolledBack<D> extends Error {
  constructor(readonly answer: Answer<D>) {
    super("rolled back on purpose");
  }
}

async function answerDryRun<D>(database: Database, context: WriteContext, work: Work<D>): Promise<Answer<D>> {
  const { message, data, rows } = await answerDespiteRollback<D>((rollBack) =>
    runWithRetry<Answer<D>>(database, context.startedAt, async (tx) =>
      rollBack((await work(context.isTrial ? upToFirstWrite(tx) : tx)).answer),
    ),
  );
  return { status: 200, message: `${message} (dry run: nothing was stored)`, data, rows };
}

/**
 * Carries out the write in its own transaction. If the connection was lost during COMMIT, it looks the write up by its
 * id before it tries again. `doubtfulAnswer` is the answer of such an attempt in a batch.
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
        // In a cluster the doubtful attempt may arrive after the lookup. Its entry has the same id.
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

/** The last step in the transaction of writes: stores their audit entries and the answers to their Idempotency-Keys. */
export async function recordWrites<D>(tx: Transaction, writes: readonly RecordedWrite<D>[]): Promise<void> {
  await record(
    tx,
    writes.flatMap(({ completed: { change, further = [] }, write: { context, writeId } }) => {
      const { principal, requestId: request_id, clientRequestId: client_request_id } = context;
      const writer = { principal: principal.name, request_id, client_request_id, write_id: writeId };
      // A write is looked up by the id of its own change.
      const others = further.map((other) => ({ change: other, writer: { ...writer, write_id: crypto.randomUUID() } }));
      return [{ change, writer }, ...others];
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

/** Returns the result of `work`, or the answer with which it rolled back its transaction. */
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
