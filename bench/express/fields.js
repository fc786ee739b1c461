// What a client may write of an order: what the column could not hold exactly is refused.
import { Refusal } from "./refusal.js";

const largestId = 2_147_483_647;
const largestUnits = 2n ** 63n - 1n;
/** Digits of a JSON number that every client keeps, whatever it computes with. */
const exactDigits = 15;

/** What is wrong with one value. */
class Fault extends Error {}

const integer = (least, most) => (value) => {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Fault(`Must be between ${least} and ${most}.`);
  return value;
};

/** An exact decimal as text with all its places, not negative, never rounded. */
const decimal = (places) => (value) => {
  if (typeof value !== "string" && typeof value !== "number") throw new Fault("Must be an amount.");
  const text = String(value);
  const match = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) throw new Fault('Must be a plain decimal like "12.50", not negative.');
  const [, whole, written = ""] = match;
  const extra = written.slice(places);
  if (/[^0]/.test(extra)) throw new Fault("Has too many decimal places; amounts are never rounded.");
  if (typeof value === "number" && text.replace(/^0*\.?0*|\./g, "").length > exactDigits)
    throw new Fault("Too many digits for a JSON number: send it as text.");
  const fraction = written.slice(0, places).padEnd(places, "0");
  if (whole.length > 15 || BigInt(whole + fraction) > largestUnits)
    throw new Fault("Must not be above 922337203685477.5807.");
  return `${whole}.${fraction}`;
};

const amount = decimal(4);
const sixPlaces = decimal(6);

function rate(value) {
  const exact = sixPlaces(value);
  if (!/^(?:0\.|1\.000000$)/.test(exact)) throw new Fault("Must be between 0 and 1.");
  return exact;
}

const forbidden = /[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;
const forbiddenInLines = /(?![\t\n\r])\p{Cc}|[\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;

const text = (most, pattern) => (value) => {
  if (typeof value !== "string") throw new Fault("Must be text.");
  if (pattern.test(value)) throw new Fault("Holds control characters, half a character or a change of direction.");
  if (value.length > most && [...value].length > most) throw new Fault(`Must have ${most} characters at most.`);
  return value;
};

/** A naive date and time, not before 1900. */
function moment(value) {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value) || !isMoment(value))
    throw new Fault("Must be a date and time like 2024-01-15T10:30:00, without zone.");
  if (value < "1900") throw new Fault("Must not be before 1900-01-01.");
  return value;
}

function isMoment(value) {
  const date = new Date(`${value}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const id = integer(1, largestId);
const statusId = integer(0, 127);
const line = text(50, forbidden);
const lines = text(65_535, forbiddenInLines);

const kinds = {
  employee_id: id,
  customer_id: id,
  order_date: moment,
  shipped_date: moment,
  shipper_id: id,
  ship_name: line,
  ship_address: lines,
  ship_city: line,
  ship_state_province: line,
  ship_zip_postal_code: line,
  ship_country_region: line,
  shipping_fee: amount,
  taxes: amount,
  payment_type: line,
  paid_date: moment,
  notes: lines,
  tax_rate: rate,
  tax_status_id: statusId,
  status_id: statusId,
};

/** The columns that a write sets. */
export const written = Object.keys(kinds);

/** The fields of a body, checked; one that is absent stays absent, null stays null. */
export function readFields(body) {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Refusal(422, "Must be an object.");
  const fields = {};
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(kinds, name)) throw new Refusal(422, `${name}: Is not a field here.`);
    try {
      fields[name] = value === null ? null : kinds[name](value);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      throw new Refusal(422, `${name}: ${fault.message}`);
    }
  }
  return fields;
}

const [isNew, shipped, closed] = [0, 2, 3];

/** An order is not shipped on a day before it was made. */
export function checkDates({ order_date: ordered, shipped_date: sent }) {
  if (ordered !== null && sent !== null && sent.slice(0, 10) < ordered.slice(0, 10))
    throw new Refusal(422, "shipped_date: Must not be before the day of order_date.");
}

/** What the state of an order forbids a client to change. Writing the value that is there changes nothing. */
export function checkState(before, after) {
  const from = before.status_id ?? isNew;
  if (after.status_id !== before.status_id && after.status_id > closed)
    throw new Refusal(422, "status_id: Does not exist.");
  const forward = after.status_id !== null && after.status_id > from;
  if (after.status_id !== before.status_id && !forward)
    throw new Refusal(409, "status_id: An order only moves forward: New, Invoiced, Shipped, Closed.");
  if (from !== isNew && (after.customer_id !== before.customer_id || after.employee_id !== before.employee_id))
    throw new Refusal(409, "customer_id and employee_id cannot be changed once the order is invoiced.");
}

export function checkDeletable({ status_id }) {
  if ((status_id ?? isNew) >= shipped) throw new Refusal(409, "An order that is shipped or closed cannot be deleted.");
}
