import type { Server } from "bun";
import type { Api } from "../api.ts";
import { AnswerCache } from "../batching/answer-cache.ts";
import { ReadCoalescer } from "../batching/coalesce.ts";
import { deadlineMs } from "../contract/deadline.ts";
import type { WritePolicy } from "../contract/write-headers.ts";
import { createReporter } from "../report-list.ts";
import type { Reporter } from "../reports/reporter.ts";
import { allRoutes } from "../routes.ts";
import { expireKeysHourly } from "../writes/expire-keys.ts";
import { createDocs } from "./api-docs.ts";
import { LoadLimit } from "./load-limit.ts";
import type { Log } from "./log.ts";
import { Readiness } from "./readiness.ts";
import { Responder } from "./responder.ts";
import { Router } from "./router.ts";

/** What the server needs of the configuration. */
export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  readonly corsOrigins: readonly string[];
  /** What is asked of every write. Default nothing. */
  readonly writePolicy?: WritePolicy;
  /** Another process may listen on the same port. */
  readonly reusePort?: boolean;
  /** Requests that may be waiting for the database; more are refused at once. Default 1024. */
  readonly maxInFlight?: number;
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
  /**
   * Says that it is not ready and goes on serving for `noticeMs`, so that a balancer can look elsewhere; then takes no
   * more connections, finishes the requests in flight, and cuts what is left.
   */
  stop(noticeMs?: number): Promise<void>;
}

/** Bun cuts a connection without an answer after this time, so every deadline of ours is shorter. */
const idleTimeoutSeconds = 10;
if (deadlineMs >= idleTimeoutSeconds * 1000) throw new Error("a deadline must be shorter than the idle time-out");
/** What a client may send behind a head that was refused: Bun reads it away, so that the client gets to the answer. */
const maxReadAwayBytes = 16 * 1024 * 1024;

/** Starts answering. Throws when the port is taken. */
export function startServer({ config, database, reporter, log, notReady }: ServerOptions): RunningServer {
  const loadLimit = new LoadLimit(config.maxInFlight);
  const readiness = new Readiness(database, notReady);
  const api: Api = {
    database,
    reporter: reporter ?? createReporter(database, null),
    notReady: () => readiness.why(),
  };
  const policy = config.writePolicy ?? { requireIfMatch: false, requireIdempotencyKey: false };
  const coalescer = new ReadCoalescer(new AnswerCache(database));
  const responder = new Responder({ origins: config.corsOrigins, readiness, log });
  const router = new Router({ routes: allRoutes(api), policy, loadLimit, coalescer, responder });
  const server = Bun.serve({
    port: config.port,
    hostname: config.host,
    reusePort: config.reusePort ?? false,
    idleTimeout: idleTimeoutSeconds,
    maxRequestBodySize: maxReadAwayBytes,
    routes: { ...router.table(), ...router.files(createDocs()) },
    fetch: (request) => router.notFound(request),
  });
  const expiry = expireKeysHourly(database, (error) =>
    log.write("error", "failure", { code: "keys-not-forgotten", reason: String(error) }),
  );
  const stopTimeoutMs = config.stopTimeoutMs ?? 10_000;
  return {
    port: server.port ?? config.port,
    url: `http://${config.host}:${server.port}`,
    async stop(noticeMs = 0) {
      readiness.draining = true;
      if (noticeMs > 0) await Bun.sleep(noticeMs);
      await stopWithin(server, stopTimeoutMs);
      loadLimit.close();
      expiry.stop();
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
