import type { Issue } from "./answer.ts";
import type { Json } from "./json.ts";
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
  return {
    jsonSchema: (form, define) =>
      define(name, (): JsonSchema => {
        const properties = Object.fromEntries(entries.map(([key, schema]) => [key, schema.jsonSchema(form, define)]));
        const required = entries.filter(([, schema]) => !isOptional(schema)).map(([key]) => key);
        return { type: "object", properties, required, additionalProperties: false, ...options.schema };
      }),
    read(value, pointer, issues) {
      if (!(value instanceof Map)) return refuseNonObject(issues, pointer);
      const before = issues.length;
      const result: Record<string, unknown> = {};
      for (const [key, schema] of entries) {
        const member: Json | undefined = value.get(key);
        if (member !== undefined) result[key] = schema.read(member, `${pointer}/${key}`, issues);
        else if (!isOptional(schema))
          issues.push({ pointer: `#${pointer}/${key}`, code: "required", message: "Is required." });
      }
      for (const key of value.keys()) if (!known.has(key)) issues.push(unexpectedMember(key, pointer, readOnly));
      return issues.length === before && isComplete(members, result) ? result : undefined;
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
