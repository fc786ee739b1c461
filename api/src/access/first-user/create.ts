// The first user: an admin, made in the browser. Beyond this machine only whoever has the link that the program printed
// at its start may make one.
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError } from "../../contract/answer.ts";
import type { Caller } from "../../contract/write-headers.ts";
import { userName } from "../../rights/principal.ts";
import { record } from "../../writes/audit/record.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { shownUser } from "../fields.ts";
import { beginRecordedSession, type Signed } from "../sessions.ts";
import { anyUser, usersByIds } from "../users/queries.ts";
import { createUser } from "../users/write.ts";

/** What the first user has typed. */
export interface FirstUser {
  readonly email_address: string;
  readonly name: string;
  readonly password: string;
  readonly link?: string;
}

/** Makes the first user and signs in. Throws 401 `wrong-link` or 409 `state`. */
export async function createFirstUser(
  { database, access, firstUserLink }: Api,
  { link = "", ...typed }: FirstUser,
  caller: Caller,
): Promise<Signed> {
  // Another process may have made it.
  await access.read();
  if (!access.isOpen && firstUserLink?.opens(link) !== true)
    throw new ApiError(
      "wrong-link",
      "There is a user already, or this link is too old. Sign in, or start the program again.",
    );
  return runWithRetry(database, caller.startedAt, async (tx) => {
    if ((await tx.maybe(anyUser)) !== null) throw new ApiError("state", "There is a user already: sign in.");
    const id = await createUser(tx, { ...typed, roles: ["admin"] });
    const user = await tx.one(usersByIds, { ids: [id] });
    const doer = { ...caller, principal: { name: userName(id, user.name) } };
    await recordCreation(tx, user, doer);
    return { secret: await beginRecordedSession(tx, user, { method: link === "" ? "password" : "link" }, doer), user };
  });
}

async function recordCreation(
  tx: Transaction,
  user: Parameters<typeof shownUser>[0],
  {
    principal,
    requestId,
    clientRequestId,
  }: Pick<Caller, "requestId" | "clientRequestId"> & {
    readonly principal: { readonly name: string };
  },
): Promise<void> {
  const { id, version } = user;
  const change = { resource: "user", id, version, before: null, after: shownUser(user) } as const;
  const ids = { request_id: requestId, client_request_id: clientRequestId, write_id: crypto.randomUUID() };
  await record(tx, [{ change, writer: { principal: principal.name, ...ids } }]);
}
