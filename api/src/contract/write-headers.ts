// The headers and the parameter that make a write safe: preconditions, Idempotency-Key and dry_run.

import type { Principal } from "../rights/principal.ts";
import { ApiError, type Issue } from "./answer.ts";
import { type Json, JsonNumber } from "./json.ts";
import type { Parameter } from "./query-parameters.ts";

/** The headers that the operator requires of every write. Without a policy, clients may omit them. */
export interface WritePolicy {
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
}

/** Where a request came from, as far as it is known. */
export interface Origin {
  readonly address: string | null;
  readonly browser: string | null;
}

/** Who sent a request, and the policy that applies to it. */
export interface Caller {
  readonly principal: Principal;
  /** The address and the program that the request came from. */
  readonly origin: () => Origin;
  readonly requestId: string;
  /** The client's own `X-Request-Id`, or null. */
  readonly clientRequestId: string | null;
  /** In milliseconds, from `performance.now()`. */
  readonly startedAt: number;
  readonly policy: WritePolicy;
}

/** A write without its body: who sent it, which versions it may change, and how its repetition is recognised. */
export interface WriteContext extends Caller {
  /** The versions that `If-Match` allows, `"any"` for `*`, or null if the header is absent. */
  readonly ifMatch: ReadonlySet<string> | "any" | null;
  /** The versions that `If-None-Match` excludes, `"any"` for `*`, or null if the header is absent. */
  readonly ifNoneMatch: ReadonlySet<string> | "any" | null;
  readonly idempotencyKey: string | null;
  readonly method: string;
  /** The path, without a trailing slash. */
  readonly path: string;
  /** SHA-256 of the preconditions, the query and the body, independent of key order and spacing. */
  readonly fingerprint: string;
  /** The same without the query, as it was stored with a key before the query counted. */
  readonly olderFingerprint?: () => string;
  /** The request is refused already, and only tried for what else is wrong with it. */
  readonly isTrial?: true;
}

/** With `?dry_run=1` the write is checked and computed, then rolled back. */
export const dryRun: Parameter<boolean> = {
  schema: { type: "string", enum: ["0", "1"], default: "0" },
  description: "With 1, check the write and answer as if it had been carried out, but store nothing.",
  absent: false,
  read: (text) => (text === "0" || text === "1" ? { value: text === "1" } : { message: "Must be 1 or 0." }),
};

/** The parts of a write that its context is read from. */
export interface WriteRequest {
  readonly method: string;
  readonly path: string;
  readonly queryText: string;
  readonly headers: Headers;
  readonly body: Json;
  readonly caller: Caller;
  /** The request is sent to a list, not to a resource with a version. */
  readonly isToList: boolean;
}

/** Reads the preconditions and `Idempotency-Key`, or throws an `ApiError` with every issue. */
export function readWriteContext(request: WriteRequest): WriteContext {
  const { method, path, queryText, headers, body, caller } = request;
  const issues: Issue[] = [];
  const { requireIfMatch, requireIdempotencyKey } = caller.policy;
  const ifMatchText = headers.get("if-match");
  const ifMatch = readIfMatch(ifMatchText, issues);
  const ifNoneMatchText = headers.get("if-none-match");
  const ifNoneMatch = readTags(ifNoneMatchText);
  if (ifNoneMatch === undefined) issues.push({ header: "If-None-Match", code: "bad-request", message: badTags });
  const idempotencyKey = headers.get("idempotency-key");
  if (idempotencyKey === null ? requireIdempotencyKey : !/^[\x20-\x7e]{1,255}$/.test(idempotencyKey))
    issues.push({
      header: "Idempotency-Key",
      code: "idempotency-key",
      message: `${idempotencyKey === null ? "Is missing; it m" : "M"}ust be 1 to 255 printable ASCII characters.`,
    });
  // A new resource has no version yet.
  if (ifMatch === null && ifMatchText === null && requireIfMatch && method !== "POST")
    issues.push({
      header: "If-Match",
      code: "precondition-required",
      message: "Is missing; send the ETag that you read, so that you do not overwrite somebody else's change.",
    });
  if (request.isToList) issues.push(...listIssues(ifMatch, ifNoneMatch));
  if (ifMatchText === null && headers.has("if-unmodified-since")) issues.push(unmodifiedSince);
  const [first] = issues;
  if (first !== undefined) throw new ApiError(first.code, `${first.header}: ${first.message}`, { issues });
  const context = { ...caller, ifMatch, ifNoneMatch: ifNoneMatch ?? null, idempotencyKey, method, path };
  if (idempotencyKey === null) return { ...context, fingerprint: "" };
  return {
    ...context,
    fingerprint: fingerprintOf([ifMatchText, ifNoneMatchText, queryText], body),
    olderFingerprint: () => fingerprintOf(ifMatchText, body),
  };
}

/** RFC 9110 lets a server ignore the header where there is no time, but then the client would overwrite a change. */
const unmodifiedSince: Issue = {
  header: "If-Unmodified-Since",
  code: "precondition",
  message: "Cannot be checked, because versions have no time; send the ETag that you read as If-Match instead.",
};

/** A list always exists and has no version. */
function listIssues(ifMatch: Tags, ifNoneMatch: Tags | undefined): readonly Issue[] {
  const issue = (header: string, message: string): Issue => ({ header, code: "precondition", message });
  return [
    ...(ifMatch === null || ifMatch === "any" ? [] : [issue("If-Match", "A list has no version; leave it out.")]),
    ...(ifNoneMatch === "any" ? [issue("If-None-Match", "The list exists; leave it out, because POST creates.")] : []),
  ];
}

function fingerprintOf(head: string | null | readonly (string | null)[], body: Json): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(head)).update(canonical(body)).digest("hex");
}

/** A tag may contain commas, so splitting a list at every comma would be wrong. */
const tag = '(?:W/)?"[\\x21\\x23-\\x7e]*"';
/** The pattern of an `If-Match` header other than `*`. */
export const tagList = `${tag}(?:[ \\t]*,[ \\t]*${tag})*`;
const tagPattern = new RegExp(tag, "g");
const tagListPattern = new RegExp(`^${tagList}$`);

type Tags = ReadonlySet<string> | "any" | null;

const badTags = 'Must be * or a list of quoted tags, like "3".';

function readIfMatch(text: string | null, issues: Issue[]): Tags {
  if (text === null) return null;
  const given = text.trim();
  if (given === "*") return "any";
  // A weak tag is valid but never matches (RFC 9110, 13.1.1).
  if (tagListPattern.test(given)) return new Set(given.match(tagPattern)?.filter((one) => !one.startsWith("W/")));
  issues.push({ header: "If-Match", code: "bad-request", message: badTags });
  return null;
}

/** The tags of `If-None-Match`, which compares weakly (RFC 9110, 13.1.2); undefined if it is not well-formed. */
function readTags(text: string | null): Tags | undefined {
  if (text === null) return null;
  const given = text.trim();
  if (given === "*") return "any";
  if (!tagListPattern.test(given)) return undefined;
  return new Set(given.match(tagPattern)?.map((one) => one.replace(/^W\//, "")));
}

/** Whether the `If-None-Match` of a read names the tag, so that the client has the answer already. */
export function isNamed(etag: string, ifNoneMatch: string): boolean {
  const tags = readTags(ifNoneMatch);
  return tags === "any" || (tags instanceof Set && tags.has(etag));
}

function canonical(json: Json): string {
  if (json instanceof JsonNumber) return json.text;
  if (json instanceof Map) {
    const members = [...json].sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(",")}}`;
  }
  return Array.isArray(json) ? `[${json.map(canonical).join(",")}]` : JSON.stringify(json);
}

/** Whether a request has no body: one has a length, or comes in pieces. */
export function hasNoBody(headers: Headers): boolean {
  return Number(headers.get("content-length") ?? 0) === 0 && !headers.has("transfer-encoding");
}
