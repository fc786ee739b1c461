// The routes with which users set up an authenticator app and recovery codes. `check.ts` asks for them at sign-in.
import type { Api } from "../../api.ts";
import { ApiError, ok, refusalOf } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none, nullable, text } from "../../contract/schema.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { own } from "../account/own.ts";
import { recordAccess } from "../audit/record-access.ts";
import { raiseAccessVersion, userById } from "../queries.ts";
import {
  confirmTotp,
  deleteRecoveryCodes,
  deleteTotp,
  insertTotp,
  lockTotpOfUser,
  offerTotp,
  totpOfUser,
} from "./queries.ts";
import { newRecoveryCodes, replaceRecoveryCodes } from "./recovery-codes.ts";
import { newTotpSecret, stepOfCode, totpUri } from "./totp.ts";

const tag = "account";
const path = "/api/account/totp";

const newTotp = object("NewTotp", { secret: text(64), uri: text(500) });
const totpCode = object("TotpCode", { code: text(10) });
const recoveryCodes = object("RecoveryCodes", { recovery_codes: array(text(20)) });
const shownOnce = "They are shown only in this answer, are stored as hashes, and work once each in place of a code.";

const wrongFirstCode = {
  pointer: "#/code",
  code: "rule",
  message: "Is not the code of this moment. Type the newest one, and check the clock of your phone.",
} as const;

/** The routes of the second factor. */
export function secondFactorRoutes(api: Api): readonly Route[] {
  return [offerRoute(api), confirmRoute(api), removeRoute(api), recoveryCodesRoute(api)];
}

function offerRoute({ database }: Api): Route {
  return route({
    method: "POST",
    path,
    right: "signed-in",
    proof: true,
    tag,
    summary: "Make a secret for an authenticator app",
    description: "It is in force once its first code is sent with PUT. Until then an earlier app goes on working.",
    query: {},
    body: none,
    data: newTotp,
    refusals: ["forbidden"],
    async handle({ context: { principal } }) {
      const { userId: user_id } = own(principal);
      const { email_address } = await database.one(userById, { id: user_id });
      const secret = await newTotpSecret();
      await runWithRetry(database, performance.now(), async (tx) => {
        const offer = { user_id, next_secret: secret };
        if ((await tx.run(offerTotp, offer)).rowsAffected === 0) await tx.run(insertTotp, offer);
      });
      return ok("Secret made", { secret, uri: await totpUri(secret, email_address) });
    },
  });
}

function confirmRoute({ database, access }: Api): Route {
  return route({
    method: "PUT",
    path,
    right: "signed-in",
    proof: true,
    tag,
    summary: "Put an authenticator app in force with its first code, and get recovery codes",
    description: shownOnce,
    query: {},
    body: totpCode,
    data: recoveryCodes,
    refusals: ["rule", "state", "forbidden"],
    async handle({ body: { code }, context }) {
      const { userId: user_id } = own(context.principal);
      const totp = await database.maybe(totpOfUser, { user_id });
      const next_secret = totp?.next_secret ?? null;
      if (next_secret === null) throw new ApiError("state", "There is no new secret: make one with POST first.");
      const last_step = await stepOfCode(next_secret, code.replace(/\s/g, ""), access.now());
      if (last_step === null) throw refusalOf([wrongFirstCode]);
      const codes = await newRecoveryCodes();
      await runWithRetry(database, performance.now(), async (tx) => {
        const { rowsAffected } = await tx.run(confirmTotp, { user_id, next_secret, last_step });
        if (rowsAffected === 0) throw new ApiError("state", "Another secret was made meanwhile: use that one.");
        await replaceRecoveryCodes(tx, user_id, codes);
        await recordAccess(tx, { userId: user_id, event: "code", about: { change: "in force" } }, context);
        await tx.run(raiseAccessVersion);
      });
      await access.read();
      return ok("Authenticator app in force", { recovery_codes: codes.shown });
    },
  });
}

function removeRoute({ database, access }: Api): Route {
  return route({
    method: "DELETE",
    path,
    right: "signed-in",
    proof: true,
    tag,
    summary: "Remove your authenticator app and the recovery codes",
    query: {},
    body: none,
    data: nullable(newTotp),
    refusals: ["not-found", "forbidden"],
    async handle({ context }) {
      const { userId: user_id } = own(context.principal);
      await runWithRetry(database, performance.now(), async (tx) => {
        const { rowsAffected } = await tx.run(deleteTotp, { user_id });
        if (rowsAffected === 0) throw new ApiError("not-found", "You have no authenticator app.");
        await tx.run(deleteRecoveryCodes, { user_id });
        await recordAccess(tx, { userId: user_id, event: "code", about: { change: "removed" } }, context);
        await tx.run(raiseAccessVersion);
      });
      await access.read();
      return ok("Authenticator app removed", null);
    },
  });
}

function recoveryCodesRoute({ database }: Api): Route {
  return route({
    method: "POST",
    path: "/api/account/recovery-codes",
    right: "signed-in",
    proof: true,
    tag,
    summary: "Make ten new recovery codes in place of the earlier ones",
    description: shownOnce,
    query: {},
    body: none,
    data: recoveryCodes,
    refusals: ["state", "forbidden"],
    async handle({ context }) {
      const { userId: user_id } = own(context.principal);
      const codes = await newRecoveryCodes();
      await runWithRetry(database, performance.now(), async (tx) => {
        const totp = await tx.maybe(lockTotpOfUser, { user_id });
        if (totp === null || totp.secret === null)
          throw new ApiError("state", "Recovery codes go with an authenticator app: set one up first.");
        await replaceRecoveryCodes(tx, user_id, codes);
        await recordAccess(tx, { userId: user_id, event: "code", about: { change: "recovery codes" } }, context);
      });
      return ok("Recovery codes made", { recovery_codes: codes.shown });
    },
  });
}
