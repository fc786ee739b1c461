import type { CalendarDate, DateTime, Decimal } from "./types.ts";

/*
 * Constructors of the branded texts, for values that do not come from a query. Each checks the format, and that a day exists.
 */

/** A decimal such as `"12.50"`: digits, at most one point, a minus sign. Throws `RangeError` otherwise. */
export function decimal(text: string): Decimal {
  if (isDecimal(text)) return text;
  throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
}

/** Naive local time such as `"2024-01-15T10:30:00"`. Throws `RangeError` on another format and on 30 February. */
export function dateTime(text: string): DateTime {
  if (isDateTime(text)) return text;
  throw new RangeError(`not a date and time like 2024-01-15T10:30:00: ${JSON.stringify(text)}`);
}

/** A day such as `"2024-01-15"`. Throws `RangeError` on another format and on 30 February. */
export function calendarDate(text: string): CalendarDate {
  if (isCalendarDate(text)) return text;
  throw new RangeError(`not a day like 2024-01-15: ${JSON.stringify(text)}`);
}

function isDecimal(text: string): text is Decimal {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** Whether a text is a `DateTime`. */
export function isDateTime(text: string): text is DateTime {
  return /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text) && isCalendarDate(text.slice(0, 10));
}

/** Whether a text is a `CalendarDate`: a day that exists, from the year 1 on. */
export function isCalendarDate(text: string): text is CalendarDate {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
