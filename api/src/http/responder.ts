import {
  ApiError,
  type Download,
  fileTypes,
  type Image,
  type Outcome,
  problemBody,
  type Redirect,
  type SerializedBody,
  toApiError,
} from "../contract/answer.ts";
import { nextLink } from "../contract/cursor.ts";
import type { Route } from "../contract/route.ts";
import { isNamed } from "../contract/write-headers.ts";
import { transportSecurity } from "../transport-security.ts";
import type { PathRequests } from "../watch/requests.ts";
import type { RequestTrace, Tracer } from "../watch/trace/tracer.ts";
import { acceptedCoding, compress, compressStream, isLong } from "./compression.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { downloadHeaders, downloadStream } from "./download.ts";
import type { Level, Log, LogFields } from "./log.ts";
import { Outage } from "./outage.ts";
import type { Readiness } from "./readiness.ts";
import { clientRequestId, newRequestId } from "./request-checks.ts";
import {
  type Body,
  bodilessHeaders,
  bodyOf,
  imageHeaders,
  inOnePiece,
  jsonHeaders,
  problemHeaders,
  setAll,
} from "./response.ts";

/** A request that is being served, with everything that its response and its log line need. */
export interface Exchange {
  readonly request: Request;
  /** Cached, because the request builds a new string on each access. */
  readonly method: string;
  /** Its path and the requests to it so far. */
  readonly counts: PathRequests;
  readonly id: string;
  /** The id that the client gave the request: logged and sent back, but never taken for the server's own. */
  readonly clientId: string | null;
  readonly startedAt: number;
  /** Null if nothing is traced. */
  readonly trace: RequestTrace | null;
}

/** The first step of every request: gives it an id, starts its clock, and begins or continues its trace. */
export function begin(request: Request, counts: PathRequests, tracer: Tracer | null): Exchange {
  const { method } = request;
  const startedAt = performance.now();
  return {
    request,
    method,
    counts,
    id: newRequestId(),
    clientId: clientRequestId(request),
    startedAt,
    trace: tracer === null ? null : tracer.begin(request, method, counts.path, startedAt),
  };
}

interface ResponderOptions {
  /** The origins whose pages may call the API. */
  readonly origins: readonly string[];
  /** Browsers find the pages over HTTPS. */
  readonly isPublicOverTls: boolean;
  readonly readiness: Readiness;
  readonly log: Log;
  /** Null if nothing is traced. */
  readonly tracer: Tracer | null;
}

/** The last step of every request: makes its response and writes its log line, and counts it. */
export class Responder {
  readonly #origins: readonly string[];
  readonly #isPublicOverTls: boolean;
  readonly #readiness: Readiness;
  readonly #log: Log;
  readonly #outage: Outage;
  readonly #tracer: Tracer | null;

  constructor({ origins, isPublicOverTls, readiness, log, tracer }: ResponderOptions) {
    this.#tracer = tracer;
    this.#isPublicOverTls = isPublicOverTls;
    this.#origins = origins;
    this.#readiness = readiness;
    this.#log = log;
    this.#outage = new Outage(log);
  }

  success(exchange: Exchange, answer: Outcome<unknown>): Response {
    if ("parts" in answer) return this.#download(exchange, answer);
    if ("image" in answer) return this.#image(exchange, answer);
    if ("redirect" in answer) return this.#redirect(exchange, answer);
    const { status, location, etag } = answer;
    const { request, method } = exchange;
    const isReplay = "body" in answer;
    if (isReplay || answer.rows > 0) this.#outage.answered(exchange.counts.path);
    if (etag !== undefined && !isReplay && this.#isKnown(exchange, etag, answer))
      return this.#notModified(exchange, etag, bodilessHeaders);
    this.#end(exchange, status, isReplay ? 0 : answer.rows);
    const fixed = isReplay && status >= 400 ? problemHeaders : jsonHeaders;
    const response = this.#respond(exchange, status, fixed, bodyOf(answer));
    const { headers } = response;
    if (etag !== undefined) headers.set("etag", etag);
    if (location !== undefined) headers.set("location", location);
    if (!isReplay && answer.cookie !== undefined) headers.set("set-cookie", answer.cookie);
    if (isReplay) headers.set("idempotency-replayed", "true");
    else {
      if (method !== "GET") this.#readiness.written(request);
      const next = answer.page?.next_cursor ?? null;
      if (next !== null) headers.set("link", nextLink(request.url, next));
    }
    return response;
  }

  /** Whether the client has this version already. */
  #isKnown(
    { request, method }: Exchange,
    etag: string,
    { showsOthers }: { readonly showsOthers?: true } = {},
  ): boolean {
    if (method !== "GET" && method !== "HEAD") return false;
    const ifNoneMatch = request.headers.get("if-none-match");
    return ifNoneMatch !== null && showsOthers !== true && isNamed(etag, ifNoneMatch);
  }

  #notModified(exchange: Exchange, etag: string, fixed: Headers): Response {
    this.#end(exchange, 304, 0);
    const response = this.#respond(exchange, 304, fixed, null);
    response.headers.set("etag", etag);
    return response;
  }

  /** Adds the id to the response with a static file, and writes its log line. */
  file(exchange: Exchange, response: Response): Response {
    setIds(response.headers, exchange);
    if (this.#isPublicOverTls) response.headers.set(...transportSecurity);
    this.#end(exchange, response.status, 0);
    return response;
  }

  error(exchange: Exchange, thrown: unknown): Response {
    const { id } = exchange;
    const error = toApiError(thrown);
    if (error.code === "storage-full") this.#readiness.diskWasFull();
    if (levelOf(error) === "error" && !this.#outage.isKnown(error)) this.#logFailure(exchange, error);
    this.#end(exchange, error.status, 0, levelOf(error));
    const response = this.#respond(exchange, error.status, problemHeaders, problemBody(error, id));
    setAll(response.headers, error.headers);
    return response;
  }

  /** Answers OPTIONS. Throws 405 `method` for any other method that the path does not support. */
  otherMethod(exchange: Exchange, methods: ReadonlyMap<string, Route>): Response {
    const { request, method } = exchange;
    const allow = allowed(methods);
    if (method !== "OPTIONS") throw new ApiError("method", `This path allows only: ${allow}.`, { headers: { allow } });
    this.#end(exchange, 204, 0);
    const response = this.#respond(exchange, 204, bodilessHeaders, null);
    setAll(response.headers, { ...preflightHeaders(request, this.#origins, allow), allow });
    return response;
  }

  /** Copies the fixed headers and sets only the others, which costs half as much as an object of all headers. */
  #respond(exchange: Exchange, status: number, fixed: Headers, body: Body): Response {
    const { request, method } = exchange;
    // An image is compressed already.
    const isPacked = fixed === imageHeaders;
    const coding = !isPacked && isCompressible(body) && method !== "HEAD" ? acceptedCoding(request) : null;
    const sent = coding === null || !isCompressible(body) ? body : compress(body, coding);
    const response = new Response(method === "HEAD" ? sent : inOnePiece(sent), { status, headers: fixed });
    const { headers } = response;
    if (coding !== null) headers.set("content-encoding", coding);
    setIds(headers, exchange);
    if (this.#isPublicOverTls) headers.set(...transportSecurity);
    // Make clients with keep-alive connections open the next one to another process.
    if (this.#readiness.draining) {
      headers.set("connection", "close");
      headers.delete("keep-alive");
    }
    const origin = this.#origins.length === 0 ? null : request.headers.get("origin");
    if (origin !== null) setAll(headers, corsHeaders(origin, this.#origins));
    return response;
  }

  #download(exchange: Exchange, download: Download): Response {
    this.#end(exchange, 200, 0);
    const file = downloadStream(download.parts, (error) => this.#logFailure(exchange, error));
    // A workbook is compressed already.
    const coding = download.type === fileTypes.csv ? acceptedCoding(exchange.request) : null;
    const body = coding === null ? file : compressStream(file, coding);
    const response = this.#respond(exchange, 200, bodilessHeaders, body);
    setAll(response.headers, downloadHeaders(download));
    if (coding !== null) response.headers.set("content-encoding", coding);
    return response;
  }

  #image(exchange: Exchange, { image, type, etag }: Image): Response {
    this.#outage.answered(exchange.counts.path);
    if (this.#isKnown(exchange, etag)) return this.#notModified(exchange, etag, imageHeaders);
    this.#end(exchange, 200, 1);
    const response = this.#respond(exchange, 200, imageHeaders, image);
    setAll(response.headers, { "content-type": type, etag });
    return response;
  }

  #redirect(exchange: Exchange, { redirect, cookies, refusal }: Redirect): Response {
    if (refusal !== undefined && levelOf(refusal) === "error" && !this.#outage.isKnown(refusal))
      this.#logFailure(exchange, refusal);
    this.#end(exchange, 302, 0);
    const response = this.#respond(exchange, 302, bodilessHeaders, null);
    response.headers.set("location", redirect);
    for (const cookie of cookies) response.headers.append("set-cookie", cookie);
    return response;
  }

  #logFailure(exchange: Exchange, error: ApiError): void {
    this.#log.write("error", "failure", { ...loggedIds(exchange), code: error.code, reason: reason(error) });
  }

  /** Counts the request and writes its log line. */
  #end(exchange: Exchange, status: number, rows: number, level: Level = "info"): void {
    const { method, counts, startedAt } = exchange;
    const tookMs = performance.now() - startedAt;
    counts.add(method, status, tookMs / 1000);
    const span = exchange.trace?.span ?? null;
    if (span !== null) this.#tracer?.end(span, exchange.id, method, counts.path, status);
    if (!this.#log.writes(level)) return;
    const duration_ms = Math.round(tookMs * 1000) / 1000;
    this.#log.write(level, "request", {
      ...loggedIds(exchange),
      method,
      route: counts.path,
      status,
      duration_ms,
      rows,
    });
  }
}

function setIds(headers: Headers, { id, clientId, trace }: Exchange): void {
  headers.set("x-request-id", id);
  if (trace !== null && trace.span !== null) headers.set("traceresponse", trace.response);
  if (clientId !== null) headers.set("x-client-request-id", clientId);
}

function loggedIds({ id, clientId, trace }: Exchange): LogFields {
  const ids = clientId === null ? { request_id: id } : { request_id: id, client_request_id: clientId };
  return trace === null ? ids : { ...ids, trace_id: trace.traceId };
}

function isCompressible(body: Body): body is SerializedBody {
  return body !== null && !(body instanceof ReadableStream) && isLong(body);
}

function allowed(methods: ReadonlyMap<string, Route>): string {
  const names = [...methods.keys()];
  return [...names, ...(names.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

/** Not errors of the server: what it refuses under load or during a stop, and writes that met others too often. */
const expected: ReadonlySet<string> = new Set(["overloaded", "draining", "conflict-retry"]);

function levelOf({ code, status }: ApiError): Level {
  if (expected.has(code)) return "warn";
  return status >= 500 ? "error" : "info";
}

/** The internal reason for an error, which is logged but never sent. */
function reason(error: ApiError): string {
  const { cause } = error;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return cause === undefined ? error.message : String(cause);
}
