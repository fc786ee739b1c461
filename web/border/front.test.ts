import { expect, test } from "bun:test";
import { createServer } from "node:http";
import { createFront } from "./front.ts";

/** What the front tells browsers about TLS, for a page, the API and a refusal. */
async function told(isPublicOverTls: boolean): Promise<readonly (string | null)[]> {
  const front = createFront({
    ...{ host: "127.0.0.1", hostNames: [], isPublicOverTls, apiUrl: "http://127.0.0.1:9", fetch },
    pages: async (_request, response) => {
      response.end("a page");
    },
  });
  const server = createServer((request, response) => void front(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const asked = ["/orders", "/api/health"].map((path) => fetch(`http://127.0.0.1:${port}${path}`));
  asked.push(fetch(`http://127.0.0.1:${port}/orders`, { headers: { host: "evil.example" } }));
  const answers = await Promise.all(asked);
  server.close();
  return answers.map(({ headers }) => headers.get("strict-transport-security"));
}

test("browsers are told to come back over TLS only where they find the pages so", async () => {
  expect(await told(false)).toEqual([null, null, null]);
  const always = "max-age=31536000; includeSubDomains";
  expect(await told(true)).toEqual([always, always, always]);
});

test("proxies are told while the server is about to stop, under whatever name they ask", async () => {
  let isDraining = false;
  const front = createFront({
    ...{ host: "127.0.0.1", hostNames: [], isPublicOverTls: false, apiUrl: "http://127.0.0.1:9", fetch },
    isDraining: () => isDraining,
    pages: async (_request, response) => {
      response.end("a page");
    },
  });
  const server = createServer((request, response) => void front(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const status = async () => (await fetch(`${url}/readyz`, { headers: { host: "orders:3000" } })).status;
  expect(await status()).toBe(200);
  isDraining = true;
  expect(await status()).toBe(503);
  const page = await fetch(`${url}/orders`);
  expect([page.status, page.headers.get("connection")]).toEqual([200, "close"]);
  server.close();
});
