import { formatUnits, scaledInteger } from "../amounts.ts";
import { DatabaseError } from "../errors.ts";
import type { ParameterProof } from "../proof.ts";
import type { Engine } from "../types.ts";
import { exists } from "../values.ts";

/** A value as it is bound to a prepared statement. */
export type Bound = string | number | bigint | Uint8Array | null;

/** A parameter's type differs from its proof: a bug of the caller, found before the engine can convert the value. */
export class ParameterError extends TypeError {
  override readonly name = "ParameterError";
}

/** Checks one value and converts it for the engine. */
export type Encoder = (value: unknown) => Bound;

/** How a program writes a datetime and a date. */
export const dateTimePattern = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d$/;
export const datePattern = /^\d{4}-\d\d-\d\d$/;

/** Makes the function that checks one parameter's value and converts it for the engine. */
export function compileEncoder(parameter: ParameterProof, engine: Engine): Encoder {
  const encode = encoderOf(parameter, engine);
  if (!parameter.nullable) return encode;
  return (value) => (value === null ? null : encode(value));
}

/** Checks the type of a value, and then whether the column that stores it can hold it. */
function encoderOf(parameter: ParameterProof, engine: Engine): Encoder {
  const encode = sizedEncoder(parameter, patternEncoder(parameter, typedEncoder(parameter, engine)));
  const { name, length, range, values } = parameter;
  if (values !== undefined) {
    const known = new Set<Bound>(values);
    return (value) => {
      const text = encode(value);
      if (known.has(text)) return text;
      const shown = values.map((one) => JSON.stringify(one)).join(", ");
      throw new ParameterError(`parameter :${name} must be one of ${shown}`);
    };
  }
  // As on MariaDB, whose error is the same on both engines then.
  const tooLong = (): never => {
    throw new DatabaseError("value", `parameter :${name} is longer than the ${length} characters of its column`);
  };
  if (length !== undefined)
    return (value) => {
      const text = encode(value);
      return typeof text === "string" && text.length > length && [...text].length > length ? tooLong() : text;
    };
  if (range === undefined) return encode;
  const [least, greatest] = [BigInt(range[0]), BigInt(range[1])];
  const outside = (): never => {
    // No column ends there.
    if (greatest === BigInt(Number.MAX_SAFE_INTEGER))
      throw new DatabaseError("value", `parameter :${name} is a LIMIT or OFFSET, and below 0`);
    const places = parameter.type === "decimal" ? parameter.scale : 0;
    const [from, to] = [least, greatest].map((units) => formatUnits(units, places));
    throw new DatabaseError("value", `parameter :${name} does not fit its column, which holds ${from} to ${to}`);
  };
  if (parameter.type === "decimal") {
    return (value) => {
      const units = scaledInteger(value, parameter.scale);
      if (units === null || typeof value !== "string") return encode(value);
      if (units < least || units > greatest) return outside();
      return engine === "sqlite" ? units : value;
    };
  }
  return (value) => {
    const number = encode(value);
    return (typeof number === "number" || typeof number === "bigint") && (number < least || number > greatest)
      ? outside()
      : number;
  };
}

/** Refuses what MariaDB's column cuts or fills up, where SQLite's stores it as it is or refuses it. */
function sizedEncoder({ name, bytes, full, trimmed }: ParameterProof, encode: Encoder): Encoder {
  if (bytes === undefined && full === undefined && trimmed === undefined) return encode;
  const refuse = (words: string): never => {
    throw new DatabaseError("value", `parameter :${name} ${words}`);
  };
  return (value) => {
    const bound = encode(value);
    const isText = typeof bound === "string";
    if (!isText && !(bound instanceof Uint8Array)) return bound;
    const size = (): number => (isText ? Buffer.byteLength(bound) : bound.length);
    // A character has at most three bytes for each of its UTF-16 units.
    if (bytes !== undefined && bound.length * 3 > bytes && size() > bytes)
      refuse(`is longer than the ${bytes} bytes of its column`);
    if (full !== undefined && (isText ? [...bound] : bound).length !== full)
      refuse(`must have the ${full} ${isText ? "characters" : "bytes"} of its column`);
    if (trimmed && isText && bound.endsWith(" ")) refuse("ends in a space, which its column drops");
    return bound;
  };
}

/** The longest pattern that SQLite reads. MariaDB reads longer ones. */
const mostPatternBytes = 50_000;

/** MariaDB calls itself for each `%` of a pattern; its default stack (`thread_stack`) ends before 2,000 of them. */
const mostWildcards = 500;

/** Refuses a pattern that one engine does not read, and one that ends in its escape character, which each reads differently. */
function patternEncoder({ name, escapes = [] }: ParameterProof, encode: Encoder): Encoder {
  if (escapes.length === 0) return encode;
  return (value) => {
    const text = encode(value);
    if (typeof text !== "string") return text;
    // A character has at most three bytes for each of its UTF-16 units.
    if (text.length * 3 > mostPatternBytes && Buffer.byteLength(text) > mostPatternBytes)
      throw new DatabaseError("value", `parameter :${name} is the pattern of a LIKE, and longer than its 50,000 bytes`);
    if (text.length > mostWildcards && text.split("%").length > mostWildcards + 1)
      throw new DatabaseError("value", `parameter :${name} is the pattern of a LIKE, and has more than 500 '%'`);
    if (escapes.some((escapedBy) => endsOpen(text, escapedBy)))
      throw new DatabaseError("value", `parameter :${name} ends in the escape character of its LIKE: write it twice`);
    return text;
  };
}

/** Whether the last character is an escape that nothing follows. */
function endsOpen(pattern: string, escapedBy: string): boolean {
  let open = false;
  for (const character of pattern) open = !open && character === escapedBy;
  return open;
}

function typedEncoder(parameter: ParameterProof, engine: Engine): Encoder {
  const refuse = (value: unknown, wanted: string): never => {
    if (value === undefined) throw new ParameterError(`parameter :${parameter.name} is missing`);
    throw new ParameterError(`parameter :${parameter.name} must be ${wanted}, got ${describe(value, parameter)}`);
  };
  switch (parameter.type) {
    case "integer":
    case "bigint":
      if (parameter.type === "integer" && parameter.exact !== true)
        return (value) =>
          typeof value === "number" && Number.isSafeInteger(value) ? value + 0 : refuse(value, "a whole number");
      return (value) => {
        // -0 would be a float on SQLite.
        if (typeof value === "number" && Number.isSafeInteger(value)) return value + 0;
        if (typeof value !== "bigint") return refuse(value, "a whole number");
        return BigInt.asIntN(64, value) === value ? value : refuse(value, "a whole number of 64 bits");
      };
    case "decimal": {
      const wanted = `a decimal with at most ${parameter.scale} places, such as decimal("12.50")`;
      return engine === "sqlite"
        ? (value) => scaledInteger(value, parameter.scale) ?? refuse(value, wanted)
        : (value) =>
            scaledInteger(value, parameter.scale) !== null && typeof value === "string" ? value : refuse(value, wanted);
    }
    case "double":
      // SQLite stores -0 as 0.
      return (value) => (typeof value === "number" && Number.isFinite(value) ? value + 0 : refuse(value, "a number"));
    case "boolean":
      return (value) => (typeof value === "boolean" ? (value ? 1 : 0) : refuse(value, "true or false"));
    case "text":
      return (value) => {
        if (typeof value !== "string") return refuse(value, "text");
        return value.includes("\0") || !value.isWellFormed() ? refuseText(value, parameter) : value;
      };
    case "blob":
      // The MariaDB driver would send a plain Uint8Array as JSON text. It gets a copy, as it may send it later.
      return (value) => {
        if (!(value instanceof Uint8Array)) return refuse(value, "bytes");
        return engine === "mariadb" ? Buffer.from(value) : value;
      };
    case "datetime":
      return (value) =>
        typeof value === "string" && dateTimePattern.test(value)
          ? existing(value, parameter).replace("T", " ")
          : refuse(value, "a date and time like 2024-01-15T10:30:00");
    case "date":
      return (value) =>
        typeof value === "string" && datePattern.test(value)
          ? existing(value, parameter)
          : refuse(value, "a date like 2024-01-15");
  }
}

/** Of 30 February or 25 o'clock, MariaDB reads NULL, refuses to store it, or compares it as a text. */
function existing(text: string, { name }: ParameterProof): string {
  if (exists(text)) return text;
  throw new DatabaseError("value", `parameter :${name} is a day or time that does not exist`);
}

/**
 * SQLite stores a text with a NUL whole, but LENGTH, SUBSTR and LIKE read it to its first NUL. Of half a surrogate pair,
 * both clients make another character.
 */
function refuseText(value: string, { name }: ParameterProof): never {
  if (!value.includes("\0"))
    throw new DatabaseError("value", `parameter :${name} holds half a surrogate pair, which has no form in UTF-8`);
  throw new DatabaseError("value", `parameter :${name} holds a NUL character, at which SQLite's functions end a text`);
}

/** What a value is, without showing it: a log may keep the message. */
function describe(value: unknown, { type }: ParameterProof): string {
  if (value === null) return "null";
  if (typeof value === "string")
    return ["decimal", "datetime", "date"].includes(type) ? "text in another format" : "text";
  if (typeof value === "number") return describeNumber(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if (Array.isArray(value)) return "an array";
  return value instanceof Date ? "a Date" : "an object";
}

function describeNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (!Number.isInteger(value)) return "a number with a fraction";
  return Number.isSafeInteger(value) ? "a number" : "a number beyond 2^53";
}
