import type { Order, OrderParty } from "../../api/types.ts";

/** What the list shows of an order: with names instead of ids, and without what only its own page shows. */
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

/** What the API is asked for, so that `listedOrder` has everything. */
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
    customer: companyName(order.customer) ?? reference(customer_id),
    employee: personName(order.employee) ?? reference(order.employee_id),
    shipper_id,
    shipper: companyName(order.shipper) ?? reference(shipper_id),
    total: order.order_total ?? null,
  };
}

type Named = Pick<OrderParty, "company" | "first_name" | "last_name">;

/** A customer's or shipper's name: the company's, or the person's where there is none. */
export function companyName(party: Named | null | undefined): string | null {
  return party?.company || fullName(party) || null;
}

/** An employee's name: the person's, or the company's where there is none. */
export function personName(party: Named | null | undefined): string | null {
  return fullName(party) || party?.company || null;
}

function fullName(party: Named | null | undefined): string {
  return [party?.first_name, party?.last_name].filter((part) => part).join(" ");
}

/** Where there is no name at all, the id says more than nothing. */
function reference(id: number | null): string | null {
  return id === null ? null : `#${id}`;
}
