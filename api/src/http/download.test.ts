import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { ApiError } from "../contract/answer.ts";
import { compressStream } from "./compression.ts";
import { downloadStream } from "./download.ts";

/** The number of parts requested, by path. */
const requested = new Map<string, number>();
const ended: string[] = [];
const failures: ApiError[] = [];
let server: ReturnType<typeof Bun.serve>;

async function* parts(path: string): AsyncGenerator<string> {
  try {
    for (let n = 0; ; n += 1) {
      requested.set(path, n);
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

test("a complete download ends; a failed one is cut and reported", async () => {
  expect(await (await fetch(`${server.url}short`)).text()).toHaveLength(120_000);
  const broken = await fetch(`${server.url}broken`);
  expect(broken.status).toBe(200);
  await expect(broken.text()).rejects.toThrow();
  await until(() => failures.length > 0);
  expect(failures).toEqual([expect.any(ApiError)]);
  expect(ended).toContain("/broken");
});

test("parts are no longer requested when the client stops reading, and end when it disconnects", async () => {
  const socket = connect(Number(server.port), "127.0.0.1");
  socket.write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n");
  socket.pause();
  let before = -1;
  // Wait until all buffers between server and client are full.
  await until(async () => {
    await Bun.sleep(100);
    const now = requested.get("/endless") ?? 0;
    const isStuck = now > 0 && now === before;
    before = now;
    return isStuck;
  });
  expect(before).toBeLessThan(10_000);
  expect(ended).not.toContain("/endless");
  socket.destroy();
  await until(() => ended.includes("/endless"));
});

test.each(["gzip", "zstd"] as const)("with %s a failed download is cut, too", async (coding) => {
  const file = downloadStream(parts("/broken"), () => {});
  const sending = new Response(compressStream(file, coding)).bytes();
  await expect(sending).rejects.toThrow();
});

test.each(["gzip", "zstd"] as const)("with %s the parts end when the client disconnects", async (coding) => {
  const before = ended.length;
  const reader = compressStream(
    downloadStream(parts("/endless"), () => {}),
    coding,
  ).getReader();
  await reader.read();
  await reader.cancel();
  await until(() => ended.length > before);
});

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await Bun.sleep(10);
}
