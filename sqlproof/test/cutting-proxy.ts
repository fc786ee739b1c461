// A proxy in front of MariaDB that can cut the connection at COMMIT, before or after the server has executed it. The
// program sees the same in both cases, so it must not guess.
import type { Socket } from "bun";

/** Where the connection is cut at the next COMMIT. */
export type Cut = "before commit" | "after commit";

export interface CuttingProxy {
  readonly port: number;
  /** Cuts the connection of the next COMMIT; with "all" every connection, including new ones until `mend`. */
  cutNext(cut: Cut, lines?: "one" | "all"): void;
  mend(): void;
  stop(): void;
}

interface Line {
  other: Socket<Line> | null;
  /** Bytes that arrived before the server was reached. */
  readonly early: Buffer[];
  /** The answer to this connection's COMMIT is dropped and the connection cut. */
  dying: boolean;
}

class CommitProxy implements CuttingProxy {
  readonly #lines = new Set<Socket<Line>>();
  readonly #server: Bun.TCPSocketListener<Line>;
  readonly #databasePort: number;
  #next: { readonly cut: Cut; readonly lines: "one" | "all" } | null = null;
  #broken = false;

  constructor(databasePort: number) {
    this.#databasePort = databasePort;
    this.#server = Bun.listen<Line>({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: (client) => void this.#join(client),
        data: (client, bytes) => this.#fromClient(client, bytes),
        close: (client) => this.#end(client),
      },
    });
  }

  get port(): number {
    return this.#server.port;
  }

  cutNext(cut: Cut, lines: "one" | "all" = "one"): void {
    this.#next = { cut, lines };
  }

  mend(): void {
    this.#broken = false;
  }

  stop(): void {
    this.#server.stop(true);
  }

  async #join(client: Socket<Line>): Promise<void> {
    client.data = { other: null, early: [], dying: false };
    if (this.#broken) {
      this.#end(client);
      return;
    }
    this.#lines.add(client);
    client.data.other = await Bun.connect<Line>({
      hostname: "127.0.0.1",
      port: this.#databasePort,
      data: { other: client, early: [], dying: false },
      socket: {
        data: (_server, bytes) => {
          if (client.data.dying) this.#end(client);
          else client.write(bytes);
        },
        close: () => this.#end(client),
      },
    });
    for (const bytes of client.data.early.splice(0)) client.data.other.write(bytes);
  }

  #fromClient(client: Socket<Line>, bytes: Buffer): void {
    const { data } = client;
    if (this.#next !== null && bytes.includes("COMMIT")) {
      const { cut, lines } = this.#next;
      this.#next = null;
      data.dying = cut === "after commit";
      this.#broken = lines === "all";
      for (const line of this.#lines) if (line !== client && this.#broken) this.#end(line);
      if (!data.dying) {
        this.#end(client);
        return;
      }
    }
    if (data.other === null) data.early.push(Buffer.from(bytes));
    else data.other.write(bytes);
  }

  #end(client: Socket<Line>): void {
    this.#lines.delete(client);
    client.data.other?.terminate();
    client.terminate();
  }
}

/** Starts a proxy on a free port in front of the server on `port`. */
export function startCuttingProxy(port: number): CuttingProxy {
  return new CommitProxy(port);
}
