import type { Order } from "../api/types.ts";
import { type OrderField, shipFields } from "./fields.ts";

/** The statuses that an order goes through, one after the other. */
export const lastStep = 3;

/** What an order needs before a step, in the order of the form; `order_details` when it has none. */
export function missingFor(step: number, order: Order): readonly (OrderField | "order_details")[] {
  const needed: (OrderField | "order_details")[] = ["customer_id", "employee_id"];
  if (step >= 1) needed.push("shipper_id", ...shipFields.filter((field) => field !== "ship_country_region"));
  if (step === lastStep) needed.push("payment_type", "paid_date");
  const missing: (OrderField | "order_details")[] = needed.filter(
    (field) => field !== "order_details" && (order[field] ?? "") === "",
  );
  return (order.order_details ?? []).length === 0 ? [...missing, "order_details"] : missing;
}

/** What a step writes: shipping sets the shipped date, if it is empty. */
export function stepBody(step: number, { shipped_date }: Order): { status_id: number; shipped_date?: string } {
  const isShipping = step === 2 && shipped_date === null;
  return { status_id: step, ...(isShipping ? { shipped_date: new Date().toISOString().slice(0, 19) } : {}) };
}
