import type { Socket } from "bun";

/** Connections that do harm by being idle or slow. */
export class MisbehavingClients {
  readonly #sockets: Socket<undefined>[] = [];
  readonly #ports: number[] = [];
  #drip: ReturnType<typeof setInterval> | null = null;
  readonly #url: URL;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** The local ports of the connections. */
  get ports(): ReadonlySet<number> {
    return new Set(this.#ports);
  }

  /** Clients that send one byte of a body every two seconds. */
  async slowSenders(count: number): Promise<void> {
    const head =
      "POST /api/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
    const sockets = await this.#open(count, head);
    this.#drip ??= setInterval(() => {
      for (const socket of sockets) socket.write(" ");
    }, 2000);
  }

  /** Clients that send one byte of a head every two seconds. */
  async slowHeads(count: number): Promise<void> {
    const sockets = await this.#open(count, "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    setInterval(() => {
      for (const socket of sockets) socket.write("x");
    }, 2000).unref();
  }

  /** Clients that request more than the buffers up to the server can hold, and read none of it. */
  async nonReaders(count: number): Promise<void> {
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    // Mostly long documents that are cheap to make, so that the test is about reading; and some long pages.
    const documents = get("/api/openapi.json").repeat(80);
    await this.#open(count, documents, true);
    await this.#open(Math.ceil(count / 10), get("/api/orders?limit=1000") + documents, true);
  }

  /** Clients that got one answer and keep the connection open. */
  async idle(count: number): Promise<void> {
    await this.#open(count, "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  disconnect(): void {
    if (this.#drip !== null) clearInterval(this.#drip);
    for (const socket of this.#sockets) socket.terminate();
  }

  async #open(count: number, text: string, neverReads = false): Promise<readonly Socket<undefined>[]> {
    const opened: Socket<undefined>[] = [];
    for (let index = 0; index < count; index += 1) {
      const socket = await Bun.connect({
        hostname: this.#url.hostname,
        port: Number(this.#url.port),
        socket: {
          open(socket) {
            if (neverReads) socket.pause();
          },
          data() {},
          error() {},
        },
      });
      socket.write(text);
      opened.push(socket);
      this.#ports.push(socket.localPort);
      // Each fills megabytes of buffers: all at once, they would only measure how fast memory is copied.
      if (neverReads) await Bun.sleep(20);
    }
    this.#sockets.push(...opened);
    return opened;
  }
}
