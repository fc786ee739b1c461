// What a sign-in asks besides the password of a user who has an authenticator app.
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError } from "../../contract/answer.ts";
import { nobody } from "../../rights/principal.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { type Doer, recordAccess } from "../audit/record-access.ts";
import { forgetAttempts, takeAttempt } from "../limits/slow-down.ts";
import { otherFactorsOfUser, recoveryCodesOfUser, totpOfUser, useRecoveryCode, useTotpStep } from "./queries.ts";
import { recoveryCodeId } from "./recovery-codes.ts";
import { stepOfCode } from "./totp.ts";

/** Who signs in, and with which code. */
interface Signing {
  readonly userId: number;
  readonly code: string | undefined;
  readonly doer: Doer;
}

/** The second factor of a sign-in, as the audit log shows it. */
export interface SignInFactor {
  readonly factor?: "code" | "recovery code";
}

/**
 * Does the work of a sign-in in the transaction that uses the code up, for users who have a second factor. Throws 401
 * `second-factor`, or 429 `slow-down`: every attempt counts before it is checked, so that many at once are no way around.
 */
export async function withSecondFactor<T>(
  api: Api,
  { userId, code, doer }: Signing,
  work: (tx: Transaction, factor: SignInFactor) => Promise<T>,
): Promise<T> {
  const { database } = api;
  try {
    const { factor, useUp } = await checked(api, userId, code);
    return await runWithRetry(database, performance.now(), async (tx) => {
      await useUp(tx);
      return work(tx, factor);
    });
  } catch (error) {
    if (error instanceof WrongCode)
      await runWithRetry(database, performance.now(), (tx) =>
        recordAccess(tx, { userId, event: "refused", about: { method: "code" } }, { ...doer, principal: nobody }),
      );
    throw error instanceof WrongCode ? error.refusal() : error;
  }
}

/** Inside this file only: clients get an `ApiError`. */
class WrongCode extends Error {
  refusal(): ApiError {
    const next = "Wait for the next code of your authenticator app and type that, or use a recovery code.";
    return new ApiError("second-factor", `This code is wrong, or was used already. ${next}`);
  }
}

interface Checked {
  readonly factor: SignInFactor;
  /** Throws if somebody was faster. */
  readonly useUp: (tx: Transaction) => Promise<void>;
}

async function checked(api: Api, user_id: number, code: string | undefined): Promise<Checked> {
  const totp = await api.database.maybe(totpOfUser, { user_id });
  if (totp === null || totp.secret === null) {
    if (api.access.requiresSecondFactor) await refuseLone(api, user_id);
    return { factor: {}, useUp: async () => undefined };
  }
  if (code === undefined || code === "")
    throw new ApiError("second-factor", "Type the code of your authenticator app, or a recovery code.");
  const place = `code of user ${user_id}`;
  await takeAttempt(api.database, place);
  const found = await codeOf(api, { user_id, secret: totp.secret }, code.trim());
  if (found === null) throw new WrongCode();
  const { factor, use } = found;
  const useUp = async (tx: Transaction) => {
    if ((await use(tx)).rowsAffected === 0) throw new WrongCode();
    await forgetAttempts(tx, place);
  };
  return { factor: { factor }, useUp };
}

/** Where everybody signs in with a second factor, a password alone is good for setting one up, and for nothing later. */
async function refuseLone({ database }: Api, user_id: number): Promise<void> {
  const { others } = await database.one(otherFactorsOfUser, { user_id });
  if ((others ?? 0) > 0)
    throw new ApiError(
      "second-factor",
      "Here a password alone is not enough. Sign in with your passkey or single sign-on.",
    );
}

interface Own {
  readonly user_id: number;
  readonly secret: string;
}

async function codeOf({ database, access }: Api, { user_id, secret }: Own, code: string) {
  if (/^\d{3} ?\d{3}$/.test(code)) {
    const step = await stepOfCode(secret, code.replace(" ", ""), access.now());
    if (step === null) return null;
    return { factor: "code", use: (tx: Transaction) => tx.run(useTotpStep, { user_id, secret, step }) } as const;
  }
  const code_id = await recoveryCodeId(code, await database.all(recoveryCodesOfUser, { user_id }));
  if (code_id === null) return null;
  const use = (tx: Transaction) => tx.run(useRecoveryCode, { code_id, user_id });
  return { factor: "recovery code", use } as const;
}
