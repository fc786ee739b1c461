// Which account at the provider is whose: linked at the first sign-in by a verified address, or by an admin where the
// provider verifies none (Entra ID).
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, ok } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { name, none, nullable } from "../../contract/schema.ts";
import { utcAt } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { type Doer, recordAccess } from "../audit/record-access.ts";
import { raiseAccessVersion, userById } from "../queries.ts";
import { providerOf } from "./provider.ts";
import { deleteIdentities, insertIdentity, userOfIdentity } from "./queries.ts";

const identity = object("Identity", { subject: name(255) });
const ofUser = { path: "/api/users/{id}/identity", right: "manage-users", proof: true, tag: "users" } as const;

/** The routes with which an admin links a user with an account at the provider, and takes the link away. */
export function identityRoutes(api: Api): readonly Route[] {
  return [linkRoute(api), unlinkRoute(api)];
}

function linkRoute(api: Api): Route {
  return route({
    ...ofUser,
    method: "PUT",
    summary: "Link a user with an account at the provider of single sign-on",
    description: "`subject` is the claim `sub` by which the provider knows the account. An earlier link ends.",
    query: {},
    body: identity,
    data: identity,
    refusals: ["not-found", "duplicate", "single-sign-on-unavailable"],
    async handle({ path: { id }, body: { subject }, context }) {
      const { database, access } = api;
      const key = { issuer: await providerOf(api).issuer(), subject };
      await runWithRetry(database, performance.now(), async (tx) => {
        await tx.run(raiseAccessVersion);
        await requireUser(tx, id);
        const other = await tx.maybe(userOfIdentity, key);
        if (other !== null && other.user_id !== id)
          throw new ApiError(
            "duplicate",
            `This account belongs to user ${other.user_id}: take the link away there first.`,
          );
        await tx.run(deleteIdentities, { user_id: id });
        await tx.run(insertIdentity, { ...key, user_id: id, linked_at: utcAt(access.now()) });
        await recordAccess(tx, { userId: id, event: "identity", about: { change: "linked" } }, context);
      });
      await access.read();
      return ok("Account linked", { subject });
    },
  });
}

function unlinkRoute({ database, access }: Api): Route {
  return route({
    ...ofUser,
    method: "DELETE",
    summary: "Take away the link between a user and an account at the provider",
    query: {},
    body: none,
    data: nullable(identity),
    refusals: ["not-found"],
    async handle({ path: { id }, context }) {
      await runWithRetry(database, performance.now(), (tx) => unlink(tx, id, context));
      await access.read();
      return ok("Link taken away", null);
    },
  });
}

async function unlink(tx: Transaction, id: number, doer: Doer): Promise<void> {
  await tx.run(raiseAccessVersion);
  await requireUser(tx, id);
  const { rowsAffected } = await tx.run(deleteIdentities, { user_id: id });
  if (rowsAffected === 0) throw new ApiError("not-found", "This user has no account at the provider.");
  await recordAccess(tx, { userId: id, event: "identity", about: { change: "taken away" } }, doer);
}

async function requireUser(tx: Transaction, id: number): Promise<void> {
  if ((await tx.maybe(userById, { id })) === null) throw new ApiError("not-found", "There is no such user.");
}
