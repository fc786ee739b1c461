import { parametersOf, type RowOf } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, created, type Issue, okList, refuseAll } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { object } from "../../contract/object.ts";
import { cursor, limit, refuseCursor } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import {
  array,
  boolean,
  dateTime,
  id,
  name,
  none,
  nullable,
  type Of,
  oneOf,
  optional,
  text,
} from "../../contract/schema.ts";
import type { WriteContext } from "../../contract/write-headers.ts";
import type { Principal } from "../../rights/principal.ts";
import { neededFor, type Right, rights } from "../../rights/rights.ts";
import { record } from "../../writes/audit/record.ts";
import { etagOf, requireVersion } from "../../writes/preconditions.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { runWrite } from "../../writes/run-write.ts";
import { isNetwork } from "../networks.ts";
import { raiseAccessVersion } from "../queries.ts";
import { hashOf, newToken } from "../secrets.ts";
import { insertToken, lockToken, tokensAfter, updateToken } from "./queries.ts";

const tag = "tokens";
const path = "/api/tokens";
const names = Object.keys(rights).filter((right): right is Right => right in rights);
const rightName = oneOf(names, "Must be a right.");

const tokenMembers = {
  id,
  user_id: id,
  name: text(100),
  rights: nullable(array(text(40))),
  networks: nullable(array(text(50))),
  expires_at: nullable(dateTime),
  used_at: nullable(dateTime),
  disabled: boolean,
} as const;
const token = object("Token", tokenMembers);
const newTokenAnswer = object("NewToken", { ...tokenMembers, token: text(60) });
const tokenCreate = object("TokenCreate", {
  name: name(30),
  rights: optional(nullable(array(rightName, names.length))),
  networks: optional(nullable(array(text(50), 10))),
  expires_at: optional(nullable(dateTime)),
});
const tokenUpdate = object(
  "TokenUpdate",
  { name: optional(name(30)), disabled: optional(boolean) },
  { answered: tokenMembers },
);

type TokenRow = RowOf<typeof lockToken>;

function shown({ version: _, rights: given, networks, ...row }: TokenRow): Of<typeof token> {
  return { ...row, rights: given?.split(" ") ?? null, networks: networks?.split(" ") ?? null };
}

/** The routes of tokens, with which programs use the API. Users see their own; who manages users sees all. */
export function tokenRoutes(api: Api): readonly Route[] {
  return [listRoute(api), createRoute(api), updateRoute(api)];
}

function listRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path,
    right: "signed-in",
    tag,
    summary: "List your tokens; all of them, if you manage users",
    query: { limit: limit(1000, 1000), cursor },
    body: none,
    data: array(token),
    paged: true,
    personal: true,
    refusals: ["forbidden"],
    async handle({ query, context: { principal } }) {
      const after = query.cursor === null ? 0 : readId(query.cursor);
      const seesAll = principal.rights.has("manage-users");
      if (principal.userId === null && !seesAll) throw new ApiError("forbidden", "Tokens belong to users. Sign in.");
      const user_id = seesAll ? null : principal.userId;
      const rows = await database.all(tokensAfter, { id: after, user_id, rows: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const last = rows.length > page.length ? page.at(-1) : undefined;
      const next_cursor = last === undefined ? null : writeCursor([last.id]);
      return okList("Tokens retrieved", page.map(shown), { limit: query.limit, next_cursor });
    },
  });
}

function readId(given: string): number {
  const [after, ...rest] = readCursor(given);
  if (typeof after !== "number" || !Number.isSafeInteger(after) || rest.length > 0) throw refuseCursor();
  return after;
}

function createRoute({ database }: Api): Route {
  return route({
    method: "POST",
    path,
    right: "signed-in",
    proof: true,
    tag,
    summary: "Make a token",
    description:
      "The token is shown only in this answer: it is stored as a hash. It never has more rights than you have. An " +
      "Idempotency-Key has no effect here, because a stored answer would hold the token.",
    query: {},
    body: tokenCreate,
    data: newTokenAnswer,
    status: 201,
    refusals: ["rule", "state", "forbidden"],
    async handle({ body, context }) {
      const { principal } = context;
      if (principal.userId === null)
        throw new ApiError("state", "Tokens belong to users: sign in, or create the first user.");
      refuseTokens(principal);
      const user_id = principal.userId;
      refuseAll(tokenIssues(body, principal));
      const secret = newToken();
      const { rights: given, networks, expires_at = null } = body;
      const row = { rights: given?.join(" ") ?? null, networks: networks?.join(" ") ?? null, expires_at };
      const stored = await runWithRetry(database, context.startedAt, async (tx) => {
        const inserted = await tx.one(insertToken, { user_id, name: body.name, hash: hashOf(secret), ...row });
        await record(tx, [{ change: changeOf(null, inserted), writer: writerOf(context) }]);
        return inserted;
      });
      return created("Token created", `${path}/${stored.id}`, { ...shown(stored), token: secret }, etagOf(stored));
    },
  });
}

/** Throws 403 for a token: one with few rights must not make another with more. */
function refuseTokens({ session }: Principal): void {
  if (session === null) throw new ApiError("forbidden", "A token can neither make tokens nor change them. Sign in.");
}

function changeOf(before: TokenRow | null, after: TokenRow) {
  const states = { before: before === null ? null : audited(before), after: audited(after) };
  return { resource: "token", id: after.id, version: after.version, ...states } as const;
}

/** Without the last use, which is no change: each state in the log begins as the one before it ended. */
function audited(row: TokenRow): Omit<Of<typeof token>, "used_at"> {
  const { used_at: _, ...state } = shown(row);
  return state;
}

function writerOf({ principal, requestId, clientRequestId }: WriteContext) {
  const ids = { request_id: requestId, client_request_id: clientRequestId, write_id: crypto.randomUUID() };
  return { principal: principal.name, ...ids };
}

function tokenIssues({ rights: given, networks }: Of<typeof tokenCreate>, { rights: own }: Principal): Issue[] {
  const issues: Issue[] = [];
  const refuse = (pointer: string, message: string) => issues.push({ pointer: `#/${pointer}`, code: "rule", message });
  for (const [index, right] of (given ?? []).entries())
    if (!own.has(right)) refuse(`rights/${index}`, "You do not have this right yourself.");
    else if (right === "manage-users")
      refuse(
        `rights/${index}`,
        "Whoever manages users can get every right: leave out rights, or manage them yourself.",
      );
    else if (!given?.includes(neededFor(right) ?? right))
      refuse(`rights/${index}`, `Shows amounts: give the token ${neededFor(right)} as well.`);
  if (given?.length === 0) refuse("rights", "Must name one right at least; null means all of yours.");
  for (const [index, text] of (networks ?? []).entries())
    if (!isNetwork(text)) refuse(`networks/${index}`, "Must be an address or a network, like 192.0.2.0/24.");
  if (networks?.length === 0) refuse("networks", "Must name one network at least; null means any.");
  return issues;
}

function updateRoute({ database, access }: Api): Route {
  return route({
    method: "PUT",
    path: "/api/tokens/{id}",
    right: "signed-in",
    proof: true,
    tag,
    summary: "Rename a token, or switch it off or on",
    query: {},
    body: tokenUpdate,
    data: token,
    refusals: ["not-found", "precondition", "forbidden"],
    async handle({ path: { id: tokenId }, body, context }) {
      const outcome = await runWrite(database, context, false, async (tx) => {
        const before = await tx.maybe(lockToken, { id: tokenId });
        const { principal } = context;
        refuseTokens(principal);
        // Another user's token is none of one's business.
        if (before === null || !(before.user_id === principal.userId || principal.rights.has("manage-users")))
          throw new ApiError("not-found", "There is no such token.");
        const after = { ...before, ...body, version: before.version + 1 };
        requireVersion(await tx.run(updateToken, parametersOf(updateToken, { ...after, version: before.version })));
        await tx.run(raiseAccessVersion);
        const answer = {
          status: 200,
          message: "Token updated",
          data: shown(after),
          rows: 1,
          etag: etagOf(after),
        } as const;
        return { answer, change: changeOf(before, after) };
      });
      await access.read();
      return outcome;
    },
  });
}
