import type { Api } from "../../api.ts";
import { ApiError, type Outcome, toApiError } from "../../contract/answer.ts";
import { choice, type Parameter } from "../../contract/query-parameters.ts";
import { type RawRequest, type Route, route } from "../../contract/route.ts";
import { none } from "../../contract/schema.ts";
import { BeginLimit } from "../limits/begin-limit.ts";
import { comeBack } from "./come-back.ts";
import { signOnCookieOf } from "./cookie.ts";
import { signInPage } from "./own-path.ts";
import { callbackPath, providerOf } from "./provider.ts";
import { beginSignOn } from "./sign-on.ts";

const tag = "session";
const path = "/api/session/single-sign-on";

const to: Parameter<string> = {
  schema: { type: "string", maxLength: 2000, examples: ["/orders"] },
  description: "The page to which the browser is led afterwards: a path of the pages, else the first page.",
  absent: "/",
  read: (value) => ({ value }),
};

const purpose = choice(["sign-in", "proof"], "To sign in, or to prove again who is signed in.");

/** The routes to which a browser is led to sign in with single sign-on, and from which it is led on. */
export function singleSignOnRoutes(api: Api): readonly Route[] {
  return [beginRoute(api), callbackRoute(api)];
}

function beginRoute(api: Api): Route {
  const { database, hasSecureCookies } = api;
  const limit = new BeginLimit();
  const declared = route({
    method: "GET",
    path,
    right: "public",
    tag,
    summary: "Sign in with single sign-on",
    description:
      "Leads the browser to the provider of OpenID Connect. A browser that is refused is led to `/sign-in?refused=CODE`. " +
      "With `purpose=proof` a user who is signed in proves it again: the provider must ask anew, and the session gets " +
      "another secret.",
    query: { to, purpose },
    body: none,
    data: none,
    status: 302,
    personal: true,
    refusals: ["not-found", "unauthenticated", "slow-down", "single-sign-on-unavailable"],
    async handle({ query, context: { principal, origin } }) {
      const provider = providerOf(api);
      limit.take(origin().address);
      const isProof = query.purpose === "proof";
      if (isProof && principal.session === null) throw new ApiError("unauthenticated", "Sign in first.");
      const session = isProof ? principal.session : null;
      const { checks, secret } = await beginSignOn(database, { to: query.to, session });
      const redirect = await provider.address(checks, isProof);
      return { redirect, cookies: [signOnCookieOf(secret, hasSecureCookies)] };
    },
  });
  return {
    ...declared,
    async answer(raw) {
      if (isForeign(raw)) return { redirect: signInPage, cookies: [] };
      return ledOn(raw, [], () => declared.answer(raw));
    },
  };
}

/** A page of another server may lead to the page with the button, but begin no sign-in by itself. */
function isForeign({ request }: RawRequest): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === "cross-site" || site === "same-site";
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
      ...(["single-sign-on-unavailable", "no-account", "no-role", "other-account", "state"] as const),
    ],
    handle: () => {
      throw new Error("the query of the provider is read as it is");
    },
  });
  const ended = [signOnCookieOf(null, api.hasSecureCookies)];
  return { ...declared, answer: (raw) => ledOn(raw, ended, () => comeBack(api, raw)) };
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
