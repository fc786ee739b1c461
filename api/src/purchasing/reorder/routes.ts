// Reordering: what lacks, and ordering it.
import type { Api } from "../../api.ts";
import { okList } from "../../contract/answer.ts";
import { choice, cursor, idFilter, limit } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none } from "../../contract/schema.ts";
import { dryRun } from "../../contract/write-headers.ts";
import { runWrite } from "../../writes/run-write.ts";
import { purchaseOrder } from "../fields.ts";
import { detailedPurchaseOrder, purchaseOrderChange } from "../read.ts";
import { reorder, reordering } from "./fields.ts";
import { reorderPage } from "./list.ts";
import { placeReorder } from "./place.ts";

const tag = "purchase_orders";

/** The routes of reordering. */
export function reorderRoutes({ database, company }: Api): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/reorder",
      right: "read-purchases",
      tag,
      summary: "List the products that are to be reordered, with the arithmetic",
      description:
        "available = on_hand - allocated; current_level = available + on_order - back_ordered; `to_reorder` is what lacks " +
        "to the target level, at least the minimum; `quantity` is that in the packs of the supplier. What is on order " +
        "counts from the new purchase order on. Discontinued products are left out.",
      query: {
        below: choice(
          ["reorder", "target"],
          "`reorder`: products below their reorder level. `target`: also those that are below their target level only.",
        ),
        supplier_id: idFilter("Only what this supplier sells, on its terms. Otherwise on those of the preferred one."),
        limit: limit(1000, 100),
        cursor,
      },
      body: none,
      data: array(reorder),
      paged: true,
      cache: "until-commit",
      refusals: ["not-found"],
      handle: ({ query }) => reorderPage(database, query),
    }),
    route({
      method: "POST",
      path: "/api/reorder",
      right: "write-purchases",
      tag,
      summary: "Order products that are to be reordered: one purchase order for each supplier",
      description:
        "Without a `quantity` it is what `GET /api/reorder` says; another one obeys packs and minimum. What is on order " +
        "already is counted, so ordering the same selection again is refused: nothing is to be reordered then. With " +
        "`to_reorder`, as it was read, a product is also refused if something else has changed what lacks. All or " +
        "nothing is ordered. The purchase orders are new, or with `submit` submitted.",
      query: { dry_run: dryRun },
      body: reordering,
      data: array(purchaseOrder),
      refusals: ["reference", "rule", "state"],
      handle: ({ body, query, context }) =>
        runWrite(database, context, query.dry_run, async (tx) => {
          const { minorUnit } = company.currency;
          const made = await placeReorder(tx, body, { company, principal: context.principal });
          const [change, ...further] = made.map((one) => purchaseOrderChange(null, one, minorUnit));
          if (change === undefined) throw new Error("a reorder that orders nothing");
          const data = made.map((one) => detailedPurchaseOrder(one, minorUnit));
          return { answer: okList("Purchase orders made", data), change, further };
        }),
    }),
  ];
}
