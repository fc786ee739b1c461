import { DatabaseError, type RunResult } from "sqlproof";
import { ApiError } from "../contract/answer.ts";
import type { WriteContext } from "../contract/write-headers.ts";

/** The entity tag of a version. */
export function etagOf(row: { readonly version: number }): string {
  return `"${row.version}"`;
}

/** Whether `If-Match` does not name the stored version, or `If-None-Match` does. The row must be locked. */
export function isStale({ ifMatch, ifNoneMatch }: Preconditions, row: { readonly version: number }): boolean {
  const isOther = ifMatch !== null && ifMatch !== "any" && !ifMatch.has(etagOf(row));
  return isOther || isExcluded({ ifNoneMatch }, row);
}

type Preconditions = Pick<WriteContext, "ifMatch" | "ifNoneMatch">;

function isExcluded({ ifNoneMatch }: Pick<WriteContext, "ifNoneMatch">, row: { readonly version: number }): boolean {
  return ifNoneMatch !== null && (ifNoneMatch === "any" || ifNoneMatch.has(etagOf(row)));
}

/** The error for a stale write. It contains the current resource, so that the client can compare. */
export function staleError(
  row: { readonly version: number },
  resource: string,
  state: object,
  context: Pick<WriteContext, "ifNoneMatch">,
): ApiError {
  const etag = etagOf(row);
  const excluded = isExcluded(context, row);
  const advice = "compare it with the state in data, and repeat your change";
  const changed = `The ${resource} has changed since you read it; ${advice}.`;
  return new ApiError("precondition", excluded ? `The ${resource} exists, in a version that you exclude.` : changed, {
    issues: [
      {
        header: excluded ? "If-None-Match" : "If-Match",
        code: "precondition",
        message: `The version is now ${etag}.`,
      },
    ],
    headers: { etag },
    data: state,
  });
}

/**
 * Throws a conflict unless a write changed its row in the version that was read. A locked row cannot have another
 * version, but the nodes of a cluster do not see each other's locks; then the transaction is rolled back and retried.
 */
export function requireVersion({ rowsAffected }: RunResult): void {
  requireVersions(rowsAffected, 1);
}

/** Like `requireVersion`, for several rows that were written together. */
export function requireVersions(rowsAffected: number, expected: number): void {
  if (rowsAffected !== expected) throw new DatabaseError("conflict", "the row no longer has the version that was read");
}
