import type { Right } from "../../rights/rights.ts";
import { isDeletable, missingFor, type NeededFields, nextStatuses, status } from "../rules.ts";

/** What may be done with an order. */
export const actionNames = ["update", "invoice", "ship", "close", "delete"] as const;
export type ActionName = (typeof actionNames)[number];

/** An action and everything that stands against it now; without a reason it is allowed. */
export interface OrderAction {
  readonly action: ActionName;
  readonly reasons: readonly string[];
}

/** What the actions of an order depend on. */
interface Acted extends NeededFields {
  readonly status_id: number | null;
}

/** How many rows an order has, and how many refer to it. */
interface Counts {
  readonly details: number;
  /** It never had details: clients of the original know none, and move such orders on. */
  readonly isNeverDetailed: boolean;
  readonly invoices: number | null;
  readonly inventory_transactions: number | null;
}

const steps = { invoice: status.invoiced, ship: status.shipped, close: status.closed } as const;

/** Every action, with all its reasons at once: the rights that are lacking, and what the order itself forbids. */
export function orderActions(order: Acted, counts: Counts, rights: ReadonlySet<Right>): readonly OrderAction[] {
  const lacking = (right: Right) => (rights.has(right) ? [] : [`You lack the right ${right}.`]);
  return actionNames.map((action) => {
    if (action === "update") return { action, reasons: lacking("write-orders") };
    if (action === "delete")
      return { action, reasons: [...lacking("delete-orders"), ...againstDeletion(order, counts)] };
    return { action, reasons: [...lacking("write-orders"), ...againstStep(order, counts, steps[action])] };
  });
}

function againstDeletion({ status_id }: Acted, { invoices, inventory_transactions }: Counts): readonly string[] {
  const reasons = isDeletable(status_id) ? [] : ["An order that is shipped or closed cannot be deleted."];
  if ((invoices ?? 0) > 0) reasons.push("Invoices refer to it.");
  if ((inventory_transactions ?? 0) > 0) reasons.push("Inventory transactions refer to it.");
  return reasons;
}

function againstStep(order: Acted, { details, isNeverDetailed }: Counts, to: number): readonly string[] {
  if (!nextStatuses(order.status_id ?? status.new).includes(to))
    return ["An order only moves forward: New, Invoiced, Shipped, Closed."];
  if (isNeverDetailed) return [];
  return missingFor(to, order, details).map((field) => `It needs ${field}.`);
}
