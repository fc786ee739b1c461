import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, JsonObject } from "../model/company.ts";
import { isObject } from "../model/fields.ts";

/** One parameter in the document. */
export interface Parameter {
  readonly name: string;
  readonly place: "path" | "query" | "header";
  readonly schema: JsonObject;
}

/** One method of one path. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: JsonObject | null;
  /** By status: the content type of the answer and the schema of its body; null for an answer without a body. */
  readonly answers: ReadonlyMap<number, { readonly type: string; readonly schema: JsonObject } | null>;
}

/**
 * The operations of the published document, with every reference resolved. Not those of paths that answer or take a
 * file, such as the exports of the orders and the logo of the company: the tests of their routes do.
 */
export function readOperations(): readonly Operation[] {
  const document = object(JSON.parse(readFileSync(join(import.meta.dir, "..", "..", "api", "openapi.json"), "utf8")));
  const components = object(object(document.components).schemas);
  return Object.entries(object(document.paths))
    .filter(([, methods]) => Object.values(object(methods)).every((operation) => isJson(object(operation))))
    .flatMap(([path, methods]) =>
      Object.entries(object(methods)).map(([method, operation]) =>
        readOperation(method.toUpperCase(), path, object(resolved(operation, components))),
      ),
    );
}

/** Whether an operation takes and answers nothing but JSON. */
function isJson({ requestBody, responses }: JsonObject): boolean {
  const { content = {} } = object(object(responses)["200"] ?? {});
  return [content, requestBody === undefined ? {} : object(requestBody).content].every((types) =>
    Object.keys(object(types)).every((type) => type === "application/json"),
  );
}

function readOperation(method: string, path: string, { parameters, requestBody, responses }: JsonObject): Operation {
  const content = requestBody === undefined ? null : object(object(requestBody).content);
  return {
    ...{ method, path },
    parameters: list(parameters).map((parameter) => {
      const { name, in: place, schema } = object(parameter);
      if (place !== "path" && place !== "query" && place !== "header") throw new Error(`a parameter in ${place}`);
      return { name: `${name}`, place, schema: object(schema) };
    }),
    body: content === null ? null : object(object(content["application/json"]).schema),
    answers: new Map(
      Object.entries(object(responses)).map(([status, response]) => {
        const { content: body } = object(response);
        if (body === undefined) return [Number(status), null];
        const [[type, media] = ["", {}]] = Object.entries(object(body));
        return [Number(status), { type, schema: object(object(media).schema) }];
      }),
    ),
  };
}

function resolved(value: Json, components: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolved(item, components));
  if (!isObject(value)) return value;
  const { $ref } = value;
  if (typeof $ref === "string") return resolved(components[$ref.split("/").at(-1) ?? ""] ?? null, components);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, components)]));
}

function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error(`the document has ${JSON.stringify(value)} where an object belongs`);
  return value;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
