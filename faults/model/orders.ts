import { amountIssues, taxesOf } from "./amounts.ts";
import type { Company, Json, JsonObject, Row } from "./company.ts";
import { isObject } from "./fields.ts";
import { followSteps, hasInvoice, nothingYet, shippedDate, status, tooLittle } from "./order/steps.ts";
import { changedTaxation, hasClass, taxable, taxation, taxationAfter, taxesAfter } from "./order/taxation.ts";
import { type Issue, Refusal, refuseAll } from "./refusal.ts";
import { isSold, shownProduct, soldProduct, soldTo, taxedProduct } from "./sold.ts";

/** The reference values of the schema. */
const statusIds: readonly Json[] = Object.values(status);
const taxStatusIds: readonly Json[] = [0, 1];

/** What only a correction changes in a closed order. */
const closedFields = [
  ...["order_date", "shipped_date", "shipper_id", "ship_name", "ship_address", "ship_city", "ship_state_province"],
  ...["ship_zip_postal_code", "ship_country_region", "shipping_fee", "taxes", "payment_type", "paid_date"],
  ...["tax_rate", "tax_status_id"],
] as const;

export function createOrder(company: Company, body: JsonObject, empty: JsonObject): Row {
  const { order_details: given = [], ...fields } = body;
  const sent = { ...empty, ...fields };
  const plan = planDetails(company, [], given, sent.order_date);
  const sold = soldTo(company, sent.customer_id);
  const order = { ...sent, ...taxation(fields, plan.after, sold) };
  const isEmpty = fields.taxes === undefined || (fields.taxes === null && hasClass(plan.after));
  const priced = isEmpty && order.tax_status_id === taxable ? { ...order, taxes: taxesOf(order, plan.after) } : order;
  refuseAll([...referenceIssues(company, fields), ...dateIssues(order), ...pricedIssues(priced, plan)]);
  const row = company.insert("orders", { ...priced, sold });
  writeDetails(company, row.id, plan);
  followSteps(company, row.id, "nothing", order.status_id);
  return row;
}

export function updateOrder(company: Company, before: Row, body: JsonObject): Row {
  const { order_details: given, ...fields } = body;
  const wanted: JsonObject = { ...before.fields, ...fields };
  const { sold: kept } = before.fields;
  const isKept = wanted.customer_id === before.fields.customer_id && isObject(kept) && isSold(kept);
  const sold = isKept ? kept : soldTo(company, wanted.customer_id);
  const plan = planDetails(company, company.detailsOf(before.id), given, wanted.order_date);
  const held = company.detailsOf(before.id).map((detail) => detail.fields);
  const sent = changedTaxation(fields, before.fields, held);
  const after: JsonObject = {
    ...wanted,
    ...taxationAfter({ before: before.fields, held, wanted, sold }, sent, plan.after),
    shipped_date: shippedDate(before.fields, wanted, plan.after),
  };
  const writesDate = fields.order_date !== undefined || after.shipped_date !== before.fields.shipped_date;
  const names = ["tax_rate", "tax_status_id"] as const;
  const isTaxedAnew = names.some((name) => sent[name] !== undefined || after[name] !== before.fields[name]);
  const writesBasis = given !== undefined || isTaxedAnew;
  const priced = { ...after, taxes: fields.taxes ?? null };
  if (sent.taxes === undefined || (sent.taxes === null && hasClass(plan.after)))
    priced.taxes = taxesAfter(before.fields, after, plan.after, writesBasis);
  const writesAmount = writesBasis || fields.taxes !== undefined || fields.shipping_fee !== undefined;
  const issues = [
    ...(writesDate ? dateIssues(after) : []),
    ...(writesAmount ? pricedIssues(priced, plan) : plan.issues),
  ];
  const { correction_reason: reason } = fields;
  const stored: JsonObject = priced;
  const corrected = closedFields.filter((field) => before.fields[field] !== stored[field]);
  const isClosed = before.fields.status_id === status.closed;
  const forbidden = [...stateIssues(before.fields, after, plan.changes), ...tooLittle(company, given)];
  const isCorrection = corrected.length > 0 || forbidden.length > 0;
  if (reason !== undefined && !(isClosed && isCorrection && String(reason).trim() !== ""))
    issues.push({ place: "#/correction_reason", code: "correction" });
  refuseAll([...referenceIssues(company, fields), ...issues]);
  const locked = isClosed && reason === undefined ? corrected : [];
  refuseAll([
    ...forbidden,
    ...locked.map((field) => ({ place: `#/${field}`, code: "state" })),
    ...(isBare(company, before.id, plan) ? [] : stepIssues(before.fields, after, plan)),
  ]);
  const has_invoice = hasInvoice(before.fields, after, plan.after);
  const row = company.update("orders", before, { ...priced, sold, has_invoice });
  writeDetails(company, row.id, plan);
  followSteps(company, row.id, before.fields.status_id, after.status_id);
  return row;
}

export function deleteOrder(company: Company, { id, fields }: Row): void {
  if (fields.status_id === status.shipped || fields.status_id === status.closed) throw new Refusal("state", []);
  if (fields.has_invoice === true) throw new Refusal("in-use", [{ place: "", code: "in-use" }]);
  for (const detail of company.detailsOf(id)) company.rows.order_details.delete(detail.id);
  company.rows.orders.delete(id);
}

function referenceIssues(company: Company, fields: JsonObject): Issue[] {
  const known = (name: string, value: Json): boolean => {
    if (name === "status_id") return statusIds.includes(value);
    if (name === "tax_status_id") return taxStatusIds.includes(value);
    const table = ({ customer_id: "customers", employee_id: "employees", shipper_id: "shippers" } as const)[name];
    return table === undefined || (typeof value === "number" && company.rows[table].has(value));
  };
  return Object.entries(fields).flatMap(([name, value]) =>
    value === null || known(name, value) ? [] : [{ place: `#/${name}`, code: "reference" }],
  );
}

/** A list of details with issues has no amounts to check. */
function pricedIssues(order: JsonObject, plan: DetailPlan): readonly Issue[] {
  return plan.issues.length > 0 ? plan.issues : amountIssues(order, plan.after);
}

/** An order cannot be shipped before its order date. A new order without a date is of today. */
function dateIssues({ order_date: ordered, shipped_date: shipped }: JsonObject): Issue[] {
  if (typeof ordered !== "string" || typeof shipped !== "string") return [];
  const dayOf = (time: string) => (time === "clock" ? new Date().toISOString() : time).slice(0, 10);
  return dayOf(shipped) < dayOf(ordered) ? [{ place: "#/shipped_date", code: "rule" }] : [];
}

/** The status only goes forward; after New, customer, employee and details are fixed. Equal values may be written. */
function stateIssues(before: JsonObject, after: JsonObject, detailsChange: boolean): Issue[] {
  const issues: Issue[] = [];
  const refuse = (field: string) => issues.push({ place: `#/${field}`, code: "state" });
  const from = typeof before.status_id === "number" ? before.status_id : status.new;
  const to = after.status_id;
  if (to !== before.status_id && !(typeof to === "number" && to > from && to <= status.closed)) refuse("status_id");
  if (from === status.new) return issues;
  if (after.customer_id !== before.customer_id) refuse("customer_id");
  if (after.employee_id !== before.employee_id) refuse("employee_id");
  if (detailsChange) refuse("order_details");
  return issues;
}

/** Whether the order never had details. Such an order goes on as it is. */
function isBare(company: Company, orderId: number, { after }: DetailPlan): boolean {
  if (after.length > 0 || company.detailsOf(orderId).length > 0) return false;
  return !company.changes.some(({ resource, id, before }) => {
    const held = resource === "orders" && id === orderId && isObject(before) ? before.order_details : null;
    return Array.isArray(held) && held.length > 0;
  });
}

/** What an order must have before it goes on, and must not lose afterwards. */
function stepIssues(before: JsonObject, after: JsonObject, plan: DetailPlan): Issue[] {
  const [from, to] = [Number(before.status_id ?? 0), Number(after.status_id ?? 0)];
  if (to === status.new) return [];
  const address = ["ship_name", "ship_address", "ship_city", "ship_zip_postal_code", "ship_country_region"];
  const needed = ["customer_id", "employee_id", "shipper_id", ...address];
  if (to === status.closed) needed.push("payment_type", "paid_date");
  const isEmpty = (order: JsonObject, name: string) => String(order[name] ?? "").trim() === "";
  const isLost = (name: string) => !isEmpty(before, name) && name !== "customer_id" && name !== "employee_id";
  const missing = needed.filter((name) => isEmpty(after, name) && (to > from || isLost(name)));
  if (plan.after.length === 0 && to > from) missing.push("order_details");
  return missing.map((name) => ({ place: `#/${name}`, code: "state" }));
}

interface DetailPlan {
  /** What is written: each with the row that it changes; null when it is new. */
  readonly wanted: readonly WantedDetail[];
  readonly removed: readonly Row[];
  readonly after: readonly JsonObject[];
  readonly changes: boolean;
  readonly issues: readonly Issue[];
}

/** A client sends the complete list: an element with an id changes that detail, one without is new. */
function planDetails(
  company: Company,
  before: readonly Row[],
  given: Json | undefined,
  orderDate: Json | undefined,
): DetailPlan {
  if (!Array.isArray(given))
    return { wanted: [], removed: [], after: before.map(({ fields }) => fields), changes: false, issues: [] };
  const issues: Issue[] = [];
  const left = new Map(before.map((row) => [row.id, row]));
  const wanted: { row: Row | null; fields: JsonObject }[] = [];
  for (const [index, detail] of given.entries()) {
    if (!isObject(detail)) throw new TypeError("details were read as objects");
    const place = `#/order_details/${index}`;
    if (detail.product_id !== undefined && priceOf(company, detail.product_id) === undefined)
      issues.push({ place: `${place}/product_id`, code: "reference" });
    const { id, ...fields } = detail;
    const row = typeof id === "number" ? left.get(id) : undefined;
    const isAnother = id === undefined || (row !== undefined && row.fields.product_id !== detail.product_id);
    if (isAnother && isDiscontinued(company, detail.product_id))
      issues.push({ place: `${place}/product_id`, code: "discontinued" });
    if (id === undefined) wanted.push({ row: null, fields: newDetail(company, fields, orderDate, place, issues) });
    else {
      if (row === undefined) issues.push({ place: `${place}/id`, code: "reference" });
      else wanted.push({ row, fields: changedDetail(company, row.fields, fields, orderDate) });
      if (row !== undefined) left.delete(row.id);
    }
  }
  const written = placed(before, wanted).filter(isOther);
  const removed = [...left.values()];
  const changes = removed.length > 0 || written.length > 0;
  // Whatever is written keeps the name under which it was shown.
  const kept = written.map(({ row, fields }) => ({ row, fields: { ...fields, ...shownProduct(company, fields) } }));
  return { wanted: kept, removed, after: wanted.map(({ fields }) => fields), changes, issues };
}

interface WantedDetail {
  readonly row: Row | null;
  readonly fields: JsonObject;
}

function isOther({ row, fields }: WantedDetail): boolean {
  return row === null || Object.entries(fields).some(([name, value]) => row.fields[name] !== value);
}

/** As soon as a detail is new or moved, all are numbered from 1 in the order in which they were sent. */
function placed(before: readonly Row[], wanted: readonly WantedDetail[]): readonly WantedDetail[] {
  const sent = wanted.map(({ row }) => row?.id);
  const stays = before.map(({ id }) => id).filter((id) => sent.includes(id));
  if (sent.length === stays.length && sent.join() === stays.join()) return wanted;
  return wanted.map(({ row, fields }, index) => ({ row, fields: { ...fields, position: index + 1 } }));
}

/** The list price of a product; undefined when the product does not exist. */
function priceOf(company: Company, productId: Json | undefined): Json | undefined {
  return typeof productId === "number" ? company.rows.products.get(productId)?.fields.list_price : undefined;
}

function isDiscontinued(company: Company, productId: Json | undefined): boolean {
  return typeof productId === "number" && company.rows.products.get(productId)?.fields.discontinued === true;
}

function newDetail(
  company: Company,
  given: JsonObject,
  orderDate: Json | undefined,
  place: string,
  issues: Issue[],
): JsonObject {
  for (const name of ["product_id", "quantity"])
    if (given[name] === undefined) issues.push({ place: `${place}/${name}`, code: "required" });
  const { product_id = null, quantity = "0.0000", unit_price, discount = "0.0000" } = given;
  return {
    product_id,
    quantity,
    unit_price: unit_price ?? listed(company, product_id, unit_price),
    discount,
    ...nothingYet,
    ...soldProduct(company, product_id),
    ...taxedProduct(company, product_id, orderDate),
  };
}

/** A changed product brings its name, its tax rate and its list price, unless the client sends a price. */
function changedDetail(
  company: Company,
  before: JsonObject,
  given: JsonObject,
  orderDate: Json | undefined,
): JsonObject {
  const isSame = given.product_id === undefined || given.product_id === before.product_id;
  const brought = isSame
    ? {}
    : { ...soldProduct(company, given.product_id), ...taxedProduct(company, given.product_id, orderDate) };
  const after = { ...before, ...given, ...brought };
  if (given.unit_price !== undefined || isSame) return after;
  return { ...after, unit_price: listed(company, after.product_id, undefined) };
}

function listed(company: Company, productId: Json | undefined, price: Json | undefined): Json {
  return price === null ? null : (priceOf(company, productId) ?? null);
}

function writeDetails(company: Company, orderId: number, { wanted, removed }: DetailPlan): void {
  for (const { id } of removed) company.rows.order_details.delete(id);
  for (const { row, fields } of wanted)
    if (row === null) company.insert("order_details", { order_id: orderId, ...fields });
    else company.update("order_details", row, fields);
}
