import type { Transaction } from "sqlproof";
import { ApiError } from "../../contract/answer.ts";
import { lockUserById } from "../audit/queries.ts";
import { type Doer, recordAccess } from "../audit/record-access.ts";
import { deleteSessionsOfUser, raiseAccessVersion } from "../queries.ts";
import { deletePasskeysOfUser, deleteRecoveryCodes, deleteTotp } from "./queries.ts";

/**
 * Removes the authenticator app, the recovery codes and the passkeys of a user who has lost them, and ends all sessions
 * of that user: the lost phone may be signed in. Throws 404.
 */
export async function removeSecondFactor(tx: Transaction, user_id: number, doer: Doer): Promise<void> {
  if ((await tx.maybe(lockUserById, { id: user_id })) === null)
    throw new ApiError("not-found", "There is no such user.");
  await tx.run(deleteTotp, { user_id });
  await tx.run(deleteRecoveryCodes, { user_id });
  await tx.run(deletePasskeysOfUser, { user_id });
  await tx.run(deleteSessionsOfUser, { user_id });
  await recordAccess(tx, { userId: user_id, event: "code", about: { change: "second factor removed" } }, doer);
  await tx.run(raiseAccessVersion);
}
