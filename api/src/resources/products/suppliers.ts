// The suppliers of a product: `products.supplier_ids` names them for other programs, the table says what each asks for.
import type { RowOf, Transaction } from "sqlproof";
import type { Issue } from "../../contract/answer.ts";
import { fromUnits, one, zero } from "../../contract/decimal.ts";
import { deleteSuppliersOfProduct, insertSupplierOfProduct, lockSuppliers, suppliersOfProduct } from "./queries.ts";

/** What a supplier asks for a product. */
export type SupplierTerms = Omit<RowOf<typeof suppliersOfProduct>, "position">;

const unknownTerms: Omit<SupplierTerms, "supplier_id"> = {
  ...{ unit_cost: null, supplier_product_code: null, pack_quantity: fromUnits(one), minimum_quantity: zero },
  lead_time_days: null,
};

/** The terms of a supplier of whom nothing is known but that it sells the product. */
export function termsOf(supplier_id: number): SupplierTerms {
  return { supplier_id, ...unknownTerms };
}

/** Stores who sells a product, the preferred supplier first. The product is locked. */
export async function storeSuppliers(
  tx: Transaction,
  product_id: number,
  suppliers: readonly SupplierTerms[],
): Promise<void> {
  await tx.run(deleteSuppliersOfProduct, { product_id });
  if (suppliers.length === 0) return;
  await tx.runMany(
    insertSupplierOfProduct,
    suppliers.map((supplier, index) => ({ ...supplier, product_id, position: index + 1 })),
  );
}

/** Stores who sells a product where only their ids are given: who stays keeps its terms. */
export async function storeSupplierIds(
  tx: Transaction,
  product_id: number,
  supplierIds: readonly number[],
): Promise<void> {
  const rows = await tx.all(suppliersOfProduct, { product_id });
  const stored = new Map(rows.map(({ position: _, ...terms }) => [terms.supplier_id, terms]));
  await storeSuppliers(
    tx,
    product_id,
    supplierIds.map((supplierId) => stored.get(supplierId) ?? termsOf(supplierId)),
  );
}

/** An issue for each supplier that does not exist, at the place that `pointerOf` gives; those that do are locked. */
export async function unknownSupplierIssues(
  tx: Transaction,
  supplierIds: readonly number[],
  pointerOf: (index: number) => string,
): Promise<Issue[]> {
  const suppliers = supplierIds.length === 0 ? [] : await tx.all(lockSuppliers, { ids: supplierIds });
  const known = new Set(suppliers.map(({ id }) => id));
  return supplierIds.flatMap((supplierId, index): Issue[] =>
    known.has(supplierId)
      ? []
      : [{ pointer: pointerOf(index), code: "reference", message: "There is no such supplier." }],
  );
}
