import type { ContactTable, JsonObject, Resource } from "./company.ts";
import type { Field, Fields } from "./fields.ts";

const text = (max: number): Field => ({ kind: "text", max, nullable: true });
const lines: Field = { kind: "text", max: 65_535, lines: true, nullable: true };
const date: Field = { kind: "date", nullable: true };
const amount: Field = { kind: "amount", nullable: true };
const status: Field = { kind: "integer", min: 0, max: 127, nullable: true };
const count: Field = { kind: "integer", min: 0, max: 2_147_483_647, nullable: true };
const reference = (table: Resource): Field => ({ kind: "id", table, nullable: true });

const contact: Fields = {
  ...{ company: text(50), last_name: text(50), first_name: text(50), email_address: text(50), job_title: text(50) },
  ...{ business_phone: text(25), home_phone: text(25), mobile_phone: text(25), fax_number: text(25) },
  ...{ address: lines, city: text(50), state_province: text(50), zip_postal_code: text(15), country_region: text(50) },
  ...{ web_page: lines, notes: lines },
};

const product: Fields = {
  ...{ product_code: text(25), product_name: text(50), description: lines },
  supplier_ids: { kind: "ids", table: "suppliers" },
  standard_cost: amount,
  list_price: { kind: "amount" },
  ...{ reorder_level: count, target_level: count, quantity_per_unit: text(50) },
  discontinued: { kind: "flag" },
  ...{ minimum_reorder_quantity: count, category: text(50), tax_class: text(50) },
  ...{ stocked: { kind: "flag" }, sold_in_fractions: { kind: "flag" }, location: text(50) },
};

const policy: Field = { kind: "choice", choices: ["complete", "partial", "ask"], nullable: true };

const customer: Fields = {
  ...contact,
  vat_id: text(30),
  tax_treatment: { kind: "choice", choices: ["domestic", "reverse_charge", "export", "exempt"] },
  tax_exemption_reason: text(255),
  shipping_policy: policy,
};

const taxRate = {
  tax_class: { kind: "text", max: 50, filled: true },
  valid_from: { kind: "day" },
  tax_rate: { kind: "rate" },
} as const;

const detailMembers = {
  product_id: { kind: "id", table: "products" },
  quantity: { kind: "amount" },
  unit_price: amount,
  discount: { kind: "share" },
} as const;

const detailReadOnly = [
  "order_id",
  ...["allocated", "shipped", "invoiced", "returned"],
  "status_id",
  "date_allocated",
  "purchase_order_id",
  "inventory_id",
  "product_code",
  "product_name",
  "quantity_per_unit",
  "tax_class",
  "tax_rate",
  "extended_price",
];
/** The order details of a new order. */
export const newDetails = {
  kind: "list",
  members: {
    ...detailMembers,
    product_id: { ...detailMembers.product_id, required: true },
    quantity: { ...detailMembers.quantity, required: true },
  },
  readOnly: ["id", ...detailReadOnly],
} as const satisfies Field;
const changedDetails: Field = {
  kind: "list",
  members: { id: { kind: "id", table: "order_details" }, ...detailMembers },
  readOnly: detailReadOnly,
};

/** The twenty fields of the original without the id, in its order, and the shipping policy. */
const order: Fields = {
  ...{ employee_id: reference("employees"), customer_id: reference("customers") },
  ...{ order_date: date, shipped_date: date, shipper_id: reference("shippers") },
  ...{ ship_name: text(50), ship_address: lines, ship_city: text(50), ship_state_province: text(50) },
  ...{ ship_zip_postal_code: text(50), ship_country_region: text(50), shipping_fee: amount, taxes: amount },
  ...{ payment_type: text(50), paid_date: date, notes: lines },
  tax_rate: { kind: "rate", nullable: true },
  ...{ tax_status_id: status, status_id: status },
  shipping_policy: policy,
};

/** What the routes of a resource accept and search. */
export interface ResourceForm {
  readonly singular: string;
  readonly create: Fields;
  readonly update: Fields;
  readonly readOnly: readonly string[];
  /** A new row without the client's fields. */
  readonly empty: JsonObject;
  readonly searched: readonly string[];
}

function contactForm(singular: string, searched: readonly string[]): ResourceForm {
  return { singular, create: contact, update: contact, readOnly: ["id"], empty: nullsOf(contact), searched };
}

const contactSearch = ["company", "first_name", "last_name", "city", "email_address"];

export const contactForms: Readonly<Record<ContactTable, ResourceForm>> = {
  customers: {
    ...contactForm("customer", contactSearch),
    ...{ create: customer, update: customer, empty: { ...nullsOf(customer), tax_treatment: "domestic" } },
  },
  employees: contactForm("employee", ["first_name", "last_name", "job_title", "city", "email_address"]),
  shippers: contactForm("shipper", contactSearch),
  suppliers: contactForm("supplier", contactSearch),
};

export const resourceForms: Readonly<Record<Resource, ResourceForm>> = {
  ...contactForms,
  products: {
    singular: "product",
    create: { ...product, product_name: { kind: "text", max: 50, required: true, filled: true } },
    update: product,
    readOnly: ["id"],
    empty: {
      ...nullsOf(product),
      ...{ supplier_ids: [], standard_cost: "0.0000", list_price: "0.0000", discontinued: false },
      ...{ stocked: false, sold_in_fractions: false },
    },
    searched: ["product_code", "product_name", "category"],
  },
  tax_rates: {
    singular: "tax_rate",
    create: {
      tax_class: { ...taxRate.tax_class, required: true },
      valid_from: { ...taxRate.valid_from, required: true },
      tax_rate: { ...taxRate.tax_rate, required: true },
    },
    update: taxRate,
    readOnly: ["id"],
    empty: {},
    searched: ["tax_class", "valid_from"],
  },
  orders: {
    singular: "order",
    create: { ...order, order_details: newDetails },
    update: { ...order, correction_reason: { kind: "text", max: 500 }, order_details: changedDetails },
    readOnly: [
      "id",
      "subtotal",
      "tax_breakdown",
      "order_total",
      "customer",
      "employee",
      "shipper",
      "changeable",
      "actions",
    ],
    empty: {
      ...nullsOf(order),
      ...{ shipping_fee: "0.0000", taxes: "0.0000", tax_rate: "0.000000", status_id: 0, order_date: "clock" },
    },
    searched: ["ship_name", "ship_city"],
  },
};

function nullsOf(fields: Fields): JsonObject {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
}
