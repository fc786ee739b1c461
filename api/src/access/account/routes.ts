import { parametersOf } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, ok, okList, refuseAll } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, boolean, dateTime, id, integer, none, nullable, text } from "../../contract/schema.ts";
import { utcAt } from "../../contract/text.ts";
import type { Caller } from "../../contract/write-headers.ts";
import { rolesOf } from "../../rights/rights.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { recordAccess } from "../audit/record-access.ts";
import { newPassword, session } from "../fields.ts";
import { forgetAttempts, takeAttempt } from "../limits/slow-down.ts";
import { chosenPasswordHash, isPassword } from "../passwords.ts";
import { deletePasswordLinks, raiseAccessVersion, renewSession, setPasswordHash, userById } from "../queries.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { welcome } from "../session-answer.ts";
import { recordRefusal, type Signed } from "../sessions.ts";
import { own } from "./own.ts";
import { deleteOtherSessions, deleteSessionById, factorsOfUser, sessionsOfUser } from "./queries.ts";

const tag = "account";

const account = object("Account", {
  id,
  email_address: text(254),
  name: text(100),
  roles: array(text(40)),
  has_password: boolean,
  has_totp: boolean,
  /** How many are left. */
  recovery_codes: integer({ min: 0, max: 1000 }),
  passkeys: integer({ min: 0, max: 1000 }),
});
const passwordChange = object("PasswordChange", { current_password: text(200), new_password: newPassword });
const ownSession = object("OwnSession", {
  id,
  began_at: dateTime,
  used_at: dateTime,
  address: nullable(text(64)),
  browser: nullable(text(255)),
  current: boolean,
});

/** The routes with which users look after their own account. */
export function accountRoutes(api: Api): readonly Route[] {
  return [accountRoute(api), passwordRoute(api), sessionsRoute(api), endSessionRoute(api), endOthersRoute(api)];
}

function accountRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: "/api/account",
    right: "signed-in",
    tag,
    summary: "Get your account, and what you sign in with",
    query: {},
    body: none,
    data: account,
    personal: true,
    refusals: ["forbidden"],
    async handle({ context: { principal } }) {
      const { userId } = own(principal);
      const user = await database.one(userById, { id: userId });
      const { totp, recovery_codes, passkeys } = await database.one(factorsOfUser, { user_id: userId });
      const factors = { has_totp: (totp ?? 0) > 0, recovery_codes: recovery_codes ?? 0, passkeys: passkeys ?? 0 };
      const { id, email_address, name, password_hash } = user;
      const has_password = password_hash !== null;
      return ok("Account retrieved", { id, email_address, name, roles: rolesOf(user), has_password, ...factors });
    },
  });
}

function passwordRoute(api: Api): Route {
  return route({
    method: "PUT",
    path: "/api/account/password",
    right: "signed-in",
    tag,
    summary: "Change your password",
    description: "All your other sessions end. A token cannot change a password.",
    query: {},
    body: passwordChange,
    data: session,
    refusals: ["rule", "forbidden", "slow-down"],
    async handle({ body, context }) {
      const signed = await changePassword(api, context, body.current_password, body.new_password);
      return welcome(api, signed, "Password changed");
    },
  });
}

function sessionsRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: "/api/account/sessions",
    right: "signed-in",
    tag,
    summary: "List your sessions, the last used first",
    query: {},
    body: none,
    data: array(ownSession),
    personal: true,
    refusals: ["forbidden"],
    async handle({ context: { principal } }) {
      const { userId: user_id, session } = own(principal);
      const rows = await database.all(sessionsOfUser, { user_id });
      const shown = rows.map(({ hash, ...row }) => ({ ...row, current: hash === session }));
      return okList("Sessions retrieved", shown);
    },
  });
}

function endSessionRoute({ database, access }: Api): Route {
  return route({
    method: "DELETE",
    path: "/api/account/sessions/{id}",
    right: "signed-in",
    tag,
    summary: "End one of your sessions",
    query: {},
    body: none,
    data: nullable(ownSession),
    refusals: ["not-found", "forbidden"],
    async handle({ path, context }) {
      const { userId: user_id } = own(context.principal);
      await runWithRetry(database, performance.now(), async (tx) => {
        await tx.run(raiseAccessVersion);
        const { rowsAffected } = await tx.run(deleteSessionById, { id: path.id, user_id });
        if (rowsAffected === 0) throw new ApiError("not-found", "You have no such session.");
        await recordAccess(tx, { userId: user_id, event: "ended" }, context);
      });
      await access.read();
      return ok("Session ended", null);
    },
  });
}

function endOthersRoute({ database, access }: Api): Route {
  return route({
    method: "DELETE",
    path: "/api/account/sessions",
    right: "signed-in",
    tag,
    summary: "End all your sessions but this one",
    query: {},
    body: none,
    data: nullable(ownSession),
    refusals: ["forbidden"],
    async handle({ context }) {
      const { userId: user_id, session: hash } = own(context.principal);
      await runWithRetry(database, performance.now(), async (tx) => {
        await recordAccess(tx, { userId: user_id, event: "ended", about: { sessions: "all others" } }, context);
        await tx.run(deleteOtherSessions, { user_id, hash });
        await tx.run(raiseAccessVersion);
      });
      await access.read();
      return ok("All other sessions ended", null);
    },
  });
}

/** Changes the password, and the secret of the session: a copy of its cookie ends as all other sessions do. */
async function changePassword(api: Api, doer: Caller, current: string, next: string): Promise<Signed> {
  const { database, access } = api;
  const secret = newSecret();
  const { userId, session } = own(doer.principal);
  const user = await database.one(userById, { id: userId });
  const place = `password of user ${userId}`;
  await takeAttempt(database, place);
  if (!(await isPassword(current, user.password_hash))) {
    await recordRefusal(database, { userId, method: "password" }, doer);
    refuseAll([{ pointer: "#/current_password", code: "rule", message: "Is not your password." }]);
  }
  const password_hash = await chosenPasswordHash(database, { password: next, pointer: "#/new_password", user });
  await runWithRetry(database, performance.now(), async (tx) => {
    await tx.run(raiseAccessVersion);
    requireVersion(
      await tx.run(
        setPasswordHash,
        parametersOf(setPasswordHash, { ...(await tx.one(userById, { id: userId })), password_hash }),
      ),
    );
    await tx.run(deletePasswordLinks, { user_id: userId });
    await tx.run(deleteOtherSessions, { user_id: userId, hash: session });
    await tx.run(renewSession, { hash: session, next: hashOf(secret), now: utcAt(access.now()) });
    await recordAccess(tx, { userId, event: "password" }, doer);
    await forgetAttempts(tx, place);
  });
  return { secret, user };
}
