import type { Api } from "../../api.ts";
import { refuseInUse } from "../../contract/answer.ts";
import type { Route } from "../../contract/route.ts";
import { contact } from "../contact.ts";
import { resourceRoutes } from "../crud.ts";
import { readSupplierIds } from "../products/product.ts";
import { productSuppliers, supplierQueries, supplierReferences } from "./queries.ts";

/** The supplier routes. */
export function supplierRoutes(api: Api): readonly Route[] {
  const supplier = contact({
    singular: "supplier",
    plural: "suppliers",
    rights: { read: "read-suppliers", write: "write-suppliers" },
    queries: supplierQueries,
    async refuseUsed(tx, id) {
      const { purchase_orders } = await tx.one(supplierReferences, { id });
      const all = await tx.all(productSuppliers);
      const products = all.filter(({ supplier_ids }) => readSupplierIds(supplier_ids).includes(id)).length;
      refuseInUse("supplier", { "purchase orders": purchase_orders, products });
    },
  });
  return resourceRoutes(api, supplier);
}
