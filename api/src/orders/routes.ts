import type { Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { batchReads } from "../batching/batch-reads.ts";
import { WriteBatches } from "../batching/batch-writes.ts";
import type { CurrentCompany } from "../company/current.ts";
import { created, type Outcome, ok, okList } from "../contract/answer.ts";
import { type Client, type Route, route } from "../contract/route.ts";
import { array, none, nullable } from "../contract/schema.ts";
import { dryRun, type WriteContext } from "../contract/write-headers.ts";
import { historyRoute } from "../resources/history.ts";
import type { View } from "../rights/view.ts";
import { completeStored, type Refused } from "../writes/outcomes.ts";
import { etagOf } from "../writes/preconditions.ts";
import { type CompletedWrite, runWrite } from "../writes/run-write.ts";
import { ProductsOfOrder } from "./actions/opened.ts";
import { shownOrderTo } from "./actions/show.ts";
import { readConsistently } from "./consistent-read.ts";
import { deleteOrder } from "./delete.ts";
import { type Order, type OrderCreate, order, orderCreate, orderUpdate } from "./fields.ts";
import { filtersOf } from "./list/filter.ts";
import { listOrders, type PageRequest, refuseHidden } from "./list/list.ts";
import { includeOfOne, pageByDateQuery, pageQuery } from "./list/parameters.ts";
import type { Filters, List } from "./list/request.ts";
import { orderNotFound } from "./locked.ts";
import { ordersByIds } from "./queries.ts";
import { auditedOrder, auditedStates, type Includes, type OrderRow, plainOrder, withIncludes } from "./read.ts";
import { MovedProducts } from "./stock/moved.ts";
import { createOrders, type OrderChange, type Trader, updateOrders } from "./write.ts";

const tag = "orders";
const singular = "order" as const;
/** The services of these routes, with their batches of reads and writes. */
interface Orders extends Pick<Api, "database" | "company" | "reporter"> {
  readonly byId: (id: number) => Promise<OrderRow | null>;
  readonly creations: WriteBatches<Creation, Order>;
  readonly updates: WriteBatches<Update, Order>;
}

/** A request to write an order, with what its answer shows. */
interface Creation {
  readonly body: OrderCreate;
  readonly context: WriteContext;
  readonly shown: Includes;
}
interface Update extends OrderChange {
  readonly shown: Includes;
}

/** The order routes, in the order of the original's README. */
export function orderRoutes(api: Api): readonly Route[] {
  const { database, company, allowImport } = api;
  const orders = {
    database,
    company,
    reporter: api.reporter,
    byId: batchReads<OrderRow>((ids) => database.all(ordersByIds, { ids })),
    creations: new WriteBatches<Creation, Order>({
      database,
      work: (tx, requests) => createAll(tx, requests, company, allowImport),
      counts: api.writeCounts,
    }),
    updates: new WriteBatches<Update, Order>({
      database,
      work: (tx, requests) => updateAll(tx, requests, company),
      distinctBy: ({ id }) => id,
      counts: api.writeCounts,
    }),
  };
  return [
    listRoute(orders),
    createRoute(orders),
    getRoute(orders),
    updateRoute(orders),
    deleteRoute(orders),
    ofContactRoute(orders, "a customer", "/api/orders/customer/{id}", (id) => ({ customer_id: id })),
    ofContactRoute(orders, "an employee", "/api/orders/employee/{id}", (id) => ({ employee_id: id })),
    historyRoute(api, {
      singular,
      plural: tag,
      right: "read-orders",
      exists: async (id) => (await orders.byId(id)) !== null,
    }),
  ];
}

async function createAll(
  tx: Transaction,
  requests: readonly Creation[],
  company: CurrentCompany,
  allowImport: boolean,
): Promise<(CompletedWrite<Order> | Refused)[]> {
  const currency = await company.currencyOfOrders(tx);
  const trader = { now: () => company.now(), currency, terms: company.terms };
  const stored = await createOrders(tx, requests, trader, allowImport);
  return completeStored(requests, stored, async (after, { shown, context }) => {
    const { id } = after.row;
    const data = await shownOrderTo(tx, after, shown, { company: trader, rights: context.principal.rights });
    const state = { before: null, after: auditedOrder(after, currency.minorUnit) };
    const change = { resource: singular, id, version: after.row.version, ...state };
    return { answer: created("Order created", `/api/orders/${id}`, data, etagOf(after.row)), change };
  });
}

async function updateAll(
  tx: Transaction,
  requests: readonly Update[],
  company: Trader,
): Promise<(CompletedWrite<Order> | Refused)[]> {
  const updated = await updateOrders(tx, requests, company);
  const { minorUnit } = company.currency;
  return completeStored(requests, updated, async ({ before, after }, { id, shown, context }) => {
    const data = await shownOrderTo(tx, after, shown, { company, rights: context.principal.rights });
    const states = auditedStates(before, after, minorUnit);
    const change = { resource: singular, id, version: after.row.version, ...states };
    return { answer: ok("Order updated", data, etagOf(after.row)), change };
  });
}

/** Runs a write that may share its transaction with others of its route. */
function writeInBatch<Q extends { readonly context: WriteContext }>(
  { database }: Orders,
  batches: WriteBatches<Q, Order>,
  request: Q,
  isDryRun: boolean,
): Promise<Outcome<Order>> {
  const alone = (tx: Transaction) => batches.workAlone(tx, request);
  return runWrite(database, request.context, isDryRun, alone, (write) => batches.add(request, write));
}

interface PageQuery extends PageRequest {
  readonly include: Includes;
}

/** Who waits for a page, and what it may see. */
interface Reader {
  readonly client: Client;
  readonly view: View;
}

async function page(orders: Orders, list: List, query: PageQuery, { client: { signal }, view }: Reader) {
  refuseHidden(view, list.sort);
  const { include: wanted } = query;
  const found = await listOrders(orders, list, query, signal);
  const stored = await readConsistently(orders.database, found.rows, wanted);
  const data = await withIncludes(orders.database, stored, wanted, orders.company.currency.minorUnit);
  return okList("Orders retrieved", data, found.page);
}

function listRoute(orders: Orders): Route {
  return route({
    method: "GET",
    path: "/api/orders",
    right: "read-orders",
    tag,
    summary: "List orders, the newest first",
    query: pageQuery,
    body: none,
    data: array(order),
    paged: true,
    cache: "until-commit",
    refusals: ["not-found", "sort", "forbidden"],
    handle: ({ query, ...reader }) => page(orders, { filters: filtersOf(query), sort: query.sort }, query, reader),
  });
}

function createRoute(orders: Orders): Route {
  return route({
    method: "POST",
    path: "/api/orders",
    right: "write-orders",
    tag,
    summary: "Create an order, with its order details",
    query: { include: includeOfOne, dry_run: dryRun },
    body: orderCreate,
    data: order,
    status: 201,
    refusals: ["reference", "rule", "discontinued", "not-new"],
    handle: ({ body, query, context }) =>
      writeInBatch(orders, orders.creations, { body, context, shown: shown(query.include, body) }, query.dry_run),
  });
}

function getRoute(orders: Orders): Route {
  return route({
    method: "GET",
    path: "/api/orders/{id}",
    right: "read-orders",
    tag,
    summary: "Get an order",
    query: { include: includeOfOne },
    body: none,
    data: order,
    deadline: "batched",
    cache: "until-commit",
    byRights: true,
    refusals: ["not-found"],
    async handle({ path, query, context }) {
      const row = await orders.byId(path.id);
      if (row === null) throw orderNotFound();
      // The hottest route: nothing is awaited that need not be.
      if (query.include.size === 0) return ok("Order retrieved", plainOrder(row), etagOf(row));
      const [stored] = await readConsistently(orders.database, [row], query.include);
      if (stored === undefined) throw orderNotFound();
      const asker = { company: orders.company, rights: context.principal.rights };
      const data = await shownOrderTo(orders.database, stored, query.include, asker);
      const answer = ok("Order retrieved", data, etagOf(stored.row));
      return query.include.isSubsetOf(ofTheOrder) ? answer : { ...answer, showsOthers: true };
    },
  });
}

function updateRoute(orders: Orders): Route {
  return route({
    method: "PUT",
    path: "/api/orders/{id}",
    right: "write-orders",
    tag,
    summary: "Update an order",
    description:
      "A field that is absent stays as it is, null clears it. `order_details` is the whole list: a detail with an id " +
      "is updated, one without is new, and a detail that is not in the list is removed. The order may be sent back as " +
      "it was read, with what `include` added: what only the server sets is accepted unchanged.",
    query: { include: includeOfOne, dry_run: dryRun },
    body: orderUpdate,
    data: order,
    refusals: ["not-found", "precondition", "reference", "rule", "discontinued", "correction", "state"],
    handle: ({ path, body, query, context }) => {
      const moved = new MovedProducts();
      const request = { id: path.id, body, context, moved, shown: shown(query.include, body) };
      return writeInBatch(orders, orders.updates, request, query.dry_run);
    },
  });
}

function deleteRoute(orders: Orders): Route {
  return route({
    method: "DELETE",
    path: "/api/orders/{id}",
    right: "delete-orders",
    proof: true,
    tag,
    summary: "Delete an order with its order details",
    query: { dry_run: dryRun },
    body: none,
    data: nullable(order),
    refusals: ["not-found", "precondition", "state", "in-use"],
    async handle({ path: { id }, query, context }) {
      const { database, company } = orders;
      const products = await ProductsOfOrder.of(database, id);
      return runWrite(database, context, query.dry_run, async (tx) => {
        const deleted = await deleteOrder(tx, id, { context, company, products });
        const before = auditedOrder(deleted, company.currency.minorUnit);
        return {
          answer: ok("Order deleted", null),
          change: { resource: singular, id, version: null, before, after: null },
        };
      });
    },
  });
}

function ofContactRoute(
  orders: Orders,
  whose: string,
  path: `${string}/{id}`,
  filterBy: (id: number) => Pick<Partial<Filters>, "customer_id" | "employee_id">,
): Route {
  return route({
    method: "GET",
    path,
    right: "read-orders",
    tag,
    summary: `List the orders of ${whose}, the newest order date first`,
    query: pageByDateQuery,
    body: none,
    data: array(order),
    paged: true,
    cache: "until-commit",
    refusals: ["not-found", "sort", "forbidden"],
    handle: ({ path: { id }, query, ...reader }) => {
      const others = filtersOf({ ...query, customer_id: null, employee_id: null });
      const filters = { ...others, ...filterBy(id) };
      // Nobody by this id is an empty list, as the original answers; only filters of the query must name somebody.
      return page(orders, { filters, sort: query.sort }, { ...query, mustExist: others }, reader);
    },
  });
}

/** What `include` adds from the order itself. */
const ofTheOrder: ReadonlySet<string> = new Set(["details", "totals"]);

/** Who writes details gets them back without asking. */
function shown(wanted: Includes, body: { readonly order_details?: unknown }): Includes {
  return body.order_details === undefined ? wanted : new Set([...wanted, "details" as const]);
}
