import { type CalendarDate, type Decimal, isCalendarDate } from "sqlproof";
import { ApiError, type Issue } from "./answer.ts";
import { fromUnits, one, readDecimal, toUnits } from "./decimal.ts";
import type { JsonSchema } from "./schema.ts";
import { isStorable, lengthOf, storable } from "./text.ts";

/** A query parameter: its JSON Schema, its description, how it is read, and its value when it is absent. */
export interface Parameter<T> {
  readonly schema: JsonSchema;
  readonly description: string;
  readonly absent: T;
  /** Returns the value, or a message that says what is wrong with the text. */
  read(text: string): { readonly value: T } | { readonly message: string };
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** The values of declared parameters. */
export type ValuesOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

/** A whole number in the one way to write it. */
export const canonicalPattern = /^(?:0|[1-9][0-9]{0,18})$/;
/** Numbers with fewer digits are always below 2^63. */
const longDigits = 19;
export const largestId = 2_147_483_647;
const largest64 = 2n ** 63n - 1n;

/**
 * Reads the id in a path. Throws 400 `bad-id` unless it is a plain decimal number, so that a resource has only one URL,
 * and 404 `not-found` if the number exceeds the type of the key.
 */
export function readPathId(text: string, name: string): number {
  if (!canonicalPattern.test(text) || (text.length >= longDigits && BigInt(text) > largest64)) {
    const message = "An id must be a plain whole number, like 42.";
    throw new ApiError("bad-id", message, { issues: [{ parameter: name, code: "bad-id", message }] });
  }
  const number = Number(text);
  if (number > largestId) throw new ApiError("not-found", "There is no such resource.");
  return number;
}

/** A filter by id, null when absent. */
export function idFilter(description: string): Parameter<number | null> {
  return {
    schema: { type: "integer", minimum: 0, maximum: largestId },
    description,
    absent: null,
    read: (text) =>
      canonicalPattern.test(text) && Number(text) <= largestId
        ? { value: Number(text) }
        : { message: "Must be a plain whole number, like 42." },
  };
}

/** More than nothing of something, exactly; one when absent. */
export function quantity(description: string): Parameter<Decimal> {
  const absent = fromUnits(one);
  return {
    schema: {
      ...{ type: "string", pattern: "^(?!0(?:\\.0+)?$)(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,4})?$" },
      default: absent,
    },
    description,
    absent,
    read(text) {
      const reading = readDecimal(text);
      return "decimal" in reading && toUnits(reading.decimal) > 0n
        ? { value: reading.decimal }
        : { message: "Must be more than 0, with at most four decimal places." };
    },
  };
}

/** A number of days from 0 to 3650, `absent` when absent. */
export function days(description: string, absent: number): Parameter<number> {
  const max = 3650;
  return {
    schema: { type: "integer", minimum: 0, maximum: max, default: absent },
    description,
    absent,
    read: (text) =>
      canonicalPattern.test(text) && Number(text) <= max
        ? { value: Number(text) }
        : { message: `Must be a whole number from 0 to ${max}.` },
  };
}

const maxSkip = 999;

/** How many rows to skip before the page. The bound keeps every page about equally fast. */
export const skip: Parameter<number> = {
  schema: { type: "integer", minimum: 0, maximum: maxSkip, default: 0 },
  description: "Number of rows to skip after the cursor, to get from an anchor to any row behind it.",
  absent: 0,
  read: (text) =>
    canonicalPattern.test(text) && Number(text) <= maxSkip
      ? { value: Number(text) }
      : { message: `Must be a whole number from 0 to ${maxSkip}.` },
};

/** The maximum number of rows in a page, from 1 to `max`, `absent` when absent. */
export function limit(max: number, absent: number): Parameter<number> {
  return {
    schema: { type: "integer", minimum: 1, maximum: max, default: absent },
    description: "Maximum number of rows in a page.",
    absent,
    read: (text) =>
      /^[1-9][0-9]{0,5}$/.test(text) && Number(text) <= max
        ? { value: Number(text) }
        : { message: `Must be a whole number from 1 to ${max}.` },
  };
}

/** One of several words, `absent` when absent. */
export function choice<const W extends string>(
  words: readonly [W, ...W[]],
  description: string,
  absent: W = words[0],
): Parameter<W> {
  return {
    schema: { type: "string", enum: words, default: absent },
    description,
    absent,
    read(text) {
      const word = words.find((candidate) => candidate === text);
      return word === undefined ? { message: `Must be one of: ${words.join(", ")}.` } : { value: word };
    },
  };
}

/** Some of several words, separated by commas; an empty set when absent. */
export function choices<const W extends string>(words: readonly W[], description: string): Parameter<ReadonlySet<W>> {
  return {
    schema: { type: "array", items: { type: "string", enum: words }, minItems: 1, uniqueItems: true },
    description,
    absent: new Set<W>(),
    read(text) {
      const chosen = new Set<W>();
      for (const part of text.split(",")) {
        const word = words.find((candidate) => candidate === part);
        if (word === undefined || chosen.has(word))
          return { message: `Must be a comma-separated list without duplicates of: ${words.join(", ")}.` };
        chosen.add(word);
      }
      return { value: chosen };
    },
  };
}

/** A calendar day, null when absent. */
export function day(description: string): Parameter<CalendarDate | null> {
  return {
    schema: { type: "string", format: "date" },
    description,
    absent: null,
    read: (text) => (isCalendarDate(text) ? { value: text } : { message: "Must be a day like 2024-01-15." }),
  };
}

/** A text to search for, null when absent or blank. */
export function search(description: string): Parameter<string | null> {
  return {
    schema: { type: "string", maxLength: 100, pattern: storable["one-line"] },
    description,
    absent: null,
    read(text) {
      if (lengthOf(text) > 100) return { message: "Must have 100 characters at most." };
      if (!isStorable(text, "one-line")) return { message: "Must not contain control characters." };
      return { value: text.trim() === "" ? null : text.trim() };
    },
  };
}

/** A cursor can hold a name of 510 characters. */
const cursorPattern = /^[A-Za-z0-9_-]{1,3000}$/;

/** The position at which the previous page ended, null when absent. */
export const cursor: Parameter<string | null> = {
  schema: { type: "string", pattern: cursorPattern.source },
  description: "The unchanged `page.next_cursor` of the previous page.",
  absent: null,
  read: (text) => (cursorPattern.test(text) ? { value: text } : { message: badCursor }),
};

const badCursor =
  "Must be the next_cursor of a page of this list, with the same filters and the same sort: leave it out to begin anew.";

/** The error for a cursor that does not come from this list. */
export function refuseCursor(): ApiError {
  return new ApiError("bad-query", badCursor, {
    issues: [{ parameter: "cursor", code: "bad-query", message: badCursor }],
  });
}

/** Refuses an empty list whose filters name what does not exist: 404. */
export function refuseFilters(missing: readonly { readonly field: string }[]): void {
  const issues = missing.map(({ field }): Issue => {
    const message = `There is no such ${field.replace("_id", "")}.`;
    return { parameter: field, code: "not-found", message };
  });
  const [first] = issues;
  if (first !== undefined) throw new ApiError("not-found", first.message, { issues });
}

/** Returns a function that reads a query string. Reading an empty one costs nothing. */
export function queryReader<P extends Parameters>(parameters: P): (queryText: string) => ValuesOf<P> {
  const absent = readQuery(parameters, "");
  return (queryText) => (queryText === "" ? absent : readQuery(parameters, queryText));
}

/** Reads the text after the question mark. Throws 400 `bad-query` with all unknown, repeated or invalid parameters. */
function readQuery<P extends Parameters>(parameters: P, queryText: string): ValuesOf<P> {
  const issues: Issue[] = [];
  const refuse = (parameter: string, message: string) => issues.push({ parameter, code: "bad-query", message });
  const given = splitQuery(queryText, refuse);
  for (const name of given.keys())
    if (!Object.hasOwn(parameters, name))
      refuse(name.slice(0, 100).toWellFormed(), "Is not a parameter of this route.");
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const text = given.get(name);
    const reading = text === undefined ? { value: parameter.absent } : parameter.read(text);
    if ("message" in reading) refuse(name, reading.message);
    else values[name] = reading.value;
  }
  const [first] = issues;
  if (first !== undefined || !isRead(parameters, values))
    throw new ApiError("bad-query", `${first?.parameter}: ${first?.message}`, { issues: issues.slice(0, 50) });
  return values;
}

/** Whether every declared parameter was read. Their types are right because their own declarations have read them. */
function isRead<P extends Parameters>(parameters: P, values: Readonly<Record<string, unknown>>): values is ValuesOf<P> {
  return Object.keys(parameters).every((name) => name in values);
}

function splitQuery(queryText: string, refuse: (name: string, message: string) => void): Map<string, string> {
  const given = new Map<string, string>();
  if (queryText === "") return given;
  for (const pair of queryText.split("&")) {
    const equals = pair.indexOf("=");
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decode(pair.slice(equals + 1));
    if (name === null || value === null) refuse(name ?? "query", "Is not valid percent-encoded UTF-8.");
    else if (given.has(name)) refuse(name, "Is given more than once.");
    else given.set(name, value);
  }
  return given;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
