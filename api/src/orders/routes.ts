import type { Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { gathered } from "../batching/batch-reads.ts";
import { answered, gatheredWrites, type Refused, type WriteOne } from "../batching/batch-writes.ts";
import { created, ok, okList } from "../contract/answer.ts";
import { type Client, type Route, route } from "../contract/route.ts";
import { array, none, nullable } from "../contract/schema.ts";
import { historyRoute } from "../resources/history.ts";
import { dryRun, etagOf, type Guard } from "../writes/preconditions.ts";
import { changed, type Written } from "../writes/run-write.ts";
import { wholeOrders } from "./consistent-read.ts";
import { type Order, type OrderCreate, order, orderCreate, orderUpdate } from "./fields.ts";
import { listOrders } from "./list/list.ts";
import { filters, include, pageByDateQuery, pageQuery } from "./list/parameters.ts";
import type { ListRequest } from "./list/request.ts";
import { ordersByIds } from "./queries.ts";
import { detailedOrder, type Includes, type OrderRow, plainOrder, withIncludes, withIncludesOf } from "./read.ts";
import { createOrders, deleteOrder, type OrderChange, orderNotFound, updateOrders } from "./write.ts";

const tag = "orders";
const singular = "order";
/** What the routes share: the database, and reads and writes that are gathered. */
interface Orders extends Pick<Api, "database" | "reporter"> {
  readonly byId: (id: number) => Promise<OrderRow | null>;
  readonly create: WriteOne<Creation, Order>;
  readonly update: WriteOne<Update, Order>;
}

/** A request to write an order, with what its answer shows. */
interface Creation {
  readonly body: OrderCreate;
  readonly guard: Guard;
  readonly shown: Includes;
}
interface Update extends OrderChange {
  readonly shown: Includes;
}

/** The order routes, in the order of the original's README. */
export function orderRoutes(api: Api): readonly Route[] {
  const { database } = api;
  const orders = {
    database,
    reporter: api.reporter,
    byId: gathered<OrderRow>((ids) => database.all(ordersByIds, { ids })),
    create: gatheredWrites<Creation, Order>({ database, work: creations }),
    update: gatheredWrites<Update, Order>({ database, work: updates, apart: ({ id }) => id }),
  };
  return [
    listRoute(orders),
    createRoute(orders),
    getRoute(orders),
    updateRoute(orders),
    deleteRoute(orders),
    ofCustomerRoute(orders),
    ofEmployeeRoute(orders),
    historyRoute(api, { singular, plural: tag, exists: async (id) => (await orders.byId(id)) !== null }),
  ];
}

async function creations(tx: Transaction, requests: readonly Creation[]): Promise<(Written<Order> | Refused)[]> {
  const stored = await createOrders(
    tx,
    requests.map(({ body }) => body),
  );
  return answered(requests, stored, async (after, { shown }) => {
    const { id } = after.row;
    const data = await withIncludesOf(tx, after, shown);
    const change = { resource: singular, id, before: null, after: detailedOrder(after) };
    return { answer: created("Order created", `/api/orders/${id}`, data, etagOf(after.row)), change };
  });
}

async function updates(tx: Transaction, requests: readonly Update[]): Promise<(Written<Order> | Refused)[]> {
  return answered(requests, await updateOrders(tx, requests), async ({ before, after }, { id, shown }) => {
    const data = await withIncludesOf(tx, after, shown);
    const change = { resource: singular, id, before: detailedOrder(before), after: detailedOrder(after) };
    return { answer: ok("Order updated", data, etagOf(after.row)), change };
  });
}

async function page(orders: Orders, request: ListRequest, wanted: Includes, { signal }: Client) {
  const found = await listOrders(orders, request, signal);
  const stored = await wholeOrders(orders.database, found.rows, wanted);
  return okList("Orders retrieved", await withIncludes(orders.database, stored, wanted), found.page);
}

function listRoute(orders: Orders): Route {
  return route({
    method: "GET",
    path: "/api/orders",
    tag,
    summary: "List orders, the newest first",
    query: { ...filters, ...pageQuery },
    body: none,
    data: array(order),
    paged: true,
    lasts: "until-commit",
    handle: ({ query, client }) => page(orders, query, query.include, client),
  });
}

function createRoute(orders: Orders): Route {
  return route({
    method: "POST",
    path: "/api/orders",
    tag,
    summary: "Create an order, with its order details",
    query: { include, dry_run: dryRun },
    body: orderCreate,
    data: order,
    status: 201,
    refusals: ["reference", "rule"],
    handle: ({ body, query, guard }) =>
      orders.create({ body, guard, shown: shown(query.include, body) }, query.dry_run),
  });
}

function getRoute(orders: Orders): Route {
  return route({
    method: "GET",
    path: "/api/orders/{id}",
    tag,
    summary: "Get an order",
    query: { include },
    body: none,
    data: order,
    deadline: "gathered",
    lasts: "until-commit",
    refusals: ["not-found"],
    async handle({ path, query }) {
      const row = await orders.byId(path.id);
      if (row === null) throw orderNotFound();
      // The hottest route: nothing is awaited that need not be.
      if (query.include.size === 0) return ok("Order retrieved", plainOrder(row), etagOf(row));
      const [stored] = await wholeOrders(orders.database, [row], query.include);
      if (stored === undefined) throw orderNotFound();
      const data = await withIncludesOf(orders.database, stored, query.include);
      return ok("Order retrieved", data, etagOf(stored.row));
    },
  });
}

function updateRoute(orders: Orders): Route {
  return route({
    method: "PUT",
    path: "/api/orders/{id}",
    tag,
    summary: "Update an order",
    description:
      "A field that is absent stays as it is, null clears it. `order_details` is the whole list: a detail with an id " +
      "is updated, one without is new, and a detail that is not in the list is removed.",
    query: { include, dry_run: dryRun },
    body: orderUpdate,
    data: order,
    refusals: ["not-found", "precondition", "reference", "rule", "state"],
    handle: ({ path, body, query, guard }) =>
      orders.update({ id: path.id, body, guard, shown: shown(query.include, body) }, query.dry_run),
  });
}

function deleteRoute(orders: Orders): Route {
  return route({
    method: "DELETE",
    path: "/api/orders/{id}",
    tag,
    summary: "Delete an order with its order details",
    query: { dry_run: dryRun },
    body: none,
    data: nullable(order),
    refusals: ["not-found", "precondition", "state", "in-use"],
    handle: ({ path, query, guard }) =>
      changed(orders.database, guard, query.dry_run, async (tx) => {
        const before = detailedOrder(await deleteOrder(tx, path.id, guard));
        return { answer: ok("Order deleted", null), change: { resource: singular, id: path.id, before, after: null } };
      }),
  });
}

function ofCustomerRoute(orders: Orders): Route {
  return route({
    method: "GET",
    path: "/api/orders/customer/{id}",
    tag,
    summary: "List the orders of a customer, the newest order date first",
    query: { status_id: filters.status_id, ...pageByDateQuery },
    body: none,
    data: array(order),
    paged: true,
    lasts: "until-commit",
    handle: ({ path, query, client }) =>
      page(orders, { ...query, customer_id: path.id, employee_id: null, shipper_id: null }, query.include, client),
  });
}

function ofEmployeeRoute(orders: Orders): Route {
  return route({
    method: "GET",
    path: "/api/orders/employee/{id}",
    tag,
    summary: "List the orders of an employee, the newest order date first",
    query: { status_id: filters.status_id, ...pageByDateQuery },
    body: none,
    data: array(order),
    paged: true,
    lasts: "until-commit",
    handle: ({ path, query, client }) =>
      page(orders, { ...query, employee_id: path.id, customer_id: null, shipper_id: null }, query.include, client),
  });
}

/** Who writes details gets them back without asking. */
function shown(wanted: Includes, body: { readonly order_details?: unknown }): Includes {
  return body.order_details === undefined ? wanted : new Set([...wanted, "details" as const]);
}
