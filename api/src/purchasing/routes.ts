// Purchasing: what is bought from suppliers, what each of them asks, and what has come in.
import type { Api } from "../api.ts";
import type { Route } from "../contract/route.ts";
import { productSupplierRoutes } from "./product-suppliers.ts";

/** The routes of purchasing. */
export function purchasingRoutes(api: Api): readonly Route[] {
  return [...productSupplierRoutes(api)];
}
