import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { type Issue, refusalOf, unauthenticated } from "../../contract/answer.ts";
import { utcAt } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import type { Own } from "../account/own.ts";
import { type Doer, recordAccess } from "../audit/record-access.ts";
import { forgetAttempts, takeAttempt } from "../limits/slow-down.ts";
import { answeredBy } from "../passkeys/answer.ts";
import type { PasskeyAnswer } from "../passkeys/fields.ts";
import { isPassword } from "../passwords.ts";
import { raiseAccessVersion, renewSession, userById } from "../queries.ts";
import { hashOf, newSecret } from "../secrets.ts";
import type { Signed } from "../sessions.ts";

/** One of the two. */
interface Given {
  readonly password?: string;
  readonly passkey?: PasskeyAnswer;
}

/** A proof that was checked, and what stores that it was used: false if another one was faster. */
interface Proof {
  readonly method: "password" | "passkey";
  readonly use: (tx: Transaction) => Promise<boolean>;
}

/** Gives a session another secret after its user has proved who it is. Throws 422 `rule` or 429 `slow-down`. */
export async function prove(api: Api, { userId, session }: Own, given: Given, doer: Doer): Promise<Signed> {
  const { database, access } = api;
  const [wrong, check] = checkOf(api, userId, given);
  const place = `proof of user ${userId}`;
  await takeAttempt(database, place);
  const secret = newSecret();
  const now = utcAt(access.now());
  const proof = await check();
  const isUsed = await runWithRetry(database, performance.now(), async (tx) => {
    if (proof === null || !(await proof.use(tx))) {
      await recordAccess(tx, { userId, event: "refused", about: { method: "proof" } }, doer);
      return false;
    }
    const { rowsAffected } = await tx.run(renewSession, { hash: session, next: hashOf(secret), now });
    if (rowsAffected === 0) throw unauthenticated("This session has ended meanwhile. Sign in again.");
    await forgetAttempts(tx, place);
    await recordAccess(tx, { userId, event: "proof", about: { method: proof.method } }, doer);
    await tx.run(raiseAccessVersion);
    return true;
  });
  if (!isUsed) throw refusalOf([wrong]);
  return { secret, user: await database.one(userById, { id: userId }) };
}

/** How to check what was given, and what is wrong if that is. */
function checkOf(api: Api, userId: number, { password, passkey }: Given): [Issue, () => Promise<Proof | null>] {
  if (password !== undefined && passkey === undefined)
    return [ruleAt("#/password", "Is not your password."), () => byPassword(api, userId, password)];
  if (passkey !== undefined && password === undefined)
    return [
      ruleAt("#/passkey", "Is not a valid answer of a passkey of yours. Try again, or send your password."),
      () => byPasskey(api, userId, passkey),
    ];
  throw refusalOf([ruleAt("#/password", "Send either the password or the answer of a passkey.")]);
}

function ruleAt(pointer: string, message: string): Issue {
  return { pointer, code: "rule", message };
}

async function byPassword({ database }: Api, userId: number, password: string): Promise<Proof | null> {
  const { password_hash } = await database.one(userById, { id: userId });
  return (await isPassword(password, password_hash)) ? { method: "password", use: async () => true } : null;
}

async function byPasskey(api: Api, userId: number, answer: PasskeyAnswer): Promise<Proof | null> {
  const answered = await answeredBy(api, answer);
  return answered?.userId === userId ? { method: "passkey", use: answered.use } : null;
}
