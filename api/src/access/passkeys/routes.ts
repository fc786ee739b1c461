// The routes with which users add, rename and remove their passkeys, and sign in with one.
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, created, ok, okList } from "../../contract/answer.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none, nullable, type Of } from "../../contract/schema.ts";
import { etagOf, requireVersion } from "../../writes/preconditions.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { own } from "../account/own.ts";
import { recordAccess } from "../audit/record-access.ts";
import { session } from "../fields.ts";
import { BeginLimit } from "../limits/begin-limit.ts";
import { raiseAccessVersion } from "../queries.ts";
import { welcome } from "../session-answer.ts";
import { requestOptions } from "./answer.ts";
import { passkey, passkeyCreate, passkeyOptions, passkeySignIn, passkeyUpdate } from "./fields.ts";
import { deletePasskey, lockPasskey, passkeysOfUser, renamePasskey } from "./queries.ts";
import { addPasskey, creationOptions } from "./register.ts";
import { signInWithPasskey } from "./sign-in.ts";

const path = "/api/account/passkeys";
const ofAccount = { right: "signed-in", tag: "account", query: {} } as const;

/** The routes of passkeys. */
export function passkeyRoutes(api: Api): readonly Route[] {
  return [
    ...[challengeRoute(api), signInRoute(api), listRoute(api), creationRoute(api)],
    ...[createRoute(api), updateRoute(api), deleteRoute(api)],
  ];
}

function challengeRoute(api: Api): Route {
  const limit = new BeginLimit();
  return route({
    method: "POST",
    path: "/api/session/passkey-challenge",
    right: "public",
    tag: "session",
    summary: "Get what a browser asks a passkey with",
    description: "For `navigator.credentials.get`, to sign in or to prove again who one is. Its answer is taken once.",
    query: {},
    body: none,
    data: passkeyOptions,
    refusals: ["state", "slow-down"],
    async handle({ context: { origin } }) {
      limit.take(origin().address);
      return ok("Challenge made", { options: await requestOptions(api) });
    },
  });
}

function signInRoute(api: Api): Route {
  return route({
    method: "POST",
    path: "/api/session/passkey",
    right: "public",
    tag: "session",
    summary: "Sign in with a passkey",
    description: "A passkey is both factors: no code is asked for. The answer sets the cookie of the session.",
    query: {},
    body: passkeySignIn,
    data: session,
    personal: true,
    refusals: ["wrong-sign-in", "slow-down", "state"],
    async handle({ body: { response }, context }) {
      return welcome(api, await signInWithPasskey(api, response, context), "Signed in");
    },
  });
}

function listRoute({ database }: Api): Route {
  return route({
    ...ofAccount,
    method: "GET",
    path,
    summary: "List your passkeys",
    body: none,
    data: array(passkey),
    personal: true,
    refusals: ["forbidden"],
    async handle({ context: { principal } }) {
      const rows = await database.all(passkeysOfUser, { user_id: own(principal).userId });
      return okList("Passkeys retrieved", rows.map(shown));
    },
  });
}

type Shown = Of<typeof passkey>;

function shown({ id, name, created_at, used_at, backed_up }: Shown): Shown {
  return { id, name, created_at, used_at, backed_up };
}

function creationRoute(api: Api): Route {
  return route({
    ...ofAccount,
    method: "POST",
    path: `${path}/challenge`,
    proof: true,
    summary: "Get what a browser makes a passkey with",
    description: "For `navigator.credentials.create`. Its answer is taken once.",
    body: none,
    data: passkeyOptions,
    refusals: ["state", "forbidden"],
    handle: async ({ context: { principal } }) =>
      ok("Challenge made", { options: await creationOptions(api, own(principal).userId) }),
  });
}

function createRoute(api: Api): Route {
  return route({
    ...ofAccount,
    method: "POST",
    path,
    proof: true,
    summary: "Add a passkey",
    body: passkeyCreate,
    data: passkey,
    status: 201,
    refusals: ["rule", "state", "duplicate", "forbidden"],
    async handle({ body, context }) {
      const stored = await addPasskey(api, own(context.principal).userId, body, context);
      return created("Passkey added", `${path}/${stored.id}`, shown(stored), etagOf({ version: 0 }));
    },
  });
}

function updateRoute({ database }: Api): Route {
  return route({
    ...ofAccount,
    method: "PUT",
    path: "/api/account/passkeys/{id}",
    proof: true,
    summary: "Rename a passkey",
    body: passkeyUpdate,
    data: passkey,
    refusals: ["not-found", "forbidden"],
    async handle({ path: { id }, body: { name }, context }) {
      const { userId: user_id } = own(context.principal);
      const row = await runWithRetry(database, performance.now(), async (tx) => {
        const { version, ...before } = await locked(tx, { id, user_id });
        requireVersion(await tx.run(renamePasskey, { id, name, version }));
        const about = { change: "renamed", passkey: id };
        await recordAccess(tx, { userId: user_id, event: "passkey", about }, context);
        return { ...before, name, version: version + 1 };
      });
      return ok("Passkey renamed", shown(row), etagOf(row));
    },
  });
}

function deleteRoute({ database, access }: Api): Route {
  return route({
    ...ofAccount,
    method: "DELETE",
    path: "/api/account/passkeys/{id}",
    proof: true,
    summary: "Remove a passkey",
    body: none,
    data: nullable(passkey),
    refusals: ["not-found", "forbidden"],
    async handle({ path: { id }, context }) {
      const { userId: user_id } = own(context.principal);
      await runWithRetry(database, performance.now(), async (tx) => {
        const { version } = await locked(tx, { id, user_id });
        requireVersion(await tx.run(deletePasskey, { id, version }));
        const about = { change: "removed", passkey: id };
        await recordAccess(tx, { userId: user_id, event: "passkey", about }, context);
        await tx.run(raiseAccessVersion);
      });
      await access.read();
      return ok("Passkey removed", null);
    },
  });
}

/** A passkey of this user, locked. Throws 404 for that of somebody else. */
async function locked(tx: Transaction, wanted: { readonly id: number; readonly user_id: number }) {
  const row = await tx.maybe(lockPasskey, wanted);
  if (row === null) throw new ApiError("not-found", "You have no such passkey.");
  return row;
}
