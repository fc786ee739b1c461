// Failed sign-ins slow down the next ones: of one account from one address soon, of one address later, and of one account
// from everywhere last and least, so that nobody can lock somebody else out.
import { type Database, DatabaseError, type DateTime, type Queryable, type RowOf, type Transaction } from "sqlproof";
import { ApiError } from "../../contract/answer.ts";
import { utcNow } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { networkOf } from "../networks.ts";
import {
  forgetFailures,
  insertFailure,
  lockFailure,
  lockFailures,
  uncountFailures,
  updateFailure,
} from "../queries.ts";

interface Limit {
  /** So many failures have no effect yet. */
  readonly free: number;
  readonly longestSeconds: number;
}

const limits = {
  accountAndAddress: { free: 5, longestSeconds: 300 },
  address: { free: 20, longestSeconds: 300 },
  account: { free: 50, longestSeconds: 5 },
  // Codes have few digits. Only who knows the password gets so far, so nobody else can be locked out.
  code: { free: 5, longestSeconds: 300 },
} as const satisfies Readonly<Record<string, Limit>>;

/** Up to this many failures of its own, an address is not held back by what others have done. */
const freeOfOthers = 3;

/** After a day without a failure the earlier ones no longer count. */
const rememberedMs = 24 * 60 * 60 * 1000;

interface Attempt {
  /** Null where nothing was typed: then only the address counts. */
  readonly emailAddress: string | null;
  readonly address: string | null;
}

/** The places at which a failure counts, with their limits. Names of accounts are hashed: any text may be typed there. */
function placesOf({ emailAddress, address }: Attempt): ReadonlyMap<string, Limit> {
  const from = networkOf(address);
  if (emailAddress === null) return new Map([[from, limits.address]]);
  const account = new Bun.CryptoHasher("sha256").update(emailAddress).digest("hex").slice(0, 32);
  return new Map<string, Limit>([
    [`${account} ${from}`, limits.accountAndAddress],
    [from, limits.address],
    [account, limits.account],
  ]);
}

/** How long nobody may sign in after so many failures: 1 s, 2 s, 4 s and so on. */
function delayMs({ free, longestSeconds }: Limit, failures: number): number {
  return Math.min(2 ** Math.min(failures - free, 20), longestSeconds) * 1000;
}

type Failures = RowOf<typeof lockFailures>;

function waitOf(limit: Limit, { failures, last_at }: Failures): number {
  const since = Date.now() - Date.parse(`${last_at}Z`);
  // A clock that was set back must not keep anybody out for longer.
  if (since < 0 || since > rememberedMs || failures < limit.free) return 0;
  // It was stored without its part of a second.
  return delayMs(limit, failures) + 1000 - since;
}

function refuseWithin(waitMs: number): void {
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  const message = `There were too many failed sign-ins. Try again in ${seconds} s.`;
  throw new ApiError("slow-down", message, { headers: { "retry-after": `${seconds}` } });
}

/**
 * Counts an attempt to sign in as failed, to be forgotten by `forgetSignIn` when it was not. Throws 429 `slow-down` while
 * an earlier failure keeps it away. The rows are locked, so of many at once each knows of those before it.
 */
export async function takeSignIn(database: Database, attempt: Attempt): Promise<void> {
  const places = placesOf(attempt);
  await runCounting(database, async (tx) => {
    const rows = await tx.all(lockFailures, { places: [...places.keys()] });
    refuseWithin(longestWait(places, rows));
    const known = new Map(rows.map((row) => [row.place, row]));
    for (const place of places.keys()) await countAt(tx, place, known.get(place), utcNow());
  });
}

/**
 * How long the attempt has to wait. Failures from everywhere keep nobody away who has hardly failed from where they are:
 * else whoever goes on failing elsewhere would keep the user out.
 */
function longestWait(places: ReadonlyMap<string, Limit>, rows: readonly Failures[]): number {
  const own = rows.find(({ place }) => places.get(place) === limits.accountAndAddress);
  const counting =
    (own?.failures ?? 0) < freeOfOthers ? rows.filter(({ place }) => places.get(place) !== limits.account) : rows;
  return Math.max(0, ...counting.map((row) => waitOf(places.get(row.place) ?? limits.address, row)));
}

/** Uncounts a sign-in that succeeded. Earlier failures of this account from this address no longer count either. */
export async function forgetSignIn(database: Database, attempt: Attempt): Promise<void> {
  const [own = "", ...others] = placesOf(attempt).keys();
  await database.transaction(async (tx) => {
    if (others.length > 0) await tx.run(forgetFailures, { places: [own] });
    await tx.run(uncountFailures, { places: others.length > 0 ? others : [own] });
  });
}

/**
 * Counts an attempt at a code as failed, to be forgotten by `forgetAttempts` when it was not. Throws 429 `slow-down` if
 * it comes too soon. The row is locked, so of many at once each knows of those before it.
 */
export async function takeAttempt(database: Database, place: string): Promise<void> {
  await runCounting(database, async (tx) => {
    const known = await tx.maybe(lockFailure, { place });
    if (known !== null) refuseWithin(waitOf(limits.code, known));
    await countAt(tx, place, known ?? undefined, utcNow());
  });
}

/** Forgets the attempts at a code after the right one. */
export async function forgetAttempts(tx: Transaction, place: string): Promise<void> {
  await tx.run(forgetFailures, { places: [place] });
}

/** Two may count the first failure at once: the slower one finds that of the other when it begins again. */
export async function runCounting(database: Database, count: (tx: Transaction) => Promise<void>): Promise<void> {
  try {
    await runWithRetry(database, performance.now(), count);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.kind !== "unique") throw error;
    await runWithRetry(database, performance.now(), count);
  }
}

async function countAt(
  tx: Queryable,
  place: string,
  known: { readonly failures: number; readonly last_at: DateTime } | undefined,
  now: DateTime,
): Promise<void> {
  if (known === undefined) await tx.run(insertFailure, { place, failures: 1, now });
  else {
    const isForgotten = Date.now() - Date.parse(`${known.last_at}Z`) > rememberedMs;
    await tx.run(updateFailure, { place, failures: isForgotten ? 1 : known.failures + 1, now });
  }
}
