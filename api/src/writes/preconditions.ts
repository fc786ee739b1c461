import { DatabaseError, type RunResult } from "sqlproof";
import { ApiError } from "../contract/answer.ts";
import type { WriteContext } from "../contract/write-headers.ts";

/** The entity tag of a version. */
export function etagOf(row: { readonly version: number }): string {
  return `"${row.version}"`;
}

/** Whether `If-Match` names another version than the stored one. Call it with the row locked. */
export function isStale({ ifMatch }: WriteContext, row: { readonly version: number }): boolean {
  return ifMatch !== null && ifMatch !== "any" && !ifMatch.has(etagOf(row));
}

/** The error of a stale write. It carries the resource as it is now, so that the client can compare. */
export function staleError(row: { readonly version: number }, resource: string, state: object): ApiError {
  const etag = etagOf(row);
  const message = `The ${resource} was changed after you read it: compare with its state in data, and repeat your change.`;
  return new ApiError("precondition", message, {
    issues: [{ header: "If-Match", code: "precondition", message: `The version is now ${etag}.` }],
    headers: { etag },
    data: state,
  });
}

/**
 * Throws unless a write has changed its row in the version that was read. A locked row cannot have another version; where
 * locks do not hold, as between the nodes of a cluster, the transaction is rolled back and retried.
 */
export function requireVersion({ rowsAffected }: RunResult): void {
  requireVersions(rowsAffected, 1);
}

/** The same for several rows written at once. */
export function requireVersions(rowsAffected: number, expected: number): void {
  if (rowsAffected !== expected)
    throw new DatabaseError("conflict", "the row has another version than the one that was read");
}
