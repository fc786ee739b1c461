// The stock: what there is of each product whose stock is kept, and how it changes apart from orders.
import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { type Route, route } from "../contract/route.ts";
import { dryRun } from "../contract/write-headers.ts";
import { runWrite } from "../writes/run-write.ts";
import { adjustStock } from "./adjust.ts";
import { adjustment, stock } from "./fields.ts";

const tag = "stock";

/** The routes of the stock. */
export function stockRoutes(api: Api): readonly Route[] {
  return [adjustmentRoute(api)];
}

function adjustmentRoute({ database, company }: Api): Route {
  return route({
    method: "POST",
    path: "/api/stock/adjustments",
    right: "write-stock",
    tag,
    summary: "Adjust the stock of a product, or write goods off as waste, with the reason",
    description:
      "What comes in goes to the orders that wait for it, those with the oldest order date first, in the same write. " +
      "What orders hold cannot be taken away.",
    query: { dry_run: dryRun },
    body: adjustment,
    data: stock,
    refusals: ["reference", "rule", "state"],
    handle: ({ body, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const principal = context.principal.name;
        const { before, after, further } = await adjustStock(tx, body, { company, principal });
        const change = { resource: "stock", id: body.product_id, version: null, before, after } as const;
        return { answer: ok("Stock adjusted", after), change, further };
      }),
  });
}
