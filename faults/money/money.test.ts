import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Rational } from "../model/rational.ts";
import type { Engine } from "../row.ts";
import { checkMoney, row } from "../rows/input/i04-money.ts";
import type { Line } from "./lines.ts";

describe("exact rationals", () => {
  test("half a cent goes away from zero, on both sides", () => {
    const rounded = (numerator: bigint) => Rational.of(numerator, 200n).rounded().toAmount();
    expect([1n, 3n, 5n, -1n, -3n].map(rounded)).toEqual(["0.0100", "0.0200", "0.0300", "-0.0100", "-0.0200"]);
  });

  test("a number with more than four places is no amount", () => {
    expect(() => Rational.parse("0.00001").toAmount()).toThrow("1/10000");
  });
});

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
console.log(`money: SEED=${seed}`);

describe("amounts over HTTP equal exact rationals", () => {
  test.each(["sqlite", "mariadb"] satisfies Engine[])(
    "%s",
    async (engine) => {
      const folder = mkdtempSync(join(tmpdir(), "money-"));
      const { broken, trials } = await row.run({ engine, trials: 3000, seed, folder, say: () => {} });
      rmSync(folder, { recursive: true, force: true });
      expect(broken).toEqual([]);
      expect(trials).toBeGreaterThanOrEqual(3000);
    },
    60_000,
  );
});

interface Sent {
  readonly order_details?: readonly Line[];
}

/** A server that answers only the amounts of an order, computed by a wrong `price`. */
function wrongServer(price: (quantity: number, unitPrice: number, discount: number) => number) {
  let last = {};
  return Bun.serve({
    port: 0,
    async fetch(request) {
      const headers = { location: "/api/orders/1" };
      if (request.method === "GET") return Response.json({ data: last });
      const sent: Sent = JSON.parse(await request.text());
      if (request.url.endsWith("/products")) return Response.json({ data: { id: 1 } }, { status: 201 });
      const order_details = (sent.order_details ?? []).map(({ quantity, unit_price, discount }) => ({
        ...{ quantity: Number(quantity).toFixed(4), unit_price: Number(unit_price).toFixed(4) },
        discount: Number(discount).toFixed(4),
        extended_price: price(Number(quantity), Number(unit_price), Number(discount)).toFixed(4),
      }));
      const subtotal = order_details.reduce((sum, { extended_price }) => sum + Number(extended_price), 0).toFixed(4);
      last = { order_details, subtotal, taxes: "0.0000", shipping_fee: "0.0000", order_total: subtotal };
      return Response.json({ data: last }, { status: 201, headers });
    },
  });
}

function halfToEven(cents: number): number {
  const up = Math.round(cents);
  return up - cents === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

test.each([
  ["floats", (quantity: number, price: number, discount: number) => quantity * price * (1 - discount)],
  [
    "four places",
    (quantity: number, price: number, off: number) => Math.round(quantity * price * (1 - off) * 1e4) / 1e4,
  ],
  [
    "half to even",
    (quantity: number, price: number, off: number) => halfToEven(quantity * price * (1 - off) * 100) / 100,
  ],
])("detects a server that computes with %s, by its extended prices", async (_name, price) => {
  const server = wrongServer(price);
  const { broken } = await checkMoney(`http://127.0.0.1:${server.port}`, 100_000, 1);
  await server.stop(true);
  expect(broken.join("\n")).toContain("extended_price");
});
