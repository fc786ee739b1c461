import type { Issue } from "./answer.ts";
import type { Json } from "./json.ts";
import type { Kind, Of, OptionalKind, Schema } from "./schema.ts";

/** The members of an object by name. */
export type Members = Readonly<Record<string, Kind<unknown>>>;

type OptionalNames<M> = { [K in keyof M]: M[K] extends OptionalKind<unknown> ? K : never }[keyof M];

/** The TypeScript type of an object with these members. */
export type ObjectOf<M extends Members> = {
  readonly [K in Exclude<keyof M, OptionalNames<M>>]: Of<M[K]>;
} & { readonly [K in OptionalNames<M>]?: Of<M[K]> };

/** Members that only the server sets: sending one is refused by its own name, not as unknown. */
interface ObjectOptions {
  readonly readOnly?: readonly string[];
  /** What the members alone do not say, for the OpenAPI document: whoever reads the object checks it. */
  readonly schema?: Schema;
}

/** An object with exactly these members. `name` is its name in the OpenAPI document. */
export function object<const M extends Members>(
  name: string,
  members: M,
  options: ObjectOptions = {},
): Kind<ObjectOf<M>> {
  const entries = Object.entries(members);
  const readOnly = new Set(options.readOnly);
  const known = new Map(entries);
  return {
    schema: (form, define) =>
      define(name, (): Schema => {
        const properties = Object.fromEntries(entries.map(([key, kind]) => [key, kind.schema(form, define)]));
        const required = entries.filter(([, kind]) => !isOptional(kind)).map(([key]) => key);
        return { type: "object", properties, required, additionalProperties: false, ...options.schema };
      }),
    read(value, pointer, issues) {
      if (!(value instanceof Map)) return refuseNoObject(issues, pointer);
      const before = issues.length;
      const result: Record<string, unknown> = {};
      for (const [key, kind] of entries) {
        const member: Json | undefined = value.get(key);
        if (member !== undefined) result[key] = kind.read(member, `${pointer}/${key}`, issues);
        else if (!isOptional(kind))
          issues.push({ pointer: `#${pointer}/${key}`, code: "required", message: "Must be given." });
      }
      for (const key of value.keys()) if (!known.has(key)) issues.push(strange(key, pointer, readOnly));
      return issues.length === before && isRead<M>(result) ? result : undefined;
    },
  };
}

function isOptional(kind: Kind<unknown>): boolean {
  return "optional" in kind;
}

/** Every member was read by its own kind just above, and none was refused. */
function isRead<M extends Members>(result: Readonly<Record<string, unknown>>): result is ObjectOf<M> {
  return result !== null;
}

function refuseNoObject(issues: Issue[], pointer: string): undefined {
  issues.push({ pointer: `#${pointer}`, code: "type", message: "Must be an object." });
  return undefined;
}

function strange(key: string, pointer: string, readOnly: ReadonlySet<string>): Issue {
  const place = `#${pointer}/${key.slice(0, 100).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return readOnly.has(key)
    ? { pointer: place, code: "read-only", message: "Is set by the server: leave it out." }
    : { pointer: place, code: "unknown-field", message: "Is not a field here." };
}
