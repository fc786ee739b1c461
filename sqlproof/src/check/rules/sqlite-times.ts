// SQLite's date and time functions of constants: whether they are NULL, which they are of what means no time
// (sqlite.org/lang_datefunc.html).
import type { Type } from "../typing/type.ts";

/** Functions that take a time and its modifiers; without any, they are of now. */
const ofTimes: ReadonlySet<string> = new Set(["DATE", "TIME", "DATETIME", "JULIANDAY", "UNIXEPOCH", "STRFTIME"]);

/** Now, or a day with a time: of the years from 1000 to 8999, so that modifiers leave it within 0 to 9999. */
const times =
  /^(?:now|[1-8]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?)$/i;

const steps =
  /^(?:start of (?:month|year|day)|weekday [0-6]|utc|localtime|[+-](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)$/i;

const distance = /^[+-]?(\d{1,9}(?:\.\d{1,9})?) (second|minute|hour|day|month|year)s?$/i;

/** How many of a unit are no more than a year. */
const inYear: ReadonlyMap<string, number> = new Map([
  ["second", 31_536_000],
  ["minute", 525_600],
  ["hour", 8760],
  ["day", 365],
  ["month", 12],
  ["year", 1],
]);

/** What every SQLite since 3.0 puts into a time; a later one knows more letters, and NULL is what others make. */
const format = /^(?:[^%\0]|%[dfHjJmMsSwWY%])*$/;

/** True for a date or time function that gives a value at every execution, whatever the clock says. */
export function isNeverNull(name: string, types: readonly Type[]): boolean {
  if (!ofTimes.has(name)) return false;
  const texts = types.map((type) => (type.kind === "text" && !type.nullable ? type.literal : null));
  const [shape, ...rest] = name === "STRFTIME" ? texts : ["", ...texts];
  if (shape === undefined || shape === null || !format.test(shape)) return false;
  const [time = "now", ...modifiers] = rest;
  if (time === null || !times.test(time)) return false;
  const years = modifiers.map(yearsOf);
  return years.every((one) => one !== null) && years.reduce((sum: number, one) => sum + (one ?? 0), 0) < 1000;
}

/** By how many years a modifier moves a time at most; null where it may make NULL of it. */
function yearsOf(modifier: string | null): number | null {
  if (modifier === null) return null;
  if (steps.test(modifier)) return 0.1;
  const [, count, unit = ""] = distance.exec(modifier) ?? [];
  const most = inYear.get(unit.toLowerCase());
  return count === undefined || most === undefined ? null : Number(count) / most;
}
