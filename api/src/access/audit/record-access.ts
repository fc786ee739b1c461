import type { Transaction } from "sqlproof";
import type { Caller } from "../../contract/write-headers.ts";
import type { Principal } from "../../rights/principal.ts";
import { type AccessEventName, record } from "../../writes/audit/record.ts";
import { lockAccess, lockUserById } from "./queries.ts";

/** What happened to somebody's access, and how. */
interface Happened {
  /** Null if it is not known whose. */
  readonly userId: number | null;
  readonly event: AccessEventName;
  /** Further words for the log, such as the method of a sign-in. Never a secret, and nothing that somebody typed. */
  readonly about?: Readonly<Record<string, string | number>>;
}

/** Who did it, with which request, and from where. */
export type Doer = Pick<Caller, "origin" | "requestId" | "clientRequestId"> & {
  readonly principal: Pick<Principal, "name"> & Partial<Pick<Principal, "session">>;
};

/**
 * Appends what happened to somebody's access to the audit log, in the transaction in which it happened. Locks the user, or
 * where nobody knows whose access it is, the row that counts changes of rights.
 */
export async function recordAccess(
  tx: Transaction,
  { userId, event, about = {} }: Happened,
  { principal, origin, requestId: request_id, clientRequestId: client_request_id }: Doer,
): Promise<void> {
  if (userId === null) await tx.one(lockAccess);
  else await tx.one(lockUserById, { id: userId });
  const { address, browser } = origin();
  const change = { resource: "access", id: userId ?? 0, event, about: { ...about, address, browser } } as const;
  const ids = { request_id, client_request_id, write_id: crypto.randomUUID() };
  await record(tx, [{ change, writer: { principal: principal.name, ...ids } }]);
}
