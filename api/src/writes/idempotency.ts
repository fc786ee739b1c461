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
import { now } from "../contract/text.ts";
import type { Guard } from "./preconditions.ts";
import { transact } from "./retry.ts";

/** The answer that a key already has. */
const storedAnswer = sql(`
  SELECT fingerprint, status, location, etag, answer FROM idempotency_keys
  WHERE principal = :principal AND idempotency_key = :idempotency_key AND method = :method AND path = :path
`);

export const storeAnswer = sql(`
  INSERT INTO idempotency_keys (principal, idempotency_key, method, path, fingerprint, status, location, etag, answer,
    created_at)
  VALUES (:principal, :idempotency_key, :method, :path, :fingerprint, :status, :location, :etag, :answer, :created_at)
`);

/**
 * The requests with keys that this process is working on, by database. One whose deadline has passed hinders nobody: it may never
 * end, and should it still come to its end after another one, its row in the table is taken.
 */
const running = new WeakMap<Database, Map<string, Guard>>();

/**
 * Runs a write that has a key, or gives the answer that the key has. A final refusal is an answer too; it is stored
 * after the write was rolled back. Issues of ours and of the database are not: nothing was done, so it may be tried again.
 * Of two processes with the same key one meets the other's row at the end, is rolled back, and gives its answer.
 */
export async function once<D>(
  database: Database,
  guard: Guard,
  key: string,
  write: () => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  const name = JSON.stringify([guard.principal.name, guard.method, guard.path, key]);
  const underWay = running.get(database) ?? new Map<string, Guard>();
  running.set(database, underWay);
  const first = underWay.get(name);
  if (first !== undefined && performance.now() < first.startedAt + deadlineMs) throw stillRunning();
  underWay.set(name, guard);
  try {
    return (await known(database, guard, key)) ?? (await firstOrOvertaken(database, guard, key, write));
  } finally {
    if (underWay.get(name) === guard) underWay.delete(name);
  }
}

async function firstOrOvertaken<D>(
  database: Database,
  guard: Guard,
  key: string,
  write: () => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Overtaken) return answerOfOther(database, guard, key);
    const refusal = toApiError(error);
    if (refusal.status >= 500) throw error;
    return await refuse(database, guard, key, refusal);
  }
}

/** Keeps a refusal and throws it, or gives the answer of a process that was faster. */
async function refuse(database: Database, guard: Guard, key: string, refusal: ApiError): Promise<Replay> {
  const { status, headers } = refusal;
  const answer = problemBody(refusal, guard.requestId);
  try {
    await transact(database, guard.startedAt, (tx) =>
      keep(tx, [stored(guard, key, { status, location: null, etag: headers.etag ?? null, answer })]),
    );
  } catch (error) {
    if (error instanceof Overtaken) return answerOfOther(database, guard, key);
    throw error;
  }
  throw refusal;
}

/** Stores the answers of writes that have keys in their transaction. */
export async function keepAnswers(
  tx: Transaction,
  answered: readonly { readonly guard: Guard; readonly answer: Answer<unknown> }[],
): Promise<void> {
  const keyed = answered.flatMap(({ guard, answer }) => {
    const { status, location = null, etag = null } = answer;
    if (guard.idempotencyKey === null) return [];
    return [stored(guard, guard.idempotencyKey, { status, location, etag, answer: successBody(answer) })];
  });
  if (keyed.length > 0) await keep(tx, keyed);
}

/** Another process stored an answer for the same key after we had looked: what we did is rolled back. */
class Overtaken extends Error {}

interface Kept {
  readonly status: number;
  readonly location: string | null;
  readonly etag: string | null;
  /** The body, as it was sent. */
  readonly answer: string;
}

type Stored = ReturnType<typeof stored>;

function stored(guard: Guard, key: string, kept: Kept) {
  return { ...placeOf(guard, key), fingerprint: guard.fingerprint, ...kept, created_at: now() };
}

async function keep(tx: Transaction, rows: readonly Stored[]): Promise<void> {
  try {
    await tx.runMany(storeAnswer, rows);
  } catch (error) {
    throw error instanceof DatabaseError && error.kind === "unique" ? new Overtaken() : error;
  }
}

function placeOf({ principal, method, path }: Guard, key: string) {
  return { principal: principal.name, idempotency_key: key, method, path };
}

/** The stored answer of this very request, or null when the key is new. */
async function known(database: Database, guard: Guard, key: string): Promise<Replay | null> {
  const stored = await database.maybe(storedAnswer, placeOf(guard, key));
  if (stored === null) return null;
  if (stored.fingerprint === guard.fingerprint) return replayOf(stored);
  throw new ApiError("idempotency-mismatch", "This key was used for another request: use a new key for a new one.", {
    issues: [{ header: "Idempotency-Key", code: "idempotency-mismatch", message: "Was used for another request." }],
  });
}

async function answerOfOther(database: Database, guard: Guard, key: string): Promise<Replay> {
  const answer = await known(database, guard, key);
  if (answer === null) throw stillRunning();
  return answer;
}

function replayOf({ status, location, etag, answer }: Kept): Replay {
  return { status, body: answer, ...(location === null ? {} : { location }), ...(etag === null ? {} : { etag }) };
}

function stillRunning(): ApiError {
  return new ApiError("idempotency-running", "The first request with this key is still running: try again.", {
    headers: { "retry-after": "1" },
  });
}
