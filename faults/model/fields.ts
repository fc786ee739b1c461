import type { Json, JsonObject, Table } from "./company.ts";
import { Rational } from "./rational.ts";
import type { Issue } from "./refusal.ts";

/** What a client may write into a field, according to the OpenAPI document. */
export type Field = { readonly nullable?: true; readonly required?: true } & (
  | { readonly kind: "text"; readonly max: number; readonly lines?: true; readonly filled?: true }
  | { readonly kind: "id"; readonly table: Table }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "amount" | "share" | "rate" | "date" | "day" | "flag" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "ids"; readonly table: Table }
  | { readonly kind: "list"; readonly members: Fields; readonly readOnly: readonly string[] }
);

export type Fields = Readonly<Record<string, Field>>;

const largest = 2_147_483_647;
export const largestAmount = Rational.parse("922337203685477.5807");
export const none = Rational.of(0n);
const one = Rational.of(1n);
const most = { ids: 50, list: 500 } as const;

/** The value to store; undefined when an issue was added instead. */
type Reading = Json | undefined;

/** Reads an object with exactly these fields; each unknown or read-only one is an issue. */
export function readObject(
  value: Json,
  fields: Fields,
  readOnly: readonly string[],
  place: string,
  issues: Issue[],
): JsonObject | undefined {
  if (!isObject(value)) {
    issues.push({ place, code: "type" });
    return undefined;
  }
  const result: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = value[name];
    if (given === undefined && field.required) issues.push({ place: `${place}/${name}`, code: "required" });
    const read = given === undefined ? undefined : readField(given, field, `${place}/${name}`, issues);
    if (read !== undefined) result[name] = read;
  }
  for (const name of Object.keys(value))
    if (!Object.hasOwn(fields, name))
      issues.push({ place: `${place}/${name}`, code: readOnly.includes(name) ? "read-only" : "unknown-field" });
  return result;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readField(value: Json, field: Field, place: string, issues: Issue[]): Reading {
  if (value === null && field.nullable) return null;
  const refuse = (code: string): undefined => {
    issues.push({ place, code });
    return undefined;
  };
  switch (field.kind) {
    case "text":
      return typeof value !== "string" ? refuse("type") : isGoodText(value, field) ? value : refuse("text");
    case "id":
      return readInteger(value, 1, largest, refuse);
    case "integer":
      return readInteger(value, field.min, field.max, refuse);
    case "amount":
    case "share":
    case "rate":
      return readAmount(value, field.kind, refuse);
    case "date":
      return readDate(value, refuse);
    case "day":
      return readDay(value, refuse);
    case "choice":
      return typeof value !== "string" ? refuse("type") : field.choices.includes(value) ? value : refuse("range");
    case "flag":
      return typeof value === "boolean" ? value : refuse("type");
    case "ids":
      return readList(value, most.ids, place, issues, (item, at) =>
        readField(item, { ...field, kind: "id" }, at, issues),
      );
    case "list":
      return readList(value, most.list, place, issues, (item, at) =>
        readObject(item, field.members, field.readOnly, at, issues),
      );
  }
}

function readList(
  value: Json,
  most: number,
  place: string,
  issues: Issue[],
  readItem: (item: Json, place: string) => Reading,
): Reading {
  if (!Array.isArray(value) || value.length > most) {
    issues.push({ place, code: Array.isArray(value) ? "range" : "type" });
    return undefined;
  }
  return value.flatMap((item: Json, index) => readItem(item, `${place}/${index}`) ?? []);
}

function readInteger(value: Json, min: number, max: number, refuse: (code: string) => undefined): Reading {
  // From 1e21 on, JavaScript writes an exponent, which is no plain integer.
  if (typeof value !== "number" || !/^-?[0-9]+$/.test(JSON.stringify(value))) return refuse("type");
  return value >= min && value <= max ? value : refuse("range");
}

interface TextLimits {
  readonly max: number;
  readonly lines?: true;
  readonly filled?: true;
}

/** Text that a field takes: a name or another single line must not be invisible. */
export function isGoodText(text: string, limits: TextLimits): boolean {
  const isSeen = text === "" || /[^\p{White_Space}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
  if (text === "" && limits.filled === true) return false;
  return (isSeen || limits.lines === true) && isGoodSearch(text, limits);
}

/** Refuses control characters, lone surrogates, marks that change the direction, and text that is too long. */
export function isGoodSearch(text: string, { max, lines }: TextLimits): boolean {
  const characters = [...text];
  return characters.length <= max && characters.every((character) => isGoodCharacter(character, lines === true));
}

function isGoodCharacter(character: string, inLines: boolean): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code === 9 || code === 10 || code === 13) return inLines;
  const isControl = code < 32 || (code >= 127 && code < 160);
  const isLoneSurrogate = code >= 0xd800 && code <= 0xdfff;
  const changesDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return !isControl && !isLoneSurrogate && !changesDirection;
}

/**
 * An amount is text, or a number of at most 15 digits, which is exact in every client. It has four places and a tax rate
 * six, never rounded; zeros after them change nothing. A share is an amount from 0 to 1.
 */
function readAmount(value: Json, kind: "amount" | "share" | "rate", refuse: (code: string) => undefined): Reading {
  if (typeof value !== "string" && typeof value !== "number") return refuse("type");
  const text = typeof value === "number" ? JSON.stringify(value) : value;
  // JavaScript writes only numbers with an exponent that are too large for every amount, or have too many places.
  if (typeof value === "number" && text.includes("e")) return refuse(text.includes("e-") ? "scale" : "range");
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text) || /^-?0[0-9]/.test(text) || /^-[0.]+$/.test(text))
    return refuse("decimal-format");
  const [, fraction = ""] = text.split(".");
  if (fraction.replace(/0+$/, "").length > (kind === "rate" ? 6 : 4)) return refuse("scale");
  const amount = Rational.parse(text);
  if (amount.compare(largestAmount) > 0 || none.minus(amount).compare(largestAmount) > 0) return refuse("range");
  if (typeof value === "number" && text.replace(/[-.]/g, "").replace(/^0+/, "").length > 15)
    return refuse("decimal-format");
  if (amount.compare(none) < 0 || (kind !== "amount" && amount.compare(one) > 0)) return refuse("range");
  return kind === "rate" ? amount.toRate() : amount.toAmount();
}

function readDay(value: Json, refuse: (code: string) => undefined): Reading {
  if (typeof value !== "string") return refuse("type");
  const read = readDate(`${value}T00:00:00`, refuse);
  return read === undefined ? undefined : value;
}

function readDate(value: Json, refuse: (code: string) => undefined): Reading {
  if (typeof value !== "string") return refuse("type");
  const match = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.exec(value);
  const [, year = "", month = "", day = ""] = match ?? [];
  const daysInMonth = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  const isReal = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysInMonth;
  if (match === null || !isReal || year === "0000") return refuse("date-format");
  return Number(year) < 1900 ? refuse("range") : value;
}
