import type { Socket } from "bun";

/** The result of one request. */
export type RequestResult =
  | { readonly kind: "answered"; readonly status: number }
  /** Closed, reset or never opened: there was no complete answer. */
  | { readonly kind: "cut" };

/** The length of the body is not known yet. */
const noLength = -1;

/**
 * A keep-alive connection for loads of thousands. It reads only the status and the length of an answer, so that the
 * load costs less than what it measures.
 */
export class MinimalConnection {
  #socket: Socket<undefined> | null = null;
  #waiting: string | null = null;
  #done: ((result: RequestResult) => void) | null = null;
  #head = "";
  #missing = noLength;
  #status = 0;
  #closes = false;
  closed = false;

  constructor(url: URL) {
    const open = Bun.connect({
      hostname: url.hostname,
      port: Number(url.port),
      socket: {
        open: (socket) => {
          this.#socket = socket;
          if (this.closed) socket.terminate();
          else if (this.#waiting !== null) socket.write(this.#waiting);
          this.#waiting = null;
        },
        data: (_, bytes) => this.#read(bytes),
        close: () => this.#over(),
        error: () => this.#over(),
        connectError: () => this.#over(),
      },
    });
    open.catch(() => this.#over());
  }

  /** One request at a time. `done` is called once. */
  send(text: string, done: (result: RequestResult) => void): void {
    this.#done = done;
    this.#missing = noLength;
    this.#head = "";
    if (this.#socket === null) this.#waiting = text;
    else this.#socket.write(text);
  }

  /** Gives up the connection, as a client does after its timeout. */
  close(): void {
    this.closed = true;
    this.#done = null;
    this.#socket?.terminate();
  }

  #read(bytes: Buffer): void {
    if (this.#missing === noLength) {
      this.#head += bytes.toString("latin1");
      const end = this.#head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#head.slice(0, end);
      this.#status = Number(head.slice(9, 12));
      this.#closes = /\r\nconnection: close/i.test(head);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      this.#missing = length - (this.#head.length - end - 4);
    } else this.#missing -= bytes.length;
    if (this.#missing > 0) return;
    const done = this.#done;
    this.#done = null;
    if (this.#closes) this.close();
    done?.({ kind: "answered", status: this.#status });
  }

  #over(): void {
    this.closed = true;
    const done = this.#done;
    this.#done = null;
    done?.({ kind: "cut" });
  }
}
