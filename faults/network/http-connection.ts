// HTTP at the level of sockets: clients that behave exactly as told, that misbehave, or that send raw bytes.
// No `fetch` here: a fault is only injected if nothing between the client and the server repairs it.
import { connect, type Socket } from "node:net";

/*
 * HTTP/1.1 as the load client needs it, over a plain socket. The `fetch` of a runtime may resend a request on its own
 * when a keep-alive connection turns out to be dead; then nobody would know how often it was sent.
 */

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Answered {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** No answer came, so the client does not know whether the request was carried out. */
export class NoAnswer extends Error {}

/** One connection for one request at a time. It opens when needed, and again when it was lost. */
export class HttpConnection {
  #socket: Socket | null = null;
  readonly #host: string;
  readonly #port: number;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Rejects with `NoAnswer` when the connection fails or the time is up. */
  request(sent: Sent, timeoutMs: number): Promise<Answered> {
    const socket = this.#socket ?? connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      let received = Buffer.alloc(0);
      const end = (): void => {
        clearTimeout(timer);
        socket.removeAllListeners();
      };
      const fail = (words: string): void => {
        end();
        // A destroyed socket may still emit its error.
        socket.on("error", ignore);
        this.close();
        reject(new NoAnswer(words));
      };
      const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
      socket.on("error", (error) => fail(error.message));
      socket.on("close", () => fail("the connection was closed"));
      socket.on("data", (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        const answer = readAnswer(received, sent.method);
        if (answer === "incomplete") return;
        if (answer === "malformed") return fail("this client cannot read the answer");
        end();
        socket.on("error", ignore);
        socket.once("close", () => this.#forget(socket));
        if (answer.headers.get("connection") === "close") this.close();
        resolve(answer);
      });
      socket.write(requestText(sent, `${this.#host}:${this.#port}`));
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  #forget(socket: Socket): void {
    if (this.#socket === socket) this.#socket = null;
  }
}

function requestText({ method, path, headers, body }: Sent, host: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = body === null ? "" : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines.join("")}${length}\r\n${body ?? ""}`;
}

function readAnswer(received: Buffer, method: string): Answered | "incomplete" | "malformed" {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return "incomplete";
  const [statusLine = "", ...lines] = received.toString("latin1", 0, headEnd).split("\r\n");
  const status = Number(/^HTTP\/1\.1 ([0-9]{3})/.exec(statusLine)?.[1]);
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), headerText(line)]));
  if (!(status >= 200) || headers.has("transfer-encoding")) return "malformed";
  const bodyStart = headEnd + 4;
  const isEmpty = method === "HEAD" || status === 204 || status === 304;
  const length = isEmpty ? 0 : Number(headers.get("content-length") ?? Number.NaN);
  if (Number.isNaN(length)) return "malformed";
  if (received.length < bodyStart + length) return "incomplete";
  // More than one answer to one request: the rest belongs to no request.
  if (received.length > bodyStart + length) return "malformed";
  return { status, headers, body: received.toString("utf8", bodyStart) };
}

function headerText(line: string): string {
  return line.slice(line.indexOf(":") + 1).trim();
}

/** The connection is already given up, so its error does not matter. */
function ignore(): void {}
