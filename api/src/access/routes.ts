import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { object } from "../contract/object.ts";
import { type Route, route } from "../contract/route.ts";
import { none, text } from "../contract/schema.ts";
import type { Caller } from "../contract/write-headers.ts";
import { nobody, type Principal } from "../rights/principal.ts";
import { rolesIn } from "../rights/rights.ts";
import { runWithRetry } from "../writes/retry.ts";
import { recordAccess } from "./audit/record-access.ts";
import { beginningCookie, endingCookie } from "./cookie.ts";
import { userPrincipal } from "./current.ts";
import { listed, newPassword, type Session, session } from "./fields.ts";
import { deleteSession, raiseAccessVersion, userById } from "./queries.ts";
import { choosePassword, type Signed, signIn } from "./sessions.ts";

const tag = "session";
const path = "/api/session";

const credentials = object("SignIn", { email_address: text(254), password: text(200) });
const choice = object("PasswordChoice", { link: text(100), password: newPassword });

/** The routes to sign in and out. */
export function accessRoutes(api: Api): readonly Route[] {
  const { database, hasSecureCookies } = api;
  return [
    route({
      method: "GET",
      path,
      right: "public",
      tag,
      summary: "Get who is signed in, with the rights",
      query: {},
      body: none,
      data: session,
      personal: true,
      handle: async ({ context: { principal } }) => ok("Session retrieved", await shownSession(api, principal)),
    }),
    route({
      method: "POST",
      path,
      right: "public",
      tag,
      summary: "Sign in",
      description: "The answer sets the cookie of the session. After several failures the next attempts get 429.",
      query: {},
      body: credentials,
      data: session,
      refusals: ["wrong-sign-in", "slow-down"],
      async handle({ body: { email_address: emailAddress, password }, context }) {
        return welcome(api, await signIn(database, { emailAddress, password }, context), "Signed in");
      },
    }),
    route({
      method: "DELETE",
      path,
      right: "signed-in",
      tag,
      summary: "Sign out",
      query: {},
      body: none,
      data: session,
      async handle({ context }) {
        await signOut(api, context);
        return { ...ok("Signed out", await shownSession(api, nobody)), cookie: endingCookie(hasSecureCookies) };
      },
    }),
    route({
      method: "POST",
      path: `${path}/password`,
      right: "public",
      tag,
      summary: "Choose a password with a one-time link, and sign in",
      query: {},
      body: choice,
      data: session,
      refusals: ["wrong-link"],
      async handle({ body: { link, password }, context }) {
        return welcome(api, await choosePassword(database, { link, password }, context), "Password chosen");
      },
    }),
  ];
}

/** The answer to a sign-in, with the cookie of the new session. */
async function welcome(api: Api, { secret, user }: Signed, message: string) {
  await api.access.read();
  const principal = userPrincipal({ ...user, user_id: user.id, hash: "" });
  return { ...ok(message, await shownSession(api, principal)), cookie: beginningCookie(secret, api.hasSecureCookies) };
}

async function signOut({ database, access }: Api, doer: Caller): Promise<void> {
  const { session: hash, userId } = doer.principal;
  // A token has no session; it stays valid until it is switched off.
  if (hash === null) return;
  await runWithRetry(database, performance.now(), async (tx) => {
    await tx.run(deleteSession, { hash });
    await recordAccess(tx, { userId, event: "sign-out" }, doer);
    await tx.run(raiseAccessVersion);
  });
  await access.read();
}

async function shownSession({ database, access }: Api, principal: Principal): Promise<Session> {
  const rights = listed(principal.rights);
  if (principal.userId === null) return { state: access.isOpen ? "open" : "signed-out", user: null, rights };
  const { id, name, email_address, roles } = await database.one(userById, { id: principal.userId });
  return { state: "signed-in", user: { id, name, email_address, roles: rolesIn(roles) }, rights };
}
