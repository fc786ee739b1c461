// What a client gets of a session: who is signed in, with which rights, and until when nothing asks for proof again.
import type { Api } from "../api.ts";
import { type Answer, ok } from "../contract/answer.ts";
import { utcAt } from "../contract/text.ts";
import { type Principal, provedMs } from "../rights/principal.ts";
import { rolesOf } from "../rights/rights.ts";
import { beginningCookie } from "./cookie.ts";
import { listed, type Session } from "./fields.ts";
import { sessionByHash, userById } from "./queries.ts";
import { hashOf } from "./secrets.ts";
import type { Signed } from "./sessions.ts";

/** The answer to a sign-in, with the cookie of the new session. */
export async function welcome(api: Api, { secret }: Pick<Signed, "secret">, message: string): Promise<Answer<Session>> {
  const { database, access, hasSecureCookies } = api;
  await access.read();
  const session = await database.one(sessionByHash, { hash: hashOf(secret) });
  const shown = await shownSession(api, access.principalIn(session));
  return { ...ok(message, shown), cookie: beginningCookie(secret, hasSecureCookies) };
}

/** The session of a principal, or what there is instead of one. */
export async function shownSession(
  { database, access, passkeySite, singleSignOn, mailer }: Api,
  principal: Principal,
): Promise<Session> {
  const { userId, provedAt } = principal;
  const shared = {
    rights: listed(principal.rights),
    needs_second_factor: principal.needsSecondFactor,
    proved_until: provedAt === null ? null : utcAt(provedAt + provedMs),
    sign_in: {
      passkeys: passkeySite.name !== null,
      single_sign_on: singleSignOn?.settings.name ?? null,
      mail: mailer !== null,
      no_user: access.isEmpty,
    },
  };
  if (userId === null) return { state: stateOf(access, principal), user: null, ...shared };
  const user = await database.one(userById, { id: userId });
  const { id, name, email_address } = user;
  return { state: "signed-in", user: { id, name, email_address, roles: rolesOf(user) }, ...shared };
}

function stateOf({ isOpen }: Api["access"], { rights }: Principal): Session["state"] {
  if (isOpen) return "open";
  return rights.size > 0 ? "anonymous" : "signed-out";
}
