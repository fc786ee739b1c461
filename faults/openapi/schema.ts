import type { Random } from "../load/random.ts";
import type { Json, JsonObject } from "../model/company.ts";
import { isObject } from "../model/fields.ts";

/** What a schema does not allow in a value, or null. Supports the part of JSON Schema that the document uses. */
export function faultOf(value: Json, schema: JsonObject, place = "#"): string | null {
  const { anyOf = schema.oneOf, type, enum: words } = schema;
  if (schema.const !== undefined && schema.const !== value) return `${place} is not ${JSON.stringify(schema.const)}`;
  if (Array.isArray(words) && !words.includes(value)) return `${place} is none of the words`;
  if (Array.isArray(anyOf) && anyOf.every((one: Json) => isObject(one) && faultOf(value, one, place) !== null))
    return `${place} matches none of the forms`;
  const types: readonly Json[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  if (types.length > 0 && !types.some((name) => isOfType(value, name))) return `${place} is no ${types.join(" or ")}`;
  if (typeof value === "string") return textFault(value, schema, place);
  if (typeof value === "number") return numberFault(value, schema, place);
  if (Array.isArray(value)) return listFault(value, schema, place);
  return isObject(value) ? objectFault(value, schema, place) : null;
}

function isOfType(value: Json, type: Json): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    default:
      return typeof value === type;
  }
}

function textFault(value: string, { pattern, maxLength, minLength, format }: JsonObject, place: string): string | null {
  const length = [...value].length;
  if (typeof maxLength === "number" && length > maxLength) return `${place} is too long`;
  if (typeof minLength === "number" && length < minLength) return `${place} is too short`;
  if (typeof pattern === "string" && !new RegExp(pattern, "u").test(value)) return `${place} does not match ${pattern}`;
  if (format === "date" && !isDate(value)) return `${place} is no date`;
  return null;
}

function isDate(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function numberFault(value: number, { minimum, maximum, multipleOf }: JsonObject, place: string): string | null {
  if (typeof minimum === "number" && value < minimum) return `${place} is too small`;
  if (typeof maximum === "number" && value > maximum) return `${place} is too large`;
  // Judged by the written number, which is what a receiver sees.
  const places = `${value}`.split(".")[1]?.length ?? 0;
  const mostPlaces = multipleOf === 0.0001 ? 4 : multipleOf === 0.000_001 ? 6 : null;
  const isTooLong = mostPlaces !== null && (places > mostPlaces || `${value}`.includes("e"));
  return isTooLong ? `${place} has too many places` : null;
}

function listFault(value: readonly Json[], schema: JsonObject, place: string): string | null {
  const { items, maxItems, minItems, uniqueItems } = schema;
  if (typeof maxItems === "number" && value.length > maxItems) return `${place} has too many elements`;
  if (typeof minItems === "number" && value.length < minItems) return `${place} has too few elements`;
  if (uniqueItems === true && new Set(value).size < value.length) return `${place} has an element twice`;
  if (!isObject(items)) return null;
  for (const [index, item] of value.entries()) {
    const fault = faultOf(item, items, `${place}/${index}`);
    if (fault !== null) return fault;
  }
  return null;
}

function objectFault(value: JsonObject, schema: JsonObject, place: string): string | null {
  const { required, additionalProperties } = schema;
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const name of Array.isArray(required) ? required : [])
    if (value[`${name}`] === undefined) return `${place} lacks ${name}`;
  for (const [name, member] of Object.entries(value)) {
    const property = properties[name];
    if (property === undefined && additionalProperties === false) return `${place} has an unknown ${name}`;
    const fault = isObject(property) ? faultOf(member, property, `${place}/${name}`) : null;
    if (fault !== null) return fault;
  }
  return null;
}

/** Plain and odd values. For nearly every schema of the document, some fit and some do not. */
export const values: readonly [Json, ...Json[]] = [
  ...([null, true, false, 0, 1, 2, 3, 7, -1, 1.5, 0.25, 0.1, 12.5, 1000, 1001, 2_147_483_647, 2_147_483_648] as const),
  ...[
    "",
    " ",
    "0",
    "1",
    "12.5",
    "0.0001",
    "0.00001",
    "-1",
    "1e3",
    "922337203685477.5807",
    "x".repeat(51),
    "x".repeat(66_000),
  ],
  ...[
    "O'Brien",
    "'; DROP TABLE orders; --",
    "🧀",
    "e\u0301",
    "\u0000",
    "\u202e",
    "a\tb",
    "%",
    "Ana",
    "Łódź",
    "id",
    "-id",
    "name",
  ],
  ...[
    "2024-01-15T10:30:00",
    "2024-02-30T00:00:00",
    "1899-12-31T00:00:00",
    "2024-01-15",
    "2024-13-01",
    '"3"',
    "*",
    'W/"1"',
  ],
  ...["details", "order_date", "eyJ4Ijox", "NaN", "+1", "01", "\u00a0", "١"],
  ...([[], {}, [1], [[]], ["details"], ["details", "details"], ["customer", "shipper"], ["x"]] as const),
];

/** A value that the schema allows. */
export function validValue(schema: JsonObject, random: Random): Json {
  const { anyOf = schema.oneOf, const: only } = schema;
  if (only !== undefined) return only;
  if (isObject(schema.properties)) return validObject(schema, random);
  if (isObject(schema.items) && isObject(schema.items.properties))
    return [validValue(schema.items, random)].slice(random.integer(0, 1));
  // Words of the document's own are in no list of values.
  if (isObject(schema.items) && Array.isArray(schema.items.enum)) return [validValue(schema.items, random)];
  const [first, ...others] = Array.isArray(anyOf) ? anyOf.filter((one: Json) => isObject(one)) : [];
  if (first !== undefined) return validValue(random.pick([first, ...others]), random);
  const [one, ...more] = values.filter((value) => faultOf(value, schema) === null);
  if (one !== undefined) return random.pick([one, ...more]);
  const { examples, enum: words } = schema;
  const given: Json | undefined = Array.isArray(examples) ? examples[0] : Array.isArray(words) ? words[0] : undefined;
  if (given !== undefined && faultOf(given, schema) === null) return given;
  throw new Error(`no value is known for ${JSON.stringify(schema)}`);
}

function validObject(schema: JsonObject, random: Random): Json {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required: readonly Json[] = Array.isArray(schema.required) ? schema.required : [];
  for (let tries = 0; ; tries += 1) {
    const chosen = Object.entries(properties).filter(
      ([name]) => required.includes(name) || random.integer(1, 3) === 1 || tries > 5,
    );
    const members = chosen.map(([name, property]): [string, Json] => [
      name,
      isObject(property) ? validValue(property, random) : null,
    ]);
    const value = Object.fromEntries(members);
    if (faultOf(value, schema) === null || tries > 10) return value;
  }
}

/** A value that the schema does not allow; undefined when it allows every value above. */
export function invalidValue(schema: JsonObject, random: Random): Json | undefined {
  if (isObject(schema.properties) && random.integer(1, 10) > 1) return spoiled(schema, random);
  const [one, ...more] = values.filter((value) => faultOf(value, schema) !== null);
  return one === undefined ? undefined : random.pick([one, ...more]);
}

/** A valid object with one thing wrong in it. */
function spoiled(schema: JsonObject, random: Random): Json | undefined {
  const value = validValue(schema, random);
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const [first, ...others] = properties;
  if (!isObject(value) || first === undefined || random.integer(1, 8) === 1)
    return isObject(value) ? { ...value, [random.pick(["surprise", "__proto_", "Id", " id"])]: 1 } : undefined;
  const [name, property] = random.pick([first, ...others]);
  const wrong = isObject(property) ? invalidValue(property, random) : undefined;
  const changed: JsonObject = { ...value, ...(wrong === undefined ? { surprise: 1 } : { [name]: wrong }) };
  return faultOf(changed, schema) === null ? undefined : changed;
}
