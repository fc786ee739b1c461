import { request } from "node:https";

interface OverTls {
  readonly name: string;
  readonly port: number;
  /** The certificate that is trusted, besides no other. */
  readonly authority: string;
  /** The address on this machine that a request comes from. */
  readonly from?: string;
}

/** A `fetch` that finds a name on this machine over TLS, and checks its certificate. */
export function overTls({ name, port, authority, from = "127.0.0.1" }: OverTls) {
  return (url: string, { method = "GET", headers, body }: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const asked = {
      ...{ host: "127.0.0.1", port, servername: name, ca: authority, localAddress: from, method },
      path: pathname + search,
      headers: { host: `${name}:${port}`, ...Object.fromEntries(new Headers(headers ?? {})) },
    };
    return new Promise((resolve, reject) => {
      const sent = request(asked, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          const status = answer.statusCode ?? 0;
          const content = [204, 302, 304].includes(status) ? null : Buffer.concat(parts);
          resolve(new Response(content, { status, headers: headersOf(answer.rawHeaders) }));
        });
      });
      sent.on("error", reject);
      sent.end(typeof body === "string" ? body : undefined);
    });
  };
}

/** Names and values, one after the other. */
function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(raw[at] ?? "", raw[at + 1] ?? "");
  return headers;
}
