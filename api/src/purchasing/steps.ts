// The steps of a purchase order: submitted, approved, closed, cancelled.
import type { Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { Ledger } from "../ledger/ledger.ts";
import { openOf, quantitiesOf } from "../orders/stock/quantities.ts";
import { type Actor, conditionIssues, conditionsOf, purchaseStatus } from "./conditions.ts";
import { planDetails } from "./lines.ts";
import { type Concerned, type LinkedOrders, linkOrders } from "./links.ts";
import { lockedPurchaseOrder, type StoredPurchaseOrder } from "./read.ts";
import {
  type ChangedPurchaseOrder,
  employeeOf,
  type PurchaseOrderRequest,
  storePurchaseOrder,
  submittedBy,
} from "./write.ts";

type Step = "submit" | "approve" | "close" | "cancel";

/** Takes a step of a purchase order, or throws every reason why not. What ends it gives up what has not come in. */
export async function stepPurchaseOrder(
  tx: Transaction,
  { id, context }: PurchaseOrderRequest,
  { step, short = [] }: { readonly step: Step; readonly short?: readonly number[] | undefined },
  company: CurrentCompany,
  /** What a step concerns that ends it. */
  concerned: Concerned | null = null,
): Promise<ChangedPurchaseOrder> {
  const ledger = concerned === null ? await Ledger.open(tx, []) : await concerned.lock(tx);
  const before = await lockedPurchaseOrder(tx, id, context, company.currency.minorUnit);
  const orders: LinkedOrders = (await concerned?.read(tx, before)) ?? new Map();
  const { principal } = context;
  const actor = { principal, employee: await employeeOf(tx, principal) };
  refuseAll([...shortIssues(before, short), ...conditionIssues(conditionsOf(step, before, actor, new Set(short)))]);
  const plan = planDetails(before.details, null, { ledger, costs: new Map() });
  const header = { ...before.row, ...columnsAfter(step, actor, company) };
  const after = await storePurchaseOrder(tx, before, header, { plan, ledger });
  // Nothing more comes: who still waits waits for another purchase.
  const waiting = [...orders.values()].flatMap(({ details }) =>
    details.flatMap((detail) =>
      detail.purchase_order_id === id && (step === "cancel" || openOf(quantitiesOf(detail)) > 0n) ? [detail.id] : [],
    ),
  );
  const links = new Map(waiting.map((detail) => [detail, null]));
  const further = await linkOrders(tx, orders, links, { ledger, company });
  await ledger.write(tx, company.now());
  return { before, after, further };
}

function columnsAfter(step: Step, { principal, employee }: Actor, company: CurrentCompany) {
  switch (step) {
    case "submit":
      return submittedBy(principal, employee, company);
    case "approve":
      return {
        ...{ status_id: purchaseStatus.approved, approved_by: employee, approved_date: company.now() },
        approved_principal: principal.name,
      };
    case "close":
      return { status_id: purchaseStatus.closed, closed_date: company.now() };
    case "cancel":
      return { status_id: purchaseStatus.cancelled };
  }
}

function shortIssues({ details }: StoredPurchaseOrder, short: readonly number[]): readonly Issue[] {
  return short.flatMap((id, index): Issue[] =>
    details.some((detail) => detail.id === id)
      ? []
      : [{ pointer: `#/short/${index}`, code: "reference", message: "Is no detail of this purchase order." }],
  );
}
