// The actions on an order: what may be done with it, and doing it.
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ok, type ProblemCode } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none, type Schema, text } from "../../contract/schema.ts";
import { dryRun } from "../../contract/write-headers.ts";
import type { Right } from "../../rights/rights.ts";
import type { Change } from "../../writes/audit/record.ts";
import { etagOf } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { readConsistently } from "../consistent-read.ts";
import { actionName, order } from "../fields.ts";
import { includeOfOne } from "../list/parameters.ts";
import { orderNotFound } from "../locked.ts";
import { ordersByIds } from "../queries.ts";
import { auditedStates } from "../read.ts";
import { WaitingOrders } from "../stock/fill.ts";
import type { ChangedOrder } from "../write.ts";
import { allocate, release } from "./allocate.ts";
import { reportedActions } from "./conditions.ts";
import { chosenDetails, shipping } from "./fields.ts";
import { type Acting, type Opened, openOrder, ProductsOfOrder } from "./opened.ts";
import { putBackRoute } from "./put-back.ts";
import { ship } from "./ship.ts";
import { shownOrderTo } from "./show.ts";
import { situationOf } from "./situation.ts";
import { cancel, close, invoice, reopen } from "./steps.ts";

/** The routes that tell what the client may do with an order now, and that do it. */
export function actionRoutes(api: Api): readonly Route[] {
  return [
    putBackRoute(api),
    toldRoute(api),
    actionRoute(api, {
      path: "/api/orders/{id}/allocate",
      summary: "Hold goods for an order",
      description:
        "As much as there is of what the order details lack, or only of those in the list; with the shipping policy " +
        "`complete` each as a whole. 409 only if nothing at all can be held, with what is available of each.",
      ...{ body: chosenDetails, done: "Order allocated", refusals: listed, work: allocate },
    }),
    actionRoute(api, {
      path: "/api/orders/{id}/release",
      summary: "Give back what an order holds",
      description: "All of it, or only of the order details in the list. It is available then.",
      ...{ body: chosenDetails, done: "Order released", refusals: listed, work: release },
    }),
    actionRoute(api, {
      path: "/api/orders/{id}/invoice",
      summary: "Invoice an order",
      description:
        "Needs what the order details ask for to be allocated or shipped, and who buys, sells and carries it.",
      ...{ body: none, done: "Order invoiced", work: withoutBody(invoice) },
    }),
    actionRoute(api, {
      path: "/api/orders/{id}/ship",
      right: "ship-orders",
      summary: "Ship what is allocated of an order, or a part of it",
      description:
        "Writes a shipment; what is left stays as a back order, and an order of which nothing is left is shipped. " +
        "Before the invoice only where the company invoices on shipment: then the invoice is written with it.",
      ...{ body: shipping, done: "Order shipped", refusals: listed, work: ship },
    }),
    actionRoute(api, {
      path: "/api/orders/{id}/close",
      summary: "Close a shipped order that is paid",
      ...{ body: none, done: "Order closed", work: withoutBody(close) },
    }),
    actionRoute(api, {
      path: "/api/orders/{id}/cancel",
      summary: "Cancel an order of which nothing was shipped",
      description: "What it held goes to the orders that wait for it, the oldest first; its invoice is void.",
      givesBack: true,
      ...{ body: none, done: "Order cancelled" },
      work: (tx, opened, _, acting, waiting) => cancel(tx, opened, acting, waiting),
    }),
    actionRoute(api, {
      path: "/api/orders/{id}/reopen",
      summary: "Make an invoiced or cancelled order new again, or a closed one shipped",
      description: "An order that is new again holds what there is, by its shipping policy; its invoice is void.",
      ...{ body: none, done: "Order reopened", work: withoutBody(reopen) },
    }),
  ];
}

const listed = ["reference", "rule"] as const satisfies readonly ProblemCode[];

const told = object("OrderActions", {
  allowed_actions: array(actionName),
  refused_actions: array(object("RefusedAction", { action: actionName, reasons: array(text(500)) })),
});

function toldRoute({ database, company }: Api): Route {
  return route({
    method: "GET",
    path: "/api/orders/{id}/actions",
    right: "read-orders",
    tag: "orders",
    summary: "List what you may do with an order now, and why not the rest",
    description:
      "By your rights, and by the status and the content of the order. An action that is refused has all its reasons. " +
      "`include=actions` gives the same with the order, and says what to do about each reason.",
    query: {},
    body: none,
    data: told,
    personal: true,
    refusals: ["not-found"],
    async handle({ path: { id }, context: { principal } }) {
      const rows = await database.all(ordersByIds, { ids: [id] });
      const [stored] = await readConsistently(database, rows, new Set(["actions"] as const));
      if (stored === undefined) throw orderNotFound();
      const { rights } = principal;
      const all = reportedActions(await situationOf(database, stored, { company, rights }), rights);
      return ok("Actions retrieved", {
        allowed_actions: all.filter(({ allowed }) => allowed).map(({ action }) => action),
        refused_actions: all.flatMap(({ action, allowed, unmet }) =>
          allowed ? [] : [{ action, reasons: unmet.map(({ message }) => message) }],
        ),
      });
    },
  });
}

interface Done extends ChangedOrder {
  readonly further?: readonly Change[];
}

/** An action: what it is sent, and what it does to the order that is opened for it. */
interface Action<B> {
  readonly path: `/api/orders/{id}/${string}`;
  readonly right?: Right;
  readonly summary: string;
  readonly description?: string;
  readonly body: Schema<B>;
  readonly done: string;
  readonly refusals?: readonly ProblemCode[];
  /** Orders that wait for its goods are locked, too. */
  readonly givesBack?: true;
  readonly work: (tx: Transaction, opened: Opened, body: B, acting: Acting, waiting: WaitingOrders) => Promise<Done>;
}

function withoutBody(work: (tx: Transaction, opened: Opened, acting: Acting) => Promise<Done>): Action<null>["work"] {
  return (tx, opened, _, acting) => work(tx, opened, acting);
}

function actionRoute<B>({ database, company }: Api, action: Action<B>): Route {
  const { path, right = "write-orders", summary, description = "", body, done, refusals = [], work } = action;
  return route({
    ...{ method: "POST", path, right, tag: "orders", summary, description, body, optionalBody: true },
    query: { include: includeOfOne, dry_run: dryRun },
    data: order,
    refusals: ["not-found", "precondition", "state", ...refusals],
    async handle({ path: { id }, body: sent, query, context }) {
      const acting = { id, context, company };
      const products = await ProductsOfOrder.of(database, id);
      const waiting = await WaitingOrders.of(database, action.givesBack ? products.all : []);
      return runWrite(database, context, query.dry_run, async (tx) => {
        if (action.givesBack) {
          waiting.addProducts(products.all);
          await waiting.lock(tx, [id]);
        }
        const opened = await openOrder(tx, acting, products);
        const { before, after, further = [] } = await work(tx, opened, sent, acting, waiting);
        const shown = new Set([...query.include, "details" as const]);
        const data = await shownOrderTo(tx, after, shown, { company, rights: context.principal.rights });
        const { minorUnit } = company.currency;
        const states = auditedStates(before, after, minorUnit);
        const change = { resource: "order", id, version: after.row.version, ...states } as const;
        return { answer: ok(done, data, etagOf(after.row)), change, further };
      });
    },
  });
}
