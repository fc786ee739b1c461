import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const timeoutMs = 10_000;

/** Sends requests that may be no HTTP, byte for byte in Latin-1, and opens a new connection after each that was closed. */
export class RawConnection {
  #socket: Socket | null = null;
  readonly #host: string;
  readonly #port: number;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** The answer; null if the connection was closed without one. */
  send(text: string): Promise<Answer | null> {
    const socket = this.#socket ?? connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    return new Promise((resolve) => {
      let received = "";
      const end = (answer: Answer | null, isOver: boolean): void => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on("error", () => undefined);
        if (isOver) this.close();
        else socket.once("close", () => this.#forget(socket));
        resolve(answer);
      };
      const timer = setTimeout(() => end(null, true), timeoutMs);
      socket.on("error", () => end(null, true));
      socket.on("close", () => end(null, true));
      socket.on("data", (chunk: Buffer) => {
        received += chunk.toString("latin1");
        const answer = readAnswer(received);
        if (answer !== null) end(answer, answer.isLast);
      });
      socket.write(Buffer.from(text, "latin1"));
    });
  }

  close(): void {
    this.#socket?.resetAndDestroy();
    this.#socket = null;
  }

  #forget(socket: Socket): void {
    if (this.#socket === socket) this.#socket = null;
  }
}

/** The answer, once it is complete. After one of the run-time itself, which has no code, the connection is over. */
function readAnswer(received: string): (Answer & { readonly isLast: boolean }) | null {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = received.slice(0, headEnd).toLowerCase();
  const length = Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? 0);
  const body = received.slice(headEnd + 4);
  if (body.length < length) return null;
  const isLast = !head.includes("\r\nx-request-id:") || head.includes("\r\nconnection: close");
  return { status: Number(received.slice(9, 12)), body, isLast };
}
