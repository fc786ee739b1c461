import { sql } from "northwind-schema/sql";
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import {
  type Answer,
  ApiError,
  type Outcome,
  problemBody,
  type Replay,
  successBody,
  toApiError,
} from "../contract/answer.ts";
import { deadlineMs } from "../contract/deadline.ts";
import { utcNow } from "../contract/text.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { runWithRetry } from "./retry.ts";

const answerOfKey = sql(`
  SELECT fingerprint, status, location, etag, answer FROM idempotency_keys
  WHERE principal = :principal AND idempotency_key = :idempotency_key AND method = :method AND path = :path
`);

export const insertAnswer = sql(`
  INSERT INTO idempotency_keys (principal, idempotency_key, method, path, fingerprint, status, location, etag, answer,
    created_at)
  VALUES (:principal, :idempotency_key, :method, :path, :fingerprint, :status, :location, :etag, :answer, :created_at)
`);

/**
 * The running requests of this process that have keys, by database. A request past its deadline blocks no other: it may
 * never end, and if it ends after another one with its key, it finds the key already stored and is rolled back.
 */
const running = new WeakMap<Database, Map<string, WriteContext>>();

/**
 * Runs a write that has a key, or returns the answer that is stored under the key. A final refusal is stored as well,
 * after the write was rolled back. Internal and database errors are not stored: nothing was done, so the client may
 * retry. If two processes run writes with the same key, the later one finds the key stored, is rolled back, and returns
 * that answer.
 */
export async function answerOnce<D>(
  database: Database,
  context: WriteContext,
  key: string,
  write: () => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  const name = JSON.stringify([context.principal.name, context.method, context.path, key]);
  const ofDatabase = running.get(database) ?? new Map<string, WriteContext>();
  running.set(database, ofDatabase);
  const first = ofDatabase.get(name);
  if (first !== undefined && performance.now() < first.startedAt + deadlineMs) throw stillRunning();
  ofDatabase.set(name, context);
  try {
    return (await lookUp(database, context, key)) ?? (await writeOrLoseRace(database, context, key, write));
  } finally {
    if (ofDatabase.get(name) === context) ofDatabase.delete(name);
  }
}

async function writeOrLoseRace<D>(
  database: Database,
  context: WriteContext,
  key: string,
  write: () => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof LostRace) return answerOfOther(database, context, key);
    const refusal = toApiError(error);
    if (refusal.status >= 500) throw error;
    return await refuse(database, context, key, refusal);
  }
}

/** Stores a refusal and throws it, or returns the answer of a process that was faster. */
async function refuse(database: Database, context: WriteContext, key: string, refusal: ApiError): Promise<Replay> {
  const { status, headers } = refusal;
  const answer = problemBody(refusal, context.requestId);
  try {
    await runWithRetry(database, context.startedAt, (tx) =>
      insertRows(tx, [answerRow(context, key, { status, location: null, etag: headers.etag ?? null, answer })]),
    );
  } catch (error) {
    if (error instanceof LostRace) return answerOfOther(database, context, key);
    throw error;
  }
  throw refusal;
}

/** Stores the answers of the writes that have keys, in the transaction of the writes. */
export async function storeAnswers(
  tx: Transaction,
  answered: readonly { readonly context: WriteContext; readonly answer: Answer<unknown> }[],
): Promise<void> {
  const keyed = answered.flatMap(({ context, answer }) => {
    const { status, location = null, etag = null } = answer;
    if (context.idempotencyKey === null) return [];
    return [answerRow(context, context.idempotencyKey, { status, location, etag, answer: successBody(answer) })];
  });
  if (keyed.length > 0) await insertRows(tx, keyed);
}

/** Thrown to roll this write back if another process stored an answer under the same key after the lookup. */
class LostRace extends Error {}

interface StoredAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly etag: string | null;
  /** The body as sent. */
  readonly answer: string;
}

type AnswerRow = ReturnType<typeof answerRow>;

function answerRow(context: WriteContext, key: string, answer: StoredAnswer) {
  return { ...keyOf(context, key), fingerprint: context.fingerprint, ...answer, created_at: utcNow() };
}

async function insertRows(tx: Transaction, rows: readonly AnswerRow[]): Promise<void> {
  try {
    await tx.runMany(insertAnswer, rows);
  } catch (error) {
    throw error instanceof DatabaseError && error.kind === "unique" ? new LostRace() : error;
  }
}

function keyOf({ principal, method, path }: WriteContext, key: string) {
  return { principal: principal.name, idempotency_key: key, method, path };
}

/** Returns the stored answer to this request, or null if the key is new. Throws if it was used for another request. */
async function lookUp(database: Database, context: WriteContext, key: string): Promise<Replay | null> {
  const stored = await database.maybe(answerOfKey, keyOf(context, key));
  if (stored === null) return null;
  if (stored.fingerprint === context.fingerprint) return replayOf(stored);
  if (stored.fingerprint === context.olderFingerprint?.()) return replayOf(stored);
  throw new ApiError(
    "idempotency-mismatch",
    "This key was used for another request; use a new key for a new request.",
    {
      issues: [{ header: "Idempotency-Key", code: "idempotency-mismatch", message: "Was used for another request." }],
    },
  );
}

async function answerOfOther(database: Database, context: WriteContext, key: string): Promise<Replay> {
  const answer = await lookUp(database, context, key);
  if (answer === null) throw stillRunning();
  return answer;
}

function replayOf({ status, location, etag, answer }: StoredAnswer): Replay {
  return { status, body: answer, ...(location === null ? {} : { location }), ...(etag === null ? {} : { etag }) };
}

function stillRunning(): ApiError {
  return new ApiError("idempotency-running", "The first request with this key is still running; try again.", {
    headers: { "retry-after": "1" },
  });
}
