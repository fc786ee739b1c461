// On which terms products are bought from whom.
import type { Queryable, RowOf } from "sqlproof";
import { termsOfProducts } from "./queries.ts";

/** What a supplier asks for a product. */
export type PurchaseTerms = RowOf<typeof termsOfProducts>;

/** Who sells products, of each the preferred supplier first. */
export async function termsOf(
  db: Queryable,
  products: readonly number[],
): Promise<ReadonlyMap<number, readonly PurchaseTerms[]>> {
  const product_ids = [...new Set(products)];
  if (product_ids.length === 0) return new Map();
  return Map.groupBy(await db.all(termsOfProducts, { product_ids }), ({ product_id }) => product_id);
}

/** The terms of this supplier, or else of the preferred one; null if there are none. */
export function termsFrom(
  terms: readonly PurchaseTerms[] | undefined,
  supplier: number | null | undefined,
): PurchaseTerms | null {
  if (supplier == null) return terms?.[0] ?? null;
  return terms?.find(({ supplier_id }) => supplier_id === supplier) ?? null;
}
