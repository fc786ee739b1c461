import { DatabaseError } from "sqlproof";

/** Every error that the API can answer with, by code. Codes are stable; titles may change. */
export const problems = {
  "malformed-json": { status: 400, title: "The body is not well-formed JSON" },
  "bad-request": { status: 400, title: "The request cannot be understood" },
  "bad-id": { status: 400, title: "The id is not a plain whole number" },
  "bad-query": { status: 400, title: "The query parameters are not valid" },
  "idempotency-key": { status: 400, title: "The idempotency key is not valid" },
  unauthenticated: { status: 401, title: "Nobody is signed in" },
  forbidden: { status: 403, title: "The right to do this is missing" },
  "wrong-sign-in": { status: 401, title: "The e-mail address or the password is wrong" },
  "second-factor": { status: 401, title: "The second factor is missing or wrong" },
  "wrong-single-sign-on": { status: 401, title: "The sign-in at the provider is not valid" },
  "single-sign-on-declined": { status: 401, title: "The provider has not signed the user in" },
  "single-sign-on-unavailable": { status: 503, title: "The provider of single sign-on cannot be used" },
  "no-account": { status: 403, title: "Nobody of this name may sign in here" },
  "no-role": { status: 403, title: "The provider names no role for this user" },
  "wrong-link": { status: 401, title: "The one-time link is not valid" },
  "slow-down": { status: 429, title: "There were too many failed sign-ins" },
  "foreign-origin": { status: 403, title: "A page of another server may not change anything" },
  "not-found": { status: 404, title: "There is no such resource" },
  method: { status: 405, title: "The resource does not support this method" },
  "not-acceptable": { status: 406, title: "The API does not offer this media type" },
  "slow-body": { status: 408, title: "The body did not arrive in time" },
  "in-use": { status: 409, title: "Something else still refers to the resource" },
  state: { status: 409, title: "The state of the resource does not allow this" },
  duplicate: { status: 409, title: "The resource already exists" },
  "idempotency-running": { status: 409, title: "The first request with this key is still running" },
  "precondition-required": { status: 428, title: "A write must say which version it changes" },
  precondition: { status: 412, title: "The resource has changed since it was read" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The body has a type that this path does not take" },
  misdirected: { status: 421, title: "The request is meant for another server" },
  "unknown-field": { status: 422, title: "A field is not known" },
  "read-only": { status: 422, title: "A field cannot be written" },
  required: { status: 422, title: "A field is missing" },
  type: { status: 422, title: "A value has the wrong type" },
  "decimal-format": { status: 422, title: "An amount is not written as a plain decimal" },
  scale: { status: 422, title: "A number has too many decimal places" },
  range: { status: 422, title: "A value is out of range" },
  text: { status: 422, title: "A text contains characters that cannot be stored or is too long" },
  "date-format": { status: 422, title: "A date is not written as 2024-01-15T10:30:00" },
  "idempotency-mismatch": { status: 422, title: "The idempotency key was used for another request" },
  reference: { status: 422, title: "A value refers to something that does not exist" },
  sort: { status: 422, title: "So many orders cannot be sorted like this" },
  image: { status: 422, title: "The file is no image that can be used" },
  rule: { status: 422, title: "A business rule is broken" },
  discontinued: { status: 422, title: "A product is not sold any more" },
  "not-new": { status: 422, title: "An order is made as a new one" },
  correction: { status: 422, title: "There is nothing to correct" },
  "conflict-retry": { status: 503, title: "Others changed the same data at the same time" },
  "query-timeout": { status: 503, title: "The database took too long" },
  "outcome-unknown": { status: 503, title: "It is not known whether the write was carried out" },
  timeout: { status: 503, title: "The answer took too long" },
  overloaded: { status: 503, title: "The server is overloaded" },
  draining: { status: 503, title: "The server is stopping" },
  "db-unavailable": { status: 503, title: "The database cannot be reached" },
  "storage-full": { status: 507, title: "The disk of the database is full" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof problems;

/** A validation issue and its place: a JSON pointer into the body, a path or query parameter, or a header. */
export interface Issue {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly code: ProblemCode;
  readonly message: string;
}

/** The maximum number of issues that one answer lists. */
export const maxIssues = 50;

interface ApiErrorOptions {
  readonly issues?: readonly Issue[];
  /** Overrides the status of the code; only `too-large` has several. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The current resource, for a client whose write was based on another version. */
  readonly data?: unknown;
  /** Logged, never sent. */
  readonly cause?: unknown;
}

/** An error with a public message. Anything else that is thrown becomes 500 `internal`, except database errors. */
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

/** The error for invalid input. It takes its code from the first issue and lists every issue. */
export function refusalOf(issues: readonly [Issue, ...Issue[]]): ApiError {
  const [first] = issues;
  const place = first.pointer === undefined || first.pointer === "#" ? "" : `${first.pointer.slice(2)}: `;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new ApiError(first.code, place + first.message + more, { issues: issues.slice(0, maxIssues) });
}

/** Throws the error for invalid input if there is any issue. */
export function refuseAll(issues: readonly Issue[]): void {
  const [first, ...rest] = issues;
  if (first !== undefined) throw refusalOf([first, ...rest]);
}

const retrySoon = { "retry-after": "1" };

const outcomeUnknown =
  "The connection to the database was lost during this write, which may or may not have been carried out. " +
  "Repeat the request with the same Idempotency-Key, which is safe; without a key, check first.";

/** Converts a database error to the error that clients get. The engine's own message is only logged. */
export function databaseRefusal(error: DatabaseError): ApiError {
  const answer = (code: ProblemCode, message: string, headers?: Readonly<Record<string, string>>) =>
    new ApiError(code, message, { cause: error, ...(headers === undefined ? {} : { headers }) });
  switch (error.kind) {
    case "unique":
      return answer("duplicate", "A resource with the same key already exists.");
    case "foreign-key":
      return answer("in-use", "Another row refers to this one, or this one refers to a row that no longer exists.");
    case "value":
      return answer("range", "The database does not accept one of the values.");
    case "conflict":
    case "lock-timeout":
      return answer("conflict-retry", "Others changed the same data at the same time; try again.", retrySoon);
    case "query-timeout":
      return answer("query-timeout", "The database took too long; ask for less, or try again.", retrySoon);
    case "too-busy":
      return answer("overloaded", "There are too many requests at the moment; try again.", retrySoon);
    case "unknown-outcome":
      return answer("outcome-unknown", outcomeUnknown, retrySoon);
    case "storage-full":
      return answer("storage-full", "The disk of the database is full; nothing was written.", { "retry-after": "60" });
    case "unavailable":
    case "read-only":
    case "access-denied":
    case "no-such-database":
      return answer("db-unavailable", "The database cannot be used at the moment; try again.", { "retry-after": "5" });
    case "other":
      return answer("internal", "Something went wrong on our side.");
  }
}

/** Converts anything that was thrown to the error that clients get. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DatabaseError) return databaseRefusal(error);
  return new ApiError("internal", "Something went wrong on our side.", { cause: error });
}

/** The `page` member of a list: its limit and the cursor of the next page, null on the last. */
export interface Page {
  readonly limit: number;
  readonly next_cursor: string | null;
  /** Only in the feed of changes: where a reader goes on later. */
  readonly last_sequence?: number;
}

/** The result of a handler. `T` is the type of `data` that the route declares. */
export interface Answer<T> {
  readonly status: 200 | 201;
  readonly message: string;
  readonly data: T;
  readonly page?: Page;
  /** The path of the created resource. */
  readonly location?: string;
  /** The entity tag with the version of the resource. */
  readonly etag?: string;
  /** The data also shows other resources, which change without the tag, so a client must get it again. */
  readonly showsOthers?: true;
  /** The `Set-Cookie` header of a sign-in or a sign-out. */
  readonly cookie?: string;
  /** Number of rows in `data`, for the log. */
  readonly rows: number;
}

/** An answer for several clients, whose body is serialized only once. */
export interface SerializedAnswer extends Omit<Answer<never>, "data" | "message"> {
  readonly serialized: SerializedBody;
}

/** JSON as bytes, or as text when it is short: thousands of small byte arrays would burden the garbage collector. */
export type SerializedBody = string | Uint8Array<ArrayBuffer>;

/** An earlier answer or error, sent again unchanged. */
export interface Replay {
  readonly status: number;
  readonly body: string;
  readonly location?: string;
  readonly etag?: string;
}

/** The types of the files that are answered or uploaded. */
export const fileTypes = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  png: "image/png",
  jpeg: "image/jpeg",
} as const;
export type FileType = (typeof fileTypes)[keyof typeof fileTypes];

/** A file that is sent in parts as fast as the client reads them. */
export interface Download {
  readonly name: string;
  readonly type: string;
  /** If a part fails, the connection is cut, so that no client takes an incomplete file for a complete one. */
  readonly parts: AsyncIterator<string | Uint8Array<ArrayBuffer>>;
}

/** A stored image, which a browser shows and keeps, asking whether its version has changed. */
export interface Image {
  readonly image: Uint8Array<ArrayBuffer>;
  readonly type: FileType;
  readonly etag: string;
}

/** Leads a browser elsewhere. */
export interface Redirect {
  readonly redirect: string;
  /** `Set-Cookie` headers. */
  readonly cookies: readonly string[];
  /** Why it is not led where it wanted to go. */
  readonly refusal?: ApiError;
}

/** The outcome of a request that is not refused. */
export type Outcome<T> = Answer<T> | SerializedAnswer | Replay | Download | Image | Redirect;

/** 200 with one value and, if given, its entity tag. */
export function ok<T>(message: string, data: T, etag?: string): Answer<T> {
  const rows = data === null ? 0 : 1;
  return etag === undefined ? { status: 200, message, data, rows } : { status: 200, message, data, rows, etag };
}

/** 200 with a list or one page of it. */
export function okList<T>(message: string, data: readonly T[], page?: Page): Answer<readonly T[]> {
  return { status: 200, message, data, rows: data.length, ...(page === undefined ? {} : { page }) };
}

/** 201 with the created resource, its path and its entity tag. */
export function created<T>(message: string, location: string, data: T, etag: string): Answer<T> {
  return { status: 201, message, data, location, etag, rows: 1 };
}

/** The body of a successful answer, as JSON. */
export function successBody({ message, data, page }: Answer<unknown>): string {
  return JSON.stringify(page === undefined ? { success: true, message, data } : { success: true, message, data, page });
}

/** The body of an error, as JSON: the members of RFC 9457 in addition to the envelope of the original API. */
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

/** Throws 409 `in-use` if anything refers to the resource. Takes counts by plural name, such as `{ invoices: 2 }`. */
export function refuseInUse(
  resource: string,
  references: Readonly<Record<string, number | null>>,
  change: "deleted" | "renamed" = "deleted",
): void {
  const used = Object.entries(references).filter(([, count]) => count !== null && count > 0);
  if (used.length === 0) return;
  const list = used.map(([plural, count]) => `${count} ${count === 1 ? plural.replace(/s$/, "") : plural}`);
  throw new ApiError("in-use", `The ${resource} cannot be ${change} because it is used by ${list.join(" and ")}.`, {
    issues: list.map((message) => ({ code: "in-use", message })),
  });
}
