import type { Api } from "../../api.ts";
import { refuseInUse } from "../../contract/answer.ts";
import type { Route } from "../../contract/route.ts";
import { contact } from "../contact.ts";
import { resourceRoutes } from "../crud.ts";
import { shipperQueries, shipperReferences } from "./queries.ts";

/** The shipper routes. */
export function shipperRoutes(api: Api): readonly Route[] {
  const shipper = contact({
    singular: "shipper",
    plural: "shippers",
    rights: { read: "read-shippers", write: "write-shippers" },
    queries: shipperQueries,
    async refuseUsed(tx, id) {
      const { orders, shipments } = await tx.one(shipperReferences, { id });
      refuseInUse("shipper", { orders, shipments });
    },
  });
  return resourceRoutes(api, shipper);
}
