import { productText } from "northwind-schema/row-text";
import type { RowOf, Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { refuseAll, refuseInUse } from "../../contract/answer.ts";
import { zero } from "../../contract/decimal.ts";
import { object } from "../../contract/object.ts";
import type { Route } from "../../contract/route.ts";
import { array, boolean, decimal, id, integer, name, nullable, optional, text } from "../../contract/schema.ts";
import { beginStock, endStock, followProduct } from "../../ledger/stocked.ts";
import { requireVersion } from "../../writes/preconditions.ts";
import { resourceRoutes } from "../crud.ts";
import { readSupplierIds, writeSupplierIds } from "./product.ts";
import {
  deleteProduct,
  deleteSuppliersOfProduct,
  insertProduct,
  lockProduct,
  lockRateOfClass,
  productPages,
  productPagesByDiscontinued,
  productReferences,
  productsByIds,
  updateProduct,
} from "./queries.ts";
import { storeSupplierIds, unknownSupplierIssues } from "./suppliers.ts";

const longText = 65_535;
const price = decimal({ min: "0" });
const count = nullable(integer({ min: 0, max: 2_147_483_647 }));
const supplierIds = array(id, 50);

const writable = {
  product_code: optional(nullable(text(25))),
  product_name: optional(nullable(text(50))),
  description: optional(nullable(text(longText, "lines"))),
  supplier_ids: optional(supplierIds),
  standard_cost: optional(nullable(price)),
  list_price: optional(price),
  reorder_level: optional(count),
  target_level: optional(count),
  quantity_per_unit: optional(nullable(text(50))),
  discontinued: optional(boolean),
  minimum_reorder_quantity: optional(count),
  category: optional(nullable(text(50))),
  tax_class: optional(nullable(text(50))),
  stocked: optional(boolean),
  sold_in_fractions: optional(boolean),
  location: optional(nullable(text(50))),
} as const;

const create = object("ProductCreate", { ...writable, product_name: name(50) }, { readOnly: ["id"] });

const shownMembers = {
  id,
  product_code: nullable(text(25)),
  product_name: nullable(text(50)),
  description: nullable(text(longText, "lines")),
  supplier_ids: supplierIds,
  standard_cost: nullable(decimal()),
  list_price: decimal(),
  reorder_level: count,
  target_level: count,
  quantity_per_unit: nullable(text(50)),
  discontinued: boolean,
  minimum_reorder_quantity: count,
  category: nullable(text(50)),
  tax_class: nullable(text(50)),
  // Whether its stock is kept; a product whose stock is not kept is always there.
  stocked: boolean,
  sold_in_fractions: boolean,
  // Where it stands in the warehouse: pick lists follow it.
  location: nullable(text(50)),
} as const;

const update = object("ProductUpdate", writable, { answered: shownMembers });
const shown = object("Product", shownMembers);

/** A stored product as the API shows it. */
export function presentProduct({ version: _, ...row }: RowOf<typeof productsByIds>) {
  return { ...row, supplier_ids: readSupplierIds(row.supplier_ids) };
}

const emptyProduct = {
  product_code: null,
  description: null,
  standard_cost: zero,
  list_price: zero,
  reorder_level: null,
  target_level: null,
  quantity_per_unit: null,
  discontinued: false,
  minimum_reorder_quantity: null,
  category: null,
  tax_class: null,
  stocked: false,
  sold_in_fractions: false,
  location: null,
} as const;

/** The product routes. */
export function productRoutes(api: Api): readonly Route[] {
  return resourceRoutes(api, {
    singular: "product",
    plural: "products",
    rights: { read: "read-products", write: "write-products" },
    searched: "code, name or category",
    ...{ shown, create, update },
    present: presentProduct,
    byIds: productsByIds,
    pages: productPages,
    lock: lockProduct,
    async insert(tx, body) {
      await refuseUnknown(tx, body.supplier_ids ?? [], body.tax_class ?? null);
      const supplier_ids = suppliersText(body.supplier_ids ?? []);
      const row = { ...emptyProduct, ...body, supplier_ids };
      const { id: made } = await tx.one(insertProduct, { ...row, search_text: productText(row) });
      if (row.stocked) await beginStock(tx, { id: made, ...row });
      if (supplier_ids !== null) await storeSupplierIds(tx, made, readSupplierIds(supplier_ids));
      return made;
    },
    async change(tx, before, body) {
      const isSame = String(body.supplier_ids) === String(readSupplierIds(before.supplier_ids));
      const given = body.supplier_ids === undefined || isSame ? null : body.supplier_ids;
      await refuseUnknown(tx, given ?? [], body.tax_class === before.tax_class ? null : (body.tax_class ?? null));
      const supplier_ids = given === null ? before.supplier_ids : suppliersText(given);
      const row = { ...before, ...body, supplier_ids };
      await followProduct(tx, before, row);
      requireVersion(await tx.run(updateProduct, { ...row, search_text: productText(row) }));
      if (given !== null) await storeSupplierIds(tx, before.id, readSupplierIds(supplier_ids));
    },
    async remove(tx, { id: productId, version }) {
      const used = await tx.one(productReferences, { id: productId });
      refuseInUse("product", {
        "order details": used.order_details,
        "purchase order details": used.purchase_order_details,
        "inventory transactions": used.inventory_transactions,
        "stock counts": used.stock_counts,
      });
      await endStock(tx, productId);
      await tx.run(deleteSuppliersOfProduct, { product_id: productId });
      requireVersion(await tx.run(deleteProduct, { id: productId, version }));
    },
    refusals: ["reference", "state"],
    pagesByDiscontinued: productPagesByDiscontinued,
  });
}

/** Throws 422 `reference` if a supplier or the tax class does not exist. */
async function refuseUnknown(tx: Transaction, supplierIds: readonly number[], taxClass: string | null): Promise<void> {
  const issues = await unknownSupplierIssues(tx, supplierIds, (index) => `#/supplier_ids/${index}`);
  if (taxClass !== null && (await tx.maybe(lockRateOfClass, { tax_class: taxClass })) === null) {
    const message = "There is no such tax class. Make a tax rate for it first.";
    issues.push({ pointer: "#/tax_class", code: "reference", message });
  }
  refuseAll(issues);
}

/** The supplier ids as text for the database. */
function suppliersText(ids: readonly number[]): string | null {
  return writeSupplierIds([...new Set(ids)]);
}
