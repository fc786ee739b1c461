/** A request on its way through this proxy to the API. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** How a faulty product would change a request or an answer. */
export interface Alteration {
  readonly request?: (request: Passing) => Passing;
  readonly answer?: (answer: Answer, request: Passing) => Answer;
}

/** The API with a fault: a proxy that alters requests or answers. Tests use it to show that a check finds the fault. */
export function startAltered(url: string, { request: alterRequest, answer: alterAnswer }: Alteration) {
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const text = await request.text();
      const passing = { method: request.method, path: pathname + search, body: text === "" ? null : text };
      const { method, path, body } = alterRequest?.(passing) ?? passing;
      const headers = new Headers(request.headers);
      for (const name of ["host", "content-length", "connection"]) headers.delete(name);
      const real = await fetch(url + path, { method, headers, body });
      const answer = { status: real.status, headers: Object.fromEntries(real.headers), body: await real.text() };
      const { status, headers: sent, body: content } = alterAnswer?.(answer, passing) ?? answer;
      const { "content-length": _, ...others } = sent;
      return new Response(content, { status, headers: others });
    },
  });
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop(true) };
}
