import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, type Redirect, unauthenticated } from "../../contract/answer.ts";
import type { RawRequest } from "../../contract/route.ts";
import { utcAt } from "../../contract/text.ts";
import type { Caller } from "../../contract/write-headers.ts";
import { nobody } from "../../rights/principal.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { recordAccess } from "../audit/record-access.ts";
import { beginningCookie } from "../cookie.ts";
import { raiseAccessVersion, renewSession } from "../queries.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { beginRecordedSession } from "../sessions.ts";
import { signOnCookie, signOnCookieOf } from "./cookie.ts";
import { beginAgain, type Claims, providerOf } from "./provider.ts";
import { type SignOn, takeSignOn } from "./sign-on.ts";
import { type Identity, identityIn, userOf } from "./user.ts";

const method = "single-sign-on";

/** Takes the answer of the provider and begins the session of the user whom it names. */
export async function comeBack(api: Api, { queryText, request, caller }: RawRequest): Promise<Redirect> {
  const { database, hasSecureCookies, access } = api;
  const provider = providerOf(api);
  const cookie = signOnCookie(request.headers.get("cookie"), hasSecureCookies);
  const signOn = await takeSignOn(database, new URLSearchParams(queryText).get("state") ?? "", cookie);
  const claims = await provider.claims(queryText, signOn.checks, signOn.session !== null);
  if (signOn.session !== null) refuseStale(signOn, claims, caller);
  const identity = identityIn(claims, provider.settings.rolesClaim);
  const at = utcAt(access.now());
  const session = await runWithRetry(database, performance.now(), (tx) => begun(tx, { identity, signOn, caller, at }));
  await access.read();
  // Thrown only now: what was recorded must stay.
  if (session instanceof ApiError) throw session;
  const cookies = [beginningCookie(session, hasSecureCookies), signOnCookieOf(null, hasSecureCookies)];
  return { redirect: signOn.destination, cookies };
}

/** Clocks of two machines differ a little. */
const toleranceMs = 30_000;

/** The proof must be of the session that asked for it, and the provider must have asked the user since then. */
function refuseStale({ session, beganAt }: SignOn, { auth_time }: Claims, { principal }: Caller): void {
  const isFresh = typeof auth_time === "number" && auth_time * 1000 >= beganAt - toleranceMs;
  if (principal.session !== session || !isFresh) throw new ApiError("wrong-single-sign-on", beginAgain);
}

interface Known {
  readonly identity: Identity;
  readonly signOn: SignOn;
  readonly caller: Caller;
  readonly at: ReturnType<typeof utcAt>;
}

/** The secret of the new session, or why there is none. */
async function begun(tx: Transaction, { identity, signOn, caller, at }: Known): Promise<string | ApiError> {
  const writer = {
    ...{ principal: "single sign-on", request_id: caller.requestId, client_request_id: caller.clientRequestId },
    write_id: crypto.randomUUID(),
  };
  const met = await userOf(tx, identity, writer);
  if ("refusal" in met) {
    const { refusal, userId } = met;
    await recordAccess(tx, { userId, event: "refused", about: { method } }, { ...caller, principal: nobody });
    return refusal;
  }
  if (signOn.session === null) return beginRecordedSession(tx, met.user, { method }, caller, at);
  if (met.user.id !== caller.principal.userId)
    return new ApiError("other-account", "Somebody else is signed in at your provider: sign in there as yourself.");
  const secret = newSecret();
  const { rowsAffected } = await tx.run(renewSession, { hash: signOn.session, next: hashOf(secret), now: at });
  if (rowsAffected === 0) return unauthenticated("This session has ended meanwhile. Sign in again.");
  await tx.run(raiseAccessVersion);
  await recordAccess(tx, { userId: met.user.id, event: "proof", about: { method } }, caller);
  return secret;
}
