import { type ProblemCode, problems } from "./answer.ts";
import type { Route } from "./route.ts";
import type { Define, Form, JsonSchema, JsonSchemaValue } from "./schema.ts";
import { tagList } from "./write-headers.ts";

/** Builds the OpenAPI 3.1 document of the routes from their declarations. */
export function openApi(routes: readonly Route[]): JsonSchema {
  const components = new Map<string, JsonSchema>();
  const define: Define = (name, build) => {
    if (!components.has(name)) {
      // Reserve the name first, so that a component may refer to itself.
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
        "Amounts are text with four decimal places and are never rounded. Dates have no time zone. Every answer has " +
        "the form `{success, message, data}`; an error adds the members of RFC 9457 and lists every issue.",
    },
    paths,
    components: { schemas },
  };
}

function operation(route: Route, define: Define): JsonSchema {
  const { method, path, tag, summary, description, pathIds, query, body, bodyTypes, isBodyOptional, status } = route;
  const ofReads = returnsOneResource(route) ? [ifNoneMatch] : [];
  const ofChanges = [ifMatch, ifNoneMatchOfWrites, idempotencyKey];
  const preconditions = method === "GET" ? ofReads : method === "POST" ? [idempotencyKey] : ofChanges;
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    ...(description === "" ? {} : { description }),
    // Who may call it: a right of `rights/rights.ts`, `signed-in` or `public`.
    "x-right": route.right,
    // A session is asked for the password or a passkey again after 15 minutes.
    ...(route.proof ? { "x-proof": true } : {}),
    parameters: [
      ...pathIds.map((name): JsonSchema => ({ name, in: "path", required: true, schema: pathIdSchema })),
      ...Object.entries(query).map(
        ([name, { schema, description: about }]): JsonSchema => ({
          ...{ name, in: "query", description: about, schema },
          ...(schema.type === "array" ? { style: "form", explode: false } : {}),
        }),
      ),
      ...preconditions,
    ],
    ...(body === null
      ? {}
      : { requestBody: { required: !isBodyOptional, content: content(bodyTypes, body("input", define)) } }),
    responses: {
      [status]: success(route, define),
      ...(status === 201 && "dry_run" in query ? { 200: dryRunSuccess(route, define) } : {}),
      ...(method === "GET" && returnsOneResource(route) ? { 304: notModified } : {}),
      ...refusals(route, define),
    },
  };
}

const ifMatch: JsonSchema = {
  name: "If-Match",
  in: "header",
  description: "The ETag that the client read. The request gets 412 if the resource has changed since.",
  schema: { type: "string", pattern: `^(?:\\*|${tagList})$`, examples: ['"3"', "*"] },
};

const tags: JsonSchema = { type: "string", pattern: `^(?:\\*|${tagList})$`, examples: ['"3"', "*"] };

const ifNoneMatch: JsonSchema = {
  name: "If-None-Match",
  in: "header",
  description: "The ETags that the client has. The answer is 304 without a body if the version is one of them.",
  schema: tags,
};

const ifNoneMatchOfWrites: JsonSchema = {
  name: "If-None-Match",
  in: "header",
  description: "The request gets 412 if the version is one of these, and with * if the resource exists.",
  schema: tags,
};

const idempotencyKey: JsonSchema = {
  name: "Idempotency-Key",
  in: "header",
  description: "For 30 days, a repeated request with the same key gets the first answer and has no second effect.",
  // Spaces around the value of a header are not part of it.
  schema: { type: "string", maxLength: 255, pattern: "^[!-~](?:[ -~]*[!-~])?$", examples: ["till-7-0042"] },
};

const pathIdSchema: JsonSchema = { type: "integer", minimum: 0, maximum: 2_147_483_647 };

/** For example, `getOrdersById` for `GET /api/orders/{id}`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\//, "")
    .replace(/\{(\w+)\}/g, "by_$1")
    .replaceAll("/", "_");
  return `${method.toLowerCase()}_${words.replace(/^_/, "")}`.replace(/_(\w)/g, (_match, letter: string) =>
    letter.toUpperCase(),
  );
}

/** The answer to `?dry_run=1`. Nothing is created, so there is neither a Location nor an ETag. */
function dryRunSuccess(route: Route, define: Define): JsonSchema {
  const { content = {} } = success(route, define);
  return { description: "OK, with the resource that would be created", headers: requestIdHeader, content };
}

const notModified: JsonSchema = {
  description: "The client has this version already.",
  headers: { ETag: header("The version.") },
};

const requestIdHeader = { "X-Request-Id": header("The id of this request in the log.") };

function success(route: Route, define: Define): JsonSchema {
  const { data, paged, files, status } = route;
  if (status === 302) return { description: "Found", headers: { ...requestIdHeader, Location: header("Where to.") } };
  if (files !== null)
    return {
      description: "OK",
      headers: { ...requestIdHeader, ...etagHeader(route) },
      content: content(files, data("output", define)),
    };
  const form: Form = "output";
  const properties: Record<string, JsonSchemaValue> = {
    success: { const: true },
    message: { type: "string" },
    data: data(form, define),
    ...(paged ? { page: { $ref: "#/components/schemas/Page" } } : {}),
  };
  const headers: Record<string, JsonSchemaValue> = {
    ...requestIdHeader,
    ...(status === 201 ? { Location: header("The path of the created resource.") } : {}),
    ...etagHeader(route),
    ...(paged ? { Link: header('The next page, with `rel="next"`; absent on the last page.') } : {}),
  };
  const schema = { type: "object", properties, required: Object.keys(properties) };
  return { description: status === 201 ? "Created" : "OK", headers, content: json(schema) };
}

function etagHeader(route: Route): Readonly<Record<string, JsonSchemaValue>> {
  return returnsOneResource(route) ? { ETag: header("The version of the resource, for If-Match.") } : {};
}

function returnsOneResource({ method, pathIds, paged, status, files }: Route): boolean {
  const isImage = files?.every((type) => type.startsWith("image/")) ?? false;
  return !paged && method !== "DELETE" && (pathIds.length > 0 || status === 201 || isImage);
}

function header(description: string): JsonSchema {
  return { description, schema: { type: "string" } };
}

function json(schema: JsonSchema): JsonSchema {
  return content(["application/json"], schema);
}

function content(types: readonly string[], schema: JsonSchema): JsonSchema {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

/** The error responses, one per status, each with its possible codes. */
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

const ofEveryRoute = ["not-acceptable", "misdirected", "internal"] as const;
const ofDatabase = ["db-unavailable", "overloaded", "query-timeout", "timeout"] as const;
/** Who may not use the route, or not yet: the answers of its right, and of the proof that it asks for. */
function ofRight({ right, proof }: Route): readonly ProblemCode[] {
  if (right === "public") return [];
  const ofProof = proof ? (["proof-required"] as const) : [];
  const ofUsers = ["unauthenticated", "second-factor-required", ...ofProof] as const;
  return right === "signed-in" ? ofUsers : [...ofUsers, "forbidden"];
}

const ofWrites = [
  "foreign-origin",
  "precondition",
  "conflict-retry",
  "outcome-unknown",
  "storage-full",
  "idempotency-key",
  "idempotency-mismatch",
  "idempotency-running",
] as const satisfies readonly ProblemCode[];
const ofBodies = [
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

/** The error codes that a route can answer with. */
function codesOf(route: Route): ReadonlySet<ProblemCode> {
  const writes = route.method !== "GET";
  return new Set<ProblemCode>([
    ...(route.pathIds.length > 0 ? (["bad-id", "not-found"] as const) : []),
    "bad-query",
    ...(route.body === null ? [] : ofBodies),
    ...ofRight(route),
    ...route.refusals,
    ...(route.tag === "health" ? [] : ofDatabase),
    ...(writes ? ofWrites : []),
    ...ofEveryRoute,
  ]);
}

const pageSchema: JsonSchema = {
  type: "object",
  properties: {
    limit: { type: "integer" },
    next_cursor: { type: ["string", "null"] },
    last_sequence: { type: "integer", description: "Only in the feed of changes: send it as `after` next time." },
  },
  required: ["limit", "next_cursor"],
};

const issueSchema: JsonSchema = {
  type: "object",
  properties: {
    pointer: { type: "string", description: "A JSON pointer into the body, such as `#/order_details/0/quantity`." },
    parameter: { type: "string" },
    header: { type: "string" },
    code: { type: "string" },
    message: { type: "string" },
  },
  required: ["code", "message"],
};

const problemSchema: JsonSchema = {
  type: "object",
  description: "An error: the members of RFC 9457 in addition to the envelope.",
  properties: {
    success: { const: false },
    message: { type: "string" },
    data: { description: "The current resource if the status is 412, otherwise null.", type: ["object", "null"] },
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

/** A plain-text table of all routes with their summaries. */
export function routesTable(routes: readonly Route[]): string {
  const lines = routes.map(({ method, path, summary }) => [method.padEnd(6), path.padEnd(32), summary].join(" "));
  return `${lines.join("\n")}\n`;
}
