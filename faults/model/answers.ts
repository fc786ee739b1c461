import { amountMembers, extendedPrice } from "./amounts.ts";
import type { Company, Json, JsonObject, Resource, Row, Table } from "./company.ts";
import { isObject } from "./fields.ts";
import { isSold, shownProduct, soldTo } from "./sold.ts";

/** The values of `include` for orders. */
export const includes = ["details", "customer", "employee", "shipper"] as const;

/** A resource as its history records it: an order with its details, and its customer as sold. */
export function recorded(company: Company, resource: Resource, row: Row): JsonObject {
  const state = shown(company, resource, row, ["details"]);
  if (resource !== "orders") return state;
  const { customer_id = null, sold = null, correction_reason = null, shipping_policy = null } = row.fields;
  const customer = customer_id === null || !isObject(sold) ? null : { id: customer_id, ...sold };
  return {
    ...{ ...state, customer },
    ...(correction_reason === null ? {} : { correction_reason }),
    ...(shipping_policy === null ? {} : { shipping_policy }),
  };
}

/** A resource as the API answers it, with the ids of the model. */
export function shown(company: Company, resource: Resource, row: Row, wanted: readonly string[] = []): JsonObject {
  const { id, fields } = row;
  const own: JsonObject = { id: company.shownId(resource, id), ...fields };
  if (resource === "tax_rates") return { ...own, tax_rate: shownRate(fields.tax_rate) };
  if (resource !== "orders") return own;
  const { sold: _sold, correction_reason: _reason, shipping_policy: _policy, has_invoice: _invoice, ...members } = own;
  const tax_rate = shownRate(fields.tax_rate);
  return { ...members, tax_rate, ...detailMembers(company, row, wanted), ...contactMembers(company, fields, wanted) };
}

/** As in the original API, a rate is a JSON number. */
function shownRate(rate: Json | undefined): Json {
  return typeof rate === "string" ? JSON.parse(rate) : null;
}

function detailMembers(company: Company, { id, fields }: Row, wanted: readonly string[]): JsonObject {
  if (!wanted.includes("details")) return {};
  const details = company.detailsOf(id);
  const order_details = details.map(({ id: detailId, fields: { position: _, ...detail } }) => ({
    ...detail,
    ...shownProduct(company, detail),
    id: company.shownId("order_details", detailId),
    order_id: company.shownId("orders", id),
    ...{ purchase_order_id: null, inventory_id: null },
    tax_rate: shownRate(detail.tax_rate),
    extended_price: extendedPrice(detail).toAmount(),
  }));
  return { ...amountMembers(fields, details), order_details };
}

function contactMembers(company: Company, fields: JsonObject, wanted: readonly string[]): JsonObject {
  const tables = { customer: "customers", employee: "employees", shipper: "shippers" } as const;
  const members: Record<string, Json> = {};
  for (const [name, table] of Object.entries(tables))
    if (wanted.includes(name)) members[name] = contact(company, table, fields[`${name}_id`]);
  // The customer's name and address are those that the order kept, if it kept a name.
  if (isObject(members.customer) && isObject(fields.sold))
    members.customer = {
      ...members.customer,
      ...(isSold(fields.sold) ? fields.sold : soldTo(company, fields.customer_id)),
    };
  return members;
}

function contact(company: Company, table: Table, id: Json | undefined): Json {
  const row = typeof id === "number" ? company.rows[table].get(id) : undefined;
  if (row === undefined) return null;
  const { company: name = null, first_name = null, last_name = null, email_address = null } = row.fields;
  return {
    id: row.id,
    company: name,
    first_name,
    last_name,
    email_address,
    business_phone: row.fields.business_phone ?? null,
  };
}
