import { businessTime } from "northwind-api/src/company/business-time.ts";
import { missingFor as missingFields, type Needed, status } from "northwind-api/src/orders/rules.ts";
import { company } from "../api/company.ts";
import type { Order } from "../api/types.ts";

/** The last of the statuses that an order goes through. */
export const lastStep = status.closed;

/** What an order needs before a step, by the API's own rule. An order without lines does not go on from a page. */
export function missingFor(step: number, order: Order): readonly Needed[] {
  return missingFields(step, order, order.order_details?.length ?? 0);
}

/** What a step writes: shipping sets the shipped date, if it is empty. */
export function stepBody(
  step: number,
  { shipped_date }: { readonly shipped_date: string | null },
): { status_id: number; shipped_date?: string } {
  const isShipping = step === status.shipped && shipped_date === null;
  return { status_id: step, ...(isShipping ? { shipped_date: businessTime(company().timeZone) } : {}) };
}
