import { expect, test } from "bun:test";
import { fromUnits, one } from "northwind-api/src/contract/decimal.ts";
import type { Locale } from "../../../messages/text.ts";
import type { DetailStock } from "../../portions.ts";
import { blankDetail, type DetailDraft, emptyDraft } from "./draft.ts";
import { shortagesOf } from "./shortages.ts";
import { warningsOf } from "./warnings.ts";

const pieces = (whole: number) => fromUnits(BigInt(whole) * one);
const day = "2026-11-20";
/** Of product 1 five are available, of product 2 none; the stock of 3 is not kept. */
const available = new Map([
  [1, pieces(5)],
  [2, pieces(0)],
]);

type Stored = Pick<DetailStock, "quantity" | "allocated" | "shipped" | "product_id">;

function row(at: number, id: number, quantity: string, stock?: Stored): DetailDraft {
  const made = { ...blankDetail(`r${at}`), product: { id, name: "Tea" }, quantity };
  if (stock === undefined) return made;
  return { ...made, id: at, stock: { ...stock, invoiced: pieces(0), returned: pieces(0), status_id: 1 } };
}

function said(details: readonly DetailDraft[], locale: Locale = "en"): readonly string[] {
  const draft = { ...emptyDraft(day), details };
  const warnings = warningsOf(draft, locale, { today: day, shortages: shortagesOf(draft, locale, available) });
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

/** What each short line can have at once, lacks and waits for. */
function shortages(...details: readonly DetailDraft[]): readonly string[] {
  const short = shortagesOf({ ...emptyDraft(day), details }, "en", available);
  return [...short].map(([key, { enough, missing, awaited, isStored }]) =>
    [key, ...[enough, missing, awaited].map(fromUnits), ...(isStored ? ["stored"] : [])].join(" "),
  );
}

test("a line can have what is left and what it holds; what it waits for comes after the new lines before it", () => {
  const stock = { quantity: pieces(6), allocated: pieces(3), shipped: pieces(1) };
  expect(shortages(row(1, 1, "3"), row(2, 1, "3.5"), row(3, 1, "1"))).toEqual([
    "r2 2.0000 1.5000 6.5000",
    "r3 0.0000 1.0000 7.5000",
  ]);
  // A stored line has a place of its own among those who wait.
  expect(shortages(row(1, 1, "2"), row(2, 1, "10", stock))).toEqual(["r2 7.0000 3.0000 6.0000"]);
});

test("a line that is stored short is short, and takes nothing from the others", () => {
  const stock = { quantity: pieces(20), allocated: pieces(3), shipped: pieces(1) };
  expect(shortages(row(1, 1, "20", stock), row(2, 1, "6"))).toEqual([
    "r1 9.0000 11.0000 16.0000 stored",
    "r2 5.0000 1.0000 6.0000",
  ]);
});

test("what a line held of another product is not its own any more", () => {
  const stock = { quantity: pieces(3), allocated: pieces(3), shipped: pieces(0), product_id: 9 };
  expect(shortages(row(1, 2, "3", stock))).toEqual(["r1 0.0000 3.0000 3.0000"]);
  expect(shortages(row(1, 2, "3", { ...stock, product_id: 2 }))).toEqual([]);
});
