import { sql } from "northwind-schema/sql";
import { type Database, DatabaseError, type Transaction } from "sqlproof";
import { type Answer, ApiError, type Outcome, type Replay, successBody } from "./answer.ts";
import type { Guard } from "./guard.ts";
import { daysBefore, now } from "./text.ts";
import { transact } from "./transact.ts";

/** The answer that a key already has. */
const storedAnswer = sql(`
  SELECT fingerprint, status, location, etag, answer FROM idempotency_keys
  WHERE idempotency_key = :idempotency_key AND method = :method AND path = :path
`);

const storeAnswer = sql(`
  INSERT INTO idempotency_keys (idempotency_key, method, path, fingerprint, status, location, etag, answer, created_at)
  VALUES (:idempotency_key, :method, :path, :fingerprint, :status, :location, :etag, :answer, :created_at)
`);

const forgetAnswers = sql(`DELETE FROM idempotency_keys WHERE created_at < :before`);

/** How long a key is remembered. */
const keptDays = 30;
const sweepEveryMs = 3_600_000;
let sweptAt = Number.NEGATIVE_INFINITY;

/** Keys whose request this process is working on. */
const running = new Set<string>();

/**
 * Runs one write in one transaction. A dry run is rolled back. With an idempotency key the answer is stored in the
 * same transaction, so a repeated request gets it again and has no second effect. Refusals are not stored: nothing
 * was done, so the request may be tried again.
 */
export function changed<D>(
  database: Database,
  guard: Guard,
  isDryRun: boolean,
  work: (tx: Transaction) => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  if (isDryRun) return rehearsed(database, work);
  return guard.idempotencyKey === null ? transact(database, work) : once(database, guard, guard.idempotencyKey, work);
}

/** Thrown to roll a rehearsed transaction back. */
class Rehearsed<D> extends Error {
  constructor(readonly answer: Answer<D>) {
    super("rolled back on purpose");
  }
}

async function rehearsed<D>(database: Database, work: (tx: Transaction) => Promise<Answer<D>>): Promise<Answer<D>> {
  let answer: Answer<D> | undefined;
  try {
    return await transact<Answer<D>>(database, async (tx) => {
      answer = await work(tx);
      throw new Rehearsed(answer);
    });
  } catch (error) {
    if (!(error instanceof Rehearsed) || answer === undefined) throw error;
    const { message, data, rows } = answer;
    return { status: 200, message: `${message} (dry run: nothing was kept)`, data, rows };
  }
}

/** Another process stored an answer for the same key between our look and our insert. */
class Overtaken extends Error {}

async function once<D>(
  database: Database,
  guard: Guard,
  key: string,
  work: (tx: Transaction) => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  const name = `${guard.method} ${guard.path} ${key}`;
  if (running.has(name))
    throw new ApiError("idempotency-running", "The first request with this key is still running: try again.", {
      headers: { "retry-after": "1" },
    });
  running.add(name);
  try {
    return await transact(database, (tx) => firstOrStored(tx, guard, key, work));
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    return await transact(database, (tx) => firstOrStored(tx, guard, key, work));
  } finally {
    running.delete(name);
  }
}

async function firstOrStored<D>(
  tx: Transaction,
  { method, path, fingerprint }: Guard,
  key: string,
  work: (tx: Transaction) => Promise<Answer<D>>,
): Promise<Outcome<D>> {
  const known = await tx.maybe(storedAnswer, { idempotency_key: key, method, path });
  if (known !== null) {
    if (known.fingerprint === fingerprint) return replayOf(known);
    throw new ApiError("idempotency-mismatch", "This key was used for another body: use a new key for a new request.", {
      faults: [{ header: "Idempotency-Key", code: "idempotency-mismatch", message: "Was used for another body." }],
    });
  }
  const answer = await work(tx);
  try {
    const { status, location = null, etag = null } = answer;
    const kept = { status, location, etag, answer: successBody(answer), created_at: now() };
    await tx.run(storeAnswer, { idempotency_key: key, method, path, fingerprint, ...kept });
  } catch (error) {
    throw error instanceof DatabaseError && error.kind === "unique" ? new Overtaken() : error;
  }
  await sweep(tx);
  return answer;
}

interface StoredAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly etag: string | null;
  readonly answer: string;
}

function replayOf({ status, location, etag, answer }: StoredAnswer): Replay {
  return {
    status: status === 201 ? 201 : 200,
    body: answer,
    ...(location === null ? {} : { location }),
    ...(etag === null ? {} : { etag }),
  };
}

/** Forgets old keys now and then, in the course of a write that has a key. */
async function sweep(tx: Transaction): Promise<void> {
  if (performance.now() - sweptAt < sweepEveryMs) return;
  sweptAt = performance.now();
  await tx.run(forgetAnswers, { before: daysBefore(keptDays) });
}
