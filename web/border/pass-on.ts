import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { maxBodyBytes } from "northwind-api/src/border.ts";
import { sessionCookies } from "../api/session/cookie.ts";
import { refuse } from "./refuse.ts";

interface PassOnOptions {
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
}

/** Headers that belong to one connection (RFC 9110, 7.6.1), or that fetch sets itself. */
const hopHeaders = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "host",
  "content-length",
];
/** What a browser says about its page has been judged here; for the API this server is a client like any other. */
const ownHeaders = [
  "cookie",
  "origin",
  "referer",
  "sec-fetch-site",
  "sec-fetch-mode",
  "sec-fetch-dest",
  "sec-fetch-user",
];
const notPassedOn: ReadonlySet<string> = new Set([...hopHeaders, ...ownHeaders, "expect"]);
const notPassedBack: ReadonlySet<string> = new Set([...hopHeaders.filter((name) => name !== "content-length"), "date"]);
/** Shorter answers fit into one packet anyway. */
const packedFromBytes = 1400;

/** The answer must begin in time; a long file may then take as long as it needs. */
const timeoutMs = 30_000;

/** Hands a request on to the API, and its answer back as it arrives. */
export async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { apiUrl, fetch }: PassOnOptions,
): Promise<void> {
  const { method = "GET", url = "" } = request;
  const body = await readBody(request);
  if (body === null) {
    const message = `The body is larger than ${maxBodyBytes / 1024} KB.`;
    return refuse(request, response, { status: 413, code: "too-large", message });
  }
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const timer = setTimeout(() => gone.abort(), timeoutMs);
  try {
    const headers = passedOn(request);
    // What the API has packed goes back as it is.
    const init = { method, headers, redirect: "manual", signal: gone.signal, decompress: false } as const;
    const answer = await fetch(apiUrl + url, body.length > 0 ? { ...init, body } : init);
    clearTimeout(timer);
    for (const [name, value] of answer.headers)
      if (name === "set-cookie") response.appendHeader(name, value);
      else if (!notPassedBack.has(name)) response.setHeader(name, value);
    const content = isWorthPacking(request, answer) ? packed(response, answer.body) : answer.body;
    response.writeHead(answer.status);
    if (content === null || method === "HEAD") response.end();
    else await stream(content, response, gone.signal);
  } catch {
    clearTimeout(timer);
    if (response.headersSent) response.destroy();
    else refuse(request, response, unreachable);
  }
}

/** Whether an answer that the API has not packed is sent as gzip. */
function isWorthPacking({ method, headers }: IncomingMessage, answer: Response): boolean {
  const accepted = headers["accept-encoding"];
  const length = answer.headers.get("content-length");
  return (
    method === "GET" &&
    typeof accepted === "string" &&
    /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted) &&
    !answer.headers.has("content-encoding") &&
    /json|^text\//.test(answer.headers.get("content-type") ?? "") &&
    (length === null || Number(length) >= packedFromBytes)
  );
}

function packed(response: ServerResponse, body: Response["body"]): ReadableStream<Uint8Array> | null {
  response.setHeader("content-encoding", "gzip");
  response.appendHeader("vary", "Accept-Encoding");
  response.removeHeader("content-length");
  return body === null ? null : body.pipeThrough(new CompressionStream("gzip"));
}

/** Takes a piece of the answer only when the browser has taken the one before. */
async function stream(body: ReadableStream<Uint8Array>, response: ServerResponse, signal: AbortSignal): Promise<void> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!response.write(value)) await once(response, "drain", { signal });
  }
  response.end();
}

const unreachable = {
  status: 503,
  code: "unreachable",
  message: "The API cannot be reached at the moment: try again.",
  headers: { "retry-after": "2" },
};

function passedOn({ method, headers, socket }: IncomingMessage): Headers {
  // Otherwise fetch would ask for what it can unpack itself.
  const passed = new Headers({ "accept-encoding": "identity" });
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !notPassedOn.has(name))
      passed.set(name, typeof value === "string" ? value : value.join(", "));
  // What changes something was judged here; but whether another page begins a sign-in is for the API to judge.
  const site = headers["sec-fetch-site"];
  if (method === "GET" && typeof site === "string") passed.set("sec-fetch-site", site);
  passed.set("x-forwarded-for", cameFrom({ headers, socket }));
  const cookies = sessionCookies(headers.cookie);
  if (cookies !== null) passed.set("cookie", cookies);
  return passed;
}

/** Where a request came from. The API believes this server, and further on only proxies that it is told to trust. */
export function cameFrom({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): string {
  const from = [headers["x-forwarded-for"], socket.remoteAddress].flat().filter((part) => part !== undefined);
  return from.join(", ");
}

/**
 * Reads the body of a request, or returns null as soon as it is known to be too large. A body is collected instead of
 * piped, because only a collected one can be sent again when the API has just closed the connection that was kept.
 */
function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return Promise.resolve(null);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    const take = (piece: Buffer) => {
      length += piece.length;
      if (length <= maxBodyBytes) pieces.push(piece);
      else done(null);
    };
    const done = (body: Uint8Array<ArrayBuffer> | null) => {
      request.off("data", take);
      resolve(body);
    };
    request.on("data", take);
    request.once("end", () => done(Buffer.concat(pieces)));
  });
}
