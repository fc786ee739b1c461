import { askedBy } from "northwind-schema/search-words";
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

const inLine = "[^\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069";

/** One line with something to see in it, or empty text. Invisible characters that are no spaces are refused beside it. */
export const visibleLine = `^(?:${inLine}]*${inLine}\\s]${inLine}]*)?$`;

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
  return utcAt(Date.now());
}

/** A moment, in milliseconds since 1970, as a time in UTC. */
export function utcAt(milliseconds: number): DateTime {
  return dateTime(new Date(milliseconds).toISOString().slice(0, 19));
}

/** The LIKE patterns of a search as its queries take them: null where nothing more is asked. */
export interface SearchPatterns {
  readonly word1: string | null;
  readonly word2: string | null;
  readonly word3: string | null;
  readonly word4: string | null;
  readonly word5: string | null;
  readonly phone: string | null;
}

/** So many words have a pattern each. More of them share the last one, in the order in which they were typed. */
const mostPatterns = 5;

/** The patterns of a search: one for each word, the longest first, because it leaves out the most rows. */
export function searchPatterns(q: string | null): SearchPatterns {
  const { words, phone } = q === null ? { words: [], phone: null } : askedBy(q);
  const patterns = words.map(escaped);
  const alone = patterns.length > mostPatterns ? patterns.slice(0, mostPatterns - 1) : patterns;
  const rest = patterns.slice(alone.length);
  const all = [...alone.toSorted((a, b) => b.length - a.length), ...(rest.length === 0 ? [] : [rest.join("%")])];
  const [word1 = null, word2 = null, word3 = null, word4 = null, word5 = null] = all.map((one) => `%${one}%`);
  return { word1, word2, word3, word4, word5, phone: phone === null ? null : `%${phone}%` };
}

/** The LIKE pattern of a word: folded already, with `%`, `_` and `!` escaped. */
export function wordPattern(word: string): string {
  return `%${escaped(word)}%`;
}

function escaped(word: string): string {
  return word.replace(/[!%_]/g, "!$&");
}
