import { expect, test } from "bun:test";
import { Kept } from "./report-cache.ts";

const large = { isLarge: async () => true };
const small = { isLarge: async () => false };
const keeping = { freshMs: 60_000, staleMs: 120_000, most: 10 };
const here = new AbortController().signal;

test("all who ask at the same time share one search, and later ones its result", async () => {
  const kept = new Kept<number>(large, keeping, () => 1);
  let searches = 0;
  const find = async () => {
    await Bun.sleep(5);
    searches += 1;
    return searches;
  };
  const answers = await Promise.all([1, 2, 3].map(() => kept.get("a", here, find)));
  expect(answers.map(({ found }) => found)).toEqual([1, 1, 1]);
  expect((await kept.get("a", here, find)).found).toBe(1);
  expect((await kept.get("b", here, find)).found).toBe(2);
});

test("in a small company nothing is kept or shared", async () => {
  const kept = new Kept<number>(small, keeping, () => 1);
  let searches = 0;
  const find = async () => {
    searches += 1;
    return searches;
  };
  for (const expected of [1, 2, 3])
    expect(await kept.get("a", here, find)).toEqual({ found: expected, age_seconds: 0 });
});

test("what is no longer fresh is answered once more while it is found anew", async () => {
  const kept = new Kept<number>(large, { ...keeping, freshMs: -1 }, () => 1);
  let searches = 0;
  const find = async () => {
    searches += 1;
    return searches;
  };
  expect((await kept.get("a", here, find)).found).toBe(1);
  expect((await kept.get("a", here, find)).found).toBe(1);
  await Bun.sleep(1);
  expect((await kept.get("a", here, find)).found).toBe(2);
});

test("what weighs too much together is given up, the longest unasked first", async () => {
  const kept = new Kept<string>(large, keeping, (found) => found.length);
  const find = (found: string) => kept.get(found, here, async () => `${found}!`.slice(0, 4));
  const isKept = async (key: string) => {
    let searched = false;
    await kept.get(key, here, async () => {
      searched = true;
      return "xxxx";
    });
    return !searched;
  };
  await find("aaa");
  await find("bbb");
  await find("aaa");
  await find("ccc");
  expect(await isKept("aaa")).toBe(true);
  expect(await isKept("ccc")).toBe(true);
  expect(await isKept("bbb")).toBe(false);
});

test("a search that failed is not kept, and one that nobody waits for is stopped", async () => {
  const kept = new Kept<number>(large, keeping, () => 1);
  await expect(kept.get("a", here, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect((await kept.get("a", here, async () => 7)).found).toBe(7);
  const client = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    const search = kept.get("b", client.signal, async (signal) => {
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return 1;
    });
    search.catch(() => resolve());
  });
  await Bun.sleep(1);
  client.abort();
  await stopped;
});
