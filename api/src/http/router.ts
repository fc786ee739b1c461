import type { BunRequest } from "bun";
import type { SharedReads } from "../batching/coalesce.ts";
import { ApiError, type Download, type Outcome, problemBody, toApiError } from "../contract/answer.ts";
import { nextLink } from "../contract/cursor.ts";
import { late } from "../contract/deadline.ts";
import type { Client, Route } from "../contract/route.ts";
import type { WritePolicy } from "../writes/preconditions.ts";
import { local } from "../writes/principal.ts";
import type { FileHandler } from "./api-docs.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { downloadHeaders, downloadStream } from "./download.ts";
import { type Flight, overloaded } from "./load-limit.ts";
import type { Level, Log } from "./log.ts";
import type { Readiness } from "./readiness.ts";
import { isArriving, slowBody } from "./request-body.ts";
import { checkAccept, checkHead, checkUrl, requestId } from "./request-checks.ts";
import { type Body, bodilessHeaders, bodyOf, inOnePiece, jsonHeaders, problemHeaders, setAll } from "./response.ts";

export type PathHandler = (request: BunRequest) => Response | Promise<Response>;

/** One request on its way through: what its answer and its line in the log need. */
interface Passage {
  readonly request: Request;
  /** Asked for once: the request makes a new text of it each time. */
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly startedAt: number;
}

export interface RouterOptions {
  readonly routes: readonly Route[];
  /** Whose pages may call. */
  readonly origins: readonly string[];
  readonly policy: WritePolicy;
  readonly flight: Flight;
  readonly readiness: Readiness;
  readonly reads: SharedReads;
  readonly log: Log;
}

/** Sends each request to its route: paths are matched by Bun, methods by a map per path. */
export class Router {
  readonly #routes: readonly Route[];
  readonly #origins: readonly string[];
  readonly #policy: WritePolicy;
  readonly #flight: Flight;
  readonly #readiness: Readiness;
  readonly #log: Log;
  readonly #reads: SharedReads;

  constructor({ routes, origins, policy, flight, readiness, reads, log }: RouterOptions) {
    this.#routes = routes;
    this.#origins = origins;
    this.#policy = policy;
    this.#flight = flight;
    this.#readiness = readiness;
    this.#reads = reads;
    this.#log = log;
  }

  /** Bun's table of paths; a trailing slash means the same as none. */
  table(): Record<string, PathHandler> {
    const paths = new Map<string, Map<string, Route>>();
    for (const route of this.#routes) {
      const methods = paths.get(route.path) ?? new Map<string, Route>();
      paths.set(route.path, methods.set(route.method, route));
    }
    const table: Record<string, PathHandler> = {};
    for (const [path, methods] of paths) {
      const pattern = path.replace(/\{(\w+)\}/g, ":$1");
      const handler: PathHandler = (request) => this.#serve(request, path, methods);
      table[pattern] = handler;
      table[`${pattern}/`] = handler;
    }
    return table;
  }

  /** Files to read: nothing of JSON applies to them, but they have an id and a line in the log too. */
  files(files: Readonly<Record<string, FileHandler>>): Record<string, PathHandler> {
    const serve = (path: string, file: FileHandler): PathHandler => {
      return (request) => {
        const passage = this.#enter(request, path);
        const { method } = passage;
        try {
          checkHead(request);
          if (method !== "GET" && method !== "HEAD")
            throw new ApiError("method", "This is to be read.", { headers: { allow: "GET, HEAD" } });
        } catch (error) {
          return this.#refuse(passage, error);
        }
        const response = file();
        response.headers.set("x-request-id", passage.id);
        this.#line(passage, response.status, 0);
        return response;
      };
    };
    return Object.fromEntries(
      Object.entries(files).flatMap(([path, file]) => [
        [path, serve(path, file)],
        [`${path}/`, serve(path, file)],
      ]),
    );
  }

  /** Everything that is no path of the table. */
  notFound(request: Request): Response {
    const passage = this.#enter(request, "none");
    try {
      checkHead(request);
      const { method } = passage;
      if (method === "TRACE" || method === "CONNECT")
        throw new ApiError("method", `${method} is not served here.`, { headers: { allow: "GET, HEAD, OPTIONS" } });
      throw new ApiError("not-found", "There is nothing at this path.");
    } catch (error) {
      return this.#refuse(passage, error);
    }
  }

  #serve(request: BunRequest, path: string, methods: ReadonlyMap<string, Route>): Response | Promise<Response> {
    const passage = this.#enter(request, path);
    const { method } = passage;
    try {
      checkHead(request);
      // HEAD is GET; Bun leaves the body out.
      const route = methods.get(method === "HEAD" ? "GET" : method);
      if (route === undefined) return this.#otherMethod(passage, methods);
      checkAccept(request, route.file ?? undefined);
      const queryText = checkUrl(request.url);
      if (!route.urgent && this.#flight.isFull(passage.startedAt)) throw overloaded();
      const { id: requestId, startedAt } = passage;
      const caller = { principal: local, requestId, startedAt, policy: this.#policy };
      const read = (client: Client) => route.answer({ params: request.params, queryText, request, caller, client });
      // What is gathered is one read by id. A query string may ask for more, which has the server's deadline.
      const isGathered = route.deadline === "gathered" && queryText === "";
      const { stands } = route;
      const isJoined = isGathered ? stands && this.#reads.keeps : route.isShared;
      const answer = isJoined ? this.#reads.join({ key: request.url, client: request, stands, read }) : read(request);
      if (!(answer instanceof Promise)) return this.#succeed(passage, answer);
      return isGathered ? this.#whenDone(passage, answer) : this.#inTime(passage, answer);
    } catch (error) {
      return this.#refuse(passage, error);
    }
  }

  #whenDone(passage: Passage, answer: Promise<Outcome<unknown>>): Promise<Response> {
    this.#flight.enter();
    return answer.then(
      (done) => {
        this.#flight.leave();
        return this.#succeed(passage, done);
      },
      (error: unknown) => {
        this.#flight.leave();
        return this.#refuse(passage, error);
      },
    );
  }

  /** The answer when it is there, or a refusal when it is late. */
  #inTime(passage: Passage, answer: Promise<Outcome<unknown>>): Promise<Response> {
    return new Promise((resolve) => {
      const { startedAt, request } = passage;
      const waiting = {
        startedAt,
        request,
        expire: () => {
          this.#flight.end(waiting);
          resolve(this.#refuse(passage, isArriving(request) ? slowBody() : late()));
        },
      };
      this.#flight.begin(waiting);
      answer.then(
        (done) => {
          if (this.#flight.end(waiting)) resolve(this.#succeed(passage, done));
        },
        (error: unknown) => {
          if (this.#flight.end(waiting)) resolve(this.#refuse(passage, error));
        },
      );
    });
  }

  #enter(request: Request, path: string): Passage {
    return { request, method: request.method, path, id: requestId(request), startedAt: performance.now() };
  }

  /** The fixed headers are copied as a whole, and only what differs is set: half the cost of an object of all of them. */
  #respond({ request, method, id }: Passage, status: number, fixed: Headers, body: Body): Response {
    const response = new Response(method === "HEAD" ? body : inOnePiece(body), { status, headers: fixed });
    const { headers } = response;
    headers.set("x-request-id", id);
    // Whoever keeps the connection is asked to open the next one to somebody else.
    if (this.#readiness.draining) headers.set("connection", "close");
    const origin = this.#origins.length === 0 ? null : request.headers.get("origin");
    if (origin !== null) setAll(headers, corsHeaders(origin, this.#origins));
    return response;
  }

  #otherMethod(passage: Passage, methods: ReadonlyMap<string, Route>): Response {
    const { request, method } = passage;
    const allow = allowed(methods);
    if (method !== "OPTIONS") throw new ApiError("method", `This path knows: ${allow}.`, { headers: { allow } });
    this.#line(passage, 204, 0);
    const response = this.#respond(passage, 204, bodilessHeaders, null);
    setAll(response.headers, { ...preflightHeaders(request, this.#origins, allow), allow });
    return response;
  }

  #succeed(passage: Passage, answer: Outcome<unknown>): Response {
    if ("parts" in answer) return this.#send(passage, answer);
    const { status, location, etag } = answer;
    const { request, method } = passage;
    const isReplay = "body" in answer;
    this.#line(passage, status, isReplay ? 0 : answer.rows);
    const fixed = isReplay && status >= 400 ? problemHeaders : jsonHeaders;
    const response = this.#respond(passage, status, fixed, bodyOf(answer));
    const { headers } = response;
    if (etag !== undefined) headers.set("etag", etag);
    if (location !== undefined) headers.set("location", location);
    if (isReplay) headers.set("idempotency-replayed", "true");
    else {
      if (method !== "GET") this.#readiness.written(request);
      const next = answer.page?.next_cursor ?? null;
      if (next !== null) headers.set("link", nextLink(request.url, next));
    }
    return response;
  }

  #send(passage: Passage, download: Download): Response {
    this.#line(passage, 200, 0);
    const body = downloadStream(download.parts, (error) => this.#failure(passage, error));
    const response = this.#respond(passage, 200, bodilessHeaders, body);
    setAll(response.headers, downloadHeaders(download));
    return response;
  }

  #failure({ id }: Passage, error: ApiError): void {
    this.#log.write("error", "failure", { request_id: id, code: error.code, reason: reason(error) });
  }

  #refuse(passage: Passage, thrown: unknown): Response {
    const { id } = passage;
    const error = toApiError(thrown);
    if (error.code === "storage-full") this.#readiness.diskWasFull();
    if (levelOf(error) === "error") this.#failure(passage, error);
    this.#line(passage, error.status, 0, levelOf(error));
    const response = this.#respond(passage, error.status, problemHeaders, problemBody(error, id));
    setAll(response.headers, error.headers);
    return response;
  }

  #line({ method, path, id, startedAt }: Passage, status: number, rows: number, level: Level = "info"): void {
    if (!this.#log.writes(level)) return;
    const duration = Math.round((performance.now() - startedAt) * 1000) / 1000;
    this.#log.write(level, "request", {
      request_id: id,
      method,
      route: path,
      status,
      duration_ms: duration,
      rows,
    });
  }
}

function allowed(methods: ReadonlyMap<string, Route>): string {
  const names = [...methods.keys()];
  return [...names, ...(names.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

/** A refusal for load or a stop is no error, and is not written to the log one by one: there may be thousands a second. */
function levelOf({ code, status }: ApiError): Level {
  if (code === "overloaded" || code === "draining") return "warn";
  return status >= 500 ? "error" : "info";
}

/** For the log only. */
function reason(error: ApiError): string {
  const { cause } = error;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return cause === undefined ? error.message : String(cause);
}
