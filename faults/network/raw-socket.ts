import { connect } from "node:net";

/** One answer as received. */
export interface RawAnswer {
  readonly status: number;
  /** The request id of the client in the answer, if any. */
  readonly requestId: string | null;
  readonly contentType: string | null;
  readonly body: string;
}

/** Everything that was received on a connection. */
export interface Exchange {
  readonly answers: readonly RawAnswer[];
  /** Bytes after the last complete answer. */
  readonly rest: string;
  readonly closed: boolean;
}

/** Bytes to send, or a pause in milliseconds. */
export type Piece = string | Buffer | number;

export interface ExchangeOptions {
  /** How many answers to wait for. */
  readonly wanted: number;
  /** How long to wait after them, to see whether there are more. */
  readonly quietMs?: number;
  readonly timeoutMs?: number;
}

/** Sends the bytes as they are, and reads everything that comes back. */
export async function exchange(url: string, pieces: readonly Piece[], options: ExchangeOptions): Promise<Exchange> {
  const { wanted, quietMs = 120, timeoutMs = 8000 } = options;
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = "";
  let closed = false;
  let changedAt = performance.now();
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    changedAt = performance.now();
  });
  // Writing to a closed connection is an error as well; the `close` event says enough.
  socket.on("error", () => undefined);
  socket.on("close", () => {
    closed = true;
  });
  const begin = performance.now();
  for (const piece of pieces) {
    if (typeof piece === "number") await Bun.sleep(piece);
    else socket.write(piece);
  }
  for (;;) {
    await Bun.sleep(5);
    const now = performance.now();
    const { answers } = readAnswers(received);
    if (closed || now - begin > timeoutMs) break;
    if (answers.length >= wanted && now - changedAt > quietMs) break;
  }
  socket.destroy();
  return { ...readAnswers(received), closed };
}

function readAnswers(text: string): { readonly answers: readonly RawAnswer[]; readonly rest: string } {
  const answers: RawAnswer[] = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf("\r\n\r\n");
    const head = rest.slice(0, end);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? Number.NaN);
    if (end < 0 || Number.isNaN(status)) return { answers, rest };
    const length = Number(header(head, "content-length") ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    if (body.length < length) return { answers, rest };
    rest = rest.slice(end + 4 + length);
    // 100 Continue is no answer.
    if (status < 200) continue;
    answers.push({
      status,
      requestId: header(head, "x-client-request-id"),
      contentType: header(head, "content-type"),
      body,
    });
  }
}

function header(head: string, name: string): string | null {
  return new RegExp(`\\r\\n${name}: *([^\\r]*)`, "i").exec(head)?.[1] ?? null;
}
