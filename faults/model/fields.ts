import type { Json, JsonObject, Table } from "./company.ts";
import { Rational } from "./rational.ts";
import type { Fault } from "./refusal.ts";

/** What a client may write into one field, as the OpenAPI document says it. */
export type Field = { readonly nullable?: true; readonly required?: true } & (
  | { readonly kind: "text"; readonly max: number; readonly lines?: true }
  | { readonly kind: "id"; readonly table: Table }
  | { readonly kind: "whole"; readonly min: number; readonly max: number }
  | { readonly kind: "amount" | "rate" | "date" | "flag" }
  | { readonly kind: "ids"; readonly table: Table }
  | { readonly kind: "list"; readonly members: Fields; readonly readOnly: readonly string[] }
);

export type Fields = Readonly<Record<string, Field>>;

const largest = 2_147_483_647;
export const largestAmount = Rational.parse("922337203685477.5807");
export const none = Rational.of(0n);
const whole = Rational.of(1n);
const most = { ids: 50, list: 500 } as const;

/** What a field's value is to be stored as, or the faults that were added. */
type Reading = Json | undefined;

/** Reads an object with exactly these fields; unknown and read-only ones are refused by name. */
export function readObject(
  value: Json,
  fields: Fields,
  readOnly: readonly string[],
  place: string,
  faults: Fault[],
): JsonObject | undefined {
  if (!isObject(value)) {
    faults.push({ place, code: "type" });
    return undefined;
  }
  const result: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = value[name];
    if (given === undefined && field.required) faults.push({ place: `${place}/${name}`, code: "required" });
    const read = given === undefined ? undefined : readField(given, field, `${place}/${name}`, faults);
    if (read !== undefined) result[name] = read;
  }
  for (const name of Object.keys(value))
    if (!Object.hasOwn(fields, name))
      faults.push({ place: `${place}/${name}`, code: readOnly.includes(name) ? "read-only" : "unknown-field" });
  return result;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readField(value: Json, field: Field, place: string, faults: Fault[]): Reading {
  if (value === null && field.nullable) return null;
  const refuse = (code: string): undefined => {
    faults.push({ place, code });
    return undefined;
  };
  switch (field.kind) {
    case "text":
      return typeof value !== "string" ? refuse("type") : isGoodText(value, field) ? value : refuse("text");
    case "id":
      return readWhole(value, 1, largest, refuse);
    case "whole":
      return readWhole(value, field.min, field.max, refuse);
    case "amount":
    case "rate":
      return readAmount(value, field.kind, refuse);
    case "date":
      return readDate(value, refuse);
    case "flag":
      return typeof value === "boolean" ? value : refuse("type");
    case "ids":
      return readList(value, most.ids, place, faults, (item, at) =>
        readField(item, { ...field, kind: "id" }, at, faults),
      );
    case "list":
      return readList(value, most.list, place, faults, (item, at) =>
        readObject(item, field.members, field.readOnly, at, faults),
      );
  }
}

function readList(
  value: Json,
  most: number,
  place: string,
  faults: Fault[],
  readItem: (item: Json, place: string) => Reading,
): Reading {
  if (!Array.isArray(value) || value.length > most) {
    faults.push({ place, code: Array.isArray(value) ? "range" : "type" });
    return undefined;
  }
  return value.flatMap((item: Json, index) => readItem(item, `${place}/${index}`) ?? []);
}

function readWhole(value: Json, min: number, max: number, refuse: (code: string) => undefined): Reading {
  // From 1e21 on JavaScript writes an exponent, and that is no whole number in its plain form.
  if (typeof value !== "number" || !/^-?[0-9]+$/.test(JSON.stringify(value))) return refuse("type");
  return value >= min && value <= max ? value : refuse("range");
}

/** Control characters, half characters and marks that turn the direction are refused, over-long text too. */
export function isGoodText(text: string, { max, lines }: { readonly max: number; readonly lines?: true }): boolean {
  const characters = [...text];
  return characters.length <= max && characters.every((character) => isGoodCharacter(character, lines === true));
}

function isGoodCharacter(character: string, inLines: boolean): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code === 9 || code === 10 || code === 13) return inLines;
  const isControl = code < 32 || (code >= 127 && code < 160);
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  const turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return !isControl && !isHalf && !turns;
}

/** An amount is text, or a number that every client keeps exactly: 15 digits at most. Four places, never rounded. */
function readAmount(value: Json, kind: "amount" | "rate", refuse: (code: string) => undefined): Reading {
  if (typeof value !== "string" && typeof value !== "number") return refuse("type");
  const text = typeof value === "number" ? JSON.stringify(value) : value;
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(text) || /^-?0[0-9]/.test(text) || /^-[0.]+$/.test(text))
    return refuse("decimal-format");
  const [, fraction = ""] = text.split(".");
  if (fraction.length > 4) return refuse("scale");
  const amount = Rational.parse(text);
  if (amount.compare(largestAmount) > 0 || none.minus(amount).compare(largestAmount) > 0) return refuse("range");
  if (typeof value === "number" && text.replace(/[-.]/g, "").replace(/^0+/, "").length > 15)
    return refuse("decimal-format");
  if (amount.compare(none) < 0 || (kind === "rate" && amount.compare(whole) > 0)) return refuse("range");
  return amount.toAmount();
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
