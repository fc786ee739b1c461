// The actions of a purchase order, each a POST of its own.
import type { Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { type Route, route } from "../contract/route.ts";
import { none } from "../contract/schema.ts";
import { dryRun, type WriteContext } from "../contract/write-headers.ts";
import { etagOf } from "../writes/preconditions.ts";
import { runWrite } from "../writes/run-write.ts";
import { rightOf } from "./conditions.ts";
import { closing, purchaseOrder, receipt } from "./fields.ts";
import { Concerned } from "./links.ts";
import { detailedPurchaseOrder, purchaseOrderChange } from "./read.ts";
import { receivePurchase, waitingForPurchase } from "./receive.ts";
import { stepPurchaseOrder } from "./steps.ts";
import type { ChangedPurchaseOrder } from "./write.ts";

const declared = {
  method: "POST",
  tag: "purchase_orders",
  query: { dry_run: dryRun },
  data: purchaseOrder,
} as const;

/** The routes of the actions. */
export function purchaseActionRoutes(api: Api): readonly Route[] {
  const { company } = api;
  return [
    route({
      ...{ ...declared, path: "/api/purchase_orders/{id}/submit", right: rightOf.submit, body: none },
      summary: "Submit a purchase order for approval",
      description: "It needs a supplier and at least one detail.",
      refusals: ["not-found", "precondition", "state"],
      handle: ({ path: { id }, query, context }) =>
        write(api, context, query.dry_run, "submitted", (tx) =>
          stepPurchaseOrder(tx, { id, context }, { step: "submit" }, company),
        ),
    }),
    route({
      ...{ ...declared, path: "/api/purchase_orders/{id}/approve", right: rightOf.approve, body: none },
      summary: "Approve a submitted purchase order",
      description:
        "Never by who submitted it or changed it since. A later change of a quantity, a price or the supplier takes the " +
        "approval back.",
      refusals: ["not-found", "precondition", "state"],
      handle: ({ path: { id }, query, context }) =>
        write(api, context, query.dry_run, "approved", (tx) =>
          stepPurchaseOrder(tx, { id, context }, { step: "approve" }, company),
        ),
    }),
    receiveRoute(api),
    closeRoute(api),
    route({
      ...{ ...declared, path: "/api/purchase_orders/{id}/cancel", right: rightOf.cancel, body: none },
      summary: "Cancel a purchase order of which nothing has come in",
      description: "Order details that wait for it are short again.",
      refusals: ["not-found", "precondition", "state"],
      async handle({ path: { id }, query, context }) {
        const concerned = await Concerned.of(api.database, id);
        return write(api, context, query.dry_run, "cancelled", (tx) =>
          stepPurchaseOrder(tx, { id, context }, { step: "cancel" }, company, concerned),
        );
      },
    }),
  ];
}

function receiveRoute(api: Api): Route {
  return route({
    ...{
      ...declared,
      path: "/api/purchase_orders/{id}/receive",
      right: rightOf.receive,
      body: receipt,
      optionalBody: true,
    },
    summary: "Receive goods of an approved purchase order",
    description:
      "In one delivery or in several: each detail says how much comes in; without details it is all that is owed. More " +
      "than ordered comes in only within the `over_receipt_tolerance` of the company. What comes in goes to the orders " +
      "that wait for it, those with the oldest order date first, in the same write.",
    refusals: ["not-found", "precondition", "reference", "rule", "state"],
    async handle({ path: { id }, body, query, context }) {
      const waiting = await waitingForPurchase(api.database, id);
      return write(api, context, query.dry_run, "received", (tx) =>
        receivePurchase(tx, { id, context, body }, waiting, api.company),
      );
    },
  });
}

function closeRoute(api: Api): Route {
  return route({
    ...{
      ...declared,
      path: "/api/purchase_orders/{id}/close",
      right: rightOf.close,
      body: closing,
      optionalBody: true,
    },
    summary: "Close a purchase order when every detail has come in, or comes short",
    description:
      "`short` names the details of which no more will come: that is no longer on order. Order details that still wait " +
      "for it are short again.",
    refusals: ["not-found", "precondition", "reference", "state"],
    async handle({ path: { id }, body: { short }, query, context }) {
      const concerned = await Concerned.of(api.database, id);
      return write(api, context, query.dry_run, "closed", (tx) =>
        stepPurchaseOrder(tx, { id, context }, { step: "close", short }, api.company, concerned),
      );
    },
  });
}

/** Runs a write of a purchase order that exists. */
export function write(
  { database, company }: Pick<Api, "database" | "company">,
  context: WriteContext,
  isDryRun: boolean,
  done: string,
  work: (tx: Transaction) => Promise<ChangedPurchaseOrder>,
) {
  return runWrite(database, context, isDryRun, async (tx) => {
    const { before, after, further } = await work(tx);
    const { minorUnit } = company.currency;
    const data = detailedPurchaseOrder(after, minorUnit);
    const answer = ok(`Purchase order ${done}`, data, etagOf(after.row));
    return { answer, change: purchaseOrderChange(before, after, minorUnit), further };
  });
}
