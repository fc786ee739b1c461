// A regression test, not a benchmark (`npm run bench:access` is): a ratio of CPU times, with room for a busy machine.
import { expect, test } from "bun:test";
import { measure, ways } from "./signed-in.ts";

/** Measured: 0.95 to 1.2. */
const mostTimes = 1.6;

test(`an order by id with a token or a session costs at most ${mostTimes} times the CPU of one without`, async () => {
  const { times } = await measure("sqlite", false, { starts: 1, rounds: 15, count: 2000, role: "admin" });
  for (const way of ways) {
    console.log(`measured: CPU of an order by id with a ${way}, ${times[way].toFixed(2)} times that of one without`);
    expect(times[way]).toBeLessThan(mostTimes);
  }
}, 120_000);
