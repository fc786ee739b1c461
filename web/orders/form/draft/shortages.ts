import { toUnits } from "northwind-api/src/contract/decimal.ts";
import { openOf, quantitiesOf } from "northwind-api/src/orders/stock/quantities.ts";
import { readAmount } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import type { Available } from "../../available.ts";
import type { DetailStock } from "../../portions.ts";
import type { DetailDraft, Draft } from "./draft.ts";

/** What a line is short of when the lines before have taken theirs. In units. */
export interface Shortage {
  /** What is left for it. */
  readonly available: bigint;
  readonly missing: bigint;
  /** With this quantity it is not short. */
  readonly enough: bigint;
  /** What it waits for, with the new lines of the same product before it: all of that must be there first. */
  readonly awaited: bigint;
  /** It is as it is stored: it was short before, and saving changes nothing of it. */
  readonly isStored: boolean;
}

/** The lines that ask for more than is available, by their keys. */
export function shortagesOf({ details }: Draft, locale: Locale, available: Available): ReadonlyMap<string, Shortage> {
  const short = new Map<string, Shortage>();
  const left = new Map<number, bigint>();
  const asked = new Map<number, bigint>();
  for (const row of details) {
    const there = row.product === null ? undefined : available.get(row.product.id);
    const ordered = orderedUnits(row, locale);
    if (row.product === null || there === undefined || ordered === null) continue;
    const { id } = row.product;
    const stock = stockOf(row);
    const held = heldUnits(stock);
    const wanted = ordered - held;
    if (wanted <= 0n) continue;
    const rest = left.get(id) ?? toUnits(there);
    const units = rest < 0n ? 0n : rest;
    const isStored = stock !== null && ordered === toUnits(stock.quantity);
    // Saving allocates nothing to a line that stays as it is.
    if (!isStored) left.set(id, wanted < units ? units - wanted : 0n);
    const before = row.id === null ? (asked.get(id) ?? 0n) : 0n;
    if (row.id === null) asked.set(id, before + wanted);
    if (wanted <= units) continue;
    const [enough, awaited] = [held + units, before + wanted];
    short.set(row.key, { available: units, missing: wanted - units, enough, awaited, isStored });
  }
  return short;
}

function orderedUnits({ quantity }: DetailDraft, locale: Locale): bigint | null {
  const reading = readAmount(quantity, locale);
  return "decimal" in reading ? toUnits(reading.decimal) : null;
}

/** What is stored of the line, unless it has got another product: what it held is released then. */
function stockOf({ stock, product }: DetailDraft): DetailStock | null {
  if (stock === undefined) return null;
  const { product_id = product?.id } = stock;
  return product_id === product?.id ? stock : null;
}

/** What is held for a line or shipped of it. */
function heldUnits(stock: DetailStock | null): bigint {
  if (stock === null) return 0n;
  const quantities = quantitiesOf(stock);
  return quantities.ordered - openOf(quantities);
}
