// The provider of single sign-on, asked with openid-client, which is loaded when the first user wants to sign in there.
import type { Configuration } from "openid-client";
import { ApiError } from "../../contract/answer.ts";
import { tracedFetch } from "../../watch/trace/outgoing.ts";

/** How single sign-on is set up. */
export interface SingleSignOnSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Null for a client without a secret, which PKCE alone protects. */
  readonly clientSecret: string | null;
  /** The words of the button. */
  readonly name: string;
  /** The claim from which users get their roles at each sign-in; null if admins give them here. */
  readonly rolesClaim: string | null;
  /** Where browsers find the pages. */
  readonly publicUrl: URL;
}

/** What a sign-in remembers until the browser comes back. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What the provider says of a user. */
export type Claims = Readonly<Record<string, unknown>>;

export const callbackPath = "/api/session/single-sign-on/callback";

/** Three requests, one after the other, must fit into the deadline of a request. */
const timeoutSeconds = 3;

export class Provider {
  #found: Promise<Configuration> | null = null;

  constructor(readonly settings: SingleSignOnSettings) {}

  /** How the provider calls itself in what it says of users. */
  async issuer(): Promise<string> {
    return (await this.#configuration()).serverMetadata().issuer;
  }

  /** Where a browser is led to sign in. With `isProof` the user must do so again even if signed in there. */
  async address({ state, nonce, codeVerifier }: Checks, isProof: boolean): Promise<string> {
    const client = await import("openid-client");
    const configuration = await this.#configuration();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback("").href,
      scope: "openid email profile",
      ...{ state, nonce, code_challenge_method: "S256" },
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      ...(isProof ? { prompt: "login", max_age: "0" } : {}),
    });
    return url.href;
  }

  /** Who has come back with this query. Throws `ApiError` if it is not what was asked for. */
  async claims(queryText: string, { state, nonce, codeVerifier }: Checks, isProof: boolean): Promise<Claims> {
    const client = await import("openid-client");
    const configuration = await this.#configuration();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, this.#callback(queryText), {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true },
        // That `auth_time` is there; how old it may be is up to who asks.
        ...(isProof ? { maxAge: 24 * 60 * 60 } : {}),
      });
      const claims: Claims = tokens.claims() ?? {};
      if (!this.#lacks(claims) || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      const more: Claims = await client.fetchUserInfo(configuration, tokens.access_token, String(claims.sub));
      // An address is as good as what its own source says of it.
      const { email, email_verified } = claims.email === undefined ? more : claims;
      return { ...more, ...claims, email, email_verified };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** Whether the ID token is one of those that leave the rest to the userinfo endpoint. */
  #lacks(claims: Claims): boolean {
    const { rolesClaim } = this.settings;
    return claims.email === undefined || (rolesClaim !== null && claimNamed(claims, rolesClaim) === undefined);
  }

  #callback(queryText: string): URL {
    const url = new URL(callbackPath, this.settings.publicUrl);
    url.search = queryText;
    return url;
  }

  /** What the provider publishes of itself, read once; a failure is forgotten, so that the next user tries again. */
  async #configuration(): Promise<Configuration> {
    this.#found ??= discovered(this.settings);
    try {
      return await this.#found;
    } catch (error) {
      this.#found = null;
      throw unavailable(error);
    }
  }
}

async function discovered({ issuer, clientId, clientSecret }: SingleSignOnSettings): Promise<Configuration> {
  const client = await import("openid-client");
  const isLocal = issuer.protocol === "http:";
  const configuration = await client.discovery(issuer, clientId, {}, client.None(), {
    timeout: timeoutSeconds,
    execute: [client.enableNonRepudiationChecks, ...(isLocal ? [client.allowInsecureRequests] : [])],
  });
  configuration[client.customFetch] = tracedFetch;
  if (clientSecret === null) return configuration;
  const metadata = configuration.serverMetadata();
  const { token_endpoint_auth_methods_supported: methods = ["client_secret_basic"] } = metadata;
  const way = methods.includes("client_secret_basic") ? client.ClientSecretBasic : client.ClientSecretPost;
  const secret = new client.Configuration(metadata, clientId, {}, way(clientSecret));
  secret.timeout = timeoutSeconds;
  secret[client.customFetch] = tracedFetch;
  client.enableNonRepudiationChecks(secret);
  if (isLocal) client.allowInsecureRequests(secret);
  return secret;
}

/** The provider that is set up. Throws 404. */
export function providerOf({ singleSignOn }: { readonly singleSignOn: Provider | null }): Provider {
  if (singleSignOn === null) throw new ApiError("not-found", "Single sign-on is not set up here.");
  return singleSignOn;
}

/** A claim by its name, or by its path: `realm_access.roles`. */
export function claimNamed(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split(".")) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return value;
}

function isObject(value: unknown): value is Claims {
  return typeof value === "object" && value !== null;
}

export const beginAgain = "This sign-in is too old, was used already, or was begun in another browser: begin again.";

/** Answers that are whole, but not to what was asked. Everything else is a provider that does not work. */
const wrongAnswers: ReadonlySet<string> = new Set([
  "OAUTH_INVALID_RESPONSE",
  "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  "OAUTH_JWT_TIMESTAMP_CHECK_FAILED",
  "OAUTH_KEY_SELECTION_FAILED",
]);

function refusalOf(error: unknown): ApiError {
  const { code = "", error: word = "" } = isObject(error) ? error : {};
  if (code === "OAUTH_AUTHORIZATION_RESPONSE_ERROR")
    return new ApiError("single-sign-on-declined", "The provider has not signed you in.", { cause: error });
  if (wrongAnswers.has(String(code)) || word === "invalid_grant")
    return new ApiError("wrong-single-sign-on", beginAgain, { cause: error });
  return unavailable(error);
}

function unavailable(cause: unknown): ApiError {
  const message = "The provider of single sign-on cannot be used at the moment: try again later.";
  return new ApiError("single-sign-on-unavailable", message, { cause, headers: { "retry-after": "5" } });
}
