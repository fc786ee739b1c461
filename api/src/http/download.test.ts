import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { ApiError } from "../contract/answer.ts";
import { downloadStream } from "./download.ts";

/** How often a part was asked for, by path, and what was told of failures. */
const asked = new Map<string, number>();
const ended: string[] = [];
const failures: ApiError[] = [];
let server: ReturnType<typeof Bun.serve>;

async function* parts(path: string): AsyncGenerator<string> {
  try {
    for (let n = 0; ; n += 1) {
      asked.set(path, n);
      await new Promise((resolve) => setImmediate(resolve));
      if (path === "/short" && n === 3) return;
      if (path === "/broken" && n === 3) throw new Error("the database went away");
      yield "x".repeat(40_000);
    }
  } finally {
    ended.push(path);
  }
}

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    fetch: ({ url }) => new Response(downloadStream(parts(new URL(url).pathname), (error) => failures.push(error))),
  });
});
afterAll(() => server.stop(true));

test("a download that is whole ends, one that fails is cut and told", async () => {
  expect(await (await fetch(`${server.url}short`)).text()).toHaveLength(120_000);
  const broken = await fetch(`${server.url}broken`);
  expect(broken.status).toBe(200);
  await expect(broken.text()).rejects.toThrow();
  await until(() => failures.length > 0);
  expect(failures).toEqual([expect.any(ApiError)]);
  expect(ended).toContain("/broken");
});

test("a client that stops reading stops the parts, and one that goes away ends them", async () => {
  const socket = connect(Number(server.port), "127.0.0.1");
  socket.write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
  socket.pause();
  let before = -1;
  // Until the buffers between the two are full.
  await until(async () => {
    await Bun.sleep(100);
    const now = asked.get("/endless") ?? 0;
    const still = now > 0 && now === before;
    before = now;
    return still;
  });
  expect(before).toBeLessThan(10_000);
  expect(ended).not.toContain("/endless");
  socket.destroy();
  await until(() => ended.includes("/endless"));
});

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await Bun.sleep(10);
}
