import { expect, test } from "bun:test";
import { changesOf } from "./changes.ts";

const rice = { id: 1, product_id: 7, product_name: "Rice", product_code: "R", quantity: "5.0000", received: "0.0000" };
const oats = { ...rice, id: 2, product_id: 8, product_name: "Oats", product_code: "O" };
// Changes read no other member of the states.
const state = (fields: object): object => ({ status_id: 0, supplier_id: 2, notes: null, ...fields });

test("what differs is named field by field, then line by line", () => {
  const before = state({ purchase_order_details: [rice, oats] });
  const after = state({
    ...{ status_id: 2, notes: "By lorry" },
    purchase_order_details: [
      { ...rice, received: "2.0000" },
      { ...oats, id: 3 },
    ],
  });
  expect(changesOf(before, after)).toEqual([
    { field: "status_id", product: null, before: 0, after: 2 },
    { field: "notes", product: null, before: null, after: "By lorry" },
    { field: "received", product: "Rice", before: "0.0000", after: "2.0000" },
    { field: null, product: "Oats", before: "5.0000", after: null },
    { field: null, product: "Oats", before: null, after: "5.0000" },
  ]);
  expect(changesOf(before, before)).toEqual([]);
});

test("another product in the same line is named by both names", () => {
  const before = state({ purchase_order_details: [rice] });
  const after = state({ purchase_order_details: [{ ...oats, id: 1 }] });
  expect(changesOf(before, after)).toEqual([{ field: "product_id", product: null, before: "Rice", after: "Oats" }]);
});

test("what one may not see is no change", () => {
  const priced = state({ purchase_order_details: [{ ...rice, unit_cost: "2.0000" }] });
  const dearer = state({ purchase_order_details: [{ ...rice, unit_cost: "3.0000" }] });
  expect(changesOf(priced, dearer)).toEqual([
    { field: "unit_cost", product: "Rice", before: "2.0000", after: "3.0000" },
  ]);
  const unpriced = state({ purchase_order_details: [rice] });
  expect(changesOf(unpriced, unpriced)).toEqual([]);
});
