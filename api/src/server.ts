import type { BunRequest, Server } from "bun";
import { ApiError, type Download, type Outcome, problemBody, successBody, toApiError } from "./answer.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { createDocs, type FileHandler } from "./docs.ts";
import { downloadStream } from "./download.ts";
import { Flight } from "./flight.ts";
import type { WritePolicy } from "./guard.ts";
import type { Log } from "./log.ts";
import { local } from "./principal.ts";
import { Reporter } from "./reports/reporter.ts";
import { checkAccept, checkUrl, requestId } from "./request.ts";
import type { Api, Route } from "./route.ts";
import { allRoutes } from "./routes.ts";

/** What the server needs of the configuration. */
export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  readonly corsOrigins: readonly string[];
  /** What is asked of every write. Default nothing. */
  readonly writePolicy?: WritePolicy;
  /** How long `stop` waits for requests in flight. Default 10 seconds. */
  readonly stopTimeoutMs?: number;
}

export interface ServerOptions {
  readonly config: ServerConfig;
  readonly database: Api["database"];
  /** Makes the reports. Default: in this thread. */
  readonly reporter?: Reporter;
  readonly log: Log;
  /** Why the database is not usable although it answers (migrations missing), or null. */
  readonly notReady?: () => Promise<string | null>;
}

/** A server that is answering. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /** Stops being ready, finishes the requests in flight, then cuts what is left. */
  stop(): Promise<void>;
}

/** Bun cuts a connection without an answer after this time, so every deadline of ours is shorter. */
const idleTimeoutSeconds = 20;
const maxBodyBytes = 1024 * 1024;

/** Starts answering. Throws when the port is taken. */
export function startServer({ config, database, reporter, log, notReady }: ServerOptions): RunningServer {
  const flight = new Flight();
  let draining = false;
  const api: Api = {
    database,
    reporter: reporter ?? new Reporter(database, null),
    async notReady() {
      if (draining) return "The server is stopping.";
      await database.ping();
      return (await notReady?.()) ?? null;
    },
  };
  const policy = config.writePolicy ?? { requireIfMatch: false, requireIdempotencyKey: false };
  const router = new Router(allRoutes(api), config.corsOrigins, policy, flight, log);
  const server = Bun.serve({
    port: config.port,
    hostname: config.host,
    idleTimeout: idleTimeoutSeconds,
    maxRequestBodySize: maxBodyBytes,
    routes: { ...router.table(), ...router.files(createDocs()) },
    fetch: (request) => router.notFound(request),
  });
  const stopTimeoutMs = config.stopTimeoutMs ?? 10_000;
  return {
    port: server.port ?? config.port,
    url: `http://${config.host}:${server.port}`,
    async stop() {
      draining = true;
      await stopWithin(server, stopTimeoutMs);
      flight.close();
      await log.flush();
    },
  };
}

async function stopWithin(server: Server<undefined>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cut = new Promise<void>((resolve) => {
    timer = setTimeout(() => void server.stop(true).then(resolve), timeoutMs);
  });
  await Promise.race([server.stop(), cut]);
  clearTimeout(timer);
}

type PathHandler = (request: BunRequest) => Response | Promise<Response>;

/** One request on its way through: what its answer and its line in the log need. */
interface Passage {
  readonly request: Request;
  readonly path: string;
  readonly id: string;
  readonly startedAt: number;
  readonly headers: Record<string, string>;
}

/** Sends each request to its route: paths are matched by Bun, methods by a map per path. */
class Router {
  constructor(
    private readonly routes: readonly Route[],
    private readonly origins: readonly string[],
    private readonly policy: WritePolicy,
    private readonly flight: Flight,
    private readonly log: Log,
  ) {}

  /** Bun's table of paths; a trailing slash means the same as none. */
  table(): Record<string, PathHandler> {
    const paths = new Map<string, Map<string, Route>>();
    for (const route of this.routes) {
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
        const { method } = request;
        if (method !== "GET" && method !== "HEAD")
          return this.#refuse(
            passage,
            new ApiError("method", "This is to be read.", { headers: { allow: "GET, HEAD" } }),
          );
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
    return this.#refuse(this.#enter(request, "none"), new ApiError("not-found", "There is nothing at this path."));
  }

  #serve(request: BunRequest, path: string, methods: ReadonlyMap<string, Route>): Response | Promise<Response> {
    const passage = this.#enter(request, path);
    try {
      // HEAD is GET; Bun leaves the body out.
      const route = methods.get(request.method === "HEAD" ? "GET" : request.method);
      if (route === undefined) return this.#otherMethod(passage, methods);
      checkAccept(request, route.file ?? undefined);
      const queryText = checkUrl(request.url);
      const { id: requestId, startedAt } = passage;
      const caller = { principal: local, requestId, startedAt, policy: this.policy };
      const answer = route.answer({ params: request.params, queryText, request, caller });
      if (!(answer instanceof Promise)) return this.#succeed(passage, answer);
      return route.deadline === "server" ? this.#inTime(passage, answer) : this.#whenDone(passage, answer);
    } catch (error) {
      return this.#refuse(passage, error);
    }
  }

  #whenDone(passage: Passage, answer: Promise<Outcome<unknown>>): Promise<Response> {
    return answer.then(
      (done) => this.#succeed(passage, done),
      (error: unknown) => this.#refuse(passage, error),
    );
  }

  /** The answer when it is there, or a refusal when it is late. */
  #inTime(passage: Passage, answer: Promise<Outcome<unknown>>): Promise<Response> {
    return new Promise((resolve) => {
      const { startedAt } = passage;
      const waiting = {
        startedAt,
        expire: (error: ApiError) => {
          this.flight.end(waiting);
          resolve(this.#refuse(passage, error));
        },
      };
      this.flight.begin(waiting);
      answer.then(
        (done) => {
          if (this.flight.end(waiting)) resolve(this.#succeed(passage, done));
        },
        (error: unknown) => {
          if (this.flight.end(waiting)) resolve(this.#refuse(passage, error));
        },
      );
    });
  }

  #enter(request: Request, path: string): Passage {
    const startedAt = performance.now();
    const id = requestId(request);
    const headers: Record<string, string> = { ...fixedHeaders, "x-request-id": id };
    if (this.origins.length > 0) Object.assign(headers, corsHeaders(request, this.origins));
    return { request, path, id, startedAt, headers };
  }

  #otherMethod(passage: Passage, methods: ReadonlyMap<string, Route>): Response {
    const { request, headers } = passage;
    const allow = allowed(methods);
    if (request.method !== "OPTIONS")
      throw new ApiError("method", `This path knows: ${allow}.`, { headers: { allow } });
    const { "content-type": _, ...rest } = headers;
    const preflight = preflightHeaders(request, this.origins, allow);
    this.#line(passage, 204, 0);
    return new Response(null, { status: 204, headers: { ...rest, ...preflight, allow } });
  }

  #succeed(passage: Passage, answer: Outcome<unknown>): Response {
    if ("parts" in answer) return this.#send(passage, answer);
    const { request, headers } = passage;
    if (answer.location !== undefined) headers.location = answer.location;
    if (answer.etag !== undefined) headers.etag = answer.etag;
    if ("body" in answer) {
      headers["idempotency-replayed"] = "true";
      if (answer.status >= 400) headers["content-type"] = problemType;
      this.#line(passage, answer.status, 0);
      return new Response(answer.body, { status: answer.status, headers });
    }
    const next = answer.page?.next_cursor;
    if (next !== undefined && next !== null) headers.link = nextLink(request.url, next);
    this.#line(passage, answer.status, answer.rows);
    return new Response(successBody(answer), { status: answer.status, headers });
  }

  /** A file, part by part. One that fails is cut: the client sees that it is not whole. */
  #send(passage: Passage, { name, type, parts }: Download): Response {
    const failed = (error: ApiError) =>
      this.log.write("error", "failure", { request_id: passage.id, code: error.code, reason: reason(error) });
    this.#line(passage, 200, 0);
    return new Response(downloadStream(parts, failed), {
      headers: {
        ...passage.headers,
        "content-type": `${type}; charset=utf-8`,
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  }

  #refuse(passage: Passage, thrown: unknown): Response {
    const { id, headers } = passage;
    const error = toApiError(thrown);
    if (error.status >= 500)
      this.log.write("error", "failure", { request_id: id, code: error.code, reason: reason(error) });
    this.#line(passage, error.status, 0);
    return new Response(problemBody(error, id), {
      status: error.status,
      headers: { ...headers, ...error.headers, "content-type": problemType },
    });
  }

  #line({ request, path, id, startedAt }: Passage, status: number, rows: number): void {
    const duration = Math.round((performance.now() - startedAt) * 1000) / 1000;
    this.log.write(status >= 500 ? "error" : "info", "request", {
      request_id: id,
      method: request.method,
      route: path,
      status,
      duration_ms: duration,
      rows,
    });
  }
}

const problemType = "application/problem+json";

const fixedHeaders = {
  "content-type": "application/json",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/** The `Link` header of RFC 8288 to the next page: this request's URL with another cursor. */
function nextLink(url: string, cursor: string): string {
  const next = new URL(url);
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}

function allowed(methods: ReadonlyMap<string, Route>): string {
  const names = [...methods.keys()];
  return [...names, ...(names.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
}

/** For the log only. */
function reason(error: ApiError): string {
  const { cause } = error;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return cause === undefined ? error.message : String(cause);
}
