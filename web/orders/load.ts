import type { Stock } from "northwind-api/src/stock/fields.ts";
import type { ApiError } from "../api/reply.ts";
import { get } from "../api/server.ts";
import type { Order } from "../api/types.ts";
import { type Available, availableOf } from "./available.ts";
import type { Draft, NameOf } from "./form/draft/draft.ts";
import type { TaxRate } from "./form/draft/taxes.ts";
import { companyName, employeeName, type ProductName, productName, soldName } from "./names.ts";

/** An order with everything a page needs to call things by their names. */
export interface LoadedOrder {
  readonly ok: true;
  readonly order: Order;
  readonly etag: string | null;
  readonly nameOf: NameOf;
}

const included = "details,customer,employee,shipper";

/** Reads an order with the names of what it refers to, and on request with what may be done with it. */
export async function loadOrder(id: string, more: "" | ",actions,promises" = ""): Promise<LoadedOrder | ApiError> {
  const reply = await get<Order>(`/api/orders/${id}?include=${included}${more}`);
  if (!reply.ok) return reply;
  const order = reply.data;
  const nameOf: NameOf = (kind, wanted) => {
    if (kind === "product_id") {
      const detail = order.order_details?.find(({ product_id }) => product_id === wanted);
      return detail === undefined ? `#${wanted}` : soldName(detail);
    }
    const contact = { customer_id: order.customer, employee_id: order.employee, shipper_id: order.shipper }[kind];
    if (contact == null || contact.id !== wanted) return `#${wanted}`;
    return kind === "employee_id" ? employeeName(contact) : companyName(contact);
  };
  return { ok: true, order, etag: reply.etag, nameOf };
}

/** The rates of every tax class. Where they cannot be read, the server computes the taxes all the same. */
export async function loadTaxRates(): Promise<readonly TaxRate[]> {
  const reply = await get<readonly TaxRate[]>("/api/tax_rates?limit=1000");
  return reply.ok ? reply.data : [];
}

/** What is available of the products of a draft, for a form that opens with some. */
export async function loadAvailable({ details }: Draft): Promise<Available> {
  const ids = details.flatMap(({ product }) => product?.id ?? []);
  return availableOf(ids, (path) => get<readonly Stock[]>(path));
}

/** The names of these products, each read once. */
export async function productNames(ids: readonly (number | null)[]): Promise<ReadonlyMap<number, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const replies = await Promise.all(wanted.map((id) => get<ProductName>(`/api/products/${id}`)));
  return new Map(replies.flatMap((reply) => (reply.ok ? [[reply.data.id, productName(reply.data)] as const] : [])));
}
