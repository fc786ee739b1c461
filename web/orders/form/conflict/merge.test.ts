import { describe, expect, test } from "bun:test";
import { decimal } from "sqlproof";
import type { Side } from "../../../form/merge.ts";
import { blankDetail, type DetailDraft, type Draft, emptyDraft } from "../draft/draft.ts";
import { mergeOrder } from "./merge.ts";

function row(id: number, product: string, quantity: string, more: Partial<DetailDraft> = {}): DetailDraft {
  return {
    ...blankDetail(`d${id}`),
    id,
    product: { id: product.length, name: product },
    quantity,
    unit_price: "10.00",
    ...more,
  };
}

const base: Draft = {
  ...emptyDraft("2026-11-20"),
  details: [row(1, "Tea", "2"), row(2, "Honey", "5")],
};

function changed(
  texts: Partial<Draft["texts"]>,
  details = base.details,
  choices: Partial<Draft["choices"]> = {},
): Draft {
  return { ...base, texts: { ...base.texts, ...texts }, choices: { ...base.choices, ...choices }, details };
}

function merge(mine: Draft, theirs: Draft, isLocked = false) {
  return mergeOrder({ base, mine, theirs }, { locale: "en", isLocked });
}

const choose = (sides: Readonly<Record<string, Side>>) => new Map(Object.entries(sides));

describe("what does not clash", () => {
  test("different fields merge by themselves", () => {
    const result = merge(changed({ notes: "Ring" }), changed({ ship_city: "Berlin" }));
    expect(result.clashes).toEqual([]);
    expect(result.taken).toEqual([
      { key: "ship_city", field: "ship_city", detail: null, texts: { base: "", mine: "", theirs: "Berlin" } },
    ]);
    expect(result.settle(new Map()).texts).toMatchObject({ notes: "Ring", ship_city: "Berlin" });
  });

  test("the same change on both sides is no clash, also when it is typed otherwise", () => {
    const result = merge(changed({ shipping_fee: "12.5" }), changed({ shipping_fee: "12.50" }));
    expect([result.clashes, result.taken]).toEqual([[], []]);
  });

  test("different fields of one row merge, and rows of both sides stay", () => {
    const mine = changed({}, [
      row(1, "Tea", "3"),
      row(2, "Honey", "5"),
      { ...blankDetail("r1"), product: { id: 9, name: "Jam" }, quantity: "1" },
    ]);
    const theirs = changed({}, [row(1, "Tea", "2", { discount: "5" }), row(2, "Honey", "5"), row(3, "Salt", "7")]);
    const result = merge(mine, theirs);
    expect(result.clashes).toEqual([]);
    expect(result.taken.map(({ key }) => key)).toEqual(["1.discount", "3"]);
    const settled = result.settle(new Map()).details;
    expect(settled.map(({ id, quantity, discount }) => [id, quantity, discount])).toEqual([
      [1, "3", "5"],
      [2, "5", ""],
      [3, "7", ""],
      [null, "1", ""],
    ]);
  });

  test("what I wanted to buy for a row is still to be bought, unless it has another product now", () => {
    const buyFrom = { id: 7, name: "Mill" };
    const mine = changed({}, [row(1, "Tea", "2", { buyFrom }), row(2, "Honey", "5", { buyFrom })]);
    const theirs = changed({}, [row(1, "Tea", "9"), row(2, "Salmon", "5")]);
    expect(merge(mine, theirs).settle(new Map()).details).toMatchObject([
      { product: { name: "Tea" }, quantity: "9", buyFrom },
      { product: { name: "Salmon" } },
    ]);
    expect(merge(mine, theirs).settle(new Map()).details[1]).not.toHaveProperty("buyFrom");
  });

  test("a row that one side removed and the other left unchanged is removed", () => {
    const result = merge(changed({}, [row(2, "Honey", "5")]), changed({ notes: "x" }));
    expect(result.clashes).toEqual([]);
    expect(result.settle(new Map()).details.map(({ id }) => id)).toEqual([2]);
    const other = merge(changed({ notes: "x" }), changed({}, [row(2, "Honey", "5")]));
    expect(other.settle(new Map()).details.map(({ id }) => id)).toEqual([2]);
  });
});

describe("the order of the rows", () => {
  const [tea, honey, salt] = [row(1, "Tea", "2"), row(2, "Honey", "5"), row(3, "Salt", "7")];
  const added = { ...blankDetail("r1"), product: { id: 9, name: "Jam" }, quantity: "1" };
  const idsOf = ({ details }: Draft) => details.map(({ id }) => id);

  test("is the one that one side has changed, and a new row stays where it was put", () => {
    const mine = merge(changed({}, [honey, added, tea]), changed({}, [tea, honey, salt]));
    expect(mine.clashes).toEqual([]);
    expect(idsOf(mine.settle(new Map()))).toEqual([2, 3, null, 1]);
    const theirs = merge(changed({ notes: "x" }), changed({}, [honey, tea]));
    expect(theirs.taken.map(({ key, texts }) => [key, texts.theirs])).toEqual([["position", "Honey, Tea"]]);
    expect(idsOf(theirs.settle(new Map()))).toEqual([2, 1]);
  });

  test("is chosen when both have changed it differently, and stays theirs once the order is invoiced", () => {
    const three = { ...base, details: [tea, honey, salt] };
    const drafts = { base: three, mine: changed({}, [salt, tea, honey]), theirs: changed({}, [honey, tea, salt]) };
    const result = mergeOrder(drafts, { locale: "en", isLocked: false });
    expect(result.clashes.map(({ key }) => key)).toEqual(["position"]);
    expect(idsOf(result.settle(choose({ position: "mine" })))).toEqual([3, 1, 2]);
    expect(idsOf(result.settle(choose({ position: "theirs" })))).toEqual([2, 1, 3]);
    const locked = merge(changed({}, [honey, tea]), changed({}), true);
    expect([locked.lost.map(({ key }) => key), idsOf(locked.settle(new Map()))]).toEqual([["position"], [1, 2]]);
  });
});

describe("what clashes", () => {
  test("one field changed on both sides is chosen", () => {
    const result = merge(changed({ notes: "Mine" }), changed({ notes: "Theirs" }));
    expect(result.clashes).toEqual([
      { key: "notes", field: "notes", detail: null, texts: { base: "", mine: "Mine", theirs: "Theirs" } },
    ]);
    expect(result.settle(choose({ notes: "theirs" })).texts.notes).toBe("Theirs");
    expect(result.settle(choose({ notes: "mine" })).texts.notes).toBe("Mine");
  });

  test("one quantity changed on both sides names its product", () => {
    const mine = changed({}, [row(1, "Tea", "3"), row(2, "Honey", "5")]);
    const theirs = changed({}, [row(1, "Tea", "4"), row(2, "Honey", "5")]);
    const result = merge(mine, theirs);
    expect(result.clashes).toEqual([
      { key: "1.quantity", field: "quantity", detail: "Tea", texts: { base: "2", mine: "3", theirs: "4" } },
    ]);
    expect(result.settle(choose({ "1.quantity": "theirs" })).details[0]?.quantity).toBe("4");
  });

  test("a row that I changed and they removed is stored anew when mine is chosen", () => {
    const result = merge(changed({}, [row(1, "Tea", "3"), row(2, "Honey", "5")]), changed({}, [row(2, "Honey", "5")]));
    expect(result.clashes.map(({ key, texts }) => [key, texts.theirs])).toEqual([["1", null]]);
    expect(result.settle(choose({ "1": "mine" })).details.map(({ id }) => id)).toEqual([null, 2]);
    expect(result.settle(choose({ "1": "theirs" })).details.map(({ id }) => id)).toEqual([2]);
  });

  test("a row that I removed and they changed comes back when theirs is chosen", () => {
    const result = merge(changed({}, [row(2, "Honey", "5")]), changed({}, [row(1, "Tea", "9"), row(2, "Honey", "5")]));
    expect(result.clashes.map(({ key, texts }) => [key, texts.mine])).toEqual([["1", null]]);
    expect(result.settle(choose({ "1": "theirs" })).details.map(({ quantity }) => quantity)).toEqual(["9", "5"]);
    expect(result.settle(choose({ "1": "mine" })).details.map(({ quantity }) => quantity)).toEqual(["5"]);
  });
});

describe("an order that was invoiced meanwhile", () => {
  test("keeps its customer and details, and shows which of my changes are lost", () => {
    const added = { ...blankDetail("r1"), product: { id: 9, name: "Jam" }, quantity: "1" };
    const mine = changed({ notes: "Ring" }, [row(1, "Tea", "3"), row(2, "Honey", "5"), added], {
      customer_id: { id: 7, name: "Other" },
    });
    const result = merge(mine, changed({}), true);
    expect(result.lost.map(({ key }) => key)).toEqual(["customer_id", "1.quantity", "r1"]);
    const settled = result.settle(new Map());
    expect(settled.texts.notes).toBe("Ring");
    expect(settled.choices.customer_id).toBeNull();
    expect(settled.details.map(({ quantity }) => quantity)).toEqual(["2", "5"]);
  });
});

test("a line that was invoiced in part meanwhile keeps its price, its discount and its product, and takes my quantity", () => {
  const four = { allocated: decimal("0"), shipped: decimal("2"), invoiced: decimal("2"), returned: decimal("0") };
  const stock = { ...four, quantity: decimal("5"), status_id: 1 };
  const mine = changed({}, [row(1, "Rice", "3", { unit_price: "1.00", discount: "5" }), row(2, "Honey", "6")]);
  const result = merge(mine, changed({}, [row(1, "Tea", "2", { stock }), row(2, "Honey", "5")]));
  expect(result.lost.map(({ key }) => key)).toEqual(["1.product_id", "1.unit_price", "1.discount"]);
  expect(result.settle(new Map()).details).toMatchObject([
    { product: { name: "Tea" }, quantity: "3", unit_price: "10.00", discount: "" },
    { quantity: "6" },
  ]);
});
