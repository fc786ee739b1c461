import { type ProblemCode, problems } from "./answer.ts";
import type { Route } from "./route.ts";
import type { Define, Form, JsonSchema, JsonSchemaValue } from "./schema.ts";
import { tagList } from "./write-headers.ts";

/** The OpenAPI 3.1 document of these routes: everything in it follows from their declarations. */
export function openApi(routes: readonly Route[]): JsonSchema {
  const components = new Map<string, JsonSchema>();
  const define: Define = (name, build) => {
    if (!components.has(name)) {
      // Reserved first, so that a component may refer to itself.
      components.set(name, {});
      components.set(name, build());
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  define("Problem", () => problemSchema);
  define("Page", () => pageSchema);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operation(route, define);
    paths[route.path] = path;
  }
  const schemas = Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    openapi: "3.1.0",
    info: {
      title: "Northwind Orders",
      version: "1",
      description:
        "Amounts are text with four decimal places and are never rounded; dates are naive local time. Every answer is " +
        "`{success, message, data}`; a refusal adds the members of RFC 9457 and names every issue.",
    },
    paths,
    components: { schemas },
  };
}

function operation(route: Route, define: Define): JsonSchema {
  const { method, path, tag, summary, description, pathIds, query, body, status } = route;
  const guards = method === "GET" ? [] : method === "POST" ? [idempotencyKey] : [ifMatch, idempotencyKey];
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    ...(description === "" ? {} : { description }),
    parameters: [
      ...pathIds.map((name): JsonSchema => ({ name, in: "path", required: true, schema: pathIdSchema })),
      ...Object.entries(query).map(
        ([name, { schema, description: about }]): JsonSchema => ({
          ...{ name, in: "query", description: about, schema },
          ...(schema.type === "array" ? { style: "form", explode: false } : {}),
        }),
      ),
      ...guards,
    ],
    ...(body === null ? {} : { requestBody: { required: true, content: json(body("input", define)) } }),
    responses: {
      [status]: success(route, define),
      ...(status === 201 && "dry_run" in query ? { 200: rehearsal(route, define) } : {}),
      ...refusals(route, define),
    },
  };
}

const ifMatch: JsonSchema = {
  name: "If-Match",
  in: "header",
  description: "The entity tag that was read: refused with 412 when somebody has changed it since.",
  schema: { type: "string", pattern: `^(?:\\*|${tagList})$`, examples: ['"3"', "*"] },
};

const idempotencyKey: JsonSchema = {
  name: "Idempotency-Key",
  in: "header",
  description: "A repeated request with the same key gets the first answer and has no second effect, for 30 days.",
  // Spaces around a header's value are no part of it.
  schema: { type: "string", maxLength: 255, pattern: "^[!-~](?:[ -~]*[!-~])?$", examples: ["till-7-0042"] },
};

const pathIdSchema: JsonSchema = { type: "integer", minimum: 0, maximum: 2_147_483_647 };

/** `GET /api/orders/{id}` is `getOrdersById`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\//, "")
    .split(/[/_]/)
    .map((part) => (part.startsWith("{") ? `by_${part.slice(1, -1)}` : part))
    .join("_");
  return `${method.toLowerCase()}_${words.replace(/^_/, "")}`.replace(/_(\w)/g, (_match, letter: string) =>
    letter.toUpperCase(),
  );
}

/** With `?dry_run=1` nothing is created, so it is nowhere and has no version. */
function rehearsal(route: Route, define: Define): JsonSchema {
  const { content = {} } = success(route, define);
  return { description: "OK: what would be created", headers: requestIdHeader, content };
}

const requestIdHeader = { "X-Request-Id": header("The id of this request, as in the log.") };

function success(route: Route, define: Define): JsonSchema {
  const { data, paged, file, status } = route;
  if (file !== null) return { description: "OK", content: { [file]: { schema: data("output", define) } } };
  const form: Form = "output";
  const properties: Record<string, JsonSchemaValue> = {
    success: { const: true },
    message: { type: "string" },
    data: data(form, define),
    ...(paged ? { page: { $ref: "#/components/schemas/Page" } } : {}),
  };
  const headers: Record<string, JsonSchemaValue> = {
    ...requestIdHeader,
    ...(status === 201 ? { Location: header("Path of what was created.") } : {}),
    ...(answersOne(route) ? { ETag: header("The version of the resource, for If-Match.") } : {}),
    ...(paged ? { Link: header('The next page, `rel="next"`; absent on the last.') } : {}),
  };
  const schema = { type: "object", properties, required: Object.keys(properties) };
  return { description: status === 201 ? "Created" : "OK", headers, content: json(schema) };
}

/** One resource is answered, with its version. */
function answersOne({ method, pathIds, paged, status }: Route): boolean {
  return !paged && method !== "DELETE" && (pathIds.length > 0 || status === 201);
}

function header(description: string): JsonSchema {
  return { description, schema: { type: "string" } };
}

function json(schema: JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}

/** One entry per status, naming the codes it can carry. */
function refusals(route: Route, define: Define): Record<string, JsonSchema> {
  const byStatus = Map.groupBy(codesOf(route), (code) => problems[code].status);
  const problem = define("Problem", () => problemSchema);
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    entries.map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(" "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
}

const anywhere = ["not-acceptable", "internal"] as const;
const withDatabase = ["db-unavailable", "overloaded", "query-timeout", "timeout"] as const;
const withGuards = [
  "conflict-retry",
  "outcome-unknown",
  "storage-full",
  "idempotency-key",
  "idempotency-mismatch",
  "idempotency-running",
] as const satisfies readonly ProblemCode[];
const withBody = [
  ...[
    "malformed-json",
    "slow-body",
    "too-large",
    "unsupported-media-type",
    "unknown-field",
    "read-only",
    "required",
    "type",
  ],
  ...["decimal-format", "scale", "range", "text", "date-format"],
] as const satisfies readonly ProblemCode[];

/** What a route can refuse: by its declaration, because it writes or reads, and what every route can. */
function codesOf(route: Route): ReadonlySet<ProblemCode> {
  const writes = route.method !== "GET";
  return new Set<ProblemCode>([
    ...(route.pathIds.length > 0 ? (["bad-id", "not-found"] as const) : []),
    "bad-query",
    ...(route.body === null ? [] : withBody),
    ...route.refusals,
    ...(route.tag === "health" ? [] : withDatabase),
    ...(writes ? withGuards : []),
    ...anywhere,
  ]);
}

const pageSchema: JsonSchema = {
  type: "object",
  properties: { limit: { type: "integer" }, next_cursor: { type: ["string", "null"] } },
  required: ["limit", "next_cursor"],
};

const issueSchema: JsonSchema = {
  type: "object",
  properties: {
    pointer: { type: "string", description: "Where in the body, as a JSON pointer: `#/order_details/0/quantity`." },
    parameter: { type: "string" },
    header: { type: "string" },
    code: { type: "string" },
    message: { type: "string" },
  },
  required: ["code", "message"],
};

const problemSchema: JsonSchema = {
  type: "object",
  description: "A refusal: RFC 9457 beside the envelope.",
  properties: {
    success: { const: false },
    message: { type: "string" },
    data: { description: "Null, or with 412 the resource as it is now.", type: ["object", "null"] },
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string", format: "uri" },
    code: { type: "string", enum: Object.keys(problems) },
    errors: { type: "array", items: issueSchema },
    request_id: { type: "string" },
  },
  required: ["success", "message", "data", "type", "title", "status", "code", "errors", "request_id"],
};

/** Every route in one readable table. */
export function routesTable(routes: readonly Route[]): string {
  const lines = routes.map(({ method, path, summary }) => [method.padEnd(6), path.padEnd(32), summary].join(" "));
  return `${lines.join("\n")}\n`;
}
