// The documents that a step of an order leaves behind: the shipment of what goes out, and the invoice.
import type { DateTime, Decimal, Transaction } from "sqlproof";
import { addDays } from "../../company/business-time.ts";
import type { MinorUnit } from "../../company/currency.ts";
import { zero } from "../../contract/decimal.ts";
import { amountsOf, type PricedDetail, type PricedOrder, status } from "../rules.ts";
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

/** An order whose invoice is written. */
export interface InvoicedOrder extends PricedOrder {
  readonly id: number;
  readonly details: readonly PricedDetail[];
}

/** When an invoice is written and until when it is to be paid. */
export interface InvoiceTerms {
  readonly now: DateTime;
  readonly paymentDays: number;
  readonly minorUnit: MinorUnit;
}

/** Writes the invoice of an order with its true amounts, unless it has one. */
export async function writeInvoice(
  tx: Transaction,
  { id: order_id, details, ...order }: InvoicedOrder,
  { now, paymentDays, minorUnit }: InvoiceTerms,
): Promise<void> {
  if ((await tx.all(validInvoices, { order_id })).length > 0) return;
  await tx.run(insertInvoice, {
    order_id,
    invoice_date: now,
    due_date: addDays(now, paymentDays),
    tax: order.taxes ?? zero,
    shipping: order.shipping_fee ?? zero,
    amount_due: amountsOf(order, details, minorUnit).orderTotal,
  });
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
