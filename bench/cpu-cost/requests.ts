/** What is asked for. */
export interface Asking {
  readonly count: number;
  readonly connections: number;
  readonly lastOrder: number;
  /** Each under an address that nobody asked for before: whatever is kept of earlier answers is of no use. */
  readonly anew: boolean;
}

let asked = 0;

/** Asks for orders over so many connections, each as soon as it was answered, until so many were. */
export async function ask(port: number, { count, connections, lastOrder, anew }: Asking): Promise<void> {
  let sent = 0;
  let answered = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const next = (socket: Bun.Socket) => {
    if (sent === count) return;
    const id = 1 + ((sent * 7919) % lastOrder);
    sent += 1;
    asked += 1;
    socket.write(`GET /api/orders/${id} HTTP/1.1\r\nHost: ${anew ? `h${asked}` : "127.0.0.1"}\r\n\r\n`);
  };
  const socket = {
    open: next,
    data(one: Bun.Socket, answer: Buffer) {
      // An answer comes whole: it is shorter than a packet.
      if (!answer.toString("latin1", 0, 12).endsWith(" 200")) reject(new Error(answer.toString()));
      answered += 1;
      if (answered === count) resolve();
      next(one);
    },
    close: () => reject(new Error("the server closed a connection")),
    error: (_one: Bun.Socket, error: Error) => reject(error),
  };
  const sockets = await Promise.all(
    Array.from({ length: connections }, () => Bun.connect({ hostname: "127.0.0.1", port, socket })),
  );
  await promise;
  // Their end is no fault any more.
  for (const one of sockets) one.end();
}
