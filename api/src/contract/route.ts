// The contract with clients: routes, schemas, query parameters, headers, answers and errors, and the OpenAPI document
// derived from them. Nothing here knows about orders, SQL or the HTTP server.

import { local } from "../rights/principal.ts";
import type { RouteRight } from "../rights/rights.ts";
import type { View } from "../rights/view.ts";
import { type FileType, type Issue, type Outcome, type ProblemCode, refusalBeside, refuseAll } from "./answer.ts";
import { type Json, readJson } from "./json.ts";
import { type Parameters, queryReader, type ValuesOf } from "./query-parameters.ts";
import { type Define, type Form, type JsonSchema, none, type Schema } from "./schema.ts";
import { asDryRun, idsIn, type Params, type Path, pathReader, pathWriter } from "./url.ts";
import { type Caller, hasNoBody, readWriteContext, type WriteContext, type WriteRequest } from "./write-headers.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The input of a handler, read, checked and typed as the route declares it. */
export interface RouteInput<P extends string, Q extends Parameters, B> {
  readonly path: Path<P>;
  readonly query: ValuesOf<Q>;
  readonly body: B;
  /** Meaningful for writes only. */
  readonly context: WriteContext;
  readonly client: Client;
  /** What the client may see. Reads that are equal for one view share an answer. */
  readonly view: View;
}

/** The client that waits for the answer. Its signal is aborted when it stops waiting. */
export type Client = Pick<Request, "signal">;

/** A route, declared once. Its checks, types and part of the OpenAPI document are derived from the declaration. */
interface Declaration<P extends string, Q extends Parameters, B, D> {
  readonly method: Method;
  readonly path: P;
  /** What the client must be allowed to do. */
  readonly right: RouteRight;
  /** A user whose session is older than 15 minutes gives the password or a passkey again first. Tokens are not asked. */
  readonly proof?: true;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query: Q;
  /** `none` if the route has no body. */
  readonly body: Schema<B> | UploadSchema<B>;
  /** A request without a body counts as one with `{}`: for actions that need to be told nothing. */
  readonly optionalBody?: true;
  /** The schema of `data` in the answer. */
  readonly data: Schema<D>;
  /** With 302 the answer leads a browser elsewhere. */
  readonly status?: 200 | 201 | 302;
  /** The answer is one page of a list and has a `page` member. */
  readonly paged?: true;
  /** The answer is a file of one of these types instead of JSON. */
  readonly files?: readonly FileType[];
  /** The handler only reads by id in a batch, and batches have their own deadline. */
  readonly deadline?: "batched";
  /** The answer depends only on the URL and the committed data, so it may be cached until the next commit. */
  readonly cache?: "until-commit";
  /** The answer depends on who asks, even if anybody may ask, so equal requests do not share one. */
  readonly personal?: true;
  /** The answer depends on the rights of who asks, so only who has the same rights shares one. */
  readonly byRights?: true;
  /** Answered even under overload, because it reports the state of the server. */
  readonly urgent?: true;
  /** Error codes in addition to those that the rest of the declaration implies. */
  readonly refusals?: readonly ProblemCode[];
  readonly handle: (input: RouteInput<P, Q, B>) => Promise<Outcome<D>> | Outcome<D>;
}

/** The media types that a body may have, and its largest size. */
export interface BodyFormat {
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** A body as it arrived, of one of the types that its route takes. */
export interface UploadedFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The schema of a body that is a file itself instead of JSON. */
export interface UploadSchema<T> extends BodyFormat {
  readonly description: string;
  /** Throws an `ApiError` if the file cannot be used. */
  read(file: UploadedFile): T;
}

/** A request as the server passes it to a route, not checked yet. */
export interface RawRequest {
  readonly params: Params;
  readonly queryText: string;
  /** The body and the headers are read only by routes that need them. */
  readonly request: Request;
  readonly readBody: (request: Request, format?: BodyFormat) => Promise<Uint8Array<ArrayBuffer>>;
  readonly caller: Caller;
  readonly client: Client;
}

/** A declared route without its type parameters, so that routes of all types fit into one list. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly right: RouteRight;
  readonly proof: boolean;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly pathIds: readonly string[];
  readonly query: Parameters;
  readonly body: ((form: Form, define: Define) => JsonSchema) | null;
  readonly isBodyOptional: boolean;
  /** Its media types. */
  readonly bodyTypes: readonly string[];
  readonly data: (form: Form, define: Define) => JsonSchema;
  readonly status: 200 | 201 | 302;
  readonly paged: boolean;
  readonly files: readonly FileType[] | null;
  readonly deadline: "batched" | "server";
  readonly urgent: boolean;
  /** Who asks does not matter: the route is answered without asking the database who it is. */
  readonly isAnonymous: boolean;
  /** Equal requests in the same turn of the event loop get one answer. */
  readonly isCoalesced: boolean;
  /** Only requests of principals with the same rights are equal. */
  readonly isByRights: boolean;
  /** Later requests get the same answer until the next commit. */
  readonly isCacheable: boolean;
  readonly refusals: readonly ProblemCode[];
  /** Throws, or rejects with, an `ApiError` if the request is refused. */
  readonly answer: (raw: RawRequest) => Promise<Outcome<unknown>> | Outcome<unknown>;
}

/** Turns a declaration into a route that reads and checks each request before handling it. */
export function route<const P extends string, const Q extends Parameters, B, D>(
  declaration: Declaration<P, Q, B, D>,
): Route {
  const { method, path, right, tag, summary, description = "", query, body, data, status = 200 } = declaration;
  const { paged = false, refusals = [], deadline = "server", files = null, urgent = false, cache } = declaration;
  const isCoalesced = method === "GET" && files === null && !urgent && declaration.personal !== true;
  return {
    ...{ method, path, right, tag, summary, description, pathIds: idsIn(path), query, status, paged, files, deadline },
    ...{
      urgent,
      isAnonymous: right === "public" && declaration.personal !== true,
      isCoalesced,
      isByRights: declaration.byRights === true,
      isCacheable: isCoalesced && cache === "until-commit",
      refusals,
      proof: declaration.proof ?? false,
    },
    body:
      body === none
        ? null
        : isUpload(body)
          ? () => uploadSchema(body)
          : (form, define) => body.jsonSchema(form, define),
    isBodyOptional: declaration.optionalBody === true,
    bodyTypes: isUpload(body) ? body.types : ["application/json"],
    data: (form, define) => data.jsonSchema(form, define),
    answer: answerOf(declaration),
  };
}

/** Reads and checks a request, and hands it to the handler of its route. */
function answerOf<const P extends string, const Q extends Parameters, B, D>({
  method,
  path,
  query,
  body,
  optionalBody,
  personal,
  byRights,
  handle,
}: Declaration<P, Q, B, D>): Route["answer"] {
  const pathIds = idsIn(path);
  const readPath = pathReader<P>(pathIds);
  const pathOf = pathWriter(path);
  const readQuery = queryReader(query);
  const targetOf = ({ params }: RawRequest): Target => ({
    path: pathOf(params),
    isToList: method === "POST" && pathIds.length === 0,
  });
  if (body === none)
    return (raw) =>
      handle({
        path: readPath(raw.params),
        query: readQuery(raw.queryText),
        body: bodyIn(body, null).value,
        context:
          method === "GET"
            ? readingContext(raw, personal === true || byRights === true)
            : contextOf(raw, targetOf(raw), null),
        client: raw.client,
        view: raw.caller.principal.view,
      });
  return async (raw) => {
    // Check the path and the query first, so that no body is read for a resource that cannot exist.
    const read = { path: readPath(raw.params), query: readQuery(raw.queryText), client: raw.client };
    const { view } = raw.caller.principal;
    if (isUpload(body)) {
      const file = await uploadedFile(raw, body);
      return handle({
        ...read,
        view,
        body: body.read(file),
        context: contextOf(raw, targetOf(raw), fingerprinted(file)),
      });
    }
    const isEmpty = optionalBody === true && hasNoBody(raw.request.headers);
    const json = isEmpty ? new Map() : readJson(await raw.readBody(raw.request));
    const { value, issues } = bodyIn(body, json);
    const input = { ...read, view, body: value, context: contextOf(raw, targetOf(raw), json) };
    if (issues.length === 0) return handle(input);
    // What else is wrong with it is told as well, where that can be tried.
    const trial = () =>
      handle({ ...input, query: readQuery(asDryRun(raw.queryText)), context: { ...input.context, isTrial: true } });
    throw await refusalBeside(issues, "dry_run" in query ? trial : null);
  };
}

/** Where a write is sent to: its path, and whether that is a list. */
type Target = Pick<WriteRequest, "path" | "isToList">;

function contextOf({ request, queryText, caller }: RawRequest, target: Target, body: Json): WriteContext {
  const { method, headers } = request;
  return readWriteContext({ method, ...target, queryText, headers, body, caller });
}

/** Reads change nothing, so the headers that protect writes are not read for them. */
const readContext: WriteContext = {
  principal: local,
  origin: () => ({ address: null, browser: null }),
  requestId: "",
  clientRequestId: null,
  startedAt: 0,
  policy: { requireIfMatch: false, requireIdempotencyKey: false },
  ifMatch: null,
  ifNoneMatch: null,
  idempotencyKey: null,
  method: "GET",
  path: "",
  fingerprint: "",
};

function readingContext({ caller }: RawRequest, isPersonal: boolean): WriteContext {
  return isPersonal ? { ...readContext, principal: caller.principal, origin: caller.origin } : readContext;
}

function isUpload<B>(body: Schema<B> | UploadSchema<B>): body is UploadSchema<B> {
  return "maxBytes" in body;
}

/** JSON Schema says nothing about bytes; the media type beside it does. */
function uploadSchema({ description }: UploadSchema<unknown>): JsonSchema {
  return { description };
}

async function uploadedFile({ request, readBody }: RawRequest, format: BodyFormat): Promise<UploadedFile> {
  const bytes = await readBody(request, format);
  return { type: request.headers.get("content-type")?.trim().toLowerCase() ?? "", bytes };
}

/** What stands for a file where the repetition of a request is recognised. */
function fingerprinted({ type, bytes }: UploadedFile): Json {
  return `${type} ${new Bun.CryptoHasher("sha256").update(bytes).digest("hex")}`;
}

/** What is not understood of a body, beside a value that can be used, are members that it should not have. */
function bodyIn<B>(schema: Schema<B> | UploadSchema<B>, json: Json) {
  if (isUpload(schema)) throw new Error("a file was read as JSON");
  const issues: Issue[] = [];
  const value = schema.read(json, "", issues);
  if (value === undefined) refuseAll(issues);
  if (value === undefined) throw new Error("the body was refused without an issue");
  return { value, issues };
}
