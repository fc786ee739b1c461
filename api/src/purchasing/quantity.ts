// How much is bought: what lacks, in the packs of the supplier and at least the minimum. Quantities are in units.
import { largestUnits, one, quantityText, toUnits } from "../contract/decimal.ts";
import type { PurchaseTerms } from "./terms.ts";

/** What a quantity that is bought must obey. */
export interface BuyingRule {
  /** It is a multiple of this. */
  readonly step: bigint;
  readonly least: bigint;
}

interface BoughtProduct {
  readonly stocked: boolean;
  readonly sold_in_fractions: boolean;
  readonly minimum_reorder_quantity: number | null;
}

/** The rule for a product on these terms; without terms there is no pack. */
export function buyingRule(
  product: BoughtProduct,
  terms: Pick<PurchaseTerms, "pack_quantity" | "minimum_quantity"> | null,
): BuyingRule {
  const pack = terms === null ? 1n : toUnits(terms.pack_quantity);
  const isWhole = product.stocked && !product.sold_in_fractions;
  const ofProduct = BigInt(product.minimum_reorder_quantity ?? 0) * one;
  const ofSupplier = terms === null ? 0n : toUnits(terms.minimum_quantity);
  return {
    // Where pieces are whole, so many packs that they are whole pieces together.
    step: isWhole ? (pack * one) / divisorOf(pack, one) : pack,
    least: ofProduct > ofSupplier ? ofProduct : ofSupplier,
  };
}

/** What is to be bought if so much lacks. */
export function toBuy(lacking: bigint, { step, least }: BuyingRule): bigint {
  const quantity = multipleFrom(lacking > least ? lacking : least, step);
  return quantity > largestUnits ? largestUnits : quantity;
}

/** What is wrong with a quantity that somebody chose, or null. */
export function quantityFault(quantity: bigint, rule: BuyingRule): string | null {
  const { step, least } = rule;
  if (quantity > 0n && quantity >= least && quantity % step === 0n) return null;
  const packs = step === 1n ? "" : ` in steps of ${quantityText(step)}`;
  const next = toBuy(quantity > 0n ? quantity : 1n, rule);
  return `Must be at least ${quantityText(multipleFrom(least > 0n ? least : 1n, step))}${packs}: ${quantityText(next)} would do.`;
}

function multipleFrom(quantity: bigint, step: bigint): bigint {
  return ((quantity + step - 1n) / step) * step;
}

function divisorOf(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisorOf(b, a % b);
}
