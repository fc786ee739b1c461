import { DatabaseError } from "sqlproof";

/** Every refusal this API can answer: its code, HTTP status and title. The code is stable, the words may change. */
export const problems = {
  "malformed-json": { status: 400, title: "The body is not one well-formed JSON text" },
  "bad-request": { status: 400, title: "The request cannot be understood" },
  "bad-id": { status: 400, title: "The id is not a whole number in its plain form" },
  "bad-query": { status: 400, title: "The query parameters are not valid" },
  "idempotency-key": { status: 400, title: "The idempotency key is not valid" },
  "not-found": { status: 404, title: "There is no such resource" },
  method: { status: 405, title: "The resource does not know this method" },
  "not-acceptable": { status: 406, title: "The API answers in JSON only" },
  "slow-body": { status: 408, title: "The body did not arrive in time" },
  "in-use": { status: 409, title: "Something else still refers to it" },
  state: { status: 409, title: "The state of the resource does not allow this" },
  duplicate: { status: 409, title: "It exists already" },
  "idempotency-running": { status: 409, title: "The first request with this key is still running" },
  "precondition-required": { status: 428, title: "A write must say which version it changes" },
  precondition: { status: 412, title: "The resource has another version by now" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The body must be application/json" },
  "unknown-field": { status: 422, title: "A field is not known" },
  "read-only": { status: 422, title: "A field cannot be written" },
  required: { status: 422, title: "A field is missing" },
  type: { status: 422, title: "A value has the wrong type" },
  "decimal-format": { status: 422, title: "An amount is not written as a plain decimal" },
  scale: { status: 422, title: "An amount has more than four decimal places" },
  range: { status: 422, title: "A value is out of range" },
  text: { status: 422, title: "A text cannot be stored" },
  "date-format": { status: 422, title: "A date is not written as 2024-01-15T10:30:00" },
  "idempotency-mismatch": { status: 422, title: "The idempotency key was used for another request" },
  reference: { status: 422, title: "A value refers to something that does not exist" },
  rule: { status: 422, title: "A business rule is broken" },
  "conflict-retry": { status: 503, title: "Others changed the same data at the same time" },
  "query-timeout": { status: 503, title: "The database took too long" },
  "outcome-unknown": { status: 503, title: "It is not known whether the write was carried out" },
  timeout: { status: 503, title: "The answer took too long" },
  overloaded: { status: 503, title: "Too much to do at the moment" },
  draining: { status: 503, title: "The server is stopping" },
  "db-unavailable": { status: 503, title: "The database cannot be reached" },
  "storage-full": { status: 507, title: "The disk of the database is full" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof problems;

/** One issue of the input and where it is: a JSON pointer into the body, a path or query parameter, or a header. */
export interface Issue {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly code: ProblemCode;
  readonly message: string;
}

/** As many issues as one answer names. */
export const maxIssues = 50;

interface ApiErrorOptions {
  readonly issues?: readonly Issue[];
  /** Overrides the status of the code: only `too-large` has several. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The resource as it is now, for a client whose write was made for another version. */
  readonly data?: unknown;
  /** Logged, never sent. */
  readonly cause?: unknown;
}

/** The one error class: a refusal with a public message. What is thrown otherwise is an error of ours. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly issues: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;

  constructor(
    readonly code: ProblemCode,
    message: string,
    options: ApiErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.status = options.status ?? problems[code].status;
    this.issues = options.issues ?? [];
    this.headers = options.headers ?? {};
    this.data = options.data ?? null;
  }
}

/** The refusal for a faulty input: its code is that of the first issue, and every issue is named. */
export function refusalOf(issues: readonly [Issue, ...Issue[]]): ApiError {
  const [first] = issues;
  const place = first.pointer === undefined || first.pointer === "#" ? "" : `${first.pointer.slice(2)}: `;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new ApiError(first.code, place + first.message + more, { issues: issues.slice(0, maxIssues) });
}

const retrySoon = { "retry-after": "1" };

const outcomeUnknown =
  "The database was lost while it kept this write: it was carried out or not. Repeat the request with the same " +
  "Idempotency-Key, which cannot do it twice; without a key, look first.";

/** What a client is told about a refusal by the database; the engine's own text stays in the log. */
export function databaseRefusal(error: DatabaseError): ApiError {
  const answer = (code: ProblemCode, message: string, headers?: Readonly<Record<string, string>>) =>
    new ApiError(code, message, { cause: error, ...(headers === undefined ? {} : { headers }) });
  switch (error.kind) {
    case "unique":
      return answer("duplicate", "Something with the same key exists already.");
    case "foreign-key":
      return answer("in-use", "Another row refers to this one, or what it refers to is gone.");
    case "value":
      return answer("range", "The database does not accept one of the values.");
    case "conflict":
    case "lock-timeout":
      return answer("conflict-retry", "Others changed the same data at the same time: try again.", retrySoon);
    case "query-timeout":
      return answer("query-timeout", "The database took too long: ask for less, or try again.", retrySoon);
    case "too-busy":
      return answer("overloaded", "Too many requests at the moment: try again.", retrySoon);
    case "unknown-outcome":
      return answer("outcome-unknown", outcomeUnknown, retrySoon);
    case "storage-full":
      return answer("storage-full", "The disk of the database is full: nothing was written.", { "retry-after": "60" });
    case "unavailable":
    case "read-only":
    case "access-denied":
    case "no-such-database":
      return answer("db-unavailable", "The database cannot be used at the moment: try again.", { "retry-after": "5" });
    case "other":
      return answer("internal", "Something went wrong on our side.");
  }
}

/** Any thrown thing as a refusal. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DatabaseError) return databaseRefusal(error);
  return new ApiError("internal", "Something went wrong on our side.", { cause: error });
}

/** The page a list answer holds: how to ask for the next one. */
export interface Page {
  readonly limit: number;
  readonly next_cursor: string | null;
}

/** What a handler gives back. `T` is the type of `data`, as the route declares it. */
export interface Answer<T> {
  readonly status: 200 | 201;
  readonly message: string;
  readonly data: T;
  readonly page?: Page;
  /** Path of what was created. */
  readonly location?: string;
  /** The version of the resource, as its entity tag. */
  readonly etag?: string;
  /** Rows of data, for the log. */
  readonly rows: number;
}

/** An answer for several clients: its body is serialized once. */
export interface SerializedAnswer extends Omit<Answer<never>, "data" | "message"> {
  readonly serialized: SerializedBody;
}

/** JSON as bytes, or as text when it is short: thousands of small byte arrays would burden the garbage collector. */
export type SerializedBody = string | Uint8Array<ArrayBuffer>;

/** An earlier answer, a refusal too, sent again as it was. */
export interface Replay {
  readonly status: number;
  readonly body: string;
  readonly location?: string;
  readonly etag?: string;
}

/** A file, sent part by part as fast as the client reads it. */
export interface Download {
  readonly name: string;
  readonly type: string;
  /** Its part that failed ends the connection, so that no client takes what it got for the whole. */
  readonly parts: AsyncIterator<string>;
}

/** What a request comes to when it is not refused. */
export type Outcome<T> = Answer<T> | SerializedAnswer | Replay | Download;

/** 200 with one thing and its entity tag, or with none. */
export function ok<T>(message: string, data: T, etag?: string): Answer<T> {
  const rows = data === null ? 0 : 1;
  return etag === undefined ? { status: 200, message, data, rows } : { status: 200, message, data, rows, etag };
}

/** 200 with a list, or a page of one. */
export function okList<T>(message: string, data: readonly T[], page?: Page): Answer<readonly T[]> {
  return { status: 200, message, data, rows: data.length, ...(page === undefined ? {} : { page }) };
}

/** 201 with what was created and where it is now. */
export function created<T>(message: string, location: string, data: T, etag: string): Answer<T> {
  return { status: 201, message, data, location, etag, rows: 1 };
}

/** The body of a success. */
export function successBody({ message, data, page }: Answer<unknown>): string {
  return JSON.stringify(page === undefined ? { success: true, message, data } : { success: true, message, data, page });
}

/** The body of a refusal: RFC 9457 members beside the envelope of the original API. */
export function problemBody(error: ApiError, requestId: string): string {
  return JSON.stringify({
    success: false,
    message: error.message,
    data: error.data,
    type: `urn:northwind:problem:${error.code}`,
    title: problems[error.code].title,
    status: error.status,
    detail: error.message,
    instance: `urn:northwind:request:${requestId}`,
    code: error.code,
    errors: error.issues,
    request_id: requestId,
  });
}

/** Refuses to delete what others refer to, with how many of each, named in the plural: `{ invoices: 2 }`. */
export function refuseInUse(noun: string, references: Readonly<Record<string, number | null>>): void {
  const used = Object.entries(references).filter(([, count]) => count !== null && count > 0);
  if (used.length === 0) return;
  const list = used.map(([what, count]) => `${count} ${count === 1 ? what.replace(/s$/, "") : what}`);
  throw new ApiError("in-use", `The ${noun} cannot be deleted: referred to by ${list.join(" and ")}.`, {
    issues: list.map((message) => ({ code: "in-use", message })),
  });
}
