import type { Api } from "../../api.ts";
import { ok } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none, oneOf, text } from "../../contract/schema.ts";
import { orderNotFound } from "../locked.ts";
import { orderReferences, ordersByIds, removalOfDetails } from "../queries.ts";
import { actionNames, orderActions } from "./actions.ts";
import { putBackRoute } from "./put-back.ts";
import { detailCount } from "./queries.ts";

const actionName = oneOf(actionNames, `Must be one of ${actionNames.join(", ")}.`);
const actions = object("OrderActions", {
  allowed_actions: array(actionName),
  refused_actions: array(object("RefusedAction", { action: actionName, reasons: array(text(200)) })),
});

/** The route that tells what the client may do with an order now. */
export function actionRoutes(api: Api): readonly Route[] {
  const { database } = api;
  return [
    putBackRoute(api),
    route({
      method: "GET",
      path: "/api/orders/{id}/actions",
      right: "read-orders",
      tag: "orders",
      summary: "List what you may do with an order now, and why not the rest",
      description:
        "By your rights, and by the status and the content of the order. An action that is refused has all its reasons. " +
        "`invoice`, `ship` and `close` are updates of `status_id`.",
      query: {},
      body: none,
      data: actions,
      personal: true,
      refusals: ["not-found"],
      async handle({ path: { id }, context: { principal } }) {
        const [order] = await database.all(ordersByIds, { ids: [id] });
        if (order === undefined) throw orderNotFound();
        const counts = {
          ...(await database.one(orderReferences, { id })),
          ...(await database.one(detailCount, { id })),
        };
        const isNeverDetailed = counts.details === 0 && (await database.maybe(removalOfDetails, { id })) === null;
        const all = orderActions(order, { ...counts, isNeverDetailed }, principal.rights);
        return ok("Actions retrieved", {
          allowed_actions: all.filter(({ reasons }) => reasons.length === 0).map(({ action }) => action),
          refused_actions: all.filter(({ reasons }) => reasons.length > 0),
        });
      },
    }),
  ];
}
