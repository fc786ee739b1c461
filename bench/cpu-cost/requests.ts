/** What to request. */
export interface Asking {
  readonly count: number;
  readonly connections: number;
  readonly lastOrder: number;
  /** Send each request with a new address in `Host`, so that no cached answer can be used. */
  readonly anew: boolean;
  /** One more header of each request, such as `Cookie: a=b`. */
  readonly header?: string;
}

let asked = 0;

/** One of the 16 million addresses of this computer: the API answers to no other names. */
function loopback(number: number): string {
  return `127.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

/** Requests `count` orders over several connections, each of which sends its next request once it is answered. */
export async function ask(port: number, { count, connections, lastOrder, anew, header }: Asking): Promise<void> {
  let sent = 0;
  let answered = 0;
  const more = header === undefined ? "" : `${header}\r\n`;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const next = (socket: Bun.Socket) => {
    if (sent === count) return;
    const id = 1 + ((sent * 7919) % lastOrder);
    sent += 1;
    asked += 1;
    socket.write(`GET /api/orders/${id} HTTP/1.1\r\nHost: ${anew ? loopback(asked) : "127.0.0.1"}\r\n${more}\r\n`);
  };
  const socket = {
    open: next,
    data(one: Bun.Socket, answer: Buffer) {
      // An answer arrives in one piece: it is shorter than a packet.
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
  // From here on, the end of a connection is no error.
  for (const one of sockets) one.end();
}
