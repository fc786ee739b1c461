// What an authenticator is asked to sign: 256 random bits, stored as a hash, for five minutes, for one answer.
import type { RowOf } from "sqlproof";
import type { Api } from "../../api.ts";
import { utcAt } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { challengeByHash, deleteChallenge, deleteOldChallenges, insertChallenge } from "./queries.ts";

const validMs = 5 * 60 * 1000;
/** Clocks of several machines differ a little. */
const aheadMs = 60 * 1000;
/** Those that nobody has answered are deleted at most so often. */
const cleanedMs = 60 * 1000;
let cleanedAt = Number.NEGATIVE_INFINITY;

/** Whose new passkey a challenge is for; nobody's, where it is to sign in. */
interface For {
  readonly user_id: number | null;
  readonly user_handle: string | null;
}

export type Challenge = RowOf<typeof challengeByHash>;

/** Stores a new challenge and gives it in base 64. */
export async function newChallenge({ database, access }: Api, given: For): Promise<string> {
  const challenge = newSecret();
  const now = access.now();
  const isCleaned = performance.now() - cleanedAt < cleanedMs;
  if (!isCleaned) cleanedAt = performance.now();
  await runWithRetry(database, performance.now(), async (tx) => {
    if (!isCleaned) await tx.run(deleteOldChallenges, { now: utcAt(now) });
    await tx.run(insertChallenge, { hash: hashOf(challenge), ...given, expires_at: utcAt(now + validMs) });
  });
  return challenge;
}

/** Uses a challenge up, whatever becomes of its answer; null if there is none, or no longer. */
export async function takeChallenge({ database, access }: Api, challenge: string): Promise<Challenge | null> {
  const hash = hashOf(challenge);
  return runWithRetry(database, performance.now(), async (tx) => {
    const stored = await tx.maybe(challengeByHash, { hash });
    const { rowsAffected } = await tx.run(deleteChallenge, { hash });
    if (stored === null || rowsAffected === 0) return null;
    const { expires_at } = stored;
    const now = access.now();
    // A clock that was set back must not make it valid for longer.
    const isValid = expires_at > utcAt(now) && expires_at <= utcAt(now + validMs + aheadMs);
    return isValid ? stored : null;
  });
}

/** The challenge that is signed, as the browser says; empty if it says nothing that can be read. */
export function challengeIn(clientDataJSON: string): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"));
    const isSigned = typeof data === "object" && data !== null && "challenge" in data;
    return isSigned && typeof data.challenge === "string" ? data.challenge : "";
  } catch {
    return "";
  }
}
