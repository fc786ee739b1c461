import { expect, test } from "bun:test";
import { fromUnits, one } from "northwind-api/src/contract/decimal.ts";
import type { Locale } from "../../../messages/text.ts";
import type { DetailStock } from "../../portions.ts";
import { blankDetail, type DetailDraft, emptyDraft } from "./draft.ts";
import { warningsOf } from "./warnings.ts";

const pieces = (whole: number) => fromUnits(BigInt(whole) * one);
const day = "2026-11-20";
/** Of product 1 five are available, of product 2 none; the stock of 3 is not kept. */
const available = new Map([
  [1, pieces(5)],
  [2, pieces(0)],
]);

function row(
  at: number,
  id: number,
  quantity: string,
  stock?: Pick<DetailStock, "quantity" | "allocated" | "shipped">,
) {
  const made = { ...blankDetail(`r${at}`), product: { id, name: "Tea" }, quantity };
  if (stock === undefined) return made;
  return { ...made, id: at, stock: { ...stock, invoiced: pieces(0), returned: pieces(0), status_id: 1 } };
}

function said(details: readonly DetailDraft[], locale: Locale = "en"): readonly string[] {
  const warnings = warningsOf({ ...emptyDraft(day), details }, locale, { today: day, available });
  return [...warnings].flatMap(([path, warning]) =>
    warning.kind === "short" ? [`${path} ${warning.available} ${warning.missing}`] : [],
  );
}

test("a line is short of what is not available; a product whose stock is not kept never is", () => {
  expect(said([row(1, 1, "5"), row(2, 3, "1000")])).toEqual([]);
  expect(said([row(1, 1, "7"), row(2, 2, "1")])).toEqual(["r1.quantity 5 2", "r2.quantity 0 1"]);
  expect(said([row(1, 1, "5,5")], "es")).toEqual(["r1.quantity 5 0,5"]);
  expect(said([row(1, 1, ""), row(2, 1, "many"), row(3, 2, "0")])).toEqual([]);
});

test("lines of the same product share what is available, the first one first", () => {
  expect(said([row(1, 1, "3"), row(2, 1, "3"), row(3, 1, "1")])).toEqual(["r2.quantity 2 1", "r3.quantity 0 1"]);
});

test("what a stored line holds or has shipped is its own, and as it is stored it asks for nothing more", () => {
  const stock = { quantity: pieces(6), allocated: pieces(3), shipped: pieces(1) };
  expect(said([row(1, 1, "6", stock), row(2, 1, "5")])).toEqual([]);
  expect(said([row(1, 1, "9", stock)])).toEqual([]);
  expect(said([row(1, 1, "10", stock)])).toEqual(["r1.quantity 5 1"]);
  expect(said([row(1, 1, "2", stock), row(2, 1, "6")])).toEqual(["r2.quantity 5 1"]);
});
