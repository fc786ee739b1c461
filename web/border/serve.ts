// The border between browsers and the pages: `serve.ts` runs the server, `front.ts` decides which requests it answers,
// `headers.ts` says what browsers may do with the answers, and `pass-on.ts` hands requests on to the API.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createFront } from "./front.ts";

/** What a browser sends must have arrived within this time, as at the API (docs/decisions/0040-deadlines-and-admission.md). */
const arrivalTimeoutMs = 4500;
const checkEveryMs = 500;

const folder = join(import.meta.dirname, "..", ".next", "standalone", "web");

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Next.js as the custom server of its documentation. */
interface Pages {
  prepare(): Promise<void>;
  getRequestHandler(): Handler;
  close(): Promise<void>;
}

/** Serves the built pages at `HOSTNAME` and `PORT` until a signal ends the process. */
export async function servePages(environment: NodeJS.ProcessEnv): Promise<void> {
  const { HOSTNAME: host = "127.0.0.1", PORT, HOST_NAMES = "none", PUBLIC_URL = "none" } = environment;
  const { API_URL = "http://127.0.0.1:8000" } = environment;
  const port = Number(PORT ?? 3000);
  const hostNames = HOST_NAMES === "none" ? [] : HOST_NAMES.split(",");
  let isDraining = false;
  // Before Next.js replaces `fetch` by its own.
  const ownFetch = globalThis.fetch;
  const pages = loadPages(host, port);
  const ready = pages.prepare().then(() => pages.getRequestHandler());
  const front = createFront({
    ...{ host, hostNames, fetch: ownFetch, apiUrl: API_URL },
    isDraining: () => isDraining,
    isPublicOverTls: PUBLIC_URL.startsWith("https:"),
    pages: async (request, response) => (await ready)(request, response),
  });
  const inFlight = new Set<ServerResponse>();
  let whenIdle = () => {};
  const server = createServer({ connectionsCheckingInterval: checkEveryMs }, (request, response) => {
    inFlight.add(response);
    response.once("close", () => {
      inFlight.delete(response);
      if (inFlight.size === 0) whenIdle();
    });
    return front(request, response);
  });
  // The one word that the API says: it is about to stop, so that proxies go elsewhere.
  process.stdin.once("data", () => {
    isDraining = true;
  });
  server.headersTimeout = arrivalTimeoutMs;
  server.requestTimeout = arrivalTimeoutMs;
  server.on("error", (error) => {
    console.error(error);
    process.exit(1);
  });
  server.listen(port, host);
  // Not when the server is closed: it waits for connections that clients keep.
  const end = () => void pages.close().finally(() => process.exit(0));
  const stop = () => {
    server.close();
    server.closeIdleConnections();
    if (inFlight.size === 0) end();
    else whenIdle = end;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  await ready;
}

/** Loads Next.js from the folder that can stand alone, with the configuration with which the pages were built. */
function loadPages(hostname: string, port: number): Pages {
  const required = join(folder, ".next", "required-server-files.json");
  const { config }: { config: object } = JSON.parse(readFileSync(required, "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  process.chdir(folder);
  const next: (options: object) => Pages = createRequire(join(folder, "server.js"))("next");
  return next({ dev: false, dir: folder, hostname, port, quiet: true });
}
