// Equal reads of one moment are one; no answer is older than its request.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { StandingAnswers } from "./answer-cache.ts";
import { SharedReads } from "./coalesce.ts";

describe("SharedReads", () => {
  const client = () => new AbortController();
  const answer = { status: 200, message: "Read", data: [1], rows: 1 } as const;

  test("equal reads of one turn are read once; others, and those of the next turn, are read for themselves", async () => {
    const shared = new SharedReads(new StandingAnswers({}));
    const read: string[] = [];
    const join = (key: string) =>
      shared.join({
        ...{ key, client: client(), stands: false },
        read() {
          read.push(key);
          return answer;
        },
      });
    const bodies = await Promise.all([join("a"), join("b"), join("a")]);
    expect(read).toEqual(["a", "b"]);
    expect(bodies.map((each) => "written" in each)).toEqual([true, false, true]);
    await join("a");
    expect(read).toEqual(["a", "b", "a"]);
  });

  test("who comes while an equal read is under way waits for the next one, which is for all of them", async () => {
    const shared = new SharedReads(new StandingAnswers({}));
    const reads: PromiseWithResolvers<typeof answer>[] = [];
    const join = () =>
      shared.join({
        ...{ key: "a", client: client(), stands: false },
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
    const shared = new SharedReads(new StandingAnswers({}));
    const join = (read: () => Promise<typeof answer>) =>
      shared.join({ ...{ key: "a", client: client(), stands: false }, read });
    const hung = Promise.withResolvers<typeof answer>();
    const first = join(() => hung.promise);
    await Bun.sleep(1);
    expect(await join(async () => answer)).toBe(answer);
    hung.reject(new Error("no"));
    await expect(first).rejects.toThrow("no");
    expect(await join(async () => answer)).toBe(answer);
  });

  test("a refusal is everybody's", async () => {
    const shared = new SharedReads(new StandingAnswers({}));
    const read = () => Promise.reject(new Error("no"));
    const refused = [1, 2].map(() => shared.join({ key: "a", client: client(), stands: false, read }));
    for (const each of refused) await expect(each).rejects.toThrow("no");
    await Promise.allSettled(refused);
  });

  test("it is stopped when the last of those who wait has gone, not before", async () => {
    const shared = new SharedReads(new StandingAnswers({}));
    const clients = [client(), client()];
    let signal: AbortSignal | undefined;
    await Promise.all(
      clients.map((each) =>
        shared.join({
          ...{ key: "a", client: each, stands: false },
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
