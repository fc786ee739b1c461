import type { Api } from "../../api.ts";
import { ApiError, ok } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { boolean, dateTime, none, nullable, text } from "../../contract/schema.ts";
import { resourceRoutes } from "../../resources/crud.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { recordAccess } from "../audit/record-access.ts";
import { shownUser, user, userCreate, userUpdate } from "../fields.ts";
import { mailOf } from "../password-reset/mail.ts";
import { deleteSessionsOfUser, raiseAccessVersion, userById } from "../queries.ts";
import { removeSecondFactor } from "../second-factor/remove.ts";
import { newPasswordLink } from "../sessions.ts";
import { lockUser, userPages, usersByIds } from "./queries.ts";
import { changeUser, createUser } from "./write.ts";

const passwordLink = object("PasswordLink", {
  link: text(100),
  expires_at: dateTime,
  /** It is mailed to the user as well. */
  mailed: boolean,
});

/** The routes of users. A user is disabled, never deleted: the audit log names who did what. */
export function userRoutes(api: Api): readonly Route[] {
  const routes = resourceRoutes(api, {
    singular: "user",
    plural: "users",
    rights: { read: "manage-users", write: "manage-users" },
    searched: "name and e-mail address",
    shown: user,
    create: userCreate,
    update: userUpdate,
    present: shownUser,
    byIds: usersByIds,
    pages: userPages,
    lock: lockUser,
    insert: (tx, body) => createUser(tx, body),
    change: changeUser,
    remove: () => Promise.reject(new ApiError("state", "A user is disabled, not deleted.")),
    refusals: ["reference", "rule", "state", "duplicate"],
  });
  return [
    ...routes.filter(({ method }) => method !== "DELETE").map((one) => thenRead(api, one)),
    linkRoute(api),
    secondFactorRoute(api),
    endSessionsRoute(api),
  ];
}

/** What a write has changed of somebody's rights holds in this process before it is answered. */
function thenRead({ access }: Api, declared: Route): Route {
  if (declared.method === "GET") return declared;
  return {
    ...declared,
    proof: true,
    async answer(raw) {
      const outcome = await declared.answer(raw);
      await access.read();
      return outcome;
    },
  };
}

function linkRoute({ database, mailer }: Api): Route {
  return route({
    method: "POST",
    path: "/api/users/{id}/password-link",
    right: "manage-users",
    proof: true,
    tag: "users",
    summary: "Make a one-time link with which a user chooses a password",
    description: "The link is shown only in this answer: it is stored as a hash. An earlier one stops working.",
    query: {},
    body: none,
    data: passwordLink,
    refusals: ["not-found", "state"],
    handle: async ({ path: { id }, context }) => {
      const link = await runWithRetry(database, performance.now(), (tx) => newPasswordLink(tx, id, context));
      mailer?.later(async () => mailOf(database, mailer, await database.one(userById, { id }), link.link));
      return ok("Link made", { ...link, mailed: mailer !== null });
    },
  });
}

function endSessionsRoute({ database, access }: Api): Route {
  return route({
    method: "DELETE",
    path: "/api/users/{id}/sessions",
    right: "manage-users",
    proof: true,
    tag: "users",
    summary: "Sign a user out everywhere",
    description: "Tokens of the user stay valid: they are switched off one by one, or all with the user.",
    query: {},
    body: none,
    data: nullable(user),
    refusals: ["not-found"],
    handle: async ({ path: { id }, context }) => {
      await runWithRetry(database, performance.now(), async (tx) => {
        if ((await tx.maybe(userById, { id })) === null) throw new ApiError("not-found", "There is no such user.");
        await recordAccess(tx, { userId: id, event: "ended", about: { sessions: "all" } }, context);
        await tx.run(deleteSessionsOfUser, { user_id: id });
        await tx.run(raiseAccessVersion);
      });
      await access.read();
      return ok("All sessions ended", null);
    },
  });
}

function secondFactorRoute({ database, access }: Api): Route {
  return route({
    method: "DELETE",
    path: "/api/users/{id}/second-factor",
    right: "manage-users",
    proof: true,
    tag: "users",
    summary: "Remove the authenticator app, the recovery codes and the passkeys of a user who has lost them",
    description: "All sessions of the user end: a lost phone may be signed in.",
    query: {},
    body: none,
    data: nullable(user),
    refusals: ["not-found"],
    handle: async ({ path: { id }, context }) => {
      await runWithRetry(database, performance.now(), (tx) => removeSecondFactor(tx, id, context));
      await access.read();
      return ok("Second factor removed", null);
    },
  });
}
