import type { Api } from "../../api.ts";
import { ApiError } from "../../contract/answer.ts";
import { utcAt } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import type { Doer } from "../audit/record-access.ts";
import { forgetSignIn, takeSignIn } from "../limits/slow-down.ts";
import { userById } from "../queries.ts";
import { beginRecordedSession, recordRefusal, type Signed } from "../sessions.ts";
import { answeredBy } from "./answer.ts";
import type { PasskeyAnswer } from "./fields.ts";

/** Begins a session of the user of a passkey. Throws 401 `wrong-sign-in` or 429 `slow-down`. */
export async function signInWithPasskey(api: Api, answer: PasskeyAnswer, doer: Doer): Promise<Signed> {
  const { database } = api;
  const attempt = { emailAddress: null, address: doer.origin().address };
  await takeSignIn(database, attempt);
  const answered = await answeredBy(api, answer);
  const user = answered === null ? null : await database.maybe(userById, { id: answered.userId });
  const at = utcAt(api.access.now());
  if (answered !== null && user !== null && !user.disabled) {
    const secret = await runWithRetry(database, performance.now(), async (tx) =>
      (await answered.use(tx)) ? beginRecordedSession(tx, user, { method: "passkey" }, doer, at) : null,
    );
    if (secret !== null) {
      await forgetSignIn(database, attempt);
      return { secret, user };
    }
  }
  await recordRefusal(database, { userId: user?.id ?? null, method: "passkey" }, doer);
  const next = "Try again, or sign in with your password and add the passkey anew.";
  throw new ApiError("wrong-sign-in", `This passkey is not known here, or its answer is not valid. ${next}`);
}
