import { refuseInUse } from "../answer.ts";
import { party } from "../parties/party.ts";
import { readSupplierIds } from "../products/product.ts";
import { resourceRoutes } from "../resource.ts";
import type { Api, Route } from "../route.ts";
import { productSuppliers, supplierQueries, supplierReferences } from "./queries.ts";

/** The supplier routes. */
export function supplierRoutes(api: Api): readonly Route[] {
  const supplier = party({
    singular: "supplier",
    plural: "suppliers",
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
