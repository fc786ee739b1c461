import {
  type CalendarDate,
  type DateTime,
  type Decimal,
  dateTime as dateTimeOf,
  isCalendarDate,
  isDateTime,
} from "sqlproof";
import type { Issue, ProblemCode } from "./answer.ts";
import { type Places, readDecimal, withoutExponent } from "./decimal.ts";
import { type Json, JsonNumber } from "./json.ts";
import { isStorable, isVisible, lengthOf, storable, visibleLine } from "./text.ts";

/** A JSON Schema as used in OpenAPI 3.1. */
export type JsonSchema = { readonly [keyword: string]: JsonSchemaValue };
export type JsonSchemaValue = string | number | boolean | null | readonly JsonSchemaValue[] | JsonSchema;

/** The direction of a value: `input` is sent by clients, `output` is returned to them. */
export type Form = "input" | "output";

/** Adds a named schema to the components, unless it is already there, and returns a reference to it. */
export type Define = (name: string, build: () => JsonSchema) => JsonSchema;

/** The definition of a JSON value: its TypeScript type, how it is read and checked, and its JSON Schema. */
export interface Schema<T> {
  jsonSchema(form: Form, define: Define): JsonSchema;
  /**
   * Returns the value, or adds every issue to `issues` and returns undefined. A value beside issues is what can be used of
   * an object with members that it should not have.
   */
  read(value: Json, pointer: string, issues: Issue[]): T | undefined;
}

/** A member of an object that may be absent. */
export interface OptionalSchema<T> extends Schema<T> {
  readonly optional: true;
}

/** The TypeScript type that a schema reads. */
export type Of<K> = K extends Schema<infer T> ? T : never;

function refuse(issues: Issue[], pointer: string, code: ProblemCode, message: string): undefined {
  issues.push({ pointer: `#${pointer}`, code, message });
  return undefined;
}

/** A whole number. */
export function integer(range: { readonly min: number; readonly max: number }): Schema<number> {
  return {
    jsonSchema: () => ({ type: "integer", minimum: range.min, maximum: range.max }),
    read(value, pointer, issues) {
      if (!(value instanceof JsonNumber) || !/^-?(?:0|[1-9][0-9]*)$/.test(value.text) || value.text === "-0")
        return refuse(issues, pointer, "type", "Must be a whole number.");
      const number = Number(value.text);
      if (number >= range.min && number <= range.max) return number;
      return refuse(issues, pointer, "range", `Must be between ${range.min} and ${range.max}.`);
    },
  };
}

/** The id of a row. */
export const id = integer({ min: 1, max: 2_147_483_647 });

/** The id of a status, which may be 0. */
export const statusId = integer({ min: 0, max: 127 });

export const boolean: Schema<boolean> = {
  jsonSchema: () => ({ type: "boolean" }),
  read: (value, pointer, issues) =>
    typeof value === "boolean" ? value : refuse(issues, pointer, "type", "Must be true or false."),
};

/** A number that is not an amount and need not be exact. */
export const number: Schema<number> = {
  jsonSchema: () => ({ type: "number" }),
  read: (value, pointer, issues) =>
    value instanceof JsonNumber ? Number(value.text) : refuse(issues, pointer, "type", "Must be a number."),
};

/** How many digits of a JSON number a double preserves; clients may parse JSON numbers as doubles. */
const exactDigits = 15;

const decimalRefusals = {
  "decimal-format": 'Must be a plain decimal like "12.50", without exponent, plus sign, spaces or leading zeros.',
  range: "Must be between -922337203685477.5807 and 922337203685477.5807.",
} as const;

const scaleRefusals: Readonly<Record<Places, string>> = {
  4: "Must have four decimal places at most; amounts are never rounded.",
  6: "Must have six decimal places at most; rates are never rounded.",
};

interface DecimalLimits {
  readonly min?: "0";
  readonly max?: "1";
  /** Decimal places: 4, unless it is a tax rate. */
  readonly places?: Places;
}

/** Text, or a number that needs no rounding. A `pattern` alone would accept every number. */
function decimalSchema(form: Form, { min, max, places = 4 }: DecimalLimits): JsonSchema {
  const sign = min === undefined ? "-?" : "";
  if (form === "output")
    return { type: "string", pattern: `^${sign}(?:0|[1-9][0-9]{0,14})\\.[0-9]{${places}}$`, examples: ["0.2500"] };
  const fraction = `(?:\\.[0-9]{1,${places}}0*)?`;
  const digits = max === undefined ? `${sign}(?:0|[1-9][0-9]{0,14})${fraction}` : `(?:0${fraction}|1(?:\\.0+)?)`;
  const maximum = max === undefined ? 922_337_203_685_477 : 1;
  return {
    anyOf: [
      { type: "string", pattern: `^${digits}$`, examples: ["0.25"] },
      {
        type: "number",
        minimum: min === undefined ? -maximum : 0,
        maximum,
        multipleOf: places === 4 ? 0.0001 : 0.000001,
      },
    ],
  };
}

/** An exact amount: text, or a JSON number of at most 15 digits. Answers contain text with all decimal places. */
export function decimal(limits: DecimalLimits = {}): Schema<Decimal> {
  const { places = 4 } = limits;
  const limitsText = limits.max === undefined ? "Must not be negative." : "Must be between 0 and 1.";
  return {
    jsonSchema: (form) => decimalSchema(form, limits),
    read(value, pointer, issues) {
      const text = value instanceof JsonNumber ? withoutExponent(value.text) : value;
      if (typeof text !== "string") return refuse(issues, pointer, "type", "Must be an amount.");
      const reading = readDecimal(text, places);
      if ("refusal" in reading) {
        const { refusal } = reading;
        const message = refusal === "scale" ? scaleRefusals[places] : decimalRefusals[refusal];
        return refuse(issues, pointer, refusal, message);
      }
      if (value instanceof JsonNumber && digitsOf(reading.decimal) > exactDigits)
        return refuse(issues, pointer, "decimal-format", "Has too many digits for a JSON number; send it as text.");
      if (limits.min !== undefined && reading.decimal.startsWith("-"))
        return refuse(issues, pointer, "range", limitsText);
      // The text is canonical, so every value from 0 to 1 begins with "0." or is "1.0000".
      if (limits.max !== undefined && !/^(?:0\.|1\.0+$)/.test(reading.decimal))
        return refuse(issues, pointer, "range", limitsText);
      return reading.decimal;
    },
  };
}

/** How many digits a canonical decimal has without zeros before and after them. */
function digitsOf(written: Decimal): number {
  return written.replace(/\.?0+$/, "").replace(/^-?0*\.?0*|\./g, "").length;
}

/** Text of at most `max` characters. `lines` allows line breaks and tabs. */
export function text(max: number, lines: "one-line" | "lines" = "one-line"): Schema<string> {
  return {
    // Imported rows may contain characters that are no longer accepted as input.
    jsonSchema: (form) => ({
      type: "string",
      maxLength: max,
      ...(form === "input" ? { pattern: lines === "lines" ? storable.lines : visibleLine } : {}),
    }),
    read(value, pointer, issues) {
      if (typeof value !== "string") return refuse(issues, pointer, "type", "Must be text.");
      if (!isStorable(value, lines))
        return refuse(
          issues,
          pointer,
          "text",
          "Must not contain control characters, lone surrogates or changes of text direction.",
        );
      if (value.length > max && lengthOf(value) > max)
        return refuse(issues, pointer, "text", `Must have ${max} characters at most.`);
      if (lines === "one-line" && value !== "" && !isVisible(value))
        return refuse(
          issues,
          pointer,
          "text",
          "Must have something to see in it, not only spaces and invisible characters.",
        );
      return value;
    },
  };
}

/** A name: text of one line that is not empty. */
export function name(max: number): Schema<string> {
  const line = text(max);
  return {
    jsonSchema: (form, define) => ({ ...line.jsonSchema(form, define), ...(form === "input" ? { minLength: 1 } : {}) }),
    read: (value, pointer, issues) =>
      value === "" ? refuse(issues, pointer, "text", "Must not be empty.") : line.read(value, pointer, issues),
  };
}

/** One of several words; `message` says which, if they are too many to list. */
export function oneOf<const W extends string>(words: readonly W[], message: string): Schema<W> {
  return {
    jsonSchema: () => ({ type: "string", enum: words }),
    read: (value, pointer, issues) => {
      if (typeof value !== "string") return refuse(issues, pointer, "type", "Must be text.");
      return words.find((word) => word === value) ?? refuse(issues, pointer, "range", message);
    },
  };
}

const earliest = dateTimeOf("1900-01-01T00:00:00");

/** Every day of every month from 1900 on. The pattern accepts 29 February in every year; `read` does not. */
const writtenDateTime =
  "^(?:19|[2-9][0-9])[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|" +
  "02-(?:0[1-9]|[12][0-9]))T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";

/** A date and time without a time zone, not before 1900. */
export const dateTime: Schema<DateTime> = {
  jsonSchema: (form) => ({
    type: "string",
    pattern: form === "input" ? writtenDateTime : "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$",
    examples: ["2024-01-15T10:30:00"],
  }),
  read(value, pointer, issues) {
    if (typeof value !== "string") return refuse(issues, pointer, "type", "Must be a date and time as text.");
    if (!isDateTime(value))
      return refuse(
        issues,
        pointer,
        "date-format",
        "Must be a date and time like 2024-01-15T10:30:00, without a time zone.",
      );
    return value < earliest ? refuse(issues, pointer, "range", "Must not be before 1900-01-01.") : value;
  },
};

/** A day, not before 1900. */
export const date: Schema<CalendarDate> = {
  jsonSchema: () => ({ type: "string", format: "date", examples: ["2026-01-31"] }),
  read(value, pointer, issues) {
    if (typeof value !== "string") return refuse(issues, pointer, "type", "Must be a date as text.");
    if (!isCalendarDate(value)) return refuse(issues, pointer, "date-format", "Must be a date like 2026-01-31.");
    return value < "1900" ? refuse(issues, pointer, "range", "Must not be before 1900-01-01.") : value;
  },
};

/** A value of the schema, or null. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return {
    jsonSchema: (form, define) => orNull(schema.jsonSchema(form, define)),
    read: (value, pointer, issues) => (value === null ? null : schema.read(value, pointer, issues)),
  };
}

function orNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  if (typeof type === "string") return { ...schema, type: [type, "null"] };
  if (Array.isArray(type)) return { ...schema, type: [...type, "null"] };
  return { anyOf: [schema, { type: "null" }] };
}

/**
 * A schema about whose values the document says more than can be read from it: a rule that the resource checks itself.
 * What is said is about what clients send, because stored values may be older than the rule.
 */
export function described<T>(schema: Schema<T>, about: JsonSchema): Schema<T> {
  return {
    jsonSchema: (form, define) => ({
      ...schema.jsonSchema(form, define),
      ...(form === "input" ? about : {}),
    }),
    read: schema.read.bind(schema),
  };
}

/** A member that may be absent. */
export function optional<T>(schema: Schema<T>): OptionalSchema<T> {
  return { optional: true, jsonSchema: schema.jsonSchema.bind(schema), read: schema.read.bind(schema) };
}

/** A list of at most `max` elements. */
export function array<T>(schema: Schema<T>, max?: number): Schema<readonly T[]> {
  return {
    jsonSchema: (form, define) => ({
      type: "array",
      items: schema.jsonSchema(form, define),
      ...(max === undefined ? {} : { maxItems: max }),
    }),
    read(value, pointer, issues) {
      if (!Array.isArray(value)) return refuse(issues, pointer, "type", "Must be a list.");
      if (max !== undefined && value.length > max)
        return refuse(issues, pointer, "range", `Must have ${max} elements at most.`);
      const elements: T[] = [];
      for (const [index, element] of value.entries()) {
        const read = schema.read(element, `${pointer}/${index}`, issues);
        if (read !== undefined) elements.push(read);
      }
      return elements.length === value.length ? elements : undefined;
    },
  };
}

/** The body of a route that has none. */
export const none: Schema<null> = { jsonSchema: () => ({ type: "null" }), read: () => null };
