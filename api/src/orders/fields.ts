// The fields of orders and order details: what a client may send, and what it gets. The OpenAPI document follows from them.
import { object } from "../contract/object.ts";
import {
  array,
  boolean,
  dateTime,
  decimal,
  id,
  nullable,
  number,
  type Of,
  oneOf,
  optional,
  statusId,
  text,
} from "../contract/schema.ts";
import { shippingPolicies } from "../ledger/policies.ts";

const longText = 65_535;
const amount = decimal({ min: "0" });

/**
 * A tax rate is sent like an amount and stored exactly, but answered as a JSON number, as in the original API
 * (docs/decisions/0077-tax.md).
 */
const taxRate = decimal({ min: "0", max: "1", places: 6 });

const shippingPolicy = oneOf(shippingPolicies, `Must be one of ${shippingPolicies.join(", ")}.`);

/** The fields of an order that a client may write. */
const writable = {
  employee_id: optional(nullable(id)),
  customer_id: optional(nullable(id)),
  order_date: optional(nullable(dateTime)),
  shipped_date: optional(nullable(dateTime)),
  shipper_id: optional(nullable(id)),
  ship_name: optional(nullable(text(50))),
  ship_address: optional(nullable(text(longText, "lines"))),
  ship_city: optional(nullable(text(50))),
  ship_state_province: optional(nullable(text(50))),
  ship_zip_postal_code: optional(nullable(text(50))),
  ship_country_region: optional(nullable(text(50))),
  shipping_fee: optional(nullable(amount)),
  taxes: optional(nullable(amount)),
  payment_type: optional(nullable(text(50))),
  paid_date: optional(nullable(dateTime)),
  notes: optional(nullable(text(longText, "lines"))),
  tax_rate: optional(nullable(taxRate)),
  tax_status_id: optional(nullable(statusId)),
  status_id: optional(nullable(statusId)),
  shipping_policy: optional(nullable(shippingPolicy)),
} as const;

export const writableFields: readonly string[] = Object.keys(writable);

const anyText = text(longText, "lines");

/** An employee or shipper inside an order. */
const orderContact = object("OrderContact", {
  id,
  company: nullable(anyText),
  first_name: nullable(anyText),
  last_name: nullable(anyText),
  email_address: nullable(anyText),
  business_phone: nullable(anyText),
});

/**
 * The customer inside an order: name, address and how it is taxed as they were when the order was made; e-mail address
 * and phone as they are now.
 */
const orderCustomer = object("OrderCustomer", {
  id,
  company: nullable(anyText),
  first_name: nullable(anyText),
  last_name: nullable(anyText),
  email_address: nullable(anyText),
  business_phone: nullable(anyText),
  address: nullable(anyText),
  city: nullable(anyText),
  state_province: nullable(anyText),
  zip_postal_code: nullable(anyText),
  country_region: nullable(anyText),
  vat_id: nullable(anyText),
  tax_treatment: nullable(anyText),
  tax_exemption_reason: nullable(anyText),
});

/**
 * An order detail; code, name, unit and tax class of the product are those of the time when it was sold. `tax_rate` is
 * the rate of that class; it counts while the order itself has none.
 */
const detailMembers = {
  id,
  order_id: id,
  product_id: nullable(id),
  quantity: decimal(),
  // Of the quantity: held for the order, shipped, invoiced, taken back. What is neither held nor shipped is open.
  allocated: decimal(),
  shipped: decimal(),
  invoiced: decimal(),
  returned: decimal(),
  unit_price: nullable(decimal()),
  discount: decimal(),
  status_id: nullable(statusId),
  date_allocated: nullable(dateTime),
  purchase_order_id: nullable(id),
  inventory_id: nullable(id),
  product_code: nullable(anyText),
  product_name: nullable(anyText),
  quantity_per_unit: nullable(anyText),
  tax_class: nullable(anyText),
  tax_rate: nullable(number),
  extended_price: decimal(),
  // With `include=promises`: when its goods are there; null if nobody can say, or nothing is left to send.
  promised_date: optional(nullable(dateTime)),
} as const;

const detail = object("OrderDetail", detailMembers);

/** The taxes of all details with the same rate; `taxable_amount` is the sum of their extended prices. */
const taxGroup = object("TaxGroup", { tax_rate: number, taxable_amount: decimal(), taxes: decimal() });

const name = text(50);

/** What may change in the order, by its status (`include=changeable`). */
const changeable = object("OrderChangeable", {
  fields: array(name),
  with_reason: array(name),
  next_statuses: array(statusId),
  delete: boolean,
});

/** What may be done with an order. */
export const actionNames = [
  ...(["update", "allocate", "release", "purchase", "invoice", "ship", "return", "close"] as const),
  ...(["cancel", "reopen", "delete"] as const),
] as const;
export type ActionName = (typeof actionNames)[number];

export const actionName = oneOf(actionNames, `Must be one of ${actionNames.join(", ")}.`);

/** A condition of an action that is not met; `pointer` is the place in the resource that it is about. */
export const unmetCondition = object("UnmetCondition", {
  pointer: optional(text(100)),
  code: text(40),
  message: text(500),
  what_to_do: text(500),
});

/** An action, and everything that stands against it (`include=actions`). */
const orderAction = object("OrderAction", {
  action: actionName,
  allowed: boolean,
  unmet: array(unmetCondition),
});
export type OrderAction = Of<typeof orderAction>;

/** An order in an answer: the twenty fields of the original API, then the members that `include` adds. */
const orderMembers = {
  id,
  employee_id: nullable(id),
  customer_id: nullable(id),
  order_date: nullable(dateTime),
  shipped_date: nullable(dateTime),
  shipper_id: nullable(id),
  ship_name: nullable(anyText),
  ship_address: nullable(anyText),
  ship_city: nullable(anyText),
  ship_state_province: nullable(anyText),
  ship_zip_postal_code: nullable(anyText),
  ship_country_region: nullable(anyText),
  shipping_fee: nullable(decimal()),
  taxes: nullable(decimal()),
  payment_type: nullable(anyText),
  paid_date: nullable(dateTime),
  notes: nullable(anyText),
  tax_rate: nullable(number),
  tax_status_id: nullable(statusId),
  status_id: nullable(statusId),
  subtotal: optional(decimal()),
  tax_breakdown: optional(array(taxGroup)),
  order_total: optional(decimal()),
  order_details: optional(array(detail)),
  // With the details. Null follows the customer, or else the company.
  shipping_policy: optional(nullable(text(20))),
  customer: optional(nullable(orderCustomer)),
  employee: optional(nullable(orderContact)),
  shipper: optional(nullable(orderContact)),
  changeable: optional(changeable),
  actions: optional(array(orderAction)),
} as const;

export const order = object("Order", orderMembers);

export type OrderCustomer = Of<typeof orderCustomer>;

/** An order detail of a new order. */
const newDetail = object(
  "OrderDetailCreate",
  {
    product_id: id,
    quantity: amount,
    unit_price: optional(nullable(amount)),
    discount: optional(decimal({ min: "0", max: "1" })),
  },
  { readOnly: Object.keys(detailMembers) },
);

/** An order detail in an update: with an id it changes that detail, without one it is new. */
const changedDetail = object(
  "OrderDetailUpdate",
  {
    id: optional(id),
    // Null for details of an imported order that name no product.
    product_id: optional(nullable(id)),
    quantity: optional(amount),
    unit_price: optional(nullable(amount)),
    discount: optional(decimal({ min: "0", max: "1" })),
  },
  {
    answered: detailMembers,
    schema: { anyOf: [{ required: ["id"] }, { required: ["product_id", "quantity"] }] },
  },
);

const maxDetails = 500;

export const orderCreate = object(
  "OrderCreate",
  { ...writable, order_details: optional(array(newDetail, maxDetails)) },
  { readOnly: Object.keys(orderMembers) },
);

export const orderUpdate = object(
  "OrderUpdate",
  {
    ...writable,
    order_details: optional(array(changedDetail, maxDetails)),
    // Why a closed order is changed all the same.
    correction_reason: optional(text(500)),
  },
  { answered: orderMembers },
);

/** Which change of an order is put back. */
export const putBack = object("OrderPutBack", { sequence: optional(id) });

export type OrderCreate = Of<typeof orderCreate>;
export type OrderUpdate = Of<typeof orderUpdate>;
export type DetailChange = Of<typeof changedDetail>;
export type Order = Of<typeof order>;
export type OrderContact = Of<typeof orderContact>;
