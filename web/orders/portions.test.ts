import { describe, expect, test } from "bun:test";
import { fromUnits, one } from "northwind-api/src/contract/decimal.ts";
import { mergeOrder } from "./form/conflict/merge.ts";
import { typingIssues } from "./form/draft/check.ts";
import { asNewRow, blankDetail, type DetailDraft, type Draft, emptyDraft, isCommitted } from "./form/draft/draft.ts";
import { committedUnits, type DetailStock, portionsOf } from "./portions.ts";

const allocated: DetailStock = {
  ...{ quantity: decimal("8"), allocated: decimal("8"), shipped: decimal("0"), invoiced: decimal("0") },
  ...{ returned: decimal("0"), status_id: 1 },
};

function decimal(whole: string): DetailStock["quantity"] {
  return fromUnits(BigInt(whole) * one);
}

function words(more: Partial<DetailStock>): readonly string[] {
  return portionsOf({ ...allocated, ...more }).map(
    ({ kind, quantity, isAll }) => `${kind} ${isAll ? "all" : quantity}`,
  );
}

describe("the portions of a detail", () => {
  test("are what is shipped, what is allocated and what is open", () => {
    expect(words({})).toEqual(["allocated all"]);
    const some = { allocated: decimal("3"), shipped: decimal("1") };
    expect(words({ ...some, status_id: 5 })).toEqual(["shipped 1.0000", "allocated 3.0000", "noStock 4.0000"]);
    expect(words({ ...some, status_id: 4 }).at(-1)).toBe("onOrder 4.0000");
    expect(words({ ...some, status_id: 2 }).at(-1)).toBe("open 4.0000");
    const gone = { allocated: decimal("0"), shipped: decimal("8"), status_id: 3 };
    expect(words(gone)).toEqual(["shipped all"]);
    expect(words({ ...gone, returned: decimal("2") })).toEqual(["shipped all", "returned 2.0000"]);
  });

  test("are none while a product without stock is not shipped, and of a detail of nothing", () => {
    for (const status_id of [0, 2, null]) expect(words({ allocated: decimal("0"), status_id })).toEqual([]);
    expect(words({ quantity: decimal("0"), allocated: decimal("0"), status_id: 5 })).toEqual([]);
  });
});

describe("a line in the form", () => {
  const row = (stock: DetailStock, quantity: string): DetailDraft => {
    return { ...blankDetail("d1"), id: 1, product: { id: 3, name: "Tea" }, quantity, unit_price: "4", stock };
  };
  const draftWith = (...details: readonly DetailDraft[]): Draft => ({ ...emptyDraft("2026-11-20"), details });
  const issues = (stock: DetailStock, quantity: string) => [
    ...typingIssues(draftWith(row(stock, quantity)), "en", "edit"),
  ];
  const shipped = { ...allocated, allocated: decimal("5"), shipped: decimal("3") };
  const invoiced = { ...allocated, invoiced: decimal("4") };

  test("of which goods are allocated may get any quantity", () => {
    expect(issues(allocated, "1")).toEqual([]);
    expect(isCommitted(row(allocated, "1"))).toBe(false);
  });

  test("may not get less than is shipped or invoiced", () => {
    expect([committedUnits(shipped), committedUnits(invoiced)]).toEqual([30_000n, 40_000n]);
    expect(issues(shipped, "2.5")).toEqual([["d1.quantity", "committed"]]);
    expect(issues(invoiced, "3")).toEqual([["d1.quantity", "committed"]]);
    expect([issues(shipped, "3"), issues(invoiced, "4")]).toEqual([[], []]);
  });

  test("is new when it is copied: nothing of it is shipped", () => {
    expect(isCommitted(row(shipped, "8"))).toBe(true);
    expect(asNewRow(row(shipped, "8"))).toMatchObject({ id: null, quantity: "8" });
    expect(isCommitted(asNewRow(row(shipped, "8")))).toBe(false);
  });

  test("that someone else has shipped from keeps its product; its quantity may still be mine", () => {
    const base = draftWith(row(allocated, "8"));
    const mine = draftWith({ ...row(allocated, "6"), product: { id: 4, name: "Honey" } });
    const theirs = draftWith({ ...row(shipped, "8"), discount: "5" });
    const merge = mergeOrder({ base, mine, theirs }, { locale: "en", isLocked: false });
    expect(merge.settle(new Map()).details).toMatchObject([
      { product: { name: "Tea" }, quantity: "6", discount: "5", stock: shipped },
    ]);
  });

  test("that someone else has shipped from is not removed", () => {
    const merge = mergeOrder(
      { base: draftWith(row(allocated, "8")), mine: draftWith(), theirs: draftWith(row(shipped, "8")) },
      { locale: "en", isLocked: false },
    );
    expect(merge.settle(new Map()).details).toMatchObject([{ id: 1, quantity: "8" }]);
  });
});
