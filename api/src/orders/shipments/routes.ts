// Shipments: what has left the house, and what is to be picked for the next ones.
import type { Api } from "../../api.ts";
import { ok } from "../../contract/answer.ts";
import { idList } from "../../contract/filter-parameters.ts";
import { cursor, day, idFilter, limit } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none } from "../../contract/schema.ts";
import { dryRun } from "../../contract/write-headers.ts";
import { etagOf } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { orderNotFound } from "../locked.ts";
import { ordersByIds } from "../queries.ts";
import { pickList, shipment, shipmentUpdate } from "./fields.ts";
import { shipmentsByIds, shipmentsOfOrder } from "./queries.ts";
import { picked, shipmentNotFound, shipmentsPage, withContents, writeOn } from "./shipments.ts";

const tag = "shipments";
const read = { method: "GET", right: "read-orders", tag, body: none, cache: "until-commit" } as const;

/** The routes of shipments and of the pick list. */
export function shipmentRoutes(api: Api): readonly Route[] {
  return [ofOrderRoute(api), listRoute(api), getRoute(api), updateRoute(api), pickListRoute(api)];
}

function ofOrderRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/orders/{id}/shipments",
    summary: "List the shipments of an order, the first one first",
    query: {},
    data: array(shipment),
    refusals: ["not-found"],
    async handle({ path: { id } }) {
      const orders = await database.all(ordersByIds, { ids: [id] });
      if (orders.length === 0) throw orderNotFound();
      const rows = await database.all(shipmentsOfOrder, { order_id: id });
      return ok("Shipments retrieved", await withContents(database, rows));
    },
  });
}

function listRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/shipments",
    summary: "List shipments, the newest first",
    query: {
      shipped_from: day("Shipments of this day or later."),
      shipped_to: day("Shipments of this day or earlier."),
      shipper_id: idFilter("Shipments that this shipper carries."),
      limit: limit(1000, 100),
      cursor,
    },
    data: array(shipment),
    paged: true,
    refusals: ["not-found"],
    handle: ({ query }) => shipmentsPage(database, query),
  });
}

function getRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/shipments/{id}",
    summary: "Get a shipment with what is in it",
    query: {},
    data: shipment,
    refusals: ["not-found"],
    async handle({ path: { id } }) {
      const [row] = await database.all(shipmentsByIds, { ids: [id] });
      const [found] = await withContents(database, row === undefined ? [] : [row]);
      if (row === undefined || found === undefined) throw shipmentNotFound();
      return ok("Shipment retrieved", found, etagOf(row));
    },
  });
}

function updateRoute({ database }: Api): Route {
  return route({
    method: "PUT",
    path: "/api/shipments/{id}",
    right: "ship-orders",
    tag,
    summary: "Change the tracking number or the notes of a shipment",
    query: { dry_run: dryRun },
    body: shipmentUpdate,
    data: shipment,
    refusals: ["not-found", "precondition"],
    handle: ({ path: { id }, body, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const { before, after, version } = await writeOn(tx, id, body, context);
        const change = { resource: "shipment", id, version, before, after } as const;
        return { answer: ok("Shipment updated", after, etagOf({ version })), change };
      }),
  });
}

function pickListRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/pick_list",
    summary: "List what is to be picked for some orders",
    description:
      "What the orders hold and what was not shipped yet, by location and product, and of each product for all of them " +
      "together. Orders that hold nothing are left out.",
    query: { orders: idList("These orders: `1,2,3`. Without it, there is nothing to pick.", 500) },
    data: pickList,
    async handle({ query: { orders } }) {
      return ok("Pick list retrieved", await picked(database, orders ?? []));
    },
  });
}
