// What can be done about a line that is short: offer.ts decides what is bought from whom, facts.ts reads what that
// depends on, short-line.tsx shows it in the row, use-buying.ts buys when the order is saved.
import { addDays, type businessTime } from "northwind-api/src/company/business-time.ts";
import { fromUnits, one } from "northwind-api/src/contract/decimal.ts";
import { detailStatus } from "northwind-api/src/orders/stock/quantities.ts";
import type { ProductSupplier } from "northwind-api/src/purchasing/fields.ts";
import { buyingRule, toBuy } from "northwind-api/src/purchasing/quantity.ts";
import type { DetailDraft } from "../draft/draft.ts";
import type { Shortage } from "../draft/shortages.ts";

type BusinessTime = ReturnType<typeof businessTime>;

/** A product, as far as buying it depends on it. */
export interface BuyableProduct {
  readonly stocked: boolean;
  readonly sold_in_fractions: boolean;
  readonly discontinued: boolean;
  readonly minimum_reorder_quantity: number | null;
  /** Absent for who may not see costs. */
  readonly standard_cost?: string | null;
}

/** What is bought, and from whom. */
export interface Purchase {
  readonly supplier: NonNullable<DetailDraft["buyFrom"]>;
  /** What is missing, in the packs of the supplier and at least the minimum. */
  readonly quantity: string;
  /** Why it is more than is missing, or null. */
  readonly because: { readonly kind: "pack" | "least"; readonly quantity: string } | null;
  /** When it would come, or null if nobody says how long it takes. */
  readonly expected: BusinessTime | null;
}

/** From whom the missing rest of a line can be bought, or why from nobody. */
export type Offer =
  | { readonly kind: "buy"; readonly purchases: readonly [Purchase, ...Purchase[]] }
  | { readonly kind: "none"; readonly why: "discontinued" | "noSeller" | "noCost" };

/** What is offered for so many missing units; `sellers` have the preferred one first. */
export function offerFor(
  missing: bigint,
  product: BuyableProduct,
  sellers: readonly ProductSupplier[],
  now: BusinessTime,
): Offer {
  if (product.discontinued) return { kind: "none", why: "discontinued" };
  if (sellers.length === 0) return { kind: "none", why: "noSeller" };
  const [first, ...others] = sellers
    .filter(({ unit_cost }) => (unit_cost ?? product.standard_cost ?? null) !== null)
    .map((seller) => purchaseFrom(seller, missing, product, now));
  return first === undefined ? { kind: "none", why: "noCost" } : { kind: "buy", purchases: [first, ...others] };
}

function purchaseFrom(seller: ProductSupplier, missing: bigint, product: BuyableProduct, now: BusinessTime): Purchase {
  const { supplier_id: id, company, lead_time_days } = seller;
  const rule = buyingRule(product, seller);
  const units = toBuy(missing, rule);
  const because =
    units === rule.least ? { kind: "least" as const, units } : { kind: "pack" as const, units: rule.step };
  return {
    supplier: { id, name: company || `#${id}` },
    quantity: fromUnits(units),
    because: units === missing ? null : { kind: because.kind, quantity: fromUnits(because.units) },
    expected: lead_time_days === null ? null : addDays(now, lead_time_days),
  };
}

/** The most that a line can take without being short, in whole pieces where the product is sold in these only. */
export function takeable({ enough }: Shortage, product: BuyableProduct | null): bigint {
  const isWhole = product?.stocked === true && !product.sold_in_fractions;
  return isWhole ? enough - (enough % one) : enough;
}

/** The purchase order that is to bring what is open of a stored line: as long as there is one, no other is made. */
export function purchaseOf({ stock, product }: DetailDraft): number | null {
  if (stock?.status_id !== detailStatus.onOrder || stock.product_id !== product?.id) return null;
  return stock.purchase_order_id ?? null;
}
