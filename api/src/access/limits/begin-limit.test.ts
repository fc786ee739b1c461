import { expect, test } from "bun:test";
import { BeginLimit } from "./begin-limit.ts";

test("of one address a hundred sign-ins begin in a minute, and others still may", () => {
  const clock = { now: 0 };
  const limit = new BeginLimit(() => clock.now);
  for (let times = 0; times < 100; times += 1) limit.take("192.0.2.7");
  expect(() => limit.take("192.0.2.7")).toThrow("Try again in 60 s.");
  limit.take("192.0.2.8");
  clock.now += 59_500;
  expect(() => limit.take("192.0.2.7")).toThrow("Try again in 1 s.");
  clock.now += 500;
  limit.take("192.0.2.7");
});

test("whoever has many addresses does not fill the memory", () => {
  const limit = new BeginLimit(() => 0);
  for (let address = 0; address < 10_000; address += 1) limit.take(`192.0.${address >> 8}.${address & 255}`);
  expect(() => limit.take("203.0.113.1")).toThrow("Too many sign-ins were begun.");
});
