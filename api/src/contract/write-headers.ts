// The headers and the parameter with which a client makes a write safe: If-Match, Idempotency-Key, dry_run.
import { ApiError, type Issue } from "./answer.ts";
import { type Json, JsonNumber } from "./json.ts";
import type { Principal } from "./principal.ts";
import type { Parameter } from "./query-parameters.ts";

/** What the operator asks of every write. A client that sends no precondition is served unless this says otherwise. */
export interface WritePolicy {
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
}

/** Who sent the request, and under which policy it is read. */
export interface Caller {
  readonly principal: Principal;
  readonly requestId: string;
  /** By `performance.now()`. */
  readonly startedAt: number;
  readonly policy: WritePolicy;
}

/** Everything about a write but its body: who sends it, which versions it may change, and how it is recognised if repeated. */
export interface WriteContext extends Caller {
  /** The versions that `If-Match` allows; `"any"` for `*`; null when the header is absent. */
  readonly ifMatch: ReadonlySet<string> | "any" | null;
  readonly idempotencyKey: string | null;
  readonly method: string;
  /** The path, without a trailing slash. */
  readonly path: string;
  /** SHA-256 of If-Match and of the body, in a form where the order of keys and the spacing make no difference. */
  readonly fingerprint: string;
}

/** `?dry_run=1`: the write is checked and computed, then rolled back. */
export const dryRun: Parameter<boolean> = {
  schema: { type: "string", enum: ["0", "1"], default: "0" },
  description: "1: check the write and answer as if it had been done, but store nothing.",
  absent: false,
  read: (text) => (text === "0" || text === "1" ? { value: text === "1" } : { message: "Must be 1 or 0." }),
};

interface WriteRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Json;
  readonly caller: Caller;
}

/** Reads `If-Match` and `Idempotency-Key`, or throws an error that names every issue. */
export function readWriteContext({ method, path, headers, body, caller }: WriteRequest): WriteContext {
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
  // A new resource has no version yet.
  if (ifMatch === null && ifMatchText === null && requireIfMatch && method !== "POST")
    issues.push({
      header: "If-Match",
      code: "precondition-required",
      message: "Is missing: send the ETag that you read, so that you overwrite nobody's change unseen.",
    });
  const [first] = issues;
  if (first !== undefined) throw new ApiError(first.code, `${first.header}: ${first.message}`, { issues });
  const fingerprint = idempotencyKey === null ? "" : fingerprintOf(ifMatchText, body);
  return { ...caller, ifMatch, idempotencyKey, method, path, fingerprint };
}

function fingerprintOf(ifMatch: string | null, body: Json): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(ifMatch)).update(canonical(body)).digest("hex");
}

/** A tag may hold a comma, so a list of tags cannot be split at every comma. */
const tag = '(?:W/)?"[\\x21\\x23-\\x7e]*"';
/** The pattern of `If-Match` when it is not `*`. */
export const tagList = `${tag}(?:[ \\t]*,[ \\t]*${tag})*`;
const tagPattern = new RegExp(tag, "g");
const tagListPattern = new RegExp(`^${tagList}$`);

function readIfMatch(text: string | null, issues: Issue[]): WriteContext["ifMatch"] {
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
