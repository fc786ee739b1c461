import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Border, foreignOrigin, misdirected } from "northwind-api/src/border.ts";
import { transportSecurity } from "northwind-api/src/transport-security.ts";
import { companyAge } from "../api/company-age.ts";
import { openness } from "../api/session/openness.ts";
import { fixedHeaders, pagePolicy } from "./headers.ts";
import { cameFrom, passOn } from "./pass-on.ts";
import { refuse } from "./refuse.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface FrontOptions {
  /** The address that the server listens on. */
  readonly host: string;
  readonly hostNames: readonly string[];
  /** Browsers find these pages over HTTPS, and must not look for them elsewhere. */
  readonly isPublicOverTls: boolean;
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  /** Whether the server is about to stop: proxies are to go elsewhere, or to wait. */
  readonly isDraining?: () => boolean;
  /** Makes a page, or serves a file of one. */
  readonly pages: Handler;
}

/** The addresses of the pages that take a body, and the largest one. */
const forms: ReadonlySet<string> = new Set(["/preferences", "/session"]);
const maxFormBytes = 4096;

/** The first step of every request: refuses it, hands it to the API, or has its page made. */
export function createFront(options: FrontOptions): Handler {
  const { host, hostNames, isPublicOverTls, apiUrl, fetch, isDraining = () => false, pages } = options;
  const headersOfAll = isPublicOverTls ? [...fixedHeaders, transportSecurity] : fixedHeaders;
  const border = new Border({ host, hostNames, origins: [] });
  return async (request, response) => {
    const { method = "GET", url = "", headers } = request;
    const name = headers.host ?? "";
    for (const [header, value] of headersOfAll) response.setHeader(header, value);
    if (isDraining()) response.setHeader("connection", "close");
    // Whatever name the proxy knows them by.
    if (url === "/readyz") return sayReady(response, !isDraining());
    if (!border.admits(name))
      return refuse(request, response, { status: 421, code: "misdirected", message: misdirected(name) });
    const isRead = method === "GET" || method === "HEAD" || method === "OPTIONS";
    if (!isRead && !border.allowsChange((header) => textOf(headers[header])))
      return refuse(request, response, { status: 403, code: "foreign-origin", message: foreignOrigin });
    if (url.startsWith("/api/")) {
      await passOn(request, response, { apiUrl, fetch });
      // The next page reads the company again.
      if (!isRead && /^\/api\/company(?:\/|\?|$)/.test(url)) companyAge().readAt = Number.NEGATIVE_INFINITY;
      // With the first user the door closes.
      if (!isRead && /^\/api\/(?:users|session\/first-user)(?:\/|\?|$)/.test(url)) openness().isOpen = false;
      return;
    }
    if (!isRead) {
      if (method !== "POST" || !forms.has(url))
        return refuse(request, response, { status: 405, code: "method", message: "This page can only be read." });
      if (!(Number(headers["content-length"]) <= maxFormBytes))
        return refuse(request, response, { status: 413, code: "too-large", message: "This form is too large." });
    }
    const policy = pagePolicy(randomBytes(16).toString("base64"));
    response.setHeader("Content-Security-Policy", policy);
    // Next.js takes the nonce of its scripts from here.
    headers["content-security-policy"] = policy;
    // The sign-in page leads back to it.
    headers["x-northwind-path"] = url;
    // The pages ask the API in the name of the browser.
    headers["x-forwarded-for"] = cameFrom(request);
    await pages(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  };
}

function sayReady(response: ServerResponse, isReady: boolean): void {
  response.writeHead(isReady ? 200 : 503, { "content-type": "text/plain", "cache-control": "no-store" });
  response.end(isReady ? "The pages are ready.\n" : "The server is stopping.\n");
}

function textOf(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value : (value?.join() ?? null);
}
