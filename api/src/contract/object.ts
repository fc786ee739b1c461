import type { Issue } from "./answer.ts";
import { readDecimal } from "./decimal.ts";
import { type Json, JsonNumber } from "./json.ts";
import type { JsonSchema, Of, OptionalSchema, Schema } from "./schema.ts";

/** The schemas of an object's members by name. */
export type Members = Readonly<Record<string, Schema<unknown>>>;

type OptionalNames<M> = { [K in keyof M]: M[K] extends OptionalSchema<unknown> ? K : never }[keyof M];

/** The TypeScript type of an object with these members. */
export type ObjectOf<M extends Members> = {
  readonly [K in Exclude<keyof M, OptionalNames<M>>]: Of<M[K]>;
} & { readonly [K in OptionalNames<M>]?: Of<M[K]> };

interface ObjectOptions {
  /** Members that only the server sets. Sending one is refused as `read-only`, not as `unknown-field`. */
  readonly readOnly?: readonly string[];
  /**
   * All members of the resource as answers have them. A client may send those that it cannot write back as it read them:
   * `changedMembers` tells which of them differ.
   */
  readonly answered?: Members;
  /** More keywords for the OpenAPI document. They document rules that the resource checks itself. */
  readonly schema?: JsonSchema;
}

/** An object with exactly these members. `name` is the name of its schema in the OpenAPI document. */
export function object<const M extends Members>(
  name: string,
  members: M,
  options: ObjectOptions = {},
): Schema<ObjectOf<M>> {
  const entries = Object.entries(members);
  const readOnly = new Set(options.readOnly);
  const known = new Map(entries);
  const answered = Object.entries(options.answered ?? {}).filter(([key]) => !known.has(key));
  const mayBeSentBack = new Set(answered.map(([key]) => key));
  return {
    jsonSchema: (form, define) =>
      define(name, (): JsonSchema => {
        const written = entries.map(([key, schema]) => [key, schema.jsonSchema(form, define)] as const);
        const read = answered.map(
          ([key, schema]) => [key, { ...schema.jsonSchema("output", define), readOnly: true }] as const,
        );
        const properties = Object.fromEntries([...written, ...read]);
        const required = entries.filter(([, schema]) => !isOptional(schema)).map(([key]) => key);
        return { type: "object", properties, required, additionalProperties: false, ...options.schema };
      }),
    read(value, pointer, issues) {
      if (!(value instanceof Map)) return refuseNonObject(issues, pointer);
      const result: Record<string, unknown> = {};
      let isWhole = true;
      for (const [key, schema] of entries) {
        const member: Json | undefined = value.get(key);
        const read = member === undefined ? undefined : schema.read(member, `${pointer}/${key}`, issues);
        if (read !== undefined) result[key] = read;
        else if (member !== undefined) isWhole = false;
        else if (!isOptional(schema))
          issues.push({ pointer: `#${pointer}/${key}`, code: "required", message: "Is required." });
      }
      const back = new Map<string, Json>();
      for (const [key, member] of value) {
        if (known.has(key)) continue;
        if (mayBeSentBack.has(key)) back.set(key, member);
        else issues.push(unexpectedMember(key, pointer, readOnly));
      }
      if (!isWhole || !isComplete(members, result)) return undefined;
      if (back.size > 0) sentBack.set(result, back);
      return result;
    },
  };
}

function isOptional(schema: Schema<unknown>): boolean {
  return "optional" in schema;
}

/** Whether every required member is present. Their types are right because their own schemas have read them. */
function isComplete<M extends Members>(members: M, result: Readonly<Record<string, unknown>>): result is ObjectOf<M> {
  return Object.entries(members).every(([key, schema]) => key in result || isOptional(schema));
}

function refuseNonObject(issues: Issue[], pointer: string): undefined {
  issues.push({ pointer: `#${pointer}`, code: "type", message: "Must be an object." });
  return undefined;
}

function unexpectedMember(key: string, pointer: string, readOnly: ReadonlySet<string>): Issue {
  const place = `#${pointer}/${key.slice(0, 100).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return readOnly.has(key)
    ? { pointer: place, code: "read-only", message: "Is set by the server; leave it out." }
    : { pointer: place, code: "unknown-field", message: "Is not a field here." };
}

/** The members that a client sent although only the server sets them, by the object that was read. */
const sentBack = new WeakMap<object, ReadonlyMap<string, Json>>();
const none: ReadonlyMap<string, Json> = new Map();

/** The names of the members of a body, or of an object in it, that only the server sets. */
export function membersSentBack(body: object): readonly string[] {
  return [...(sentBack.get(body) ?? none).keys()];
}

/** An issue for each member that only the server sets and that differs from `current`, the resource as answered. */
export function changedMembers(body: object, current: object, pointer = ""): readonly Issue[] {
  const values = new Map<string, unknown>(Object.entries(current));
  return [...(sentBack.get(body) ?? none)].flatMap(([name, sent]) =>
    isSame(sent, values.get(name)) ? [] : [changedMember(`#${pointer}/${name}`)],
  );
}

function changedMember(pointer: string): Issue {
  return { pointer, code: "read-only", message: "Is set by the server; send it as you read it, or leave it out." };
}

/** Whether JSON from a client has the value that an answer contained. Amounts may have become numbers on the way. */
function isSame(sent: Json, value: unknown): boolean {
  if (sent instanceof JsonNumber)
    return typeof value === "number" ? Number(sent.text) === value : isSameAmount(sent.text, value);
  if (typeof sent === "string") return sent === value || isSameAmount(sent, value);
  if (sent instanceof Map) {
    if (typeof value !== "object" || value === null) return false;
    const members = new Map<string, unknown>(Object.entries(value));
    return [...sent].every(([name, member]) => members.has(name) && isSame(member, members.get(name)));
  }
  if (Array.isArray(sent))
    return Array.isArray(value) && sent.length === value.length && sent.every((each, at) => isSame(each, value[at]));
  return sent === value;
}

const amountPattern = /^-?\d+\.\d+$/;

function isSameAmount(sent: string, value: unknown): boolean {
  if (typeof value !== "string" || !amountPattern.test(value)) return false;
  const [a, b] = [readDecimal(sent), readDecimal(value)];
  return "decimal" in a && "decimal" in b && a.decimal === b.decimal;
}
