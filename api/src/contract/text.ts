import { foldSearchText } from "northwind-schema/fold";
import { type CalendarDate, calendarDate, type DateTime, dateTime } from "sqlproof";

/** What no text may hold: control characters, lone surrogates, and marks that make text read as what it is not. */
const forbiddenPattern = /[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;
/** The same, with tab, line feed and carriage return allowed. */
const forbiddenInLinesPattern = /(?![\t\n\r])\p{Cc}|[\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;

/** The same as patterns that a client can check. Half characters need none: they cannot be written in UTF-8. */
export const storable = {
  "one-line": "^[^\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$",
  lines: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$",
} as const;

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

/** The first or last second of a day. */
export function edgeOfDay(day: CalendarDate, edge: "start" | "end"): DateTime {
  return dateTime(`${day}T${edge === "start" ? "00:00:00" : "23:59:59"}`);
}

/** This moment as business time, which is UTC by decision. */
export function now(): DateTime {
  return dateTime(new Date().toISOString().slice(0, 19));
}

/** The day of business, by the same clock. */
export function today(): CalendarDate {
  return calendarDate(now().slice(0, 10));
}

/** The text that LIKE looks for: folded as the column is, `%`, `_` and `!` meaning themselves. */
export function likePattern(q: string | null): string | null {
  return q === null ? null : `%${foldSearchText(q).replace(/[!%_]/g, "!$&")}%`;
}
