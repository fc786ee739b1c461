import { expect, test } from "bun:test";
import { hitsOf, isCalled, orderNumber } from "./search.ts";

const order = (id: number) => ({ id, ship_name: "Ann", customer: null });
const product = (id: number, product_code: string, product_name: string) => ({ id, product_code, product_name });
const keys = (typed: string, found: Partial<Parameters<typeof hitsOf>[1]>) =>
  hitsOf(typed, { orders: [], customers: [], products: [], ...found }).map(({ key, isExact }) => [key, isExact]);

test("an exact code comes before all codes that contain it, and what has the name before the orders of it", () => {
  const products = [product(1, "NW-70", "A"), product(2, "NW-700", "B"), product(3, "nw-7", "C")];
  expect(keys("NW-7", { orders: [order(9)], products })).toEqual([
    ["products-3", true],
    ["products-1", false],
    ["products-2", false],
    ["order-9", false],
  ]);
});

test("the order with the typed number is as exact as a code that is this number", () => {
  const found = { orders: [order(805), order(1805)], products: [product(4, "805", "D")] };
  for (const typed of ["805", " 805 "])
    expect(keys(typed, found)).toEqual([
      ["products-4", true],
      ["order-805", true],
      ["order-1805", false],
    ]);
  expect(keys("#805", found).filter(([, isExact]) => isExact)).toEqual([["order-805", true]]);
  // Another document with this number comes after the order, and is no choice that has to be made.
  const purchase = { key: "p", name: "#805", about: "", href: "/purchase_orders/805", isExact: false };
  expect(keys("#805", { orders: [order(805)], documents: [purchase] })).toEqual([
    ["order-805", true],
    ["p", false],
  ]);
  expect(["order 12", "Pedido #12", "12", "012", "order"].map(orderNumber)).toEqual([12, 12, 12, null, null]);
});

test("an exact hit is among those that are shown, however far down the API ranks it", () => {
  const many = Array.from({ length: 30 }, (_, id) => ({ id: id + 1, company: id === 29 ? "Alfa" : `Alfa ${id}` }));
  expect(keys("alfa", { customers: many })).toHaveLength(6);
  expect(keys("alfa", { customers: many })[0]).toEqual(["customers-30", true]);
});

test("case, accents and spaces make no other name", () => {
  expect(isCalled("Caf\u00e9  Nordlys", " cafe nordlys")).toBe(true);
  for (const name of ["", null, "Caf\u00e9"]) expect(isCalled(name, "")).toBe(false);
});
