import { type Database, dateTime, parametersOf, type RowOf, type Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { ApiError } from "../contract/answer.ts";
import { utcAt, utcNow } from "../contract/text.ts";
import type { Origin } from "../contract/write-headers.ts";
import { nobody, userName } from "../rights/principal.ts";
import { requireVersion } from "../writes/preconditions.ts";
import { runWithRetry } from "../writes/retry.ts";
import { type Doer, recordAccess } from "./audit/record-access.ts";
import { forgetSignIn, takeSignIn } from "./limits/slow-down.ts";
import { chosenPasswordHash, isOutdated, isPassword, passwordHash } from "./passwords.ts";
import {
  deletePasswordLinks,
  deleteSession,
  deleteSessionsOfUser,
  insertPasswordLink,
  insertSession,
  lockChecked,
  lockPasswordLink,
  passwordLink,
  raiseAccessVersion,
  setPasswordHash,
  userByEmailAddress,
  userById,
} from "./queries.ts";
import { type SignInFactor, withSecondFactor } from "./second-factor/check.ts";
import { hashOf, newSecret } from "./secrets.ts";

/** A user who has just signed in, and the secret of the new session. */
export interface Signed {
  readonly secret: string;
  readonly user: {
    readonly id: number;
    readonly name: string;
    readonly roles: string;
    readonly approvals: number | null;
  };
}

interface Credentials {
  readonly emailAddress: string;
  readonly password: string;
  /** The second factor, of users who have one. */
  readonly code: string | undefined;
}

/**
 * Begins a session of a user with this password and gives its secret. Throws 401 `wrong-sign-in` or `second-factor`, or
 * 429 `slow-down`.
 */
export async function signIn(api: Api, { emailAddress, password, code }: Credentials, doer: Doer): Promise<Signed> {
  const { database } = api;
  const attempt = { emailAddress: emailAddress.trim().toLowerCase(), address: doer.origin().address };
  await takeSignIn(database, attempt);
  const user = await database.maybe(userByEmailAddress, { email_address: attempt.emailAddress });
  const isRight = await isPassword(password, user?.password_hash ?? null);
  if (user === null || !isRight || user.disabled) {
    await recordRefusal(database, { userId: user?.id ?? null, method: "password" }, doer);
    throw wrongSignIn();
  }
  await forgetSignIn(database, attempt);
  const better = isOutdated(user.password_hash ?? "") ? await passwordHash(password) : null;
  const at = utcAt(api.access.now());
  return withSecondFactor(api, { userId: user.id, code, doer }, async (tx, factor) => {
    // Locked: a plain read would fix what this transaction sees before the chain of the audit log is read.
    const now = await tx.one(lockChecked, { id: user.id });
    // The password was changed, or the user disabled, while this one was checked.
    if (now.password_hash !== user.password_hash || now.disabled) throw wrongSignIn();
    // Whoever changes the user at the same time wins: the next sign-in makes the better hash.
    if (better !== null)
      await tx.run(setPasswordHash, parametersOf(setPasswordHash, { ...user, password_hash: better }));
    return { secret: await beginRecordedSession(tx, user, { method: "password", ...factor }, doer, at), user };
  });
}

function wrongSignIn(): ApiError {
  return new ApiError("wrong-sign-in", "The e-mail address or the password is wrong.");
}

/** Puts a sign-in that failed into the audit log. */
export async function recordRefusal(
  database: Database,
  { userId, method }: { readonly userId: number | null; readonly method: SignInMethod },
  doer: Doer,
): Promise<void> {
  const happened = { userId, event: "refused", about: { method } } as const;
  await runWithRetry(database, performance.now(), (tx) => recordAccess(tx, happened, { ...doer, principal: nobody }));
}

/** With what somebody signs in. */
export type SignInMethod = "password" | "link" | "passkey" | "single-sign-on";

/** How somebody signs in, as the audit log shows it. */
type SignInWay = SignInFactor & { readonly method: SignInMethod };

/** Stores a new session of a user who has signed in, puts it into the audit log, and gives its secret. */
export async function beginRecordedSession(
  tx: Transaction,
  { id, name }: Pick<Signed["user"], "id" | "name">,
  about: SignInWay,
  doer: Doer,
  at = utcNow(),
): Promise<string> {
  const principal = { name: userName(id, name) };
  await recordAccess(tx, { userId: id, event: "sign-in", about: { ...about } }, { ...doer, principal });
  await endSessionOf(tx, doer);
  return beginSession(tx, id, doer.origin(), at);
}

/** Ends the session that the browser had until now, whoever's it was. */
async function endSessionOf(tx: Transaction, { principal: { session: hash = null } }: Doer): Promise<void> {
  if (hash === null) return;
  await tx.run(deleteSession, { hash });
  await tx.run(raiseAccessVersion);
}

/** Stores a new session and gives its secret. */
export async function beginSession(
  tx: Transaction,
  user_id: number,
  { address, browser }: Origin,
  now = utcNow(),
): Promise<string> {
  const secret = newSecret();
  const from = { address: address?.slice(0, 64) ?? null, browser: browser?.slice(0, 255) ?? null };
  await tx.run(insertSession, { hash: hashOf(secret), user_id, now, ...from });
  return secret;
}

const hourMs = 60 * 60 * 1000;
/** An invitation may wait for days; a link for another password is asked for when it is needed. */
export const validMs = { invitation: 72 * hourMs, reset: hourMs } as const;

/**
 * Makes a one-time link for a user, in place of any earlier one; but anybody may ask for a mail, and must not end an
 * invitation with that. Throws 404 and 409 `state`.
 */
export async function newPasswordLink(tx: Transaction, userId: number, doer: Doer, keepsEarlier = false) {
  const user = await tx.maybe(userById, { id: userId });
  if (user === null) throw new ApiError("not-found", "There is no such user.");
  if (user.disabled) throw new ApiError("state", "This user is disabled: enable it first.");
  const link = newSecret();
  const ms = user.password_hash === null ? validMs.invitation : validMs.reset;
  const expires_at = dateTime(new Date(Date.now() + ms).toISOString().slice(0, 19));
  if (!keepsEarlier) await tx.run(deletePasswordLinks, { user_id: userId });
  await tx.run(insertPasswordLink, { hash: hashOf(link), user_id: userId, expires_at });
  await recordAccess(tx, { userId, event: "link" }, doer);
  return { link, expires_at };
}

interface Choice {
  readonly link: string;
  readonly password: string;
  readonly code: string | undefined;
}

/** Stores the password that the holder of a one-time link has chosen, ends all sessions of the user, and begins one. */
export async function choosePassword(api: Api, { link, password, code }: Choice, doer: Doer): Promise<Signed> {
  const { user_id } = valid(await api.database.maybe(passwordLink, { hash: hashOf(link) }));
  const invited = await api.database.one(userById, { id: user_id });
  const hash = await chosenPasswordHash(api.database, { password, pointer: "#/password", user: invited });
  const at = utcAt(api.access.now());
  // A link alone must not be a way around the second factor.
  return withSecondFactor(api, { userId: user_id, code, doer }, async (tx, factor) => {
    await tx.run(raiseAccessVersion);
    valid(await tx.maybe(lockPasswordLink, { hash: hashOf(link) }));
    const user = await tx.one(userById, { id: user_id });
    if (user.disabled) throw new ApiError("wrong-link", "This user is disabled. Ask an admin to enable it.");
    requireVersion(await tx.run(setPasswordHash, parametersOf(setPasswordHash, { ...user, password_hash: hash })));
    await tx.run(deletePasswordLinks, { user_id });
    await tx.run(deleteSessionsOfUser, { user_id });
    const principal = { name: userName(user_id, user.name) };
    await recordAccess(tx, { userId: user_id, event: "password", about: { method: "link" } }, { ...doer, principal });
    return { secret: await beginRecordedSession(tx, user, { method: "link", ...factor }, doer, at), user };
  });
}

/** A link that was found and may still be used. */
function valid(stored: RowOf<typeof passwordLink> | null): RowOf<typeof passwordLink> {
  if (stored !== null && stored.expires_at > utcNow()) return stored;
  throw new ApiError("wrong-link", "This link was used already, or is too old. Ask for a new one.");
}
