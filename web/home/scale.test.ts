import { expect, test } from "bun:test";
import { scaleOf, sumOf } from "./scale.ts";

test("the axis ends at a round amount that nothing is above", () => {
  const { ticks, heightOf } = scaleOf(["0.0000", "123456.7891", "80000.0000"]);
  expect(ticks.map(({ amount }) => amount)).toEqual(["0.0000", "50000.0000", "100000.0000", "150000.0000"]);
  expect(heightOf("150000.0000")).toBe(100);
  expect(heightOf("75000.0000")).toBe(50);
  expect(heightOf("-5.0000")).toBe(0);
});

test("amounts beyond what a float holds keep their places", () => {
  expect(sumOf(["90071992547409.9301", "0.0001"])).toBe("90071992547409.9302");
  expect(scaleOf(["922337203685477.5807"]).heightOf("500000000000000.0000")).toBe(50);
});

test("an axis of nothing still has a height", () => {
  expect(scaleOf(["0.0000"]).heightOf("0.0000")).toBe(0);
});
