import { createConnection } from "node:net";

/** A POST whose last byte has not been sent yet, so that it is in flight until the test finishes it. */
export interface HalfSentPost {
  /** Sends the last byte and returns the complete response. */
  finish(): Promise<string>;
}

/** Sends a POST with a JSON body, except for its last byte. */
export async function halfSentPost(url: string, body: string): Promise<HalfSentPost> {
  const { hostname, port, pathname } = new URL(url);
  const socket = createConnection(Number.parseInt(port, 10), hostname);
  let response = "";
  socket.on("data", (chunk) => {
    response += chunk.toString();
  });
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.once("error", () => resolve());
  });
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${hostname}`,
    "Content-Type: application/json",
    "Connection: close",
  ];
  const text = [...head, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n");
  await new Promise<void>((resolve) => socket.write(text.slice(0, -1), () => resolve()));
  // When the server has answered a later request, it has received this one.
  await fetch(new URL("/livez", url));
  return {
    async finish() {
      socket.write(text.slice(-1));
      await closed;
      return response;
    },
  };
}
