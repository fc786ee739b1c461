import { type Database, dateTime } from "sqlproof";
import { ApiError } from "../../contract/answer.ts";
import { utcNow } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { validSeconds } from "./cookie.ts";
import { ownPath } from "./own-path.ts";
import { beginAgain, type Checks } from "./provider.ts";
import { deleteOldSignOns, deleteSignOn, insertSignOn, lockSignOn } from "./queries.ts";

/** A sign-in at the provider that has begun: what is checked when the browser comes back, and where it goes then. */
export interface SignOn {
  readonly checks: Checks;
  readonly destination: string;
  /** The session that proves again who it is; null for a sign-in. */
  readonly session: string | null;
  /** In milliseconds since 1970. */
  readonly beganAt: number;
}

const longestDestination = 2000;

/** Stores a new sign-in. Gives what the provider is asked with, and the secret for the cookie of this browser. */
export async function beginSignOn(
  database: Database,
  { to, session }: { readonly to: string; readonly session: string | null },
): Promise<{ readonly checks: Checks; readonly secret: string }> {
  const checks = { state: newSecret(), nonce: newSecret(), codeVerifier: newSecret() };
  const secret = newSecret();
  const path = ownPath(to);
  const row = {
    hash: hashOf(checks.state),
    browser_hash: hashOf(secret),
    nonce: checks.nonce,
    code_verifier: checks.codeVerifier,
    destination: path.length > longestDestination ? "/" : path,
    session_hash: session,
    expires_at: dateTime(new Date(Date.now() + validSeconds * 1000).toISOString().slice(0, 19)),
  };
  await runWithRetry(database, performance.now(), async (tx) => {
    await tx.run(deleteOldSignOns, { now: utcNow() });
    await tx.run(insertSignOn, row);
  });
  return { checks, secret };
}

/** Takes the sign-in that this browser has begun with this state, once. Throws 401 `wrong-single-sign-on`. */
export async function takeSignOn(database: Database, state: string, secret: string | null): Promise<SignOn> {
  const hash = hashOf(state);
  const row = await runWithRetry(database, performance.now(), async (tx) => {
    const found = await tx.maybe(lockSignOn, { hash });
    // In another browser it is left alone: a link to the answer must not end what its owner has begun.
    if (found === null || secret === null || found.browser_hash !== hashOf(secret)) return null;
    await tx.run(deleteSignOn, { hash });
    return found;
  });
  if (row === null || row.expires_at <= utcNow()) throw new ApiError("wrong-single-sign-on", beginAgain);
  const { nonce, code_verifier: codeVerifier, destination, session_hash: session, expires_at } = row;
  const beganAt = Date.parse(`${expires_at}Z`) - validSeconds * 1000;
  return { checks: { state, nonce, codeVerifier }, destination, session, beganAt };
}
