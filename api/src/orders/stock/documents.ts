// The documents that a step of an order leaves behind: the shipment of what goes out, and the invoice.
import type { DateTime, Decimal, Transaction } from "sqlproof";
import { addDays } from "../../company/business-time.ts";
import type { MinorUnit } from "../../company/currency.ts";
import { refuseAll } from "../../contract/answer.ts";
import { fromUnits, toUnits, zero } from "../../contract/decimal.ts";
import { type PricedOrder, status } from "../rules.ts";
import { askedTooMuch, type DueDetail, dueFor } from "./due.ts";
import {
  deleteShipmentDetails,
  deleteShipments,
  insertInvoice,
  insertShipment,
  insertShipmentDetail,
  shipmentsOfOrder,
  validInvoices,
  voidInvoices,
} from "./queries.ts";

/** A shipped quantity of a detail. */
export interface ShippedDetail {
  readonly order_detail_id: number;
  readonly quantity: Decimal;
}

/** How goods leave the house. */
export interface Shipping {
  readonly order_id: number;
  readonly shipper_id: number | null;
  readonly shipped_date: DateTime;
  readonly tracking_number: string | null;
  readonly notes: string | null;
}

/** Writes the shipment of these details and gives its id, or null if nothing of them goes out. */
export async function writeShipment(
  tx: Transaction,
  shipping: Shipping,
  details: readonly ShippedDetail[],
): Promise<number | null> {
  const shipped = details.filter(({ quantity }) => quantity !== zero);
  if (shipped.length === 0) return null;
  const { id: shipment_id } = await tx.one(insertShipment, shipping);
  await tx.runMany(
    insertShipmentDetail,
    shipped.map((detail) => ({ shipment_id, ...detail })),
  );
  return shipment_id;
}

/** An order detail with how much of it is invoiced, before and after the invoice is written. */
export interface InvoicedDetail extends DueDetail {
  readonly invoicedBefore: Decimal;
}

/** An order whose invoice is written. */
export interface InvoicedOrder extends PricedOrder {
  readonly id: number;
  readonly details: readonly InvoicedDetail[];
}

/** When an invoice is written, until when it is to be paid, and whether who writes it sees amounts. */
export interface InvoiceTerms {
  readonly now: DateTime;
  readonly paymentDays: number;
  readonly minorUnit: MinorUnit;
  readonly seesPrices: boolean;
}

/**
 * Writes the invoice of what is invoiced now, with its true amounts: those of all that is invoiced, less what earlier
 * invoices ask for. So all invoices of an order together come to its total. An order that another program has invoiced
 * gets no other one.
 */
export async function writeInvoice(
  tx: Transaction,
  order: InvoicedOrder,
  { now, paymentDays, minorUnit, seesPrices }: InvoiceTerms,
): Promise<void> {
  const order_id = order.id;
  const earlier = await tx.one(validInvoices, { order_id });
  const isOneOfSeveral = order.details.some(({ invoicedBefore }) => invoicedBefore !== zero);
  if ((earlier.invoices ?? 0) > 0 && !isOneOfSeveral) return;
  const due = dueFor(order, minorUnit);
  const rest = (units: bigint, asked: Decimal | null) => fromUnits(units - toUnits(asked ?? zero));
  const amounts = {
    tax: rest(due.tax, earlier.tax),
    shipping: rest(due.shipping, earlier.shipping),
    amount_due: rest(due.total, earlier.amount_due),
  };
  if (isOneOfSeveral) requireDue(due.total, toUnits(earlier.amount_due ?? zero), seesPrices);
  if (isOneOfSeveral && Object.values(amounts).every((amount) => amount === zero)) return;
  const dates = { invoice_date: now, due_date: addDays(now, paymentDays) };
  await tx.run(insertInvoice, { order_id, ...dates, ...amounts });
}

/** Throws if what is due has become less than what was asked for: no invoice asks for less than nothing. */
function requireDue(due: bigint, asked: bigint, seesPrices: boolean): void {
  if (due >= asked) return;
  const { message, what_to_do } = askedTooMuch(due, asked, seesPrices);
  refuseAll([{ pointer: "#/shipping_fee", code: "state", message: `${message} ${what_to_do}` }]);
}

/** Takes the documents back when a status goes back: the invoice is void, and what was shipped from no stock is not. */
export async function takeBackDocuments(
  tx: Transaction,
  order_id: number,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: DateTime },
): Promise<void> {
  if (to === status.new || to === status.cancelled) await tx.run(voidInvoices, { order_id, voided_date: now });
  if (from < status.shipped || to >= status.shipped) return;
  // The ledger names none of these: a step back is refused where goods have left the stock.
  const shipment_ids = (await tx.all(shipmentsOfOrder, { order_id })).map(({ id }) => id);
  if (shipment_ids.length === 0) return;
  await tx.run(deleteShipmentDetails, { shipment_ids });
  await tx.run(deleteShipments, { shipment_ids });
}
