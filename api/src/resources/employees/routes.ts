import type { Api } from "../../api.ts";
import { refuseInUse } from "../../contract/answer.ts";
import type { Route } from "../../contract/route.ts";
import { contact } from "../contact.ts";
import { resourceRoutes } from "../crud.ts";
import { employeeQueries, employeeReferences } from "./queries.ts";

/** The employee routes. */
export function employeeRoutes(api: Api): readonly Route[] {
  const employee = contact({
    singular: "employee",
    plural: "employees",
    rights: { read: "read-employees", write: "write-employees" },
    queries: employeeQueries,
    async refuseUsed(tx, id) {
      const { orders, purchase_orders, privileges, users } = await tx.one(employeeReferences, { id });
      refuseInUse("employee", { orders, "purchase orders": purchase_orders, privileges, users });
    },
  });
  return resourceRoutes(api, employee);
}
