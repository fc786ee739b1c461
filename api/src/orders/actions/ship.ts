// Ships what is allocated of an order, all of it or a part.
import type { Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../../contract/answer.ts";
import { fromUnits, quantityText } from "../../contract/decimal.ts";
import { referenceIssues } from "../references.ts";
import { dateIssues, status } from "../rules.ts";
import { writeInvoice, writeShipment } from "../stock/documents.ts";
import type { ChangedOrder } from "../write.ts";
import { invoicedWith, isAllShipped, issuesOf, shippable, unmetOf } from "./conditions.ts";
import type { Shipping } from "./fields.ts";
import { type Acting, type Chosen, chosenOf, type Opened } from "./opened.ts";
import { stepTo } from "./steps.ts";
import { type MovedDetail, storeMoved } from "./store.ts";

/**
 * Ships details of an order and writes the shipment; what is left stays as a back order. An order of which nothing is
 * left is shipped. Where the company invoices on shipment, the invoice of what goes is written as well.
 */
export async function ship(tx: Transaction, opened: Opened, body: Shipping, acting: Acting): Promise<ChangedOrder> {
  const { order, situation } = opened;
  const { order_details: given, shipped_date = null } = body;
  const shipper_id = order.row.shipper_id ?? body.shipper_id ?? null;
  const unmet = unmetOf("ship", { ...situation, order: { ...order.row, shipper_id } });
  const forbidden = given === undefined ? unmet : unmet.filter(({ pointer }) => pointer !== "#/order_details");
  const dates = shipped_date === null ? [] : dateIssues({ order_date: order.row.order_date, shipped_date });
  const references = await referenceIssues(tx, { shipper_id: body.shipper_id ?? null });
  const { chosen, issues } = chosenOf(given, opened);
  refuseAll([
    ...[...references, ...dates, ...issues, ...issuesOf(forbidden)],
    ...(given === undefined ? [] : chosen.flatMap(beyondHeld)),
    ...(situation.details.length === 0 ? againstPapers(body) : []),
  ]);
  if (situation.details.length > 0) return shipDetails(tx, opened, { chosen, shipper_id, body }, acting);
  const dated = shipped_date === null ? {} : { shipped_date };
  return stepTo(tx, { status_id: status.shipped, shipper_id, ...dated }, acting);
}

function beyondHeld({ detail, pointer, quantity }: Chosen): readonly Issue[] {
  const most = shippable(detail);
  if ((quantity ?? 0n) <= most) return [];
  const message = detail.isStocked
    ? `Must be at most ${quantityText(most)}, which is allocated.`
    : `Must be at most ${quantityText(most)}, which is left to ship.`;
  return [{ pointer, code: "state", message }];
}

/** An order without details leaves no shipment that could say anything. */
function againstPapers({ tracking_number, notes }: Shipping): readonly Issue[] {
  const message = "An order without details has no shipment to write it on.";
  return Object.entries({ tracking_number, notes }).flatMap(([field, text]): Issue[] =>
    text == null ? [] : [{ pointer: `#/${field}`, code: "state", message }],
  );
}

interface Parcel {
  readonly chosen: readonly Chosen[];
  readonly shipper_id: number | null;
  readonly body: Shipping;
}

async function shipDetails(
  tx: Transaction,
  opened: Opened,
  { chosen, shipper_id, body }: Parcel,
  acting: Acting,
): Promise<ChangedOrder> {
  const { context, company } = acting;
  const { order, ledger, situation } = opened;
  const order_id = order.row.id;
  let shipment_id: number | null = null;
  const lines = chosen.flatMap(({ detail, quantity }) => {
    const units = quantity ?? shippable(detail);
    return units > 0n ? [{ detail, units }] : [];
  });
  for (const { detail, units } of lines) {
    const { product_id, id: order_detail_id } = detail.row;
    const cause = () => ({ principal: context.principal.name, order_id, order_detail_id, shipment_id });
    if (ledger.keeps(product_id)) ledger.sell(product_id, units, cause);
  }
  const isNew = (order.row.status_id ?? status.new) === status.new;
  const shipped = new Map(lines.map(({ detail, units }) => [detail.row.id, units]));
  const details = situation.details.map((detail) =>
    movedBy(detail, shipped.get(detail.row.id) ?? 0n, situation, isNew),
  );
  const isLast = isAllShipped(details.map(({ after }) => ({ quantities: after })));
  const now = company.now();
  const shipped_date = body.shipped_date ?? (isLast ? order.row.shipped_date : null) ?? now;
  const columns = isLast ? { status_id: status.shipped, shipped_date } : order.row;
  const { status_id } = columns;
  const moved = { status_id, shipped_date: columns.shipped_date, shipper_id, details };
  const changed = await storeMoved(tx, opened, moved, company);
  const papers = { tracking_number: body.tracking_number ?? null, notes: body.notes ?? null };
  shipment_id = await writeShipment(
    tx,
    { order_id, shipper_id: body.shipper_id ?? shipper_id, shipped_date, ...papers },
    lines.map(({ detail, units }) => ({ order_detail_id: detail.row.id, quantity: fromUnits(units) })),
  );
  if (isNew) await invoice(tx, changed, acting);
  await ledger.write(tx, now);
  return changed;
}

function movedBy(
  detail: Opened["situation"]["details"][number],
  units: bigint,
  { policy }: Opened["situation"],
  isNew: boolean,
): MovedDetail {
  const { ordered, allocated, shipped, invoiced, returned } = detail.quantities;
  const after = {
    ...{ ordered, returned },
    allocated: detail.isStocked ? allocated - units : allocated,
    shipped: shipped + units,
    invoiced: isNew ? invoicedWith(detail, units) : invoiced,
  };
  return { detail, after, isWanted: policy !== "ask" };
}

async function invoice(tx: Transaction, { before, after }: ChangedOrder, { company, context }: Acting): Promise<void> {
  const earlier = new Map(before.details.map(({ id, invoiced }) => [id, invoiced]));
  const details = after.details.map((detail) => ({
    ...detail,
    invoicedBefore: earlier.get(detail.id) ?? detail.invoiced,
  }));
  const { minorUnit } = company.currency;
  const terms = { now: company.now(), paymentDays: company.terms.payment_days, minorUnit };
  const seesPrices = context.principal.rights.has("see-prices");
  await writeInvoice(tx, { ...after.row, details }, { ...terms, seesPrices });
}
