// A line between a program and MariaDB that can be cut at COMMIT: before the server hears of it, or after it has
// carried it out. The program sees the same both times, which is why it must not guess.
import type { Socket } from "bun";

/** Where the line is cut the next time somebody commits. */
export type Cut = "before commit" | "after commit";

export interface CuttingProxy {
  readonly port: number;
  /** Cuts the line of the next COMMIT; with "all" every line, and new ones too until `mend`. */
  cutNext(cut: Cut, lines?: "one" | "all"): void;
  mend(): void;
  stop(): void;
}

interface Line {
  other: Socket<Line> | null;
  /** Bytes that came before the server was reached. */
  readonly early: Buffer[];
  /** The answer to this line's COMMIT is swallowed and the line cut. */
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
