import { customerRoutes } from "./customers/routes.ts";
import { employeeRoutes } from "./employees/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { overviewRoutes } from "./orders/overview-routes.ts";
import { orderRoutes } from "./orders/routes.ts";
import { productRoutes } from "./products/routes.ts";
import type { Api, Route } from "./route.ts";
import { shipperRoutes } from "./shippers/routes.ts";
import { statusRoutes } from "./statuses/routes.ts";
import { summaryRoutes } from "./summary/routes.ts";
import { supplierRoutes } from "./suppliers/routes.ts";

/** Every route of the API. */
export function allRoutes(api: Api): readonly Route[] {
  return [
    ...healthRoutes(api),
    ...orderRoutes(api),
    ...overviewRoutes(api),
    ...customerRoutes(api),
    ...productRoutes(api),
    ...employeeRoutes(api),
    ...shipperRoutes(api),
    ...supplierRoutes(api),
    ...statusRoutes(api),
    ...summaryRoutes(api),
  ];
}
