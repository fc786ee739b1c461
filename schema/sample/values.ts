import { type DateTime, type Decimal, formatUnits } from "sqlproof";

/** Ten-thousandths in 1. Amounts here are integer numbers of them, far below 2^53, so arithmetic is exact. */
export const unitsPerOne = 10_000;

/** `"12.50"` as ten-thousandths: 125000. */
export function unitsOf(text: string): number {
  const [whole = "0", fraction = ""] = text.split(".");
  return Number.parseInt(whole + fraction.padEnd(4, "0"), 10);
}

function isDecimal(text: string): text is Decimal {
  return /^-?\d+\.\d{4}$/.test(text);
}

/** The text is composed of a day and a minute: its length shows whether both were in range. */
function isDateTime(text: string): text is DateTime {
  return text.length === "2024-01-15T10:30:00".length;
}

const decimals = new Map<number, Decimal>();
const rememberedDecimals = 100_000;

/** Ten-thousandths as an exact decimal, for a query. */
export function decimalOf(units: number): Decimal {
  const known = decimals.get(units);
  if (known !== undefined) return known;
  const text = formatUnits(BigInt(units), 4);
  if (!isDecimal(text)) throw new RangeError(`not an amount: ${units}`);
  // Prices and quantities repeat, totals do not: so the cache is bounded.
  if (decimals.size < rememberedDecimals) decimals.set(units, text);
  return text;
}

const minutesPerDay = 1440;

/** The number of days from 1970-01-01 to a day like `"2024-01-15"`. */
export function dayNumber(day: string): number {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a day: ${day}`);
  return milliseconds / (minutesPerDay * 60_000);
}

/** Day 0, 1970-01-01, was a Thursday. */
const firstMonday = -3;

/**
 * The number of working days (Monday to Friday) since the Monday before 1970; a day of the weekend has the number of
 * the Monday after it. Times counted in working days do not depend on the day of the week.
 */
export function workingDayOf(day: number): number {
  const weeks = Math.floor((day - firstMonday) / 7);
  return weeks * 5 + Math.min(day - firstMonday - weeks * 7, 5);
}

/** The calendar day, from Monday to Friday, with this number. */
export function calendarDayOf(workingDay: number): number {
  const weeks = Math.floor(workingDay / 5);
  return firstMonday + weeks * 7 + (workingDay - weeks * 5);
}

const days = new Map<number, string>();

const times = Array.from({ length: minutesPerDay }, (_, minute) => {
  const rest = minute % 60;
  return `T${pad((minute - rest) / 60)}:${pad(rest)}:00`;
});

/** A minute of a working day as naive local time. */
export function workingTimeOf(workingDay: number, minute: number): DateTime {
  return dateTimeOf(calendarDayOf(workingDay), minute);
}

/** A day number and a minute of that day as naive local time. */
export function dateTimeOf(day: number, minute: number): DateTime {
  let date = days.get(day);
  if (date === undefined) {
    date = new Date(day * minutesPerDay * 60_000).toISOString().slice(0, 10);
    days.set(day, date);
  }
  const text = date + (times[minute] ?? "");
  if (!isDateTime(text)) throw new RangeError(`not a time: day ${day}, minute ${minute}`);
  return text;
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

const unitsPerCent = unitsPerOne / 100;

/** `a / b` ten-thousandths, which are not negative, rounded to cents, half up. */
function roundedToCents(a: number, b: number): number {
  const step = b * unitsPerCent;
  const rest = a % step;
  return ((a - rest) / step + (rest * 2 < step ? 0 : 1)) * unitsPerCent;
}

/** Quantity (an integer) x price x (1 - discount), both in ten-thousandths, rounded to cents. */
export function lineAmount(quantity: number, price: number, discount: number): number {
  return roundedToCents(quantity * price * (unitsPerOne - discount), unitsPerOne);
}

/** Subtotal x tax rate, both in ten-thousandths, rounded to cents. */
export function taxAmount(subtotal: number, rate: number): number {
  return roundedToCents(subtotal * rate, unitsPerOne);
}
