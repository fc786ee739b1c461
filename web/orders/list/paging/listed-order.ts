import type { Order, OrderContact } from "../../../api/types.ts";
import { companyName, employeeName } from "../../names.ts";

/** An order in the list: with names instead of ids, and without what only its own page shows. */
export interface ListedOrder {
  readonly id: number;
  readonly status_id: number;
  readonly order_date: string | null;
  readonly shipped_date: string | null;
  readonly paid_date: string | null;
  readonly payment_type: string | null;
  readonly ship_to: string | null;
  readonly customer_id: number | null;
  readonly customer: string | null;
  readonly employee: string | null;
  readonly shipper_id: number | null;
  readonly shipper: string | null;
  readonly total: string | null;
}

/** The parameters of the API that give `listedOrder` everything it needs. */
export const listInclude = "include=totals,customer,employee,shipper";

export function listedOrder(order: Order): ListedOrder {
  const { customer_id, shipper_id, status_id } = order;
  const shipTo = [order.ship_name, order.ship_city].filter((part) => part).join(", ");
  return {
    id: order.id,
    // One without a status counts as new, as in the API.
    status_id: status_id ?? 0,
    order_date: order.order_date,
    shipped_date: order.shipped_date,
    paid_date: order.paid_date,
    payment_type: order.payment_type,
    ship_to: shipTo === "" ? null : shipTo,
    customer_id,
    customer: named(order.customer, customer_id, companyName),
    employee: named(order.employee, order.employee_id, employeeName),
    shipper_id,
    shipper: named(order.shipper, shipper_id, companyName),
    total: order.order_total ?? null,
  };
}

type NameOfContact = (contact: OrderContact) => string;

/** The name of what an order refers to. Where the API sent none, the id is better than nothing. */
function named(contact: OrderContact | null | undefined, id: number | null, nameOf: NameOfContact): string | null {
  if (contact == null) return id === null ? null : `#${id}`;
  return nameOf(contact);
}
