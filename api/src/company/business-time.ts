// Business time: what the clock of a company shows. A DateTime has no zone, so the zone of the company decides which
// one is now. The pages compute with the same functions.
import type { CalendarDate, DateTime } from "sqlproof";

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const digits = "2-digit";
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, calendar: "iso8601", numberingSystem: "latn", hourCycle: "h23" },
    ...{ year: "numeric", month: digits, day: digits, hour: digits, minute: digits, second: digits },
  });
  formats.set(timeZone, made);
  return made;
}

/** What the clock shows in a time zone of IANA at a moment, in milliseconds since 1970; by default now. */
export function businessTime(timeZone: string, atMs: number = Date.now()): DateTime {
  return asDateTime(timeZone === "UTC" ? new Date(atMs).toISOString().slice(0, 19) : localTime(timeZone, atMs));
}

function localTime(timeZone: string, atMs: number): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes, digits: number) => (parts.get(type) ?? "").padStart(digits, "0");
  const day = `${part("year", 4)}-${part("month", 2)}-${part("day", 2)}`;
  return `${day}T${part("hour", 2)}:${part("minute", 2)}:${part("second", 2)}`;
}

/** Pages use this file, so it does without the check of sqlproof, whose code is large. */
function asDateTime(text: string): DateTime {
  if (isDateTime(text)) return text;
  throw new RangeError(`not a time: ${text}`);
}

function isDateTime(text: string): text is DateTime {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text);
}

/** The day in a time zone, by default today. It begins at midnight. */
export function businessDay(timeZone: string, atMs?: number): CalendarDate {
  return dayOf(businessTime(timeZone, atMs));
}

/** The day of a business time. */
function dayOf(time: DateTime): CalendarDate {
  const day = time.slice(0, 10);
  if (isDay(day)) return day;
  throw new RangeError(`not a day: ${day}`);
}

function isDay(text: string): text is CalendarDate {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/**
 * The name of a time zone of IANA as it is written, for example Europe/Copenhagen, or null if there is none of this
 * name. Capital letters make no difference; offsets such as +01:00 are no names.
 */
export function timeZoneNamed(text: string): string | null {
  if (!zoneName.test(text)) return null;
  const spelled = Intl.supportedValuesOf("timeZone").find((name) => name.toLowerCase() === text.toLowerCase());
  if (spelled !== undefined) return spelled;
  try {
    // An older name of a zone, which the list leaves out.
    new Intl.DateTimeFormat("en", { timeZone: text });
    return text;
  } catch {
    return null;
  }
}

const dayMs = 86_400_000;

/** The beginning of the day that many days after the day of a business time. */
export function addDays(time: DateTime, days: number): DateTime {
  const day = Date.parse(`${time.slice(0, 10)}T00:00:00Z`) + days * dayMs;
  return asDateTime(new Date(day).toISOString().slice(0, 19));
}
