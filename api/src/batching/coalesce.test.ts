// Equal reads in the same turn of the event loop are done once, and no answer is older than its request.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { AnswerCache } from "./answer-cache.ts";
import { ReadCoalescer } from "./coalesce.ts";

describe("ReadCoalescer", () => {
  const client = () => new AbortController();
  const answer = { status: 200, message: "Read", data: [1], rows: 1 } as const;

  test("equal reads in one turn are done once; other reads and those in later turns are separate", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const read: string[] = [];
    const get = (key: string) =>
      coalescer.read({
        ...{ key, client: client(), isCacheable: false },
        read() {
          read.push(key);
          return answer;
        },
      });
    const bodies = await Promise.all([get("a"), get("b"), get("a")]);
    expect(read).toEqual(["a", "b"]);
    expect(bodies.map((body) => "serialized" in body)).toEqual([true, false, true]);
    await get("a");
    expect(read).toEqual(["a", "b", "a"]);
  });

  test("requests that arrive while an equal read is running share the next one", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const reads: PromiseWithResolvers<typeof answer>[] = [];
    const get = () =>
      coalescer.read({
        ...{ key: "a", client: client(), isCacheable: false },
        read() {
          const read = Promise.withResolvers<typeof answer>();
          reads.push(read);
          return read.promise;
        },
      });
    const first = get();
    await Bun.sleep(1);
    const others = [get(), get()];
    await Bun.sleep(1);
    others.push(get());
    await Bun.sleep(1);
    expect(reads).toHaveLength(1);
    reads[0]?.resolve(answer);
    await first;
    await Bun.sleep(1);
    expect(reads).toHaveLength(2);
    reads[1]?.resolve(answer);
    expect(new Set(await Promise.all(others)).size).toBe(1);
  });

  test("later reads do not wait for one that hangs or fails", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const get = (read: () => Promise<typeof answer>) =>
      coalescer.read({ ...{ key: "a", client: client(), isCacheable: false }, read });
    const hung = Promise.withResolvers<typeof answer>();
    const first = get(() => hung.promise);
    await Bun.sleep(1);
    expect(await get(async () => answer)).toBe(answer);
    hung.reject(new Error("no"));
    await expect(first).rejects.toThrow("no");
    expect(await get(async () => answer)).toBe(answer);
  });

  test("all waiting clients get the error of a coalesced read", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const read = () => Promise.reject(new Error("no"));
    const refused = [1, 2].map(() => coalescer.read({ key: "a", client: client(), isCacheable: false, read }));
    for (const reply of refused) await expect(reply).rejects.toThrow("no");
    await Promise.allSettled(refused);
  });

  test("a coalesced read is aborted when the last client has gone, not before", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const clients = [client(), client()];
    let signal: AbortSignal | undefined;
    await Promise.all(
      clients.map((one) =>
        coalescer.read({
          ...{ key: "a", client: one, isCacheable: false },
          read(all) {
            signal = all.signal;
            return answer;
          },
        }),
      ),
    );
    clients[0]?.abort();
    expect(signal?.aborted).toBe(false);
    clients[1]?.abort();
    expect(signal?.aborted).toBe(true);
  });
});

describe("GET /api/orders while orders are created", () => {
  let api: BothEngines;
  beforeAll(async () => {
    api = await startBothEngines();
  }, startTimeoutMs);
  afterAll(() => api.stop());

  test("200: a list requested after a create was acknowledged contains the order, even under load", async () => {
    for (const { url } of api.servers) {
      const newest = async (): Promise<unknown> => await (await fetch(`${url}/api/orders?sort=-id&limit=5`)).json();
      let isOver = false;
      const load = Array.from({ length: 8 }, async () => {
        while (!isOver) await newest();
      });
      for (let round = 0; round < 50; round += 1) {
        const created = await fetch(`${url}/api/orders`, {
          ...{ method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
        });
        const id = Number(created.headers.get("location")?.split("/").at(-1));
        expect(await newest()).toMatchObject({
          data: [{ id }, ...Array.from({ length: Math.min(round, 4) }, () => ({}))],
        });
      }
      isOver = true;
      await Promise.all(load);
    }
  });
});
