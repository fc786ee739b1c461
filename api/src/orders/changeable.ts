// What may still change in an order, by its status: the rules that refuse a write, and the same in words for clients.
// Pure functions; the pages lock their fields by what the API answers.
import type { Issue } from "../contract/answer.ts";
import { isDeletable, nextStatuses, overMessage, status } from "./rules.ts";

/** Changed as long as the order is new. */
const ofNewOrder = ["customer_id", "employee_id", "order_details"] as const;

/** Changed until the order is closed, and afterwards by a correction alone. */
const untilClosed = [
  ...["order_date", "shipped_date", "shipper_id", "ship_name", "ship_address", "ship_city", "ship_state_province"],
  ...["ship_zip_postal_code", "ship_country_region", "shipping_fee", "taxes", "payment_type", "paid_date"],
  ...["tax_rate", "tax_status_id"],
] as const;

/** Always changed: a note moves neither money nor goods. */
const always = ["notes"] as const;

/** What may change in an order. */
export interface Changeable {
  /** The fields that may be written as they are. */
  readonly fields: readonly string[];
  /** The fields that may be written together with `correction_reason` only. */
  readonly with_reason: readonly string[];
  /** The statuses that may follow. What each of them needs is another question. */
  readonly next_statuses: readonly number[];
  /** Whether its status allows to delete the order. */
  readonly delete: boolean;
}

const byStatus: ReadonlyMap<number, Changeable> = new Map(
  Object.values(status).map((statusId) => [statusId, changeableIn(statusId)]),
);

function changeableIn(statusId: number): Changeable {
  const isClosed = statusId === status.closed;
  const isOver = isClosed || statusId === status.cancelled;
  const fields = [...(statusId === status.new ? ofNewOrder : []), ...(isOver ? [] : untilClosed), ...always];
  const with_reason = isClosed ? untilClosed : [];
  return { fields, with_reason, next_statuses: nextStatuses(statusId), delete: isDeletable(statusId) };
}

const unknown: Changeable = { fields: [], with_reason: [], next_statuses: [], delete: false };

/** What may change in an order of this status; without one it counts as new. */
export function changeableOf(statusId: number | null): Changeable {
  return byStatus.get(statusId ?? status.new) ?? unknown;
}

type Columns = Readonly<Record<string, unknown>>;

/** An issue for each field of a closed order that a write would change without being a correction. */
export function closedIssues(before: Columns & { readonly status_id: number | null }, after: Columns): Issue[] {
  if (before.status_id === status.cancelled)
    return correctedFields(before, after).map((field) => ({
      ...{ pointer: `#/${field}`, code: "state", message: overMessage },
    }));
  if (before.status_id !== status.closed) return [];
  const message = "The order is closed. To correct it, send `correction_reason` as well; the history keeps it.";
  return correctedFields(before, after).map((field) => ({ pointer: `#/${field}`, code: "state", message }));
}

/**
 * Why a write cannot be the correction that it says it is: it needs a closed order, a change and a reason in words. If it
 * changes what no correction may, the status says why.
 */
export function correctionIssues(
  before: Columns & { readonly status_id: number | null },
  after: Columns,
  reason: string,
  changesLocked: boolean,
): Issue[] {
  const refused = (message: string): Issue[] => [{ pointer: "#/correction_reason", code: "correction", message }];
  if (before.status_id !== status.closed)
    return refused("Only a closed order is corrected. Change this one without correction_reason.");
  if (reason.trim() === "") return refused("Say why the order is corrected.");
  if (changesLocked || correctedFields(before, after).length > 0) return [];
  return refused("Nothing is corrected. Send what is to change together with the reason, or leave the reason out.");
}

function correctedFields(before: Columns, after: Columns): readonly string[] {
  return untilClosed.filter((field) => before[field] !== after[field]);
}

/** An order is made as a new one, unless it is imported. */
export function firstStatusIssues(statusId: number | null): Issue[] {
  if ((statusId ?? status.new) === status.new) return [];
  const message =
    "An order is made as New: leave status_id out, and move the order on with PUT. To import orders of any status, " +
    "start the API with --allow-import.";
  return [{ pointer: "#/status_id", code: "not-new", message }];
}
