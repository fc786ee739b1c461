// Purchasing: what is bought from suppliers, what each of them asks, and what has come in.
import type { Api } from "../api.ts";
import type { MinorUnit } from "../company/currency.ts";
import { created, ok, okList } from "../contract/answer.ts";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import {
  choices,
  cursor,
  idFilter,
  largestId,
  limit,
  refuseCursor,
  refuseFilters,
} from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, none } from "../contract/schema.ts";
import { dryRun } from "../contract/write-headers.ts";
import { historyRoute } from "../resources/history.ts";
import type { Principal } from "../rights/principal.ts";
import { etagOf } from "../writes/preconditions.ts";
import { runWrite } from "../writes/run-write.ts";
import { purchaseActionRoutes, write } from "./action-routes.ts";
import { conditionsOf } from "./conditions.ts";
import { actionNames, type PurchaseOrder, purchaseOrder, purchaseOrderCreate, purchaseOrderUpdate } from "./fields.ts";
import { orderPurchaseRoute } from "./for-order/routes.ts";
import { Concerned } from "./links.ts";
import { productSupplierRoutes } from "./product-suppliers.ts";
import { missingFilters, purchaseDetails, purchaseOrderPages, purchaseOrdersByIds } from "./queries.ts";
import {
  detailedPurchaseOrder,
  isOfOneVersion,
  type PurchaseOrderRow,
  plainPurchaseOrder,
  purchaseOrderChange,
  purchaseOrderNotFound,
  readPurchaseOrder,
  resource,
  type StoredPurchaseOrder,
} from "./read.ts";
import { reorderRoutes } from "./reorder/routes.ts";
import { changePurchaseOrder, createPurchaseOrder, employeeOf } from "./write.ts";

const tag = "purchase_orders";
const right = "read-purchases";

/** The routes of purchasing. */
export function purchasingRoutes(api: Api): readonly Route[] {
  const { database } = api;
  return [
    ...productSupplierRoutes(api),
    ...reorderRoutes(api),
    orderPurchaseRoute(api),
    listRoute(api),
    createRoute(api),
    getRoute(api),
    updateRoute(api),
    historyRoute(api, {
      ...{ singular: resource, plural: tag, right },
      exists: async (id) => (await database.maybe(purchaseOrdersByIds, { ids: [id] })) !== null,
    }),
    ...purchaseActionRoutes(api),
  ];
}

interface PageQuery {
  readonly status_id: number | null;
  readonly supplier_id: number | null;
  readonly limit: number;
  readonly cursor: string | null;
}

function listRoute({ database, company }: Api): Route {
  return route({
    method: "GET",
    path: "/api/purchase_orders",
    ...{ right, tag },
    summary: "List purchase orders, the newest first",
    query: {
      include: choices(["details"], "`details`: the details of each, and what they cost together."),
      status_id: idFilter("Purchase orders in this status."),
      supplier_id: idFilter("Purchase orders to this supplier."),
      limit: limit(1000, 100),
      cursor,
    },
    body: none,
    data: array(purchaseOrder),
    paged: true,
    cache: "until-commit",
    refusals: ["not-found"],
    async handle({ query }) {
      const { found, shown } = query.include.has("details")
        ? await detailedPage(database, query, company.currency.minorUnit)
        : await plainPage(database, query);
      const last = found.length > shown.length ? shown.at(-1) : undefined;
      const next_cursor = last === undefined ? null : writeCursor([tagOf(query), last.id]);
      return okList("Purchase orders retrieved", shown, { limit: query.limit, next_cursor });
    },
  });
}

interface Page {
  /** The rows of the page, and one more if there is another page. */
  readonly found: readonly PurchaseOrderRow[];
  readonly shown: readonly PurchaseOrder[];
}

async function plainPage(database: Api["database"], query: PageQuery): Promise<Page> {
  const found = await pageOf(database, query);
  return { found, shown: found.slice(0, query.limit).map(plainPurchaseOrder) };
}

/** Each purchase order is of one version with its details. */
async function detailedPage(database: Api["database"], query: PageQuery, minorUnit: MinorUnit): Promise<Page> {
  for (;;) {
    const found = await pageOf(database, query);
    const rows = found.slice(0, query.limit);
    const ids = rows.map(({ id }) => id);
    const details = ids.length === 0 ? [] : await database.all(purchaseDetails, { ids });
    const detailsOf = Map.groupBy(details, ({ purchase_order_id }) => purchase_order_id);
    const stored = rows.map((row) => ({ row, details: detailsOf.get(row.id) ?? [] }));
    if (stored.every(isOfOneVersion))
      return { found, shown: stored.map((order) => detailedPurchaseOrder(order, minorUnit)) };
  }
}

/** The rows of a page, and one more if there is another page. Refuses an empty list of an unknown supplier or status. */
async function pageOf(database: Api["database"], query: PageQuery) {
  const rows = await rowsOf(database, query);
  const { status_id, supplier_id, cursor } = query;
  if (rows.length === 0 && cursor === null && (status_id !== null || supplier_id !== null))
    refuseFilters(await database.all(missingFilters, { status_id, supplier_id }));
  return rows;
}

function rowsOf(database: Api["database"], { status_id, supplier_id, ...query }: PageQuery) {
  const tagged = tagOf({ status_id, supplier_id });
  const page = { id: query.cursor === null ? largestId : readKey(query.cursor, tagged), rows: query.limit + 1 };
  if (status_id !== null && supplier_id !== null)
    return database.all(purchaseOrderPages.ofBoth, { ...page, status_id, supplier_id });
  if (status_id !== null) return database.all(purchaseOrderPages.ofStatus, { ...page, status_id });
  if (supplier_id !== null) return database.all(purchaseOrderPages.ofSupplier, { ...page, supplier_id });
  return database.all(purchaseOrderPages.all, page);
}

/** Tells the cursors of one list from those of others. */
function tagOf({ status_id, supplier_id }: Pick<PageQuery, "status_id" | "supplier_id">): string {
  return `${tag} ${status_id} ${supplier_id}`;
}

function readKey(text: string, tagged: string): number {
  const [list, id, ...rest] = readCursor(text);
  if (list !== tagged || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  return id;
}

function createRoute({ database, company }: Api): Route {
  return route({
    method: "POST",
    path: "/api/purchase_orders",
    right: "write-purchases",
    tag,
    summary: "Create a purchase order, with its details",
    description:
      "A detail without `unit_cost` costs what the supplier asks for the product, or else its standard cost.",
    query: { dry_run: dryRun },
    body: purchaseOrderCreate,
    data: purchaseOrder,
    status: 201,
    refusals: ["reference", "rule"],
    handle: ({ body, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const { minorUnit } = company.currency;
        const after = await createPurchaseOrder(tx, body, { company, principal: context.principal });
        const data = detailedPurchaseOrder(after, minorUnit);
        const path = `/api/purchase_orders/${after.row.id}`;
        const answer = created("Purchase order created", path, data, etagOf(after.row));
        return { answer, change: purchaseOrderChange(null, after, minorUnit) };
      }),
  });
}

function getRoute({ database, company }: Api): Route {
  return route({
    method: "GET",
    path: "/api/purchase_orders/{id}",
    ...{ right, tag },
    summary: "Get a purchase order with its details",
    query: {
      include: choices(
        ["actions"],
        "`actions`: what you may do with it now, and everything that stands against the rest.",
      ),
    },
    body: none,
    data: purchaseOrder,
    personal: true,
    refusals: ["not-found"],
    async handle({ path, query, context }) {
      const stored = await readPurchaseOrder(database, path.id);
      if (stored === null) throw purchaseOrderNotFound();
      const data = detailedPurchaseOrder(stored, company.currency.minorUnit);
      const etag = etagOf(stored.row);
      if (!query.include.has("actions")) return ok("Purchase order retrieved", data, etag);
      const { principal } = context;
      const employee = await employeeOf(database, principal);
      const shown = withActions(data, stored, { principal, employee });
      return { ...ok("Purchase order retrieved", shown, etag), showsOthers: true };
    },
  });
}

function withActions(
  order: PurchaseOrder,
  stored: StoredPurchaseOrder,
  actor: { readonly principal: Principal; readonly employee: number | null },
): PurchaseOrder {
  const actions = actionNames.map((action) => {
    const unmet = conditionsOf(action, stored, actor);
    return { action, allowed: unmet.length === 0, unmet };
  });
  return { ...order, actions };
}

function updateRoute(api: Api): Route {
  return route({
    method: "PUT",
    path: "/api/purchase_orders/{id}",
    right: "write-purchases",
    tag,
    summary: "Update a purchase order",
    description:
      "A field that is absent stays as it is, null clears it. `purchase_order_details` is the complete list: a detail " +
      "with an id is updated, one without is new, and a detail that is not in the list is removed. A change of a " +
      "quantity, a price or the supplier takes an approval back. What has come in stays as it is.",
    query: { dry_run: dryRun },
    body: purchaseOrderUpdate,
    data: purchaseOrder,
    refusals: ["not-found", "precondition", "reference", "rule", "state"],
    async handle({ path: { id }, body, query, context }) {
      const { purchase_order_details: given } = body;
      const bought = given?.flatMap(({ product_id }) => product_id ?? []);
      const concerned = given === undefined ? null : await Concerned.of(api.database, id, bought);
      return write(api, context, query.dry_run, "updated", (tx) =>
        changePurchaseOrder(tx, { id, context, body }, api.company, concerned),
      );
    },
  });
}
