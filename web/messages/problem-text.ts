import type { ApiError } from "../api/reply.ts";
import type { Issue, ProblemCode } from "../api/types.ts";
import type { Locale, MessageKey, Text } from "./text.ts";

/*
 * The API's errors in the language of the page. The API speaks English and to programs. Where its sentence is about
 * the data (`2 invoices still refer to it`), an English page shows it, and one in another language where the sentence
 * is known there (api-sentence.ts); otherwise there is a text for each code.
 */

/** Every code of the API, and whose English text is better. */
export const englishSources: Readonly<Record<ProblemCode, "api" | "page">> = {
  "bad-id": "page",
  "bad-query": "page",
  "bad-request": "page",
  "conflict-retry": "page",
  correction: "api",
  "date-format": "api",
  "db-unavailable": "page",
  "decimal-format": "api",
  discontinued: "page",
  draining: "page",
  duplicate: "api",
  forbidden: "api",
  "foreign-origin": "api",
  "idempotency-key": "page",
  "idempotency-mismatch": "page",
  "idempotency-running": "page",
  image: "api",
  "in-use": "api",
  internal: "page",
  "malformed-json": "page",
  method: "page",
  misdirected: "api",
  "no-account": "page",
  "no-role": "page",
  "not-acceptable": "page",
  "not-found": "api",
  "not-new": "api",
  "other-account": "page",
  "outcome-unknown": "page",
  overloaded: "page",
  precondition: "page",
  "precondition-required": "page",
  "proof-required": "page",
  "second-factor-required": "page",
  "query-timeout": "page",
  range: "api",
  "read-only": "api",
  reference: "api",
  required: "api",
  rule: "api",
  scale: "api",
  "single-sign-on-declined": "page",
  "single-sign-on-unavailable": "page",
  "slow-body": "page",
  "second-factor": "api",
  "slow-down": "api",
  sort: "api",
  state: "api",
  "storage-full": "page",
  text: "api",
  timeout: "page",
  "too-large": "page",
  type: "api",
  unauthenticated: "page",
  "unknown-field": "page",
  "unsupported-media-type": "page",
  "wrong-link": "api",
  "wrong-sign-in": "api",
  "wrong-single-sign-on": "page",
};

function isProblem(code: string): code is ProblemCode {
  return Object.hasOwn(englishSources, code);
}

/** The text of an issue at its field. The text of a broken rule depends on the form. */
export function issueText({ code, message, said }: Issue, t: Text, locale: Locale, rule: MessageKey): string {
  if (said !== undefined) return said;
  if (locale === "en" && englishSources[code] === "api") return message;
  return t(code === "rule" ? rule : `problem.${code}`);
}

/** The text of an error for the user: never its code alone. */
export function errorText(error: Pick<ApiError, "code" | "message" | "said">, t: Text, locale: Locale): string {
  const { code, message, said } = error;
  if (said !== undefined) return said;
  if (!isProblem(code)) return t("failure.unreachable");
  return locale === "en" && englishSources[code] === "api" && message !== "" ? message : t(`problem.${code}`);
}
