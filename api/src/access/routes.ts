import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { object } from "../contract/object.ts";
import { type Route, route } from "../contract/route.ts";
import { none, optional, text } from "../contract/schema.ts";
import type { Caller } from "../contract/write-headers.ts";
import { nobody } from "../rights/principal.ts";
import { runWithRetry } from "../writes/retry.ts";
import { recordAccess } from "./audit/record-access.ts";
import { endingCookie } from "./cookie.ts";
import { newPassword, session } from "./fields.ts";
import { deleteSession, raiseAccessVersion } from "./queries.ts";
import { shownSession, welcome } from "./session-answer.ts";
import { choosePassword, signIn } from "./sessions.ts";

const tag = "session";
const path = "/api/session";

/** The code of an authenticator app, or a recovery code. */
const code = optional(text(30));
const credentials = object("SignIn", { email_address: text(254), password: text(200), code });
const choice = object("PasswordChoice", { link: text(100), password: newPassword, code });

/** The routes to sign in and out. */
export function accessRoutes(api: Api): readonly Route[] {
  return [whoRoute(api), signInRoute(api), signOutRoute(api), choiceRoute(api)];
}

function whoRoute(api: Api): Route {
  return route({
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
  });
}

function signInRoute(api: Api): Route {
  return route({
    method: "POST",
    path,
    right: "public",
    tag,
    summary: "Sign in",
    description:
      "The answer sets the cookie of the session. After several failures the next attempts get 429. " +
      "A user with an authenticator app gets 401 `second-factor` until `code` is sent as well.",
    query: {},
    body: credentials,
    data: session,
    personal: true,
    refusals: ["wrong-sign-in", "second-factor", "slow-down"],
    async handle({ body: { email_address: emailAddress, password, code }, context }) {
      return welcome(api, await signIn(api, { emailAddress, password, code }, context), "Signed in");
    },
  });
}

function signOutRoute(api: Api): Route {
  return route({
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
      return { ...ok("Signed out", await shownSession(api, nobody)), cookie: endingCookie(api.hasSecureCookies) };
    },
  });
}

function choiceRoute(api: Api): Route {
  return route({
    method: "POST",
    path: `${path}/password`,
    right: "public",
    tag,
    summary: "Choose a password with a one-time link, and sign in",
    description: "A user with an authenticator app gets 401 `second-factor` until `code` is sent as well.",
    query: {},
    body: choice,
    data: session,
    personal: true,
    refusals: ["wrong-link", "second-factor", "slow-down", "rule"],
    async handle({ body: { link, password, code }, context }) {
      return welcome(api, await choosePassword(api, { link, password, code }, context), "Password chosen");
    },
  });
}

async function signOut({ database, access }: Api, doer: Caller): Promise<void> {
  const { session: hash, userId } = doer.principal;
  // A token has no session; it stays valid until it is switched off.
  if (hash === null) return;
  await runWithRetry(database, performance.now(), async (tx) => {
    await tx.run(raiseAccessVersion);
    await tx.run(deleteSession, { hash });
    await recordAccess(tx, { userId, event: "sign-out" }, doer);
  });
  await access.read();
}
