// Every condition of every action of an order: the pages and clients are told by the same ones that refuse it.
import type { Issue, ProblemCode } from "../../contract/answer.ts";
import { fromUnits, quantityText } from "../../contract/decimal.ts";
import type { Right } from "../../rights/rights.ts";
import { type ActionName, actionNames, type OrderAction } from "../fields.ts";
import { isDeletable, isOpen, missingFor, status } from "../rules.ts";
import { askedTooMuch, dueFor } from "../stock/due.ts";
import { takeable } from "../stock/move.ts";
import { outOf } from "../stock/quantities.ts";
import type { SituatedDetail, Situation } from "./situation.ts";

/** A condition of an action that is not met, and what whoever wants the action can do about it. */
export interface Unmet {
  readonly code: ProblemCode;
  readonly message: string;
  readonly what_to_do: string;
  /** The place in the order. */
  readonly pointer: string;
}

const needed = {
  update: "write-orders",
  allocate: "write-orders",
  release: "write-orders",
  purchase: "write-purchases",
  invoice: "write-orders",
  ship: "ship-orders",
  return: "ship-orders",
  close: "write-orders",
  cancel: "write-orders",
  reopen: "write-orders",
  delete: "delete-orders",
} as const satisfies Readonly<Record<ActionName, Right>>;

/** Every action with all its unmet conditions at once: the right that is lacking, and what the order itself forbids. */
export function reportedActions(situation: Situation, rights: ReadonlySet<Right>): readonly OrderAction[] {
  return actionNames.map((action) => {
    const unmet = [...lacking(rights, needed[action]), ...unmetOf(action, situation)];
    return { action, allowed: unmet.length === 0, unmet };
  });
}

function lacking(rights: ReadonlySet<Right>, right: Right): readonly Unmet[] {
  if (rights.has(right)) return [];
  const what_to_do = "Ask an admin for a role that has it, or somebody who has the role.";
  return [{ pointer: "#", code: "forbidden", message: `You lack the right ${right}.`, what_to_do }];
}

/** What the order itself has against an action. */
export function unmetOf(action: ActionName, situation: Situation): readonly Unmet[] {
  switch (action) {
    case "update":
      return [];
    case "allocate":
      return againstAllocation(situation);
    case "release":
      return againstRelease(situation);
    case "purchase":
      return againstPurchase(situation);
    case "invoice":
      return againstInvoice(situation);
    case "ship":
      return againstShipment(situation);
    case "return":
      return againstReturn(situation);
    case "close":
      return againstClosing(situation);
    case "cancel":
      return againstCancellation(situation);
    case "reopen":
      return againstReopening(situation);
    case "delete":
      return againstDeletion(situation);
  }
}

/** The issues of a request that asks for an action all the same. */
export function issuesOf(unmet: readonly Unmet[]): readonly Issue[] {
  return unmet.map(({ pointer, code, message, what_to_do }) => ({
    ...{ pointer, code, message: `${message} ${what_to_do}` },
  }));
}

function state(pointer: string, message: string, what_to_do: string): Unmet {
  return { pointer, code: "state", message, what_to_do };
}

function inStatus({ order }: Situation, statuses: readonly number[], message: string, what_to_do: string) {
  return statuses.includes(order.status_id ?? status.new) ? [] : [state("#/status_id", message, what_to_do)];
}

/** What a detail has against something, with its place. */
function ofDetails(
  { details }: Situation,
  unmet: (detail: SituatedDetail) => readonly [message: string, what_to_do: string] | null,
): readonly Unmet[] {
  return details.flatMap((detail, place) => {
    const found = unmet(detail);
    return found === null ? [] : [state(`#/order_details/${place}`, ...found)];
  });
}

function nothing(message: string, what_to_do: string): readonly Unmet[] {
  return [state("#/order_details", message, what_to_do)];
}

const readAgain = "Read the order again: its status says what comes next.";

function againstAllocation(situation: Situation): readonly Unmet[] {
  const wrong = inStatus(
    situation,
    [status.new, status.invoiced],
    "Only a new or invoiced order waits for goods.",
    readAgain,
  );
  if (wrong.length > 0) return wrong;
  const waiting = situation.details.filter(({ isStocked, open }) => isStocked && open > 0n);
  if (waiting.length === 0)
    return nothing("Nothing of it waits to be allocated.", "Go on with it as it is, or add order details.");
  const { policy } = situation;
  if (waiting.some(({ open, available }) => takeable(open, available, policy) > 0n)) return [];
  return ofDetails(situation, (detail) => unavailable(detail, policy === "complete"));
}

/** Why nothing of an open detail can be held. */
export function unavailable({ isStocked, open, available }: SituatedDetail, asWhole: boolean) {
  if (!isStocked || open <= 0n) return null;
  const whole = asWhole && available > 0n ? ", and its details are allocated as a whole" : "";
  const message = `Still to be allocated: ${quantityText(open)}, available ${quantityText(available < 0n ? 0n : available)}${whole}.`;
  return [message, "Order the product, release what another order holds, or change the quantity."] as const;
}

function againstRelease(situation: Situation): readonly Unmet[] {
  const message = "Only a new order gives back what it holds.";
  const unmet = inStatus(situation, [status.new], message, "Reopen the order first, if it is invoiced.");
  const holds = situation.details.some(({ quantities }) => quantities.allocated > 0n);
  return holds ? unmet : [...unmet, ...nothing("It holds nothing.", "There is nothing to do.")];
}

function againstPurchase(situation: Situation): readonly Unmet[] {
  const message = "Only a new or invoiced order waits for goods.";
  const wrong = inStatus(situation, [status.new, status.invoiced], message, readAgain);
  if (wrong.length > 0) return wrong;
  const waiting = situation.details.filter(({ isStocked, open }) => isStocked && open > 0n);
  if (waiting.length === 0) return nothing("Nothing of it is short.", "Go on with it as it is, or add order details.");
  const isBuying = waiting.some(isToBuy);
  return ofDetails(situation, (detail) => (isBuying && !isToBuy(detail) ? null : unbuyable(detail)));
}

/** Why nothing is bought for a detail whose product is discontinued. */
export const discontinued = ["It is discontinued.", "Make a purchase order of it, if need be."] as const;

/** Whether goods must be bought for a detail. */
export function isToBuy({ isStocked, lacking, isOwed, isDiscontinued }: SituatedDetail): boolean {
  return isStocked && lacking > 0n && !isOwed && !isDiscontinued;
}

/** Why nothing is bought for an open detail. */
function unbuyable(detail: SituatedDetail) {
  const { isStocked, open, isSold, hasCost } = detail;
  if (!isStocked || open <= 0n) return null;
  if (!isToBuy(detail)) return unneeded(detail);
  if (!isSold) return ["Nobody is known who sells it.", "Say who supplies the product."] as const;
  if (!hasCost) return ["What it costs is not known.", "Set the supplier's price or the standard cost."] as const;
  return null;
}

/** Why nothing is bought for a detail, whoever sells it. */
export function unneeded({ row, isStocked, open, lacking, isOwed }: SituatedDetail) {
  if (!isStocked) return ["Its stock is not kept.", "Make a purchase order of its product."] as const;
  if (open <= 0n) return ["Nothing of it is open.", "There is nothing to do."] as const;
  if (lacking <= 0n) return ["What is open of it is available.", "Allocate it."] as const;
  if (isOwed)
    return [`Purchase order ${row.purchase_order_id} is to bring it.`, "Wait for it, or cancel that."] as const;
  return discontinued;
}

function missing({ order, details, isNeverDetailed }: Situation, to: number): readonly Unmet[] {
  if (isNeverDetailed) return [];
  return missingFor(to, order, details.length).map((field) =>
    state(`#/${field}`, `It needs ${field}.`, `Set ${field} of the order.`),
  );
}

function againstInvoice(situation: Situation): readonly Unmet[] {
  const message = "Only a new order is invoiced.";
  return [
    ...inStatus(situation, [status.new], message, readAgain),
    ...missing(situation, status.invoiced),
    ...ofDetails(situation, ({ isStocked, open }) =>
      isStocked && open > 0n
        ? [`Still to be allocated: ${quantityText(open)}.`, "Allocate it, or change the quantity."]
        : null,
    ),
    ...askedBefore(situation, ({ quantities }) => quantities.ordered),
  ];
}

/** What earlier invoices have against one more, with so much of each detail invoiced by then. */
function askedBefore(situation: Situation, invoiced: (detail: SituatedDetail) => bigint): readonly Unmet[] {
  const { order, asked, minorUnit, seesPrices } = situation;
  if (asked === 0n || (order.status_id ?? status.new) !== status.new) return [];
  const details = situation.details.map((detail) => ({ ...detail.row, invoiced: fromUnits(invoiced(detail)) }));
  const due = dueFor({ ...order, details }, minorUnit).total;
  if (due >= asked) return [];
  const { message, what_to_do } = askedTooMuch(due, asked, seesPrices);
  return [state("#/shipping_fee", message, what_to_do)];
}

/** What of a detail can leave the house now. */
export function shippable({ isStocked, open, quantities }: SituatedDetail): bigint {
  return isStocked ? quantities.allocated : open;
}

function againstShipment(situation: Situation): readonly Unmet[] {
  const { details, order, invoicesOnShipment, isNeverDetailed } = situation;
  const isTooEarly = (order.status_id ?? status.new) === status.new && !invoicesOnShipment && !isNeverDetailed;
  const first = isTooEarly
    ? [state("#/status_id", "It is not invoiced yet.", "Invoice it first, or set the company to invoice on shipment.")]
    : inStatus(situation, [status.new, status.invoiced], "It is shipped already, or cancelled.", readAgain);
  const unmet = [...first, ...missing(situation, status.shipped)];
  const isSomeLeaving = isAllShipped(details) || details.some((detail) => shippable(detail) > 0n);
  if (details.length === 0 || (isSomeLeaving && isTooEarly)) return unmet;
  // A part of what can leave makes no more due than all of it.
  if (isSomeLeaving) return [...unmet, ...askedBefore(situation, (detail) => invoicedWith(detail, shippable(detail)))];
  return [...unmet, ...nothing("Nothing of it is allocated.", "Allocate what is there, or wait for goods to come in.")];
}

/** How much of a detail of a new order is invoiced once so much of it has left. */
export function invoicedWith({ quantities: { shipped, invoiced } }: SituatedDetail, units: bigint): bigint {
  return shipped + units > invoiced ? shipped + units : invoiced;
}

/** Whether nothing is left to be shipped. */
export function isAllShipped(details: readonly Pick<SituatedDetail, "quantities">[]): boolean {
  return details.every(({ quantities: { ordered, shipped } }) => shipped >= ordered);
}

/** Goods come back whatever the status of the order, also when it is closed: only what is out counts. */
function againstReturn({ details }: Situation): readonly Unmet[] {
  if (details.length === 0)
    return nothing("It has no order details of which something could come back.", "Adjust the stock and say why.");
  if (details.every(({ quantities: { shipped } }) => shipped === 0n))
    return nothing("Nothing of it has left the house.", "Change or cancel the order instead.");
  if (details.some(({ quantities }) => outOf(quantities) > 0n)) return [];
  return nothing("All that has left the house has come back already.", "There is nothing to do.");
}

function againstClosing(situation: Situation): readonly Unmet[] {
  const message = "Only a shipped order is closed.";
  const unmet = inStatus(situation, [status.shipped], message, "Ship all of it first.");
  return [...unmet, ...missing(situation, status.closed)];
}

function againstCancellation(situation: Situation): readonly Unmet[] {
  const message = "Only a new or invoiced order is cancelled.";
  const what = "Take back what was shipped with a return; the order itself stays in the books.";
  if (situation.order.status_id === status.cancelled)
    return [state("#/status_id", "It is cancelled already.", "There is nothing to do.")];
  return [...inStatus(situation, [status.new, status.invoiced], message, what), ...shippedDetails(situation)];
}

function shippedDetails(situation: Situation): readonly Unmet[] {
  return ofDetails(situation, ({ quantities }) => {
    if (quantities.shipped === 0n) return null;
    const what_to_do = outOf(quantities) > 0n ? "Take it back with a return" : "It came back with a return";
    return [`Already shipped: ${quantityText(quantities.shipped)}.`, `${what_to_do}; the order stays in the books.`];
  });
}

function againstReopening(situation: Situation): readonly Unmet[] {
  const { status_id } = situation.order;
  const message = "Only an invoiced, closed or cancelled order is reopened.";
  const from = [status.invoiced, status.closed, status.cancelled];
  const unmet = inStatus(situation, from, message, "Leave it as it is, or take back its goods with a return.");
  return status_id === status.invoiced ? [...unmet, ...shippedDetails(situation)] : unmet;
}

function againstDeletion({ order, references }: Situation): readonly Unmet[] {
  const what_to_do = "Cancel it instead: what happened stays in the books.";
  const used = Object.entries(references).flatMap(([rows, count]): Unmet[] => {
    const message = `${rows[0]?.toUpperCase()}${rows.slice(1).replaceAll("_", " ")} refer to it.`;
    return count > 0 ? [{ pointer: "#", code: "in-use", message, what_to_do }] : [];
  });
  if (isDeletable(order.status_id)) return used;
  const message = "An order that is shipped or closed cannot be deleted.";
  return [state("#/status_id", message, "Leave it as it is."), ...used];
}

/** The status in which an order is reopened. */
export function reopenedStatus(statusId: number | null): number {
  return isOpen(statusId) || statusId === status.cancelled ? status.new : status.shipped;
}
