import type { Api } from "../../api.ts";
import { refusalOf, unauthenticated } from "../../contract/answer.ts";
import { utcAt } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import type { Own } from "../account/own.ts";
import { type Doer, recordAccess } from "../audit/record-access.ts";
import { isPassword } from "../passwords.ts";
import { raiseAccessVersion, renewSession, userById } from "../queries.ts";
import { hashOf, newSecret } from "../secrets.ts";
import type { Signed } from "../sessions.ts";
import { forgetAttempts, takeAttempt } from "../slow-down.ts";

const wrongPassword = { pointer: "#/password", code: "rule", message: "Is not your password." } as const;

/** Gives a session another secret after its user has typed the password. Throws 422 `rule` or 429 `slow-down`. */
export async function prove(api: Api, own: Own, password: string, doer: Doer): Promise<Signed> {
  const { database, access } = api;
  const { userId, session } = own;
  const place = `proof of user ${userId}`;
  await takeAttempt(database, place);
  const user = await database.one(userById, { id: userId });
  if (!(await isPassword(password, user.password_hash))) {
    const refused = { userId, event: "refused", about: { method: "proof" } } as const;
    await runWithRetry(database, performance.now(), (tx) => recordAccess(tx, refused, doer));
    throw refusalOf([wrongPassword]);
  }
  const secret = newSecret();
  const now = utcAt(access.now());
  await runWithRetry(database, performance.now(), async (tx) => {
    const { rowsAffected } = await tx.run(renewSession, { hash: session, next: hashOf(secret), now });
    if (rowsAffected === 0) throw unauthenticated("This session has ended meanwhile. Sign in again.");
    await forgetAttempts(tx, place);
    await recordAccess(tx, { userId, event: "proof", about: { method: "password" } }, doer);
    await tx.run(raiseAccessVersion);
  });
  return { secret, user };
}
