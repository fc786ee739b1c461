import { foldSearchText } from "northwind-schema/fold";
import { type CalendarDate, type DateTime, dateTime } from "sqlproof";

/** Characters that no text may contain: control characters, lone surrogates, and marks that change text direction. */
const forbiddenPattern = /[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;
/** The same characters except tab, line feed and carriage return. */
const forbiddenInLinesPattern = /(?![\t\n\r])\p{Cc}|[\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u;

/** The same rules as patterns that clients can check. Lone surrogates are left out: UTF-8 cannot encode them. */
export const storable = {
  "one-line": "^[^\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$",
  lines: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$",
} as const;

/** Whether text of one or several lines is free of forbidden characters and can be stored and returned unchanged. */
export function isStorable(text: string, lines: "one-line" | "lines"): boolean {
  return !(lines === "lines" ? forbiddenInLinesPattern : forbiddenPattern).test(text);
}

/** Anything that leaves a trace on paper: no space of any width, no format character, nothing that fonts leave out. */
const visiblePattern = /[^\p{White_Space}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a person can see anything of the text. */
export function isVisible(text: string): boolean {
  return visiblePattern.test(text);
}

/** Length in code points, which both databases count, not in UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** The first or last second of a day. */
export function edgeOfDay(day: CalendarDate, edge: "start" | "end"): DateTime {
  return dateTime(`${day}T${edge === "start" ? "00:00:00" : "23:59:59"}`);
}

/** The time in UTC, by which this program keeps its own records. Business time is the company's (`company/current.ts`). */
export function utcNow(): DateTime {
  return dateTime(new Date().toISOString().slice(0, 19));
}

/** The LIKE pattern for a search text: folded like the column, with `%`, `_` and `!` escaped. */
export function likePattern(q: string | null): string | null {
  return q === null ? null : `%${foldSearchText(q).replace(/[!%_]/g, "!$&")}%`;
}
