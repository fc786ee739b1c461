import { createHash } from "node:crypto";
import { ApiError, type Fault } from "./answer.ts";
import { type Json, JsonNumber } from "./json.ts";
import type { Parameter } from "./parameters.ts";

/** How a client guards a write against doing it twice and against overwriting what it has not seen. */
export interface Guard {
  /** The versions of `If-Match` that may be changed; `"any"` for `*`; null when the client did not say. */
  readonly ifMatch: ReadonlySet<string> | "any" | null;
  readonly idempotencyKey: string | null;
  readonly method: string;
  /** Path and query, as the client wrote them. */
  readonly path: string;
  /** SHA-256 of the body in a form where the order of keys and the spacing make no difference. */
  readonly fingerprint: string;
}

/** `?dry_run=1`: everything is checked and computed, nothing is kept. */
export const dryRun: Parameter<boolean> = {
  schema: { type: "string", enum: ["0", "1"], default: "0" },
  description: "1: check and answer as if, and keep nothing.",
  absent: false,
  read: (text) => (text === "0" || text === "1" ? { value: text === "1" } : { message: "Must be 1 or 0." }),
};

/** Reads the headers that guard a write, naming every fault. */
export function readGuard(method: string, path: string, headers: Headers, body: Json): Guard {
  const faults: Fault[] = [];
  const ifMatch = readIfMatch(headers.get("if-match"), faults);
  const idempotencyKey = headers.get("idempotency-key");
  if (idempotencyKey !== null && !/^[\x20-\x7e]{1,255}$/.test(idempotencyKey))
    faults.push({
      header: "Idempotency-Key",
      code: "idempotency-key",
      message: "Must be 1 to 255 printable characters.",
    });
  const [first] = faults;
  if (first !== undefined) throw new ApiError(first.code, `${first.header}: ${first.message}`, { faults });
  const fingerprint = idempotencyKey === null ? "" : createHash("sha256").update(canonical(body)).digest("hex");
  return { ifMatch, idempotencyKey, method, path, fingerprint };
}

const entityTag = /^"[\x21\x23-\x7e]*"$/;

function readIfMatch(text: string | null, faults: Fault[]): Guard["ifMatch"] {
  if (text === null) return null;
  if (text.trim() === "*") return "any";
  const tags = text.split(",").map((part) => part.trim());
  // A weak tag is well formed and never matches (RFC 9110, 13.1.1).
  const strong = tags.filter((tag) => !tag.startsWith("W/"));
  if (strong.every((tag) => entityTag.test(tag))) return new Set(strong);
  faults.push({ header: "If-Match", code: "bad-request", message: 'Must be * or tags in quotes, like "3".' });
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

/** Refuses a write that was made for another version than the stored one. Call it with the row locked. */
export function refuseStale(guard: Guard, row: { readonly version: number }, noun: string): void {
  const { ifMatch } = guard;
  const etag = etagOf(row);
  if (ifMatch === null || ifMatch === "any" || ifMatch.has(etag)) return;
  const message = `The ${noun} was changed after you read it: get it again and repeat your change.`;
  throw new ApiError("precondition", message, {
    faults: [{ header: "If-Match", code: "precondition", message: `The version is now ${etag}.` }],
    headers: { etag },
  });
}
