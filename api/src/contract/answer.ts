import { DatabaseError } from "sqlproof";
import { type ProblemCode, problems } from "./problems.ts";

export { type ProblemCode, problems } from "./problems.ts";

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

/** The error for whoever must sign in (RFC 9110, 11.6.1). */
export function unauthenticated(message: string): ApiError {
  const headers = { "www-authenticate": 'Bearer realm="Northwind Orders"' };
  return new ApiError("unauthenticated", message, { headers });
}

/**
 * The error for invalid input. It takes its code from the first issue and lists every issue: those of the request come
 * before those that the state of something refuses (409), because a request that is wrong is wrong in every state.
 */
export function refusalOf(given: readonly [Issue, ...Issue[]]): ApiError {
  const issues = given.toSorted((one, other) => Number(isConflict(one)) - Number(isConflict(other)));
  const [first = given[0]] = issues;
  const place = first.pointer === undefined || first.pointer === "#" ? "" : `${first.pointer.slice(2)}: `;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new ApiError(first.code, place + first.message + more, { issues: issues.slice(0, maxIssues) });
}

function isConflict({ code }: Issue): boolean {
  return problems[code].status === 409;
}

/** Throws the error for invalid input if there is any issue. */
export function refuseAll(issues: readonly Issue[]): void {
  const [first, ...rest] = issues;
  if (first !== undefined) throw refusalOf([first, ...rest]);
}

/**
 * The error for these issues of a request, and for those that a trial of it finds, if it can be tried: a dry run of what
 * is left of it without them, up to its first write.
 */
export async function refusalBeside(issues: readonly Issue[], trial: (() => unknown) | null): Promise<ApiError> {
  const [first, ...rest] = issues;
  if (first === undefined) throw new Error("a request was refused without an issue");
  try {
    await trial?.();
  } catch (error) {
    const isTold = error instanceof ApiError && (error.status === 422 || error.status === 409);
    if (isTold) return refusalOf([first, ...rest, ...error.issues]);
  }
  return refusalOf([first, ...rest]);
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
  /** What to do instead. */
  instead = "",
): void {
  const used = Object.entries(references).filter(([, count]) => count !== null && count > 0);
  if (used.length === 0) return;
  const list = used.map(([plural, count]) => `${count} ${count === 1 ? plural.replace(/s$/, "") : plural}`);
  const all = list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`;
  const hint = instead === "" ? "" : ` ${instead}`;
  throw new ApiError("in-use", `The ${resource} cannot be ${change} because it is used by ${all}.${hint}`, {
    issues: list.map((message) => ({ code: "in-use", message })),
  });
}
