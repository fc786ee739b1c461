// Equal reads of one moment are one; no answer is older than its request.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { AnswerCache } from "./answer-cache.ts";
import { ReadCoalescer } from "./coalesce.ts";

describe("ReadCoalescer", () => {
  const client = () => new AbortController();
  const answer = { status: 200, message: "Read", data: [1], rows: 1 } as const;

  test("equal reads of one turn are read once; others, and those of the next turn, are read for themselves", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const read: string[] = [];
    const join = (key: string) =>
      coalescer.read({
        ...{ key, client: client(), isCacheable: false },
        read() {
          read.push(key);
          return answer;
        },
      });
    const bodies = await Promise.all([join("a"), join("b"), join("a")]);
    expect(read).toEqual(["a", "b"]);
    expect(bodies.map((each) => "serialized" in each)).toEqual([true, false, true]);
    await join("a");
    expect(read).toEqual(["a", "b", "a"]);
  });

  test("who comes while an equal read is under way waits for the next one, which is for all of them", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const reads: PromiseWithResolvers<typeof answer>[] = [];
    const join = () =>
      coalescer.read({
        ...{ key: "a", client: client(), isCacheable: false },
        read() {
          const read = Promise.withResolvers<typeof answer>();
          reads.push(read);
          return read.promise;
        },
      });
    const first = join();
    await Bun.sleep(1);
    const others = [join(), join()];
    await Bun.sleep(1);
    others.push(join());
    await Bun.sleep(1);
    expect(reads).toHaveLength(1);
    reads[0]?.resolve(answer);
    await first;
    await Bun.sleep(1);
    expect(reads).toHaveLength(2);
    reads[1]?.resolve(answer);
    expect(new Set(await Promise.all(others)).size).toBe(1);
  });

  test("a read that hangs, or is refused, holds nobody up who comes after it", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const join = (read: () => Promise<typeof answer>) =>
      coalescer.read({ ...{ key: "a", client: client(), isCacheable: false }, read });
    const hung = Promise.withResolvers<typeof answer>();
    const first = join(() => hung.promise);
    await Bun.sleep(1);
    expect(await join(async () => answer)).toBe(answer);
    hung.reject(new Error("no"));
    await expect(first).rejects.toThrow("no");
    expect(await join(async () => answer)).toBe(answer);
  });

  test("a refusal is everybody's", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const read = () => Promise.reject(new Error("no"));
    const refused = [1, 2].map(() => coalescer.read({ key: "a", client: client(), isCacheable: false, read }));
    for (const each of refused) await expect(each).rejects.toThrow("no");
    await Promise.allSettled(refused);
  });

  test("it is stopped when the last of those who wait has gone, not before", async () => {
    const coalescer = new ReadCoalescer(new AnswerCache({}));
    const clients = [client(), client()];
    let signal: AbortSignal | undefined;
    await Promise.all(
      clients.map((each) =>
        coalescer.read({
          ...{ key: "a", client: each, isCacheable: false },
          read(company) {
            signal = company.signal;
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

  test("200: a list asked for after a create was acknowledged has its order, however many ask for the same", async () => {
    for (const { url } of api.servers) {
      const newest = async (): Promise<unknown> => await (await fetch(`${url}/api/orders?sort=-id&limit=5`)).json();
      let isOver = false;
      const crowd = Array.from({ length: 8 }, async () => {
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
      await Promise.all(crowd);
    }
  });
});
