// For tests: a provider of OpenID Connect, `oidc-provider`, with accounts that sign in without being asked.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Configuration } from "oidc-provider";

/** What the provider knows of somebody, besides who it is. */
export interface Account {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export const clientId = "northwind";
export const clientSecret = "a secret that only the two servers know";

export interface RealProvider {
  readonly issuer: string;
  readonly port: number;
  /** By subject. A browser is the one that its cookie `account` names. */
  readonly accounts: Map<string, Account>;
  stop(): Promise<void>;
}

/** Starts a provider on this machine that leads browsers back to `callback` only. */
export async function startProvider(callback: string, port = 0): Promise<RealProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const taken = portOf(server);
  const issuer = `http://127.0.0.1:${taken}`;
  const accounts = new Map<string, Account>();
  const provider = new Provider(issuer, configuration(callback, accounts));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") === true) void signIn(provider, request, response);
    else void answer(request, response);
  });
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { issuer, port: taken, accounts, stop };
}

function configuration(callback: string, accounts: ReadonlyMap<string, Account>): Configuration {
  return {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    // Without PKCE nobody gets a code.
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ["a key of the test"] },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, ...accounts.get(sub) }) }),
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const account = /(?:^|; )account=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
  const declined = { error: "access_denied", error_description: "The user has said no" };
  await provider.interactionFinished(request, response, account ? { login: { accountId: account } } : declined);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the provider listens on no port");
  return address.port;
}
