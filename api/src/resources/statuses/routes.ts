import type { Api } from "../../api.ts";
import { okList } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none, nullable, statusId, text } from "../../contract/schema.ts";
import { orderDetailsStatus, ordersStatus, ordersTaxStatus } from "./queries.ts";

const tag = "statuses";
const status = object("Status", { id: statusId, status_name: nullable(text(50)) });
const taxStatus = object("TaxStatus", { id: statusId, tax_status_name: nullable(text(50)) });

/** The status tables, which are fixed: read only. Each path is the name of its table. */
export function statusRoutes({ database }: Api): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/orders_status",
      tag,
      summary: "List what status an order can have",
      query: {},
      body: none,
      data: array(status),
      handle: async () => okList("Order status retrieved", await database.all(ordersStatus)),
    }),
    route({
      method: "GET",
      path: "/api/order_details_status",
      tag,
      summary: "List what status an order detail can have",
      query: {},
      body: none,
      data: array(status),
      handle: async () => okList("Order detail status retrieved", await database.all(orderDetailsStatus)),
    }),
    route({
      method: "GET",
      path: "/api/orders_tax_status",
      tag,
      summary: "List what tax status an order can have",
      query: {},
      body: none,
      data: array(taxStatus),
      handle: async () => okList("Order tax status retrieved", await database.all(ordersTaxStatus)),
    }),
  ];
}
