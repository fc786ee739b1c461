import type { CalendarDate, DateTime } from "sqlproof";

/** What no text may hold: control characters, lone surrogates, and marks that make text read as what it is not. */
const forbiddenPattern = /[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;
/** The same, with tab, line feed and carriage return allowed. */
const forbiddenInLinesPattern = /(?![\t\n\r])\p{Cc}|[\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;

/** Whether text of one line, or of several, can be stored and given back unchanged. Merely odd text can. */
export function isStorable(text: string, lines: "one-line" | "lines"): boolean {
  return !(lines === "lines" ? forbiddenInLinesPattern : forbiddenPattern).test(text);
}

/** Length as both databases count it: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

const dateTimePattern = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** True for a naive time that exists in the calendar: `2024-01-15T10:30:00`. */
export function isDateTime(text: string): text is DateTime {
  const day = dateTimePattern.exec(text)?.[1];
  return day !== undefined && isCalendarDate(day);
}

/** True for a day that exists in the calendar: `2024-01-15`. */
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

/** The first or last second of a day. */
export function edgeOfDay(day: CalendarDate, edge: "start" | "end"): DateTime {
  return dateTime(`${day}T${edge === "start" ? "00:00:00" : "23:59:59"}`);
}

/** A constant or computed time; throws when it is none. */
export function dateTime(text: string): DateTime {
  if (!isDateTime(text)) throw new RangeError(`not a date and time: ${text}`);
  return text;
}

/** This moment as business time, which is UTC by decision. */
export function now(): DateTime {
  return dateTime(new Date().toISOString().slice(0, 19));
}

/** The same time of day so many days ago. */
export function daysBefore(days: number): DateTime {
  return dateTime(new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19));
}
