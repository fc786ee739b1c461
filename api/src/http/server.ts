// The HTTP server: `server.ts` starts and stops it, `router.ts` takes every request through its steps in order, and
// `responder.ts` turns the outcome into a response and a log line.
import type { Server } from "bun";
import { clientAddress } from "../access/client-address.ts";
import { CurrentAccess } from "../access/current.ts";
import type { FirstUserLink } from "../access/first-user/link.ts";
import { PasskeySite } from "../access/passkeys/site.ts";
import { Provider, type SingleSignOnSettings } from "../access/single-sign-on/provider.ts";
import type { Api } from "../api.ts";
import { AnswerCache } from "../batching/answer-cache.ts";
import { ReadCoalescer } from "../batching/coalesce.ts";
import { Border, isLoopback } from "../border.ts";
import { CurrentCompany } from "../company/current.ts";
import { deadlineMs } from "../contract/deadline.ts";
import type { Origin, WritePolicy } from "../contract/write-headers.ts";
import { Mailer, type MailSettings } from "../mail/mailer.ts";
import { createReporter } from "../report-list.ts";
import type { Reporter } from "../reports/reporter.ts";
import { allRoutes } from "../routes.ts";
import { databaseMetrics } from "../watch/database.ts";
import { Histogram, sizeBounds } from "../watch/histogram.ts";
import type { MetricsPart } from "../watch/metrics.ts";
import { processMetrics } from "../watch/process.ts";
import type { Reader } from "../watch/readers.ts";
import { Requests } from "../watch/requests.ts";
import { scrape } from "../watch/scrape.ts";
import { type ServerCounts, serverMetrics } from "../watch/server.ts";
import type { Tracer } from "../watch/trace/tracer.ts";
import { expireKeysHourly } from "../writes/expire-keys.ts";
import { createDocs } from "./api-docs.ts";
import { LoadLimit } from "./load-limit.ts";
import type { Log } from "./log.ts";
import { Readiness } from "./readiness.ts";
import { maxDiscardedBytes } from "./request-body.ts";
import { Responder } from "./responder.ts";
import { idleTimeoutSeconds } from "./response.ts";
import { Router } from "./router.ts";

/** The settings of the HTTP server. */
export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  readonly corsOrigins: readonly string[];
  /** Names that lead to the server, besides `host` and those of this computer. Default: none. */
  readonly hostNames?: readonly string[];
  /** Lets clients create orders of any status, to import them. Default: false. */
  readonly allowImport?: boolean;
  /** The pages are public over HTTPS. Default: false. */
  readonly hasSecureCookies?: boolean;
  /** Single sign-on. Default: none. */
  readonly singleSignOn?: SingleSignOnSettings | null;
  /** The mail server. Default: none. */
  readonly mail?: MailSettings | null;
  /** Where browsers find the pages, if that is known. Default: on this machine only. */
  readonly publicUrl?: URL | null;
  /** The port of the pages on this machine. Default: none. */
  readonly webPort?: number;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** The headers that every write must have. Default: none. */
  readonly writePolicy?: WritePolicy;
  /** Allows other processes to listen on the same port. Default: false. */
  readonly reusePort?: boolean;
  /** How many requests may wait for the database before more are refused. Default: 1024. */
  readonly maxInFlight?: number;
  /** Addresses and networks, besides this machine, that may read the metrics. Default: none. */
  readonly metricsNetworks?: readonly string[];
  /** How long `stop` waits for requests in flight. Default: 10,000 ms. */
  readonly stopTimeoutMs?: number;
}

export interface ServerOptions {
  readonly config: ServerConfig;
  readonly database: Api["database"];
  /** The company as read from the database. Default: the one of a new database until it is read. */
  readonly company?: CurrentCompany;
  /** Who may use the API. Default: open on loopback until it is read. */
  readonly access?: CurrentAccess;
  /** With which the first user is made from other machines. Default: none. */
  readonly firstUserLink?: FirstUserLink | null;
  /** Makes the reports. Default: a reporter that uses this thread only. */
  readonly reporter?: Reporter;
  readonly log: Log;
  /** Returns why the database cannot be used although it answers (such as missing migrations), or null. */
  readonly notReady?: () => Promise<string | null>;
  /** Metrics besides those of the server, its database and its process. Default: none. */
  readonly metrics?: readonly MetricsPart[];
  /** Traces requests. Default: nothing is traced. */
  readonly tracer?: Tracer | null;
}

/** A server that answers requests. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /** Tells where the pages are, when their port was picked by the system. */
  readonly pagesAt: (url: string) => void;
  /**
   * Reports that it is not ready but keeps serving for `noticeMs`, so that a load balancer can react, and until its
   * clients have ended that must end first. Then refuses new connections, finishes the requests in flight, and cuts
   * those that exceed `stopTimeoutMs`.
   */
  stop(noticeMs?: number, endClients?: () => Promise<void>): Promise<void>;
}

if (deadlineMs >= idleTimeoutSeconds * 1000) throw new Error("the deadline must be shorter than the idle timeout");

/** Starts a server. Throws if the port is taken. */
export function startServer({
  config,
  database,
  company = new CurrentCompany(database),
  access = unreadAccess(config, database),
  firstUserLink = null,
  reporter,
  log,
  notReady,
  metrics = [],
  tracer = null,
}: ServerOptions): RunningServer {
  const readiness = new Readiness(database, notReady);
  const api: Api = {
    database,
    company,
    access,
    firstUserLink,
    ...configured(config, log),
    reporter: reporter ?? createReporter(database, null),
    writeCounts: { sizes: new Histogram(sizeBounds), waiting: 0 },
    notReady: () => readiness.reasonNotReady(),
  };
  const originOf = (request: Request): Origin => originIn(request, server, config.trustedProxies ?? []);
  const { router, loadLimit, counts } = routerOf(api, { config, readiness, log, originOf, tracer });
  const metricsFile = scrape({
    parts: [...metricsOf(api, counts), ...metrics],
    networks: config.metricsNetworks ?? [],
    readerOf: (request) => readerIn(request, server, originOf(request)),
  });
  const server: Server<undefined> = Bun.serve({
    port: config.port,
    hostname: config.host,
    reusePort: config.reusePort ?? false,
    idleTimeout: idleTimeoutSeconds,
    // Bun reads and discards this much of a refused request's body itself, if the connection is kept.
    maxRequestBodySize: maxDiscardedBytes,
    routes: { ...router.table(), ...router.files({ ...createDocs(), "/metrics": metricsFile }) },
    fetch: (request) => router.notFound(request),
  });
  const expiry = expireKeysHourly(database, (error) =>
    log.write("error", "failure", { code: "keys-not-forgotten", reason: String(error) }),
  );
  api.passkeySite.addPort(server.port ?? 0);
  return {
    port: server.port ?? config.port,
    url: `http://${config.host}:${server.port}`,
    pagesAt: (url) => api.passkeySite.addPort(Number(new URL(url).port || 80)),
    async stop(noticeMs = 0, endClients) {
      readiness.draining = true;
      if (noticeMs > 0) await Bun.sleep(noticeMs);
      await endClients?.();
      await stopWithin(server, config.stopTimeoutMs ?? 10_000);
      await api.mailer?.close();
      expiry.stop();
      for (const one of [loadLimit, company, access]) one.close();
      await log.flush();
    },
  };
}

interface RouterSurroundings {
  readonly config: ServerConfig;
  readonly readiness: Readiness;
  readonly log: Log;
  readonly originOf: (request: Request) => Origin;
  readonly tracer: Tracer | null;
}

/** The router, with the limit of what it lets in and what it counts. */
function routerOf(api: Api, { config, readiness, log, originOf, tracer }: RouterSurroundings) {
  const { host, hostNames = [], corsOrigins: origins } = config;
  const loadLimit = new LoadLimit(config.maxInFlight);
  const coalescer = new ReadCoalescer(new AnswerCache(api.database));
  const requests = new Requests();
  const router = new Router({
    routes: allRoutes(api),
    policy: config.writePolicy ?? { requireIfMatch: false, requireIdempotencyKey: false },
    responder: new Responder({ origins, isPublicOverTls: api.hasSecureCookies, readiness, log, tracer }),
    border: new Border({ host, hostNames, origins }),
    ...{ loadLimit, coalescer, access: api.access, originOf, requests, tracer },
  });
  return { router, loadLimit, counts: { requests, load: loadLimit, reads: coalescer.counts } };
}

/** What a server counts, and what its database and its process do. */
function metricsOf(api: Api, counts: Pick<ServerCounts, "requests" | "load" | "reads">): readonly MetricsPart[] {
  const { database, writeCounts: writes, reporter: reports, notReady } = api;
  return [
    ...[serverMetrics({ ...counts, writes, reports, notReady }), databaseMetrics(database)],
    processMetrics(database.engine),
  ];
}

/** Who may use the API, until it is read from the database. */
function unreadAccess({ host, hasSecureCookies = false }: ServerConfig, database: Api["database"]): CurrentAccess {
  return new CurrentAccess(database, { isOpenWithoutUsers: isLoopback(host), hasSecureCookies });
}

/** What the handlers know of the settings. */
function configured(config: ServerConfig, log: Log) {
  const { hasSecureCookies = false, singleSignOn = null, mail = null, allowImport = false } = config;
  // What is in the mail stays out of the log.
  const onFailure = (error: unknown) =>
    log.write("error", "failure", { code: "mail-not-sent", reason: error instanceof Error ? error.message : "" });
  return {
    ...{ hasSecureCookies, allowImport },
    passkeySite: new PasskeySite(config.publicUrl ?? null, [config.webPort ?? 0]),
    singleSignOn: singleSignOn === null ? null : new Provider(singleSignOn),
    mailer: mail === null ? null : new Mailer(mail, onFailure),
  };
}

function originIn(request: Request, server: Server<undefined>, trusted: readonly string[]): Origin {
  const { headers } = request;
  const peer = server.requestIP(request)?.address ?? null;
  const address = clientAddress(peer, headers.get("x-forwarded-for"), trusted);
  return { address, browser: headers.get("user-agent") };
}

/** Where the request for metrics comes from. */
function readerIn(request: Request, server: Server<undefined>, { address }: Origin): Reader {
  const isForwarded = ["x-forwarded-for", "forwarded", "x-real-ip"].some((name) => request.headers.has(name));
  return { peer: server.requestIP(request)?.address ?? null, address, isForwarded };
}

async function stopWithin(server: Server<undefined>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cut = new Promise<void>((resolve) => {
    timer = setTimeout(() => void server.stop(true).then(resolve), timeoutMs);
  });
  await Promise.race([server.stop(), cut]);
  clearTimeout(timer);
}
