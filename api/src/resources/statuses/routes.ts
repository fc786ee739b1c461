import type { Api } from "../../api.ts";
import { okList } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none, nullable, statusId, text } from "../../contract/schema.ts";
import { orderDetailsStatus, ordersStatus, ordersTaxStatus } from "./queries.ts";

const tag = "statuses";
const status = object("Status", { id: statusId, status_name: nullable(text(50)) });
const taxStatus = object("TaxStatus", { id: statusId, tax_status_name: nullable(text(50)) });

/** The routes for the status tables, which are read-only. Each path is the name of its table. */
export function statusRoutes({ database }: Api): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/orders_status",
      right: "signed-in",
      tag,
      summary: "List the statuses of orders",
      query: {},
      body: none,
      data: array(status),
      handle: async () => okList("Order statuses retrieved", await database.all(ordersStatus)),
    }),
    route({
      method: "GET",
      path: "/api/order_details_status",
      right: "signed-in",
      tag,
      summary: "List the statuses of order details",
      query: {},
      body: none,
      data: array(status),
      handle: async () => okList("Order detail statuses retrieved", await database.all(orderDetailsStatus)),
    }),
    route({
      method: "GET",
      path: "/api/orders_tax_status",
      right: "signed-in",
      tag,
      summary: "List the tax statuses of orders",
      query: {},
      body: none,
      data: array(taxStatus),
      handle: async () => okList("Order tax statuses retrieved", await database.all(ordersTaxStatus)),
    }),
  ];
}
