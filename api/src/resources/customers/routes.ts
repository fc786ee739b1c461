import type { Api } from "../../api.ts";
import { refuseInUse } from "../../contract/answer.ts";
import type { Route } from "../../contract/route.ts";
import { contact } from "../contact.ts";
import { resourceRoutes } from "../crud.ts";
import { customerQueries, customerReferences } from "./queries.ts";

/** The customer routes. */
export function customerRoutes(api: Api): readonly Route[] {
  const customer = contact({
    singular: "customer",
    plural: "customers",
    queries: customerQueries,
    async refuseUsed(tx, id) {
      const { orders } = await tx.one(customerReferences, { id });
      refuseInUse("customer", { orders });
    },
  });
  return resourceRoutes(api, customer);
}
