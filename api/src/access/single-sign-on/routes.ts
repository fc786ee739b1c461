import type { Api } from "../../api.ts";
import { ApiError, type Outcome, type Redirect, toApiError } from "../../contract/answer.ts";
import type { Parameter } from "../../contract/query-parameters.ts";
import { type RawRequest, type Route, route } from "../../contract/route.ts";
import { none } from "../../contract/schema.ts";
import { utcAt } from "../../contract/text.ts";
import { nobody } from "../../rights/principal.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { recordAccess } from "../audit/record-access.ts";
import { beginningCookie } from "../cookie.ts";
import { beginRecordedSession } from "../sessions.ts";
import { signOnCookie, signOnCookieOf } from "./cookie.ts";
import { signInPage } from "./own-path.ts";
import { callbackPath, type Provider } from "./provider.ts";
import { beginSignOn, takeSignOn } from "./sign-on.ts";
import { identityIn, userOf } from "./user.ts";

const tag = "session";
const path = "/api/session/single-sign-on";

const to: Parameter<string> = {
  schema: { type: "string", maxLength: 2000, examples: ["/orders"] },
  description: "The page to which the browser is led afterwards: a path of the pages, else the first page.",
  absent: "/",
  read: (value) => ({ value }),
};

/** The routes to which a browser is led to sign in with single sign-on, and from which it is led on. */
export function singleSignOnRoutes(api: Api): readonly Route[] {
  return [beginRoute(api), callbackRoute(api)];
}

function beginRoute(api: Api): Route {
  const { database, hasSecureCookies } = api;
  const declared = route({
    method: "GET",
    path,
    right: "public",
    tag,
    summary: "Sign in with single sign-on",
    description:
      "Leads the browser to the provider of OpenID Connect. A browser that is refused is led to `/sign-in?refused=CODE`.",
    query: { to },
    body: none,
    data: none,
    status: 302,
    personal: true,
    refusals: ["not-found", "single-sign-on-unavailable"],
    async handle({ query }) {
      const provider = providerOf(api);
      const { checks, secret } = await beginSignOn(database, { to: query.to, session: null });
      const redirect = await provider.address(checks, false);
      return { redirect, cookies: [signOnCookieOf(secret, hasSecureCookies)] };
    },
  });
  return { ...declared, answer: (raw) => ledOn(raw, [], () => declared.answer(raw)) };
}

function callbackRoute(api: Api): Route {
  const declared = route({
    method: "GET",
    path: callbackPath,
    right: "public",
    tag,
    summary: "End a sign-in with single sign-on",
    description:
      "The provider leads the browser here, with whatever parameters it has. The answer sets the cookie of the session.",
    query: {},
    body: none,
    data: none,
    status: 302,
    personal: true,
    refusals: [
      ...(["not-found", "wrong-single-sign-on", "single-sign-on-declined"] as const),
      ...(["single-sign-on-unavailable", "no-account", "no-role", "state"] as const),
    ],
    handle: () => {
      throw new Error("the query of the provider is read as it is");
    },
  });
  const ended = [signOnCookieOf(null, api.hasSecureCookies)];
  return { ...declared, answer: (raw) => ledOn(raw, ended, () => comeBack(api, raw)) };
}

function providerOf({ singleSignOn }: Api): Provider {
  if (singleSignOn === null) throw new ApiError("not-found", "Single sign-on is not set up here.");
  return singleSignOn;
}

/** The redirect; for a browser that is refused, one to the page that says so. Programs get the refusal itself. */
async function ledOn(
  { request }: RawRequest,
  cookies: readonly string[],
  work: () => ReturnType<Route["answer"]>,
): Promise<Outcome<unknown>> {
  try {
    return await work();
  } catch (error) {
    if (request.headers.get("accept")?.includes("text/html") !== true) throw error;
    const refusal = toApiError(error);
    return { redirect: `${signInPage}?refused=${refusal.code}`, cookies, refusal };
  }
}

/** Takes the answer of the provider and begins the session of the user whom it names. */
async function comeBack(api: Api, { queryText, request, caller }: RawRequest): Promise<Redirect> {
  const { database, hasSecureCookies, access } = api;
  const provider = providerOf(api);
  const secret = signOnCookie(request.headers.get("cookie"), hasSecureCookies);
  const signOn = await takeSignOn(database, new URLSearchParams(queryText).get("state") ?? "", secret);
  const claims = await provider.claims(queryText, signOn.checks, false);
  const identity = identityIn(claims, provider.settings.rolesClaim);
  const writer = {
    ...{ principal: "single sign-on", request_id: caller.requestId, client_request_id: caller.clientRequestId },
    write_id: crypto.randomUUID(),
  };
  const at = utcAt(access.now());
  const session = await runWithRetry(database, performance.now(), async (tx) => {
    const met = await userOf(tx, identity, writer);
    if ("user" in met) return beginRecordedSession(tx, met.user, { method: "single-sign-on" }, caller, at);
    const { refusal, userId } = met;
    await recordAccess(
      tx,
      { userId, event: "refused", about: { method: "single-sign-on" } },
      { ...caller, principal: nobody },
    );
    return refusal;
  });
  await access.read();
  // Thrown only now: what was recorded must stay.
  if (session instanceof ApiError) throw session;
  const cookies = [beginningCookie(session, hasSecureCookies), signOnCookieOf(null, hasSecureCookies)];
  return { redirect: signOn.destination, cookies };
}
