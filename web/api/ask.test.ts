import { afterAll, expect, test } from "bun:test";
import { ask, nameHeadersOf } from "./ask.ts";

const asked: (readonly (string | null)[])[] = [];
const api = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch({ headers }) {
    asked.push(["accept-encoding", "cookie"].map((name) => headers.get(name)));
    return Response.json({ success: true, message: "", data: [] });
  },
});
const before = process.env.API_URL;
process.env.API_URL = api.url.origin;
afterAll(() => {
  if (before === undefined) delete process.env.API_URL;
  else process.env.API_URL = before;
  return api.stop(true);
});

test("the server of the pages asks the API beside it for nothing packed, which both would work on in vain", async () => {
  const given = new Headers({ cookie: "theme=dark; northwind=abc" });
  expect((await ask("/api/orders", nameHeadersOf(given))).ok).toBe(true);
  expect(asked).toEqual([["identity", "northwind=abc"]]);
});
