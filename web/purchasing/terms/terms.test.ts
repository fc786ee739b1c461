import { describe, expect, test } from "bun:test";
import type { Side } from "../../form/merge.ts";
import { bodyOf, newRow, problemsOf, readTerm, type TermField, type TermsDraft, type TermsRow } from "./draft.ts";
import { mergeTerms } from "./merge.ts";

function row(id: number, texts: Partial<Record<TermField, string>> = {}): TermsRow {
  const empty = newRow({ id, name: `S${id}` });
  return { ...empty, texts: { ...empty.texts, ...texts } };
}

const draft = (...rows: TermsRow[]): TermsDraft => ({ rows });

describe("what is typed is read in the language of the page", () => {
  test("amounts exactly, what is left empty as what goes without saying", () => {
    const terms = { unit_cost: "1.234,5678", pack_quantity: "6", lead_time_days: "5" };
    const read = bodyOf(draft(row(7, terms), row(8)), "es", true);
    const usual = { supplier_product_code: null, minimum_quantity: "0.0000" };
    expect(read.suppliers).toEqual([
      { supplier_id: 7, ...usual, unit_cost: "1234.5678", pack_quantity: "6.0000", lead_time_days: 5 },
      { supplier_id: 8, ...usual, unit_cost: null, pack_quantity: "1.0000", lead_time_days: null },
    ]);
  });

  test("the cost is not sent by whoever does not see it: it stays as it is", () => {
    const [sent] = bodyOf(draft(row(7, { pack_quantity: "6" })), "en", false).suppliers;
    expect(Object.keys(sent ?? {})).toEqual([
      ...["supplier_id", "supplier_product_code", "pack_quantity", "minimum_quantity", "lead_time_days"],
    ]);
  });

  test("a row with nothing in it is not sent, and no fault", () => {
    const rows = draft(row(7), newRow(null));
    expect(bodyOf(rows, "en", true).suppliers).toHaveLength(1);
    expect([...problemsOf(rows, "en")]).toEqual([]);
  });

  const wrong: readonly (readonly [TermField, string, string])[] = [
    ["unit_cost", "-1", "typing.negative"],
    ["unit_cost", "1.23456", "typing.scale"],
    ["unit_cost", "9".repeat(20), "typing.range"],
    ["pack_quantity", "0.0", "terms.noPack"],
    ["minimum_quantity", "few", "typing.number"],
    ["lead_time_days", "1.5", "typing.whole"],
    ["lead_time_days", "3651", "terms.tooLate"],
    ["supplier_product_code", "x".repeat(51), "typing.long"],
  ];
  test.each(wrong)("%s %s: %s", (field, text, problem) => {
    expect(Object(readTerm(field, text, "en"))).toEqual({ problem });
  });
});

describe("three drafts are merged", () => {
  const base = draft(row(1, { unit_cost: "1.00" }), row(2), row(3));
  const merge = (mine: TermsDraft, theirs: TermsDraft, choices: readonly (readonly [string, Side])[] = []) => {
    const { clashes, taken, settle } = mergeTerms({ base, mine, theirs }, "en");
    const keys = (all: typeof clashes) => all.map(({ key }) => key);
    const rows = settle(new Map(choices)).rows.map(({ supplier, texts }) => [supplier?.id, texts.unit_cost]);
    return { clashes: keys(clashes), taken: keys(taken), rows };
  };

  test("the same amount in other words is no change", () => {
    expect(merge(draft(row(1, { unit_cost: "1" }), row(2), row(3)), base)).toMatchObject({ clashes: [], taken: [] });
  });

  test("what only one has changed is kept; what both have changed is chosen", () => {
    const mine = draft(row(1, { unit_cost: "2" }), row(2, { unit_cost: "5" }), row(3));
    const theirs = draft(row(1, { unit_cost: "3" }), row(2), row(3, { unit_cost: "6" }));
    expect(merge(mine, theirs)).toMatchObject({ clashes: ["1.unit_cost"], taken: ["3.unit_cost"] });
    expect(merge(mine, theirs, [["1.unit_cost", "theirs"]]).rows).toEqual([
      [1, "3"],
      [2, "5"],
      [3, "6"],
    ]);
  });

  test("suppliers are added and removed by both, and stay where they were put", () => {
    const mine = draft(row(4), row(1, { unit_cost: "1" }), row(3));
    const theirs = draft(row(1, { unit_cost: "1" }), row(5), row(2), row(3));
    expect(merge(mine, theirs)).toEqual({
      clashes: [],
      taken: ["5"],
      rows: [
        [4, ""],
        [1, "1"],
        [5, ""],
        [3, ""],
      ],
    });
  });

  test("who was removed by one and changed by the other is chosen", () => {
    const mine = draft(row(2), row(3));
    const theirs = draft(row(1, { unit_cost: "9" }), row(2), row(3));
    expect(merge(mine, theirs).clashes).toEqual(["1"]);
    expect(merge(mine, theirs, [["1", "mine"]]).rows).toEqual([
      [2, ""],
      [3, ""],
    ]);
    expect(merge(mine, theirs, [["1", "theirs"]]).rows).toEqual([
      [1, "9"],
      [2, ""],
      [3, ""],
    ]);
  });

  test("two orders of the same suppliers are one choice", () => {
    const mine = draft(row(2), row(1, { unit_cost: "1" }), row(3));
    const theirs = draft(row(3), row(1, { unit_cost: "1" }), row(2));
    expect(merge(mine, theirs).clashes).toEqual(["order"]);
    expect(merge(mine, theirs, [["order", "theirs"]]).rows.map(([id]) => id)).toEqual([3, 1, 2]);
    expect(merge(mine, base).rows.map(([id]) => id)).toEqual([2, 1, 3]);
  });
});
