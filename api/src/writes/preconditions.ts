import { DatabaseError, type RunResult } from "sqlproof";
import { ApiError, type Issue } from "../contract/answer.ts";
import { type Json, JsonNumber } from "../contract/json.ts";
import type { Parameter } from "../contract/query-parameters.ts";
import type { Principal } from "./principal.ts";

/** What the operator asks of every write. An old client guards nothing, and is served unless this says otherwise. */
export interface WritePolicy {
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
}

/** Whose request it is, and under which rules it is read. */
export interface Caller {
  readonly principal: Principal;
  readonly requestId: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
  readonly policy: WritePolicy;
}

/** How a client guards a write against doing it twice and against overwriting what it has not seen. */
export interface Guard extends Caller {
  /** The versions of `If-Match` that may be changed; `"any"` for `*`; null when the client did not say. */
  readonly ifMatch: ReadonlySet<string> | "any" | null;
  readonly idempotencyKey: string | null;
  readonly method: string;
  /** Path and query, as the client wrote them. */
  readonly path: string;
  /** SHA-256 of If-Match and of the body, in a form where the order of keys and the spacing make no difference. */
  readonly fingerprint: string;
}

/** `?dry_run=1`: everything is checked and computed, nothing is kept. */
export const dryRun: Parameter<boolean> = {
  schema: { type: "string", enum: ["0", "1"], default: "0" },
  description: "1: check and answer as if, and keep nothing.",
  absent: false,
  read: (text) => (text === "0" || text === "1" ? { value: text === "1" } : { message: "Must be 1 or 0." }),
};

/** The request whose write is guarded. */
interface Guarded {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Json;
  readonly caller: Caller;
}

/** Reads the headers that guard a write, naming every issue. */
export function readGuard({ method, path, headers, body, caller }: Guarded): Guard {
  const issues: Issue[] = [];
  const { requireIfMatch, requireIdempotencyKey } = caller.policy;
  const ifMatchText = headers.get("if-match");
  const ifMatch = readIfMatch(ifMatchText, issues);
  const idempotencyKey = headers.get("idempotency-key");
  if (idempotencyKey === null ? requireIdempotencyKey : !/^[\x20-\x7e]{1,255}$/.test(idempotencyKey))
    issues.push({
      header: "Idempotency-Key",
      code: "idempotency-key",
      message: `${idempotencyKey === null ? "Is missing: it m" : "M"}ust be 1 to 255 printable characters.`,
    });
  // What is created has no version yet.
  if (ifMatch === null && ifMatchText === null && requireIfMatch && method !== "POST")
    issues.push({
      header: "If-Match",
      code: "precondition-required",
      message: "Is missing: send the ETag that you read, so that nobody's change is overwritten unseen.",
    });
  const [first] = issues;
  if (first !== undefined) throw new ApiError(first.code, `${first.header}: ${first.message}`, { issues });
  const fingerprint = idempotencyKey === null ? "" : fingerprintOf(ifMatchText, body);
  return { ...caller, ifMatch, idempotencyKey, method, path, fingerprint };
}

function fingerprintOf(ifMatch: string | null, body: Json): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(ifMatch)).update(canonical(body)).digest("hex");
}

/** A tag may hold a comma, so a list of them cannot be cut at every one. */
const tag = '(?:W/)?"[\\x21\\x23-\\x7e]*"';
/** What If-Match may say besides `*`, as a pattern. */
export const tagList = `${tag}(?:[ \\t]*,[ \\t]*${tag})*`;
const tagPattern = new RegExp(tag, "g");
const tagListPattern = new RegExp(`^${tagList}$`);

function readIfMatch(text: string | null, issues: Issue[]): Guard["ifMatch"] {
  if (text === null) return null;
  const given = text.trim();
  if (given === "*") return "any";
  // A weak tag is well formed and never matches (RFC 9110, 13.1.1).
  if (tagListPattern.test(given)) return new Set(given.match(tagPattern)?.filter((one) => !one.startsWith("W/")));
  issues.push({ header: "If-Match", code: "bad-request", message: 'Must be * or tags in quotes, like "3".' });
  return null;
}

function canonical(json: Json): string {
  if (json instanceof JsonNumber) return json.text;
  if (json instanceof Map) {
    const members = [...json].sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(",")}}`;
  }
  return Array.isArray(json) ? `[${json.map(canonical).join(",")}]` : JSON.stringify(json);
}

/** The entity tag of a version. */
export function etagOf(row: { readonly version: number }): string {
  return `"${row.version}"`;
}

/** Whether a write was made for another version than the stored one. Ask with the row locked. */
export function isStale({ ifMatch }: Guard, row: { readonly version: number }): boolean {
  return ifMatch !== null && ifMatch !== "any" && !ifMatch.has(etagOf(row));
}

/** The refusal of a stale write: it carries the resource as it is now, so that the client can compare. */
export function stale(row: { readonly version: number }, noun: string, state: object): ApiError {
  const etag = etagOf(row);
  const message = `The ${noun} was changed after you read it: compare with its state in data, and repeat your change.`;
  return new ApiError("precondition", message, {
    issues: [{ header: "If-Match", code: "precondition", message: `The version is now ${etag}.` }],
    headers: { etag },
    data: state,
  });
}

/**
 * Insists that a write has met its row in the version that was read. With the row locked it cannot be otherwise; where a
 * lock does not hold, as between the nodes of a cluster, the transaction is rolled back and tried again.
 */
export function metItsVersion({ rowsAffected }: RunResult): void {
  metTheirVersions(rowsAffected, 1);
}

/** The same for several rows that were written in one go. */
export function metTheirVersions(rowsAffected: number, expected: number): void {
  if (rowsAffected !== expected)
    throw new DatabaseError("conflict", "the row has another version than the one that was read");
}
