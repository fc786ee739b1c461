import type { Socket } from "bun";

/** What came of one request. */
export type Ending =
  | { readonly kind: "answered"; readonly status: number }
  /** Closed, reset or never opened: there was no whole answer. */
  | { readonly kind: "cut" };

/** How many bytes a head of an answer may have: ours have a few hundred. */
const noLength = -1;

/**
 * One kept connection of a load of thousands: it reads of an answer no more than its status and its length, so that the
 * load costs less than what it is to measure.
 */
export class SwiftConnection {
  #socket: Socket<undefined> | null = null;
  #waiting: string | null = null;
  #done: ((ending: Ending) => void) | null = null;
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
  send(text: string, done: (ending: Ending) => void): void {
    this.#done = done;
    this.#missing = noLength;
    this.#head = "";
    if (this.#socket === null) this.#waiting = text;
    else this.#socket.write(text);
  }

  /** Gives the connection up, as a client does whose patience is over. */
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
