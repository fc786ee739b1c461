import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Decimal } from "sqlproof";
import {
  divideHalfAwayFromZero,
  fromMillionths,
  fromUnits,
  largestUnits,
  type Places,
  rateScale,
  readDecimal,
  toUnits,
} from "../contract/decimal.ts";
import { amountIssues, amountsOf, type PricedDetail } from "./rules.ts";
import { taxesOf } from "./taxes.ts";

/** Printed with every failure by fast-check; set SEED to run the same values again. */
const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
const runs = { seed, numRuns: Number(process.env.RUNS ?? 2000) };
console.log(`properties of amounts: SEED=${seed}`);

const units = (max: bigint) => fc.bigInt({ min: 0n, max });
const detail = fc.record({ quantity: units(10n ** 12n), unit_price: units(10n ** 12n), discount: units(10_000n) });

/** Every minor unit with the ten-thousandths in it. */
const minorUnits = [
  [0, 10_000n],
  [2, 100n],
  [3, 10n],
] as const;

/** Half away from zero by another way than the code under test: compares the distances to both neighbours. */
function nearest(dividend: bigint, divisor: bigint): bigint {
  let floor = dividend / divisor;
  if (floor * divisor > dividend) floor -= 1n;
  const toFloor = dividend - floor * divisor;
  const toCeiling = (floor + 1n) * divisor - dividend;
  if (toFloor === toCeiling) return dividend < 0n ? floor : floor + 1n;
  return toFloor < toCeiling ? floor : floor + 1n;
}

/** An exact fraction of ten-thousandths as the nearest amount that can be paid. */
function payable(dividend: bigint, divisor: bigint, unitsPerMinor: bigint): bigint {
  return nearest(dividend, divisor * unitsPerMinor) * unitsPerMinor;
}

function priced(quantity: string, unit_price: string, discount = "0"): PricedDetail {
  return { quantity: decimal(quantity), unit_price: decimal(unit_price), discount: decimal(discount) };
}

function rate(text: string): Decimal {
  return decimal(text, rateScale);
}

function decimal(text: string, places: Places = 4): Decimal {
  const reading = readDecimal(text, places);
  if ("refusal" in reading) throw new RangeError(text);
  return reading.decimal;
}

const untaxed = { taxes: null, shipping_fee: null };

describe("amounts", () => {
  test.each(minorUnits)(
    "with %i places, every amount equals the exact rational, rounded once per detail, half away from zero",
    (minorUnit, perMinor) => {
      fc.assert(
        fc.property(
          fc.array(detail, { maxLength: 30 }),
          units(10n ** 15n),
          units(10n ** 15n),
          (details, taxes, fee) => {
            const expected = details.map((d) =>
              payable(d.quantity * d.unit_price * (10_000n - d.discount), 10n ** 8n, perMinor),
            );
            const subtotal = expected.reduce((sum, price) => sum + price, 0n);
            const amounts = amountsOf(
              { taxes: fromUnits(taxes), shipping_fee: fromUnits(fee) },
              details.map((d) => ({
                quantity: fromUnits(d.quantity),
                unit_price: fromUnits(d.unit_price),
                discount: fromUnits(d.discount),
              })),
              minorUnit,
            );
            expect(amounts).toEqual({
              extendedPrices: expected.map(fromUnits),
              subtotal: fromUnits(subtotal),
              orderTotal: fromUnits(subtotal + payable(taxes, 1n, perMinor) + payable(fee, 1n, perMinor)),
            });
          },
        ),
        runs,
      );
    },
  );

  test.each(minorUnits)("with %i places, taxes equal subtotal x rate, rounded likewise", (minorUnit, perMinor) => {
    fc.assert(
      fc.property(units(10n ** 17n), units(1_000_000n), (subtotal, rate) => {
        const taxes = taxesOf(fromUnits(subtotal), fromMillionths(rate), minorUnit);
        expect(taxes).toBe(fromUnits(payable(subtotal * rate, 1_000_000n, perMinor)));
      }),
      runs,
    );
  });

  test("the amounts that users of other systems reported wrong", () => {
    expect<unknown>(taxesOf(decimal("7650"), rate("0.08425"), 2)).toBe("644.5100");
    expect<unknown>(taxesOf(decimal("7650"), rate("0.08875"), 2)).toBe("678.9400");
    expect<unknown>(taxesOf(decimal("7650"), rate("0.06625"), 2)).toBe("506.8100");
    expect<unknown>(taxesOf(decimal("19935.66"), decimal("0.15"), 2)).toBe("2990.3500");
    expect<unknown>(taxesOf(decimal("0.50"), decimal("0.25"), 2)).toBe("0.1300");
    expect<unknown>(amountsOf(untaxed, [priced("10", "82.50", "0.15")], 2).subtotal).toBe("701.2500");
    const thirds = amountsOf(
      untaxed,
      Array.from({ length: 3 }, () => priced("1", "33.335")),
      2,
    );
    expect<unknown>(thirds).toEqual({
      extendedPrices: ["33.3400", "33.3400", "33.3400"],
      subtotal: "100.0200",
      orderTotal: "100.0200",
    });
  });

  test("a discount of 100 % leaves nothing to tax", () => {
    const { subtotal } = amountsOf(untaxed, [priced("3", "19.99", "1")], 2);
    expect<unknown>([subtotal, taxesOf(subtotal, decimal("0.25"), 2)]).toEqual(["0.0000", "0.0000"]);
  });

  test("the total of 1,217 details is the sum of what is printed", () => {
    const details = Array.from({ length: 1217 }, (_, index) =>
      priced("0.5", `${index % 7}.${(index % 90) + 10}5`, "0.05"),
    );
    const { extendedPrices, subtotal, orderTotal } = amountsOf(untaxed, details, 2);
    expect(extendedPrices.every((price) => price.endsWith("00"))).toBe(true);
    const printed = extendedPrices.reduce((cents, price) => cents + BigInt(price.replace(".", "")) / 100n, 0n);
    expect([subtotal, orderTotal]).toEqual([fromUnits(printed * 100n), fromUnits(printed * 100n)]);
  });

  test.each([
    [0, ["333.0000", "17.0000", "351.0000"]],
    [2, ["333.3400", "16.6700", "350.5100"]],
    [3, ["333.3350", "16.6670", "350.5020"]],
  ] as const)("with %i places, extended price, taxes and total can be paid", (minorUnit, expected) => {
    const details = [priced("2", "166.6675")];
    const { subtotal } = amountsOf(untaxed, details, minorUnit);
    const taxes = taxesOf(subtotal, decimal("0.05"), minorUnit);
    const { orderTotal } = amountsOf({ taxes, shipping_fee: decimal("0.5001") }, details, minorUnit);
    expect<unknown>([subtotal, taxes, orderTotal]).toEqual(expected);
  });

  test("taxes and a fee that cannot be paid count as they are printed", () => {
    const order = { taxes: decimal("1.2350"), shipping_fee: decimal("2.3449") };
    expect<unknown>(amountsOf(order, [], 2).orderTotal).toBe("3.5800");
    expect<unknown>(amountsOf(order, [], 0).orderTotal).toBe("3.0000");
  });

  test("half goes away from zero, on both sides", () => {
    const cases: [bigint, bigint][] = [
      [5n, 1n],
      [15n, 2n],
      [25n, 3n],
      [-5n, -1n],
      [-15n, -2n],
      [-25n, -3n],
      [4n, 0n],
      [-4n, 0n],
      [14n, 1n],
      [16n, 2n],
      [-16n, -2n],
    ];
    for (const [dividend, rounded] of cases)
      expect([dividend, divideHalfAwayFromZero(dividend, 10n)]).toEqual([dividend, rounded]);
  });

  test("amounts that no column holds are still computed, so that they can be refused by name", () => {
    const price = fromUnits(largestUnits);
    const details = [{ quantity: price, unit_price: price, discount: fromUnits(0n) }];
    const { subtotal } = amountsOf(untaxed, details, 2);
    const taxes = taxesOf(subtotal, fromUnits(10_000n), 2);
    expect(taxes).toBe(subtotal);
    expect(amountIssues({ taxes, shipping_fee: null }, details, 2)).toMatchObject([
      { pointer: "#/order_details/0", code: "range" },
      { pointer: "#", code: "range" },
    ]);
  });

  test("what the original left empty counts as nothing", () => {
    const detail = { quantity: fromUnits(20_000n), unit_price: null, discount: fromUnits(0n) };
    const nothing = amountsOf(untaxed, [detail], 2);
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
      ["0.00010", "0.0001"],
      [`12.${"0".repeat(50_000)}`, "12.0000"],
      ["922337203685477.5807", "922337203685477.5807"],
    ];
    for (const [text, decimal] of good) expect<unknown>(readDecimal(text)).toEqual({ decimal });
    expect<unknown>(readDecimal("0.0842500", rateScale)).toEqual({ decimal: "0.084250" });
    expect(readDecimal("0.0000001", rateScale)).toEqual({ refusal: "scale" });
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
      ["0.00001", "scale"],
      [`0.${"0".repeat(50_000)}1`, "scale"],
      ["-0.00000", "decimal-format"],
      ["922337203685477.5808", "range"],
      ["1000000000000000", "range"],
      ["-922337203685477.5808", "range"],
    ];
    for (const [text, refusal] of bad) expect<unknown>([text, readDecimal(text)]).toEqual([text, { refusal }]);
  });
});
