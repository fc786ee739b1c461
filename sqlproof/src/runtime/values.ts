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
  return /^\d{4}-\d\d-\d\d$/.test(text) && exists(text);
}

/**
 * Whether a text of the form 2024-01-15, or with a time behind it, means a day, and a time, that exist. It allocates
 * nothing, because every date that is bound passes through it.
 */
export function exists(text: string): boolean {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  return text.length === 10 || (twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60);
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
