import { expect, test } from "bun:test";
import { changesOf, goodsMoves, type State } from "./changes.ts";

function detail(id: number, quantity: string, sold: object = {}): NonNullable<State["order_details"]>[number] {
  const amounts: State = JSON.parse(
    JSON.stringify({
      order_details: [
        { id, order_id: 1, product_id: id * 10, quantity, unit_price: "1.0000", discount: "0.0000", ...sold },
      ],
    }),
  );
  const [row] = amounts.order_details ?? [];
  if (row === undefined) throw new Error("no row");
  return row;
}

const noNames = { before: null, after: null, product: null };

test("a change is listed field by field, and row by row with its product", () => {
  const before: State = { notes: null, status_id: 0, order_details: [detail(1, "2.0000"), detail(2, "1.0000")] };
  const after: State = { notes: "Ring", status_id: 0, order_details: [detail(1, "3.0000"), detail(3, "7.0000")] };
  expect(changesOf(before, after)).toEqual([
    { field: "notes", productId: null, isDetail: false, before: null, after: "Ring", names: noNames },
    { field: "quantity", productId: 10, isDetail: true, before: "2.0000", after: "3.0000", names: noNames },
    { field: null, productId: 20, isDetail: true, before: "1.0000", after: null, names: noNames },
    { field: null, productId: 30, isDetail: true, before: null, after: "7.0000", names: noNames },
  ]);
});

test("a line for which goods were bought says by which purchase order", () => {
  const before: State = { order_details: [detail(1, "2.0000", { purchase_order_id: null })] };
  const after: State = { order_details: [detail(1, "2.0000", { purchase_order_id: 265 })] };
  expect(changesOf(before, after)).toEqual([]);
  expect(goodsMoves(before, after)).toMatchObject([
    { field: "purchase_order_id", productId: 10, isDetail: true, before: null, after: 265 },
  ]);
});

test("products are called as they were sold, and moved rows are one change", () => {
  const [tea, jam] = [{ product_name: "Tea" }, { product_name: "Jam" }];
  const before: State = { order_details: [detail(1, "2.0000", tea), detail(2, "1.0000", jam), detail(3, "1.0000")] };
  const after: State = { order_details: [detail(2, "1.0000", jam), detail(1, "5.0000", tea)] };
  expect(changesOf(before, after)).toMatchObject([
    { field: "quantity", names: { product: "Tea" } },
    { field: null, productId: 30, names: { product: null } },
    { field: "position", before: "Tea, Jam", after: "Jam, Tea" },
  ]);
});

test("a write that changed nothing has no changes", () => {
  expect(changesOf({ notes: "x", order_details: [] }, { notes: "x", order_details: [] })).toEqual([]);
});

test("what happened to the goods is told row by row, and is no change of the order", () => {
  const [none, some] = ["0.0000", "2.0000"];
  const tea = { product_name: "Tea", allocated: some, shipped: none, returned: none };
  const before: State = { order_details: [detail(1, "2.0000", tea), detail(2, "1.0000")] };
  const after: State = {
    order_details: [detail(1, "2.0000", { ...tea, allocated: none, shipped: some }), detail(2, "1.0000")],
  };
  expect(changesOf(before, after)).toEqual([]);
  expect(goodsMoves(before, after)).toMatchObject([
    { field: "allocated", before: some, after: none, names: { product: "Tea" } },
    { field: "shipped", before: none, after: some, names: { product: "Tea" } },
  ]);
  // A state of an older version says nothing of goods.
  expect(goodsMoves({ order_details: [detail(1, "2.0000")] }, after)).toEqual([]);
});
