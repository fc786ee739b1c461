import type { Company, Json, JsonObject } from "../company.ts";
import { isObject } from "../fields.ts";
import { Rational } from "../rational.ts";
import type { Issue } from "../refusal.ts";

/** The reference values of the schema. No step leads to Cancelled: that is an action of its own. */
export const status = { new: 0, invoiced: 1, shipped: 2, closed: 3, cancelled: 4 } as const;

/** What has happened to a new detail. The model keeps no stock, so nothing is ever held. */
export const nothingYet = {
  ...{ allocated: "0.0000", shipped: "0.0000", invoiced: "0.0000", returned: "0.0000" },
  ...{ status_id: 0, date_allocated: null },
} as const;

/** Takes the details of an order along with its status. One that was made in a later status is imported. */
export function followSteps(
  company: Company,
  orderId: number,
  before: Json | undefined,
  after: Json | undefined,
): void {
  const to = numberOf(after);
  if (before !== "nothing" && numberOf(before) === to) return;
  for (const detail of company.detailsOf(orderId))
    company.update("order_details", detail, reached(String(detail.fields.quantity), to));
}

function reached(quantity: string, to: number): JsonObject {
  const isInvoiced = to >= status.invoiced && to <= status.closed;
  const isShipped = isInvoiced && to >= status.shipped;
  const isNone = /^[0.]+$/.test(quantity);
  return {
    shipped: isShipped ? quantity : "0.0000",
    invoiced: isInvoiced ? quantity : "0.0000",
    status_id: isNone ? 0 : isShipped ? 3 : isInvoiced ? 2 : 0,
  };
}

/** An order with details that is shipped has the day of it. */
export function shippedDate(before: JsonObject, wanted: JsonObject, details: readonly JsonObject[]): Json {
  const isOpen = (order: JsonObject) => numberOf(order.status_id) < status.shipped;
  const given = wanted.shipped_date ?? null;
  return given === null && isOpen(before) && !isOpen(wanted) && details.length > 0 ? "clock" : given;
}

/** Whether an order has an invoice: the first step of an order with details writes it. */
export function hasInvoice(before: JsonObject, after: JsonObject, details: readonly JsonObject[]): boolean {
  const isNew = (order: JsonObject) => numberOf(order.status_id) === status.new;
  return before.has_invoice === true || (isNew(before) && !isNew(after) && details.length > 0);
}

/** Changed details of which less would be ordered than is shipped or invoiced already. */
export function tooLittle(company: Company, given: Json | undefined): Issue[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((detail: Json, index) => {
    const row =
      isObject(detail) && typeof detail.id === "number" ? company.rows.order_details.get(detail.id) : undefined;
    if (!isObject(detail) || row === undefined) return [];
    const [was, ordered] = [row.fields.quantity, detail.quantity ?? row.fields.quantity].map(amountOf);
    const least = [row.fields.shipped, row.fields.invoiced].map(amountOf).reduce(larger);
    const isTooLittle =
      ordered !== undefined && was !== undefined && ordered.compare(least) < 0 && was.compare(least) >= 0;
    return isTooLittle ? [{ place: `#/order_details/${index}/quantity`, code: "state" }] : [];
  });
}

function amountOf(amount: Json | undefined): Rational {
  return Rational.parse(String(amount));
}

function larger(one: Rational, other: Rational): Rational {
  return one.compare(other) < 0 ? other : one;
}

/** Without a status an order counts as new. */
function numberOf(statusId: Json | undefined): number {
  return typeof statusId === "number" ? statusId : status.new;
}
