import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { divideHalfEven, fromUnits, largestUnits, readDecimal, toUnits } from "../contract/decimal.ts";
import { amountIssues, amountsOf, taxesOf } from "./rules.ts";

/** Printed with every failure by fast-check; set SEED to run the same values again. */
const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
const runs = { seed, numRuns: Number(process.env.RUNS ?? 2000) };
console.log(`properties of amounts: SEED=${seed}`);

const units = (max: bigint) => fc.bigInt({ min: 0n, max });
const detail = fc.record({ quantity: units(10n ** 12n), unit_price: units(10n ** 12n), discount: units(10_000n) });

/** Half to even by another way than the code under test: compares twice the distance to both neighbours. */
function nearest(dividend: bigint, divisor: bigint): bigint {
  let floor = dividend / divisor;
  if (floor * divisor > dividend) floor -= 1n;
  const toFloor = dividend - floor * divisor;
  const toCeiling = (floor + 1n) * divisor - dividend;
  if (toFloor === toCeiling) return floor % 2n === 0n ? floor : floor + 1n;
  return toFloor < toCeiling ? floor : floor + 1n;
}

describe("amounts", () => {
  test("every amount equals the exact rational, rounded once per detail, half to even", () => {
    fc.assert(
      fc.property(fc.array(detail, { maxLength: 30 }), units(10n ** 15n), units(10n ** 15n), (details, taxes, fee) => {
        const expected = details.map((d) => nearest(d.quantity * d.unit_price * (10_000n - d.discount), 10n ** 8n));
        const subtotal = expected.reduce((sum, price) => sum + price, 0n);
        const amounts = amountsOf(
          { taxes: fromUnits(taxes), shipping_fee: fromUnits(fee) },
          details.map((d) => ({
            quantity: fromUnits(d.quantity),
            unit_price: fromUnits(d.unit_price),
            discount: fromUnits(d.discount),
          })),
        );
        expect(amounts).toEqual({
          extendedPrices: expected.map(fromUnits),
          subtotal: fromUnits(subtotal),
          orderTotal: fromUnits(subtotal + taxes + fee),
        });
      }),
      runs,
    );
  });

  test("taxes equal subtotal x rate, rounded half to even", () => {
    fc.assert(
      fc.property(units(10n ** 17n), units(10_000n), (subtotal, rate) => {
        expect(taxesOf(fromUnits(subtotal), fromUnits(rate))).toBe(fromUnits(nearest(subtotal * rate, 10_000n)));
      }),
      runs,
    );
  });

  test("half goes to the even neighbour, below zero too", () => {
    const cases: [bigint, bigint][] = [
      [5n, 0n],
      [15n, 2n],
      [25n, 2n],
      [35n, 4n],
      [-5n, 0n],
      [-15n, -2n],
      [-25n, -2n],
      [14n, 1n],
      [16n, 2n],
      [-16n, -2n],
    ];
    for (const [dividend, rounded] of cases)
      expect([dividend, divideHalfEven(dividend, 10n)]).toEqual([dividend, rounded]);
  });

  test("amounts that no column holds are still computed, so that they can be refused by name", () => {
    const price = fromUnits(largestUnits);
    const details = [{ quantity: price, unit_price: price, discount: fromUnits(0n) }];
    const { subtotal } = amountsOf({ taxes: null, shipping_fee: null }, details);
    const taxes = taxesOf(subtotal, fromUnits(10_000n));
    expect(taxes).toBe(subtotal);
    expect(amountIssues({ taxes, shipping_fee: null }, details)).toMatchObject([
      { pointer: "#/order_details/0", code: "range" },
      { pointer: "#", code: "range" },
    ]);
  });

  test("what the original left empty counts as nothing", () => {
    const nothing = amountsOf({ taxes: null, shipping_fee: null }, [
      { quantity: fromUnits(20_000n), unit_price: null, discount: fromUnits(0n) },
    ]);
    expect(nothing).toEqual({ extendedPrices: [fromUnits(0n)], subtotal: fromUnits(0n), orderTotal: fromUnits(0n) });
  });
});

describe("decimals", () => {
  test("every storable amount goes to text and back unchanged", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -largestUnits, max: largestUnits }), (value) => {
        const text = fromUnits(value);
        expect(readDecimal(text)).toEqual({ decimal: text });
        expect(toUnits(text)).toBe(value);
      }),
      runs,
    );
  });

  test("a client's text is read exactly or refused for its reason", () => {
    const good: [string, string][] = [
      ["0", "0.0000"],
      ["12", "12.0000"],
      ["-0.25", "-0.2500"],
      ["922337203685477.5807", "922337203685477.5807"],
    ];
    for (const [text, decimal] of good) expect<unknown>(readDecimal(text)).toEqual({ decimal });
    const bad: [string, string][] = [
      ...[
        "1e3",
        "+1",
        " 1",
        "1 ",
        "",
        "-",
        ".5",
        "5.",
        "01",
        "-0",
        "-0.0000",
        "1,5",
        "１",
        "NaN",
        "Infinity",
        "0x1",
        "1_0",
        "١",
      ].map((text): [string, string] => [text, "decimal-format"]),
      ["1.00000", "scale"],
      ["0.00001", "scale"],
      ["922337203685477.5808", "range"],
      ["1000000000000000", "range"],
      ["-922337203685477.5808", "range"],
    ];
    for (const [text, refusal] of bad) expect<unknown>([text, readDecimal(text)]).toEqual([text, { refusal }]);
  });
});
