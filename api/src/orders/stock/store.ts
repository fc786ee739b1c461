// Stores what writes of orders do to details, documents and the ledger, in this order, so that each entry of the ledger
// names the rows that caused it.
import type { Transaction } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import { type Issue, refuseAll } from "../../contract/answer.ts";
import { zero } from "../../contract/decimal.ts";
import type { Cause, Ledger } from "../../ledger/ledger.ts";
import type { ShippingPolicy } from "../../ledger/policies.ts";
import type { DetailChanges } from "../details/changes.ts";
import { storeDetails } from "../details/store.ts";
import type { DetailRow, WrittenOrder, WrittenRow } from "../read.ts";
import { status } from "../rules.ts";
import { takeBackDocuments, writeInvoice, writeShipment } from "./documents.ts";
import { type MovedStock, moveStock, unmoved, type WrittenDetail } from "./move.ts";

type Trader = Pick<CurrentCompany, "now" | "currency" | "terms">;

/** What one write does to the details and the status of an order. */
export interface OrderStep {
  readonly before: readonly DetailRow[];
  readonly plan: DetailChanges;
  /** `nothing` for an order that is made by this write. */
  readonly from: number | null | "nothing";
  readonly to: number | null;
  readonly policy: ShippingPolicy;
  readonly principal: string;
}

/** What keeps the stock from following this write. Moves nothing. */
export function stockIssues(ledger: Ledger, step: OrderStep, company: Trader): readonly Issue[] {
  return ledger.withoutEffect(() => moved(ledger, step, company, () => ({ principal: step.principal }))).issues;
}

function moved(ledger: Ledger, step: OrderStep, company: Trader, cause: (place: number | null) => Cause): MovedStock {
  const { before, plan, from, to, policy } = step;
  // Most changes are of this kind: the stock has nothing to do with them.
  if (from === to && plan.after === before) return unmoved(before);
  const after = plan.after.map(
    ({ product_id, quantity, unit_price, discount }, place): WrittenDetail => ({
      ...{ row: plan.rows[place] ?? null, product_id, quantity, unit_price, discount },
    }),
  );
  return moveStock(ledger, {
    ...{ before, after, policy, now: company.now() },
    ...{ statusBefore: from, statusAfter: to },
    cause: (detail) => ({
      ...cause("place" in detail ? detail.place : null),
      ...("id" in detail ? { order_detail_id: detail.id } : {}),
    }),
  });
}

/** Stores the details of written orders, their documents and their entries in the ledger. Gives the orders as stored. */
export async function storeWithStock(
  tx: Transaction,
  rows: readonly WrittenRow[],
  accepted: readonly { readonly step: OrderStep }[],
  { ledger, company }: { readonly ledger: Ledger; readonly company: Trader },
): Promise<readonly WrittenOrder[]> {
  const documents: { details: readonly DetailRow[]; shipment_id: number | null }[] = [];
  const stores = accepted.map(({ step }, index) => {
    const stock = moved(ledger, step, company, (place) => ({
      principal: step.principal,
      order_id: rows[index]?.id ?? null,
      order_detail_id: place === null ? null : (documents[index]?.details[place]?.id ?? null),
      shipment_id: documents[index]?.shipment_id ?? null,
    }));
    // Another order of the batch may have taken what this one needs.
    refuseAll(stock.issues);
    return { plan: step.plan, columns: stock.columns, shipped: stock.shipped };
  });
  const written = await storeDetails(tx, rows, stores);
  for (const [index, { step }] of accepted.entries()) {
    const order = written[index];
    const shipped = stores[index]?.shipped ?? [];
    if (order === undefined) throw new Error("an order disappeared in the transaction that wrote it");
    documents.push({ details: order.details, shipment_id: await writeDocuments(tx, order, step, shipped, company) });
  }
  await ledger.write(tx, company.now());
  return written;
}

/** Writes the documents of a step of an order with details. Gives the id of the shipment, if there is one. */
async function writeDocuments(
  tx: Transaction,
  { row, details }: WrittenOrder,
  step: OrderStep,
  shipped: MovedStock["shipped"],
  company: Trader,
): Promise<number | null> {
  // An order that is imported in its status has its documents elsewhere.
  if (step.from === "nothing" || details.length === 0) return null;
  const [from, to] = [step.from ?? status.new, step.to ?? status.new];
  const now = company.now();
  if (from === to) return null;
  if (to < from || to === status.cancelled) {
    await takeBackDocuments(tx, row.id, { from, to, now });
    return null;
  }
  if (from < status.invoiced) {
    const { minorUnit } = company.currency;
    const before = new Map(step.before.map(({ id, invoiced }) => [id, invoiced]));
    const invoiced = details.map((detail) => ({ ...detail, invoicedBefore: before.get(detail.id) ?? zero }));
    const terms = { now, paymentDays: company.terms.payment_days, minorUnit };
    // Nobody writes orders without seeing prices.
    await writeInvoice(tx, { ...row, details: invoiced }, { ...terms, seesPrices: true });
  }
  if (from >= status.shipped || to < status.shipped) return null;
  const lines = details.map(({ id }, place) => ({ order_detail_id: id, quantity: shipped[place] ?? zero }));
  const { id: order_id, shipper_id, shipped_date } = row;
  const shipping = { order_id, shipper_id, shipped_date: shipped_date ?? now, tracking_number: null, notes: null };
  return writeShipment(tx, shipping, lines);
}
