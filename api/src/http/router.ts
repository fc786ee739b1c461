import type { BunRequest } from "bun";
import type { CurrentAccess } from "../access/current.ts";
import type { ReadCoalescer } from "../batching/coalesce.ts";
import type { Border } from "../border.ts";
import { ApiError, type Outcome, unauthenticated } from "../contract/answer.ts";
import { late } from "../contract/deadline.ts";
import type { Client, Route } from "../contract/route.ts";
import type { Origin, WritePolicy } from "../contract/write-headers.ts";
import { lacksProof, nobody, type Principal } from "../rights/principal.ts";
import { nameOf } from "../rights/rights.ts";
import type { PathRequests, Requests } from "../watch/requests.ts";
import { inSpan } from "../watch/trace/context.ts";
import type { Tracer } from "../watch/trace/tracer.ts";
import type { FileHandler } from "./api-docs.ts";
import type { LoadLimit } from "./load-limit.ts";
import { afterBody, isArriving, readBody, slowBody } from "./request-body.ts";
import { checkAccept, checkHead, checkOrigin, checkUrl } from "./request-checks.ts";
import { begin, type Exchange, type Responder } from "./responder.ts";
import { seen } from "./seen.ts";

/** What is asked of a route, and for whom. */
interface Asked {
  readonly queryText: string;
  readonly isBatched: boolean;
  readonly principal: Principal;
}

type Clock = Pick<CurrentAccess, "now">;

/** The principal, if it may use the route now. Throws 401 `unauthenticated`, or 403 `forbidden` or `proof-required`. */
function allowed({ path, right, proof }: Route, principal: Principal | null, clock: Clock): Principal {
  if (right === "public") return principal ?? nobody;
  if (principal === null) throw unauthenticated("Sign in first, or send a token.");
  if (principal.needsSecondFactor && !isOwn(path)) throw needsSecondFactor();
  if (right !== "signed-in" && !principal.rights.has(right))
    throw new ApiError("forbidden", `You lack the right ${right}. Ask an admin for a role that has it.`);
  if (proof && lacksProof(principal, clock.now())) throw proofRequired();
  return principal;
}

/** Whether a route is about the account and the session of whoever asks. */
function isOwn(path: string): boolean {
  return /^\/api\/(?:account|session)(?:\/|$)/.test(path);
}

function needsSecondFactor(): ApiError {
  const next = "Set up an authenticator app or a passkey on your account page.";
  return new ApiError("second-factor-required", `Everybody here signs in with a second factor. ${next}`);
}

function proofRequired(): ApiError {
  const next = "Send your password or a passkey to POST /api/session/proof, then repeat this request.";
  return new ApiError("proof-required", `You signed in more than 15 minutes ago. ${next}`);
}

export type PathHandler = (request: BunRequest) => Response | Promise<Response>;

interface RouterOptions {
  readonly routes: readonly Route[];
  readonly policy: WritePolicy;
  readonly loadLimit: LoadLimit;
  readonly coalescer: ReadCoalescer;
  readonly responder: Responder;
  readonly border: Border;
  readonly access: Pick<CurrentAccess, "principalOf" | "now">;
  readonly originOf: (request: Request) => Origin;
  /** Counts the requests. */
  readonly requests: Requests;
  /** Null if nothing is traced. */
  readonly tracer: Tracer | null;
}

/** Sends each request to its route. Bun matches paths, and a map per path matches methods. */
export class Router {
  readonly #routes: readonly Route[];
  readonly #policy: WritePolicy;
  readonly #loadLimit: LoadLimit;
  readonly #coalescer: ReadCoalescer;
  readonly #responder: Responder;
  readonly #border: Border;
  readonly #access: Pick<CurrentAccess, "principalOf" | "now">;
  readonly #originOf: (request: Request) => Origin;
  readonly #requests: Requests;
  readonly #elsewhere: PathRequests;
  readonly #tracer: Tracer | null;
  readonly #addressOf = (request: Request): string | null => this.#originOf(request).address;

  constructor({
    routes,
    policy,
    loadLimit,
    coalescer,
    responder,
    border,
    access,
    originOf,
    requests,
    tracer,
  }: RouterOptions) {
    this.#routes = routes;
    this.#policy = policy;
    this.#loadLimit = loadLimit;
    this.#coalescer = coalescer;
    this.#responder = responder;
    this.#border = border;
    this.#access = access;
    this.#originOf = originOf;
    this.#requests = requests;
    this.#tracer = tracer;
    this.#elsewhere = requests.of("none");
  }

  /** The handlers for Bun's route table, with and without a trailing slash. */
  table(): Record<string, PathHandler> {
    const paths = new Map<string, Map<string, Route>>();
    for (const route of this.#routes) {
      const methods = paths.get(route.path) ?? new Map<string, Route>();
      paths.set(route.path, methods.set(route.method, route));
    }
    const table: Record<string, PathHandler> = {};
    for (const [path, methods] of paths) {
      const pattern = path.replace(/\{(\w+)\}/g, ":$1");
      const counts = this.#requests.of(path);
      const handler: PathHandler = (request) => this.#serve(request, counts, methods);
      table[pattern] = handler;
      table[`${pattern}/`] = handler;
    }
    return table;
  }

  #serve(request: BunRequest, counts: PathRequests, methods: ReadonlyMap<string, Route>): Response | Promise<Response> {
    const exchange = begin(request, counts, this.#tracer);
    if (this.#tracer === null) return this.#takeThrough(exchange, request, methods);
    return inSpan(exchange.trace?.span ?? null, () => this.#takeThrough(exchange, request, methods));
  }

  /** Takes a request through these steps in order. If a step throws, the error becomes the response. */
  #takeThrough(
    exchange: Exchange,
    request: BunRequest,
    methods: ReadonlyMap<string, Route>,
  ): Response | Promise<Response> {
    try {
      checkHead(request, this.#border);
      const route = methods.get(exchange.method === "HEAD" ? "GET" : exchange.method);
      if (route === undefined) return this.#responder.otherMethod(exchange, methods);
      if (route.method !== "GET") checkOrigin(request, this.#border);
      checkAccept(request, route.files ?? undefined);
      const queryText = checkUrl(request.url);
      if (!route.urgent && this.#loadLimit.isFull(exchange.startedAt)) throw this.#loadLimit.refusal();
      // With a query string the handler may do more than one read by id, so the server's deadline applies.
      const isBatched = route.deadline === "batched" && queryText === "";
      const principal = route.isAnonymous ? nobody : this.#access.principalOf(request, this.#addressOf);
      const wanted = { queryText, isBatched };
      const answer =
        principal instanceof Promise
          ? principal.then((found) =>
              this.#answer(route, exchange, request, { ...wanted, principal: allowed(route, found, this.#access) }),
            )
          : this.#answer(route, exchange, request, { ...wanted, principal: allowed(route, principal, this.#access) });
      if (!(answer instanceof Promise)) return this.#responder.success(exchange, answer);
      return isBatched ? this.#counted(exchange, answer) : this.#withDeadline(exchange, answer);
    } catch (error) {
      return this.#refuse(exchange, error);
    }
  }

  #refuse(exchange: Exchange, error: unknown): Response | Promise<Response> {
    return afterBody(exchange.request, this.#responder.error(exchange, error));
  }

  /** The answer of the route or of an equal read. */
  #answer(
    route: Route,
    { id: requestId, clientId: clientRequestId, startedAt, trace }: Exchange,
    request: BunRequest,
    { queryText, isBatched, principal }: Asked,
  ): Promise<Outcome<unknown>> | Outcome<unknown> {
    const origin = () => this.#originOf(request);
    const caller = { principal, origin, requestId, clientRequestId, startedAt, policy: this.#policy };
    const { params } = request;
    const { view } = principal;
    const untraced = (client: Client) =>
      seen(view, () => route.answer({ params, queryText, request, readBody, caller, client }));
    // An equal read runs at the end of the turn, where another request may be the active one.
    const read =
      this.#tracer === null ? untraced : (client: Client) => inSpan(trace?.span ?? null, () => untraced(client));
    const { isCacheable } = route;
    const isCoalesced = isBatched ? isCacheable && this.#coalescer.isCaching : route.isCoalesced;
    if (!isCoalesced) return read(request);
    const equals = route.isByRights ? nameOf(principal.rights) : view.name;
    return this.#coalescer.read({ key: equals + request.url, client: request, isCacheable, read });
  }

  /** Batched reads have their own deadline, so they are only counted. */
  #counted(exchange: Exchange, answer: Promise<Outcome<unknown>>): Promise<Response> {
    this.#loadLimit.enter();
    return answer.then(
      (outcome) => {
        this.#loadLimit.leave();
        return this.#responder.success(exchange, outcome);
      },
      (error: unknown) => {
        this.#loadLimit.leave();
        return this.#responder.error(exchange, error);
      },
    );
  }

  /** The response with the answer, or with an error if the answer misses the deadline. */
  #withDeadline(exchange: Exchange, answer: Promise<Outcome<unknown>>): Promise<Response> {
    return new Promise((resolve) => {
      const { startedAt, request } = exchange;
      const waiting = {
        startedAt,
        request,
        expire: () => {
          this.#loadLimit.end(waiting);
          resolve(this.#responder.error(exchange, isArriving(request) ? slowBody() : late()));
        },
      };
      this.#loadLimit.begin(waiting);
      answer.then(
        (outcome) => {
          if (this.#loadLimit.end(waiting)) resolve(this.#responder.success(exchange, outcome));
        },
        (error: unknown) => {
          if (this.#loadLimit.end(waiting)) resolve(this.#refuse(exchange, error));
        },
      );
    });
  }

  /** The handlers for static files. Their requests get an id and a log line like all others. */
  files(files: Readonly<Record<string, FileHandler>>): Record<string, PathHandler> {
    return Object.fromEntries(
      Object.entries(files).flatMap(([path, file]) => {
        const counts = this.#requests.of(path);
        const handler: PathHandler = (request) => this.#serveFile(request, counts, file);
        return [
          [path, handler],
          [`${path}/`, handler],
        ];
      }),
    );
  }

  #serveFile(request: BunRequest, counts: PathRequests, file: FileHandler): Response | Promise<Response> {
    const exchange = begin(request, counts, this.#tracer);
    const { method } = exchange;
    try {
      checkHead(request, this.#border);
      if (method !== "GET" && method !== "HEAD")
        throw new ApiError("method", "A file can only be read.", { headers: { allow: "GET, HEAD" } });
      const response = file(request);
      if (!(response instanceof Promise)) return this.#responder.file(exchange, response);
      return response.then(
        (made) => this.#responder.file(exchange, made),
        (error: unknown) => this.#refuse(exchange, error),
      );
    } catch (error) {
      return this.#refuse(exchange, error);
    }
  }

  /** Handles every path that is not in the table. */
  notFound(request: Request): Response | Promise<Response> {
    const exchange = begin(request, this.#elsewhere, this.#tracer);
    const { method } = exchange;
    try {
      checkHead(request, this.#border);
      if (method === "TRACE" || method === "CONNECT")
        throw new ApiError("method", `${method} is not served here.`, { headers: { allow: "GET, HEAD, OPTIONS" } });
      throw new ApiError("not-found", "There is nothing at this path.");
    } catch (error) {
      return this.#refuse(exchange, error);
    }
  }
}
