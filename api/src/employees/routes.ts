import { refuseInUse } from "../answer.ts";
import { party } from "../parties/party.ts";
import { resourceRoutes } from "../resource.ts";
import type { Api, Route } from "../route.ts";
import { employeeQueries, employeeReferences } from "./queries.ts";

/** The employee routes. */
export function employeeRoutes(api: Api): readonly Route[] {
  const employee = party({
    singular: "employee",
    plural: "employees",
    queries: employeeQueries,
    async refuseUsed(tx, id) {
      const { orders, purchase_orders, privileges } = await tx.one(employeeReferences, { id });
      refuseInUse("employee", { orders, "purchase orders": purchase_orders, privileges });
    },
  });
  return resourceRoutes(api, employee);
}
