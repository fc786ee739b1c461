import { expect, test } from "bun:test";
import { ReportCache } from "./report-cache.ts";

const large = { isLarge: async () => true };
const small = { isLarge: async () => false };
const limits = { freshMs: 60_000, staleMs: 120_000, maxWeight: 10 };
const here = new AbortController().signal;

test("requests at the same time share one report, and later requests get it from the cache", async () => {
  const cache = new ReportCache<number>(large, limits, () => 1);
  let made = 0;
  const make = async () => {
    await Bun.sleep(5);
    made += 1;
    return made;
  };
  const answers = await Promise.all([1, 2, 3].map(() => cache.get("a", here, make)));
  expect(answers.map(({ report }) => report)).toEqual([1, 1, 1]);
  expect((await cache.get("a", here, make)).report).toBe(1);
  expect((await cache.get("b", here, make)).report).toBe(2);
});

test("nothing is cached while there are few orders", async () => {
  const cache = new ReportCache<number>(small, limits, () => 1);
  let made = 0;
  const make = async () => {
    made += 1;
    return made;
  };
  for (const expected of [1, 2, 3])
    expect(await cache.get("a", here, make)).toEqual({ report: expected, age_seconds: 0 });
});

test("a stale report is still returned while a new one is made", async () => {
  const cache = new ReportCache<number>(large, { ...limits, freshMs: -1 }, () => 1);
  let made = 0;
  const make = async () => {
    made += 1;
    return made;
  };
  expect((await cache.get("a", here, make)).report).toBe(1);
  expect((await cache.get("a", here, make)).report).toBe(1);
  await Bun.sleep(1);
  expect((await cache.get("a", here, make)).report).toBe(2);
});

test("when the cache is full, the least recently used reports are dropped", async () => {
  const cache = new ReportCache<string>(large, limits, (report) => report.length);
  const request = (key: string) => cache.get(key, here, async () => `${key}!`.slice(0, 4));
  const isCached = async (key: string) => {
    let isMade = false;
    await cache.get(key, here, async () => {
      isMade = true;
      return "xxxx";
    });
    return !isMade;
  };
  await request("aaa");
  await request("bbb");
  await request("aaa");
  await request("ccc");
  expect(await isCached("aaa")).toBe(true);
  expect(await isCached("ccc")).toBe(true);
  expect(await isCached("bbb")).toBe(false);
});

test("a failed report is not cached, and a report without waiting clients is aborted", async () => {
  const cache = new ReportCache<number>(large, limits, () => 1);
  await expect(cache.get("a", here, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect((await cache.get("a", here, async () => 7)).report).toBe(7);
  const client = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    const report = cache.get("b", client.signal, async (signal) => {
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return 1;
    });
    report.catch(() => resolve());
  });
  await Bun.sleep(1);
  client.abort();
  await stopped;
});
