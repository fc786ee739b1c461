// Returns: what has come back of orders, why, and what became of it.
import type { Api } from "../../api.ts";
import { created, ok } from "../../contract/answer.ts";
import { cursor, day, limit } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none } from "../../contract/schema.ts";
import { dryRun } from "../../contract/write-headers.ts";
import { etagOf } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { ProductsOfOrder } from "../actions/opened.ts";
import { orderNotFound } from "../locked.ts";
import { ordersByIds } from "../queries.ts";
import { WaitingOrders } from "../stock/fill.ts";
import { orderReturn, orderReturnCreate } from "./fields.ts";
import { returnsByIds, returnsOfOrder } from "./queries.ts";
import { returnNotFound, returnsPage, withContents } from "./returns.ts";
import { takeBack } from "./take-back.ts";

const tag = "returns";
const read = { method: "GET", right: "read-orders", tag, body: none, cache: "until-commit" } as const;

/** The routes of returns. */
export function returnRoutes(api: Api): readonly Route[] {
  return [ofOrderRoute(api), createRoute(api), listRoute(api), getRoute(api)];
}

function ofOrderRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/orders/{id}/returns",
    summary: "List the returns of an order, the first one first",
    query: {},
    data: array(orderReturn),
    refusals: ["not-found"],
    async handle({ path: { id } }) {
      const orders = await database.all(ordersByIds, { ids: [id] });
      if (orders.length === 0) throw orderNotFound();
      const rows = await database.all(returnsOfOrder, { order_id: id });
      return ok("Returns retrieved", await withContents(database, rows));
    },
  });
}

function createRoute({ database, company }: Api): Route {
  return route({
    method: "POST",
    path: "/api/orders/{id}/returns",
    right: "ship-orders",
    tag,
    summary: "Take goods of an order back",
    description:
      "Never more than was shipped and has not come back, also of a closed order. With the disposition `stock` the " +
      "goods can be sold again: they go to the orders that wait for them, those with the oldest order date first, in " +
      "the same write. What is `damaged` or `scrap` comes back and is written off. The status of the order, its " +
      "invoices and what it still waits for stay as they are; `If-Match` names the version of the order.",
    query: { dry_run: dryRun },
    body: orderReturnCreate,
    data: orderReturn,
    status: 201,
    refusals: ["not-found", "precondition", "reference", "rule", "state"],
    async handle({ path: { id }, body, query, context }) {
      const products = await ProductsOfOrder.of(database, id);
      const waiting = await WaitingOrders.of(database, products.all);
      return runWrite(database, context, query.dry_run, async (tx) => {
        const { made, further } = await takeBack(tx, { id, context, company, body }, products, waiting);
        const change = { resource: "order_return", id: made.id, version: 0, before: null, after: made } as const;
        const answer = created("Goods taken back", `/api/returns/${made.id}`, made, etagOf({ version: 0 }));
        return { answer, change, further };
      });
    },
  });
}

function listRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/returns",
    summary: "List returns, the newest first",
    query: {
      returned_from: day("Returns of this day or later."),
      returned_to: day("Returns of this day or earlier."),
      limit: limit(1000, 100),
      cursor,
    },
    data: array(orderReturn),
    paged: true,
    handle: ({ query }) => returnsPage(database, query),
  });
}

function getRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/returns/{id}",
    summary: "Get a return with what came back",
    query: {},
    data: orderReturn,
    refusals: ["not-found"],
    async handle({ path: { id } }) {
      const [row] = await database.all(returnsByIds, { ids: [id] });
      const [found] = await withContents(database, row === undefined ? [] : [row]);
      if (row === undefined || found === undefined) throw returnNotFound();
      return ok("Return retrieved", found, etagOf(row));
    },
  });
}
