// Buying what an order lacks.
import type { Api } from "../../api.ts";
import { ok } from "../../contract/answer.ts";
import { type Route, route } from "../../contract/route.ts";
import { dryRun } from "../../contract/write-headers.ts";
import { openOrder, ProductsOfOrder } from "../../orders/actions/opened.ts";
import { shownOrderTo } from "../../orders/actions/show.ts";
import { order } from "../../orders/fields.ts";
import { includeOfOne } from "../../orders/list/parameters.ts";
import { auditedOrder } from "../../orders/read.ts";
import { etagOf } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { orderPurchase } from "./fields.ts";
import { purchaseForOrder } from "./purchase.ts";

/** The route that buys for an order. */
export function orderPurchaseRoute({ database, company }: Api): Route {
  return route({
    method: "POST",
    path: "/api/orders/{id}/purchase",
    right: "write-purchases",
    tag: "orders",
    summary: "Buy what an order lacks: one purchase order for each supplier",
    description:
      "What is open of its details and not available, or only what the details in the list lack, in the packs of the " +
      "supplier. Each detail names its purchase order, and what comes in of it goes to the detail first. A detail for " +
      "which a purchase order still owes goods, or whose product is discontinued, is left out. The purchase orders are new, or with `submit` submitted.",
    query: { include: includeOfOne, dry_run: dryRun },
    body: orderPurchase,
    optionalBody: true,
    data: order,
    refusals: ["not-found", "precondition", "state", "reference", "rule"],
    async handle({ path: { id }, body, query, context }) {
      const acting = { id, context, company };
      const products = await ProductsOfOrder.of(database, id);
      return runWrite(database, context, query.dry_run, async (tx) => {
        const opened = await openOrder(tx, acting, products);
        const { before, after, further } = await purchaseForOrder(tx, opened, body, acting);
        const shown = new Set([...query.include, "details" as const]);
        const data = await shownOrderTo(tx, after, shown, { company, rights: context.principal.rights });
        const { minorUnit } = company.currency;
        const states = { before: auditedOrder(before, minorUnit), after: auditedOrder(after, minorUnit) };
        const change = { resource: "order", id, version: after.row.version, ...states } as const;
        return { answer: ok("Purchase orders made", data, etagOf(after.row)), change, further };
      });
    },
  });
}
