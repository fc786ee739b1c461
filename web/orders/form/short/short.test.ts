import { describe, expect, test } from "bun:test";
import { fromUnits, one, toUnits } from "northwind-api/src/contract/decimal.ts";
import type { ProductSupplier } from "northwind-api/src/purchasing/fields.ts";
import { dateTime } from "sqlproof";
import type { Order } from "../../../api/types.ts";
import type { DetailStock } from "../../portions.ts";
import { isChanged } from "../draft/body.ts";
import { blankDetail, type DetailDraft, type Draft, emptyDraft } from "../draft/draft.ts";
import { shortagesOf } from "../draft/shortages.ts";
import { formReducer, formStateOf } from "../form-state.ts";
import { linesToBuy } from "./lines-to-buy.ts";
import { type BuyableProduct, offerFor, purchaseOf, takeable } from "./offer.ts";

const pieces = (whole: number) => fromUnits(BigInt(whole) * one);
const now = dateTime("2026-11-20T15:00:00");
const whole: BuyableProduct = {
  ...{ stocked: true, sold_in_fractions: false, discontinued: false },
  ...{ minimum_reorder_quantity: null, standard_cost: "2.0000" },
};

function seller(supplier_id: number, more: Partial<ProductSupplier> = {}): ProductSupplier {
  const terms = { pack_quantity: pieces(1), minimum_quantity: pieces(0), lead_time_days: null, unit_cost: null };
  const names = { company: `S${supplier_id}`, supplier_product_code: null, position: 1 };
  return { supplier_id, ...names, ...terms, ...more };
}

function offered(missing: string, product: BuyableProduct, ...sellers: readonly ProductSupplier[]): readonly string[] {
  const offer = offerFor(toUnits(decimal(missing)), product, sellers, now);
  if (offer.kind === "none") return [offer.why];
  return offer.purchases.map(({ supplier, quantity, because, expected }) =>
    [supplier.name, quantity, because?.kind, because?.quantity, expected].filter((part) => part != null).join(" "),
  );
}

/** Written with four places. */
function decimal(text: string): ReturnType<typeof fromUnits> {
  const [units = "0", places = ""] = text.split(".");
  return fromUnits(BigInt(units + places.padEnd(4, "0")));
}

describe("what is bought of what is missing", () => {
  test("is that, in packs and at least the minimum, from the preferred supplier first", () => {
    expect(offered("2", whole, seller(1), seller(2, { pack_quantity: pieces(6), lead_time_days: 4 }))).toEqual([
      "S1 2.0000",
      "S2 6.0000 pack 6.0000 2026-11-24T00:00:00",
    ]);
    expect(offered("7", whole, seller(1, { pack_quantity: pieces(6) }))).toEqual(["S1 12.0000 pack 6.0000"]);
    expect(offered("2", whole, seller(1, { minimum_quantity: pieces(10) }))).toEqual(["S1 10.0000 least 10.0000"]);
    expect(offered("2", { ...whole, minimum_reorder_quantity: 5 }, seller(1, { pack_quantity: pieces(4) }))).toEqual([
      "S1 8.0000 pack 4.0000",
    ]);
    // Exact, where a binary fraction is not.
    const loose = { ...whole, sold_in_fractions: true };
    expect(offered("0.3", loose, seller(1, { pack_quantity: decimal("0.1") }))).toEqual(["S1 0.3000"]);
    expect(offered("90071992547409.9301", loose, seller(1, { pack_quantity: decimal("0.0001") }))).toEqual([
      "S1 90071992547409.9301",
    ]);
  });

  test("is nothing of a discontinued product, or where nobody sells it or nobody knows what it costs", () => {
    expect(offered("2", { ...whole, discontinued: true }, seller(1))).toEqual(["discontinued"]);
    expect(offered("2", whole)).toEqual(["noSeller"]);
    const { standard_cost: _, ...costless } = whole;
    expect(offered("2", costless, seller(1))).toEqual(["noCost"]);
    // Whoever has a price of its own can be asked all the same.
    expect(offered("2", { ...whole, standard_cost: null }, seller(1), seller(2, { unit_cost: pieces(3) }))).toEqual([
      "S2 2.0000",
    ]);
  });

  test("a line takes whole pieces where the product is sold in these only", () => {
    const shortage = { available: 0n, missing: one, enough: 25_000n, awaited: one, isStored: false };
    expect([takeable(shortage, whole), takeable(shortage, { ...whole, sold_in_fractions: true })]).toEqual([
      20_000n,
      25_000n,
    ]);
    expect(takeable(shortage, null)).toBe(25_000n);
  });
});

const mill = { id: 7, name: "Mill" };
const stock: DetailStock = {
  ...{ quantity: pieces(4), allocated: pieces(1), shipped: pieces(0), invoiced: pieces(0), returned: pieces(0) },
  ...{ status_id: 5, product_id: 1, purchase_order_id: null },
};

function row(key: string, product: number, quantity: string, more: Partial<DetailDraft> = {}): DetailDraft {
  return { ...blankDetail(key), product: { id: product, name: `P${product}` }, quantity, ...more };
}

test("a purchase order that is to bring a stored line is the only one, until the line gets another product", () => {
  const owed = { ...stock, status_id: 4, purchase_order_id: 12 };
  expect(purchaseOf(row("d1", 1, "4", { id: 1, stock: owed }))).toBe(12);
  expect(purchaseOf(row("d1", 2, "4", { id: 1, stock: owed }))).toBe(null);
  expect([purchaseOf(row("d1", 1, "4", { id: 1, stock })), purchaseOf(row("r1", 1, "4"))]).toEqual([null, null]);
});

describe("the lines that are to be bought", () => {
  const draftWith = (...details: readonly DetailDraft[]): Draft => ({ ...emptyDraft("2026-11-20"), details });
  /** The order as it is stored, with so much allocated of each line. */
  const orderOf = (draft: Draft, ...allocated: readonly number[]): Order =>
    Object({
      id: 9,
      order_details: draft.details
        .filter(({ product }) => product !== null)
        .map(({ product, quantity }, at) => ({
          ...{ ...stock, id: 100 + at, product_id: product?.id, quantity: pieces(Number(quantity)) },
          allocated: pieces(allocated[at] ?? 0),
        })),
    });
  const available = new Map([[1, pieces(2)]]);
  const found = (draft: Draft, order: Order) => {
    const shortages = shortagesOf(draft, "en", available);
    const { lines, notNeeded } = linesToBuy(draft, order, { shortages, available });
    return [...lines.map(({ id, supplier_id, row, name }) => `${id} from ${supplier_id}: ${row} ${name}`), notNeeded];
  };

  test("are the marked ones that are short, as they are stored; a blank row counts in their numbers only", () => {
    const draft = draftWith(
      blankDetail("r0"),
      row("r1", 1, "1", { buyFrom: mill }),
      row("r2", 1, "5", { buyFrom: mill }),
    );
    expect(found(draft, orderOf(draft, 1, 1))).toEqual(["101 from 7: 3 P1", 0]);
    // What is available of this product is not known: the mark counts.
    const other = draftWith(row("r1", 2, "5", { buyFrom: mill }), row("r2", 2, "5"));
    expect(found(other, orderOf(other))).toEqual(["100 from 7: 1 P2", 0]);
  });

  test("are not those of which all is there by now", () => {
    const draft = draftWith(row("r1", 1, "5", { buyFrom: mill }));
    expect(found(draft, orderOf(draft, 5))).toEqual([1]);
  });

  test("a mark is a change, and goes with another product, with what is there, or with the choice to wait", () => {
    const base = draftWith(row("d1", 1, "4", { id: 1, stock }));
    const marked = formReducer(formStateOf(base), { type: "buy", key: "d1", supplier: mill });
    expect(marked.draft.details[0]?.buyFrom).toEqual(mill);
    expect([isChanged(base, base, "en"), isChanged(marked.draft, base, "en")]).toEqual([false, true]);
    const product = { id: 2, name: "P2" };
    for (const action of [
      { type: "product", key: "d1", product, price: "1" },
      { type: "take", key: "d1", quantity: "3" },
      { type: "buy", key: "d1", supplier: null },
    ] as const)
      expect([action.type, formReducer(marked, action).draft.details[0]?.buyFrom]).toEqual([action.type, undefined]);
    expect(formReducer(marked, { type: "take", key: "d1", quantity: "3" })).toMatchObject({
      draft: { details: [{ quantity: "3" }] },
      focus: { path: "d1.quantity" },
    });
  });
});
