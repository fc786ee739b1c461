// A line between a program and MariaDB that can be cut at COMMIT: before the server hears of it, or after it has
// carried it out. The program sees the same both times, which is why it must not guess.
import type { Socket } from "bun";

/** Where the line is cut the next time somebody commits; null lets everything through. */
export type Cut = "before commit" | "after commit" | null;

export interface CuttingProxy {
  readonly port: number;
  cutNext(cut: Cut): void;
  stop(): void;
}

interface Line {
  other: Socket<Line> | null;
  /** Bytes that came before the server was reached. */
  readonly early: Buffer[];
  /** The answer to this line's COMMIT is swallowed and the line cut. */
  dying: boolean;
}

/** Starts a proxy on a free port in front of the server on `port`. */
export function startCuttingProxy(port: number): CuttingProxy {
  let next: Cut = null;
  const end = (line: Socket<Line>): void => {
    line.data.other?.terminate();
    line.terminate();
  };
  const upstream = {
    data(server: Socket<Line>, bytes: Buffer) {
      const client = server.data.other;
      if (client === null || client.data.dying) return end(server);
      client.write(bytes);
    },
    close: end,
  };
  const proxy = Bun.listen<Line>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      async open(client) {
        client.data = { other: null, early: [], dying: false };
        const data: Line = { other: client, early: [], dying: false };
        const server = await Bun.connect<Line>({ hostname: "127.0.0.1", port, data, socket: upstream });
        client.data.other = server;
        for (const bytes of client.data.early.splice(0)) server.write(bytes);
      },
      data(client, bytes) {
        if (next !== null && bytes.includes("COMMIT")) {
          const cut = next;
          next = null;
          if (cut === "before commit") return end(client);
          client.data.dying = true;
        }
        if (client.data.other === null) client.data.early.push(Buffer.from(bytes));
        else client.data.other.write(bytes);
      },
      close: end,
    },
  });
  return {
    port: proxy.port,
    cutNext(cut) {
      next = cut;
    },
    stop: () => proxy.stop(true),
  };
}
