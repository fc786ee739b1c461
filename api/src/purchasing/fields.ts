// The fields of purchase orders: what a client may send, and what it gets. The OpenAPI document follows from them.
import { object } from "../contract/object.ts";
import {
  array,
  boolean,
  dateTime,
  decimal,
  id,
  integer,
  nullable,
  type Of,
  oneOf,
  optional,
  statusId,
  text,
} from "../contract/schema.ts";
import { unmetCondition } from "../orders/fields.ts";

const longText = 65_535;
const mostDetails = 500;
const amount = decimal({ min: "0" });

/** What may be done with a purchase order. */
export const actionNames = ["update", "submit", "approve", "receive", "close", "cancel"] as const;
export type ActionName = (typeof actionNames)[number];
const actionName = oneOf(actionNames, `Must be one of ${actionNames.join(", ")}.`);

/** An action with everything that stands against it now. */
const action = object("PurchaseOrderAction", {
  action: actionName,
  allowed: boolean,
  unmet: array(unmetCondition),
});

const detailMembers = {
  id,
  product_id: nullable(id),
  product_code: nullable(text(25)),
  product_name: nullable(text(50)),
  quantity: decimal(),
  // What has come in so far.
  received: decimal(),
  unit_cost: decimal(),
  extended_cost: decimal(),
  date_received: nullable(dateTime),
  // All of it has come in.
  posted_to_inventory: boolean,
  inventory_id: nullable(id),
  // The order detail for which it was ordered, and its order.
  order_detail_id: nullable(id),
  order_id: nullable(id),
} as const;

const detail = object("PurchaseOrderDetail", detailMembers);

/** The fields of a purchase order that a client may write. */
const writable = {
  supplier_id: optional(nullable(id)),
  expected_date: optional(nullable(dateTime)),
  shipping_fee: optional(amount),
  taxes: optional(amount),
  notes: optional(nullable(text(longText, "lines"))),
} as const;

const payment = {
  payment_date: optional(nullable(dateTime)),
  payment_amount: optional(nullable(amount)),
  payment_method: optional(nullable(text(50))),
} as const;

const plainMembers = {
  id,
  supplier_id: nullable(id),
  status_id: nullable(statusId),
  created_by: nullable(id),
  creation_date: nullable(dateTime),
  submitted_by: nullable(id),
  submitted_date: nullable(dateTime),
  submitted_principal: nullable(text(100)),
  approved_by: nullable(id),
  approved_date: nullable(dateTime),
  approved_principal: nullable(text(100)),
  expected_date: nullable(dateTime),
  closed_date: nullable(dateTime),
  shipping_fee: decimal(),
  taxes: decimal(),
  payment_date: nullable(dateTime),
  payment_amount: nullable(decimal()),
  payment_method: nullable(text(50)),
  notes: nullable(text(longText, "lines")),
} as const;

const shownMembers = {
  ...plainMembers,
  // Details, shipping and taxes together, in an answer with the details.
  total_cost: optional(decimal()),
  purchase_order_details: optional(array(detail)),
  actions: optional(array(action)),
} as const;

export const purchaseOrder = object("PurchaseOrder", shownMembers);
export type PurchaseOrder = Of<typeof purchaseOrder>;

const detailChange = object(
  "PurchaseOrderDetailChange",
  {
    id: optional(id),
    product_id: optional(nullable(id)),
    quantity: optional(amount),
    unit_cost: optional(amount),
  },
  {
    answered: detailMembers,
    schema: { anyOf: [{ required: ["id"] }, { required: ["product_id", "quantity"] }] },
  },
);
export type DetailChange = Of<typeof detailChange>;

const newDetail = object("PurchaseOrderDetailCreate", {
  product_id: id,
  quantity: amount,
  unit_cost: optional(amount),
});

export const purchaseOrderCreate = object(
  "PurchaseOrderCreate",
  { ...writable, purchase_order_details: optional(array(newDetail, mostDetails)) },
  { readOnly: ["id", "status_id"] },
);
export type PurchaseOrderCreate = Of<typeof purchaseOrderCreate>;

export const purchaseOrderUpdate = object(
  "PurchaseOrderUpdate",
  { ...writable, ...payment, purchase_order_details: optional(array(detailChange, mostDetails)) },
  { answered: shownMembers },
);
export type PurchaseOrderUpdate = Of<typeof purchaseOrderUpdate>;

/** What has come in; without details it is everything that is owed. */
export const receipt = object("PurchaseReceipt", {
  purchase_order_details: optional(array(object("ReceivedDetail", { id, quantity: amount }), mostDetails)),
  date: optional(dateTime),
});
export type Receipt = Of<typeof receipt>;

/** `short`: the details of which no more will come. */
export const closing = object("PurchaseOrderClosing", { short: optional(array(id, mostDetails)) });
export type Closing = Of<typeof closing>;

const termsMembers = {
  // 1 is the preferred supplier of the product.
  position: integer({ min: 1, max: 32_767 }),
  unit_cost: nullable(decimal()),
  supplier_product_code: nullable(text(50)),
  pack_quantity: decimal(),
  minimum_quantity: decimal(),
  lead_time_days: nullable(integer({ min: 0, max: 32_767 })),
} as const;

export const productSupplierMembers = { supplier_id: id, company: nullable(text(50)), ...termsMembers } as const;

/** Who sells a product, and on which terms. */
export const productSupplier = object("ProductSupplier", productSupplierMembers);
export type ProductSupplier = Of<typeof productSupplier>;

/** What a supplier sells, and on which terms. */
export const supplierProduct = object("SupplierProduct", {
  product_id: id,
  product_code: nullable(text(25)),
  product_name: nullable(text(50)),
  discontinued: boolean,
  list_price: decimal(),
  ...termsMembers,
});
export type SupplierProduct = Of<typeof supplierProduct>;
