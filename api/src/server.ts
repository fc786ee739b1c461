import type { BunRequest, Server } from "bun";
import { type Answer, ApiError, problemBody, successBody, toApiError } from "./answer.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { createDocs } from "./docs.ts";
import { Flight } from "./flight.ts";
import type { Log } from "./log.ts";
import { checkAccept, checkUrl, readBody, requestId } from "./request.ts";
import type { Api, RawRequest, Route } from "./route.ts";
import { allRoutes } from "./routes.ts";

/** What the server needs of the configuration. */
export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  readonly corsOrigins: readonly string[];
  /** How long `stop` waits for requests in flight. Default 10 seconds. */
  readonly stopTimeoutMs?: number;
}

export interface ServerOptions {
  readonly config: ServerConfig;
  readonly database: Api["database"];
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
export function startServer({ config, database, log, notReady }: ServerOptions): RunningServer {
  const flight = new Flight();
  let draining = false;
  const api: Api = {
    database,
    async notReady() {
      if (draining) return "The server is stopping.";
      await database.ping();
      return (await notReady?.()) ?? null;
    },
  };
  const router = new Router(allRoutes(api), config.corsOrigins, flight, log);
  const server = Bun.serve({
    port: config.port,
    hostname: config.host,
    idleTimeout: idleTimeoutSeconds,
    maxRequestBodySize: maxBodyBytes,
    routes: { ...router.table(), ...createDocs() },
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

type PathHandler = (request: BunRequest) => Promise<Response>;

/** Sends each request to its route: paths are matched by Bun, methods by a map per path. */
class Router {
  readonly #routes: readonly Route[];
  constructor(
    routes: readonly Route[],
    private readonly origins: readonly string[],
    private readonly flight: Flight,
    private readonly log: Log,
  ) {
    this.#routes = routes;
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

  /** Everything that is no path of the table. */
  notFound(request: Request): Promise<Response> {
    return this.#guarded(request, "none", async () => {
      throw new ApiError("not-found", "There is nothing at this path.");
    });
  }

  #serve(request: BunRequest, path: string, methods: ReadonlyMap<string, Route>): Promise<Response> {
    return this.#guarded(request, path, async (queryText) => {
      // HEAD is GET; Bun leaves the body out.
      const route = methods.get(request.method === "HEAD" ? "GET" : request.method);
      if (route === undefined) return this.#otherMethod(request, methods);
      const raw: RawRequest = { params: request.params, queryText, body: () => readBody(request) };
      return this.flight.within(route.answer(raw));
    });
  }

  #otherMethod(request: Request, methods: ReadonlyMap<string, Route>): Response {
    const allow = allowed(methods);
    if (request.method === "OPTIONS")
      return new Response(null, { status: 204, headers: { allow, ...preflightHeaders(request, this.origins, allow) } });
    throw new ApiError("method", `This path knows: ${allow}.`, { headers: { allow } });
  }

  /** What is the same for every request: its id, its limits, its answer in every case, and its line in the log. */
  async #guarded(
    request: Request,
    path: string,
    work: (queryText: string) => Promise<Answer<unknown> | Response>,
  ): Promise<Response> {
    const startedAt = performance.now();
    const id = requestId(request);
    const headers: Record<string, string> = { ...fixedHeaders, "x-request-id": id };
    if (this.origins.length > 0) Object.assign(headers, corsHeaders(request, this.origins));
    let response: Response;
    let rows = 0;
    try {
      checkAccept(request);
      const done = await work(checkUrl(request.url));
      if (done instanceof Response) response = withHeaders(done, headers);
      else {
        rows = done.rows;
        response = successResponse(done, headers, request);
      }
    } catch (error) {
      response = this.#refusal(error, id, headers);
    }
    this.#line(request.method, path, response.status, id, startedAt, rows);
    return response;
  }

  #refusal(thrown: unknown, id: string, headers: Record<string, string>): Response {
    const error = toApiError(thrown);
    if (error.status >= 500)
      this.log.write("error", "failure", { request_id: id, code: error.code, reason: reason(error) });
    const type = "application/problem+json";
    return new Response(problemBody(error, id), {
      status: error.status,
      headers: { ...headers, ...error.headers, "content-type": type },
    });
  }

  #line(method: string, route: string, status: number, id: string, startedAt: number, rows: number): void {
    const level = status >= 500 ? "error" : "info";
    const duration = Math.round((performance.now() - startedAt) * 1000) / 1000;
    this.log.write(level, "request", { request_id: id, method, route, status, duration_ms: duration, rows });
  }
}

const fixedHeaders = {
  "content-type": "application/json",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

function successResponse(answer: Answer<unknown>, headers: Record<string, string>, request: Request): Response {
  if (answer.location !== undefined) headers.location = answer.location;
  const next = answer.page?.next_cursor;
  if (next !== undefined && next !== null) headers.link = nextLink(request.url, next);
  return new Response(successBody(answer), { status: answer.status, headers });
}

/** The `Link` header of RFC 8288 to the next page: this request's URL with another cursor. */
function nextLink(url: string, cursor: string): string {
  const next = new URL(url);
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers))
    if (name !== "content-type" && !response.headers.has(name)) response.headers.set(name, value);
  return response;
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
