import { afterAll, expect, test } from "bun:test";
import { get } from "./server.ts";

const asked: (string | null)[] = [];
const api = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch({ headers }) {
    asked.push(headers.get("accept-encoding"));
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
  expect((await get("/api/orders")).ok).toBe(true);
  expect(asked).toEqual(["identity"]);
});
