import type { Json, JsonObject, Resource, Table } from "../company.ts";
import { isObject } from "../fields.ts";
import { Client } from "../json-client.ts";
import type { Expected, ModelRequest } from "../reference-api.ts";

/** An answer of a real engine in the terms of the model, and the parts that only engines have. */
export interface Observed {
  readonly answer: Expected;
  readonly words: Json;
}

/** The table that the ids of a field belong to. */
const tableOfField: Readonly<Record<string, Table>> = {
  ...{ customer_id: "customers", employee_id: "employees", shipper_id: "shippers", order_id: "orders" },
  ...{ product_id: "products", supplier_ids: "suppliers" },
};
const tableOfMember: Readonly<Record<string, Table>> = {
  ...{ customer: "customers", employee: "employees", shipper: "shippers", order_details: "order_details" },
};

/** The API on one engine. Each engine has its own ids, so they are translated in both directions. */
export class Engine {
  readonly #client: Client;
  readonly #toEngine = new Map<string, number>();
  readonly #toModel = new Map<string, number>();
  readonly #firstAnswers = new Map<string, string>();
  /** The cursors of lists that were not read to the end, in the order of the model. */
  readonly #cursors: (string | null)[] = [];

  constructor(
    readonly name: string,
    url: string,
  ) {
    this.#client = new Client(url);
  }

  /** Sends the request and follows its pages. `expected` says which rows are new. */
  async perform(request: ModelRequest, expected: readonly Expected[]): Promise<readonly Observed[]> {
    const observed: Observed[] = [];
    let cursor = request.resume === null ? null : (this.#cursors[request.resume] ?? null);
    for (const [page, wanted] of expected.entries()) {
      if (page > 0 && cursor === null) break;
      const exchange = await this.#send(request, cursor);
      if (wanted.created !== null && !wanted.replayed) this.#learn(request.resource, exchange.body.data, wanted);
      this.#learnDetails(exchange.body.data, wanted.data);
      observed.push(this.#read(request, exchange, wanted));
      cursor = isObject(exchange.body.page) ? textOrNull(exchange.body.page.next_cursor) : null;
    }
    if (expected.at(-1)?.more === true && !request.history) this.#cursors.push(cursor);
    return observed;
  }

  /** The engine's id of a row of the model; an id that the model does not know is the same everywhere. */
  toEngine(table: Table, id: number): number {
    return this.#toEngine.get(`${table} ${id}`) ?? id;
  }

  /** The model's id of a row of the engine; "new" when it has none. */
  toModel(table: Table, id: Json | undefined): Json {
    return id === null || id === undefined ? null : (this.#toModel.get(`${table} ${id}`) ?? "new");
  }

  close(): void {
    this.#client.close();
  }

  #send(request: ModelRequest, cursor: string | null) {
    const { method, resource, id, of, history, query, body, ifMatch, key } = request;
    const parts = Object.entries(query).map(
      ([name, value]) => `${name}=${encodeURIComponent(this.#parameter(name, value))}`,
    );
    if (cursor !== null) parts.push(`cursor=${cursor}`);
    const table = of === null ? resource : tableOfMember[of];
    const realId = typeof id === "number" && table !== undefined ? this.toEngine(table, id) : id;
    const segments = [resource, of, realId, history ? "history" : null].filter((segment) => segment !== null);
    const path = `/api/${segments.join("/")}`;
    return this.#client.exchange({
      method,
      path: parts.length === 0 ? path : `${path}?${parts.join("&")}`,
      headers: {
        ...(ifMatch === null ? {} : { "If-Match": ifMatch }),
        ...(key === null ? {} : { "Idempotency-Key": key }),
      },
      body: body === undefined ? null : JSON.stringify(this.#outgoing(body)),
    });
  }

  #parameter(name: string, value: Json): string {
    if (Array.isArray(value)) return value.join(",");
    const table = name === "q" ? "orders" : tableOfField[name];
    return typeof value === "number" && table !== undefined ? `${this.toEngine(table, value)}` : `${value}`;
  }

  #outgoing(body: Json): Json {
    return translated(body, null, (table, id) => (typeof id === "number" ? this.toEngine(table, id) : id));
  }

  #learn(table: Table, data: Json | undefined, { created }: Expected): void {
    if (isObject(data) && typeof data.id === "number" && created !== null) this.#pair(table, created, data.id);
  }

  /** Both sides order details as they were sent, so new details on one side are the new ones on the other. */
  #learnDetails(data: Json | undefined, expected: Json): void {
    const [real, wanted] = [detailsIn(data), detailsIn(expected)];
    for (const [index, detail] of wanted.entries()) {
      const id = real[index]?.id;
      if (typeof detail.id === "number" && typeof id === "number" && !this.#toEngine.has(`order_details ${detail.id}`))
        this.#pair("order_details", detail.id, id);
    }
  }

  #pair(table: Table, modelId: number, id: number): void {
    this.#toEngine.set(`${table} ${modelId}`, id);
    this.#toModel.set(`${table} ${id}`, modelId);
  }

  #read(request: ModelRequest, { status, headers, text, body }: Exchange, expected: Expected): Observed {
    const data = translated(body.data ?? null, request.resource, (table, id) => this.toModel(table, id));
    const created = /^\/api\/(\w+)\/([0-9]+)$/.exec(headers.get("location") ?? "");
    const page = isObject(body.page) ? body.page : null;
    const answer = {
      status,
      code: textOrNull(body.code),
      issues: issuesOf(body),
      data: withoutChance(data, expected.data),
      etag: headers.get("etag") ?? null,
      created: created === null ? null : this.#modelNumber(request.resource, Number(created[2])),
      replayed: headers.get("idempotency-replayed") === "true",
      more: page === null ? null : page.next_cursor !== null,
    };
    const { message = null, title = null, success = null, errors = null } = body;
    const type = headers.get("content-type") ?? null;
    const link = headers.has("link");
    return {
      answer,
      words: { message, title, success, errors, type, link, ...this.#sameBytes(request, answer, text) },
    };
  }

  #modelNumber(resource: Resource, id: number): number | null {
    const known = this.toModel(resource, id);
    return typeof known === "number" ? known : null;
  }

  /** A replayed answer equals the first one byte for byte. */
  #sameBytes({ method, resource, id, key }: ModelRequest, { replayed }: Expected, text: string): JsonObject {
    if (key === null) return {};
    const place = `${method} ${resource} ${id} ${key}`;
    if (replayed) return { sameBytes: this.#firstAnswers.get(place) === text };
    this.#firstAnswers.set(place, text);
    return {};
  }
}

type Exchange = Awaited<ReturnType<Client["exchange"]>>;

function detailsIn(data: Json | undefined): readonly JsonObject[] {
  const details = isObject(data) ? data.order_details : undefined;
  return Array.isArray(details) ? details.filter((detail: Json) => isObject(detail)) : [];
}

function issuesOf({ errors }: JsonObject): readonly string[] {
  const list: readonly Json[] = Array.isArray(errors) ? errors : [];
  const issues = list.flatMap((issue) => (isObject(issue) ? [issue] : []));
  // An engine reports one issue per reference to a row; the model only reports that there are some.
  const places = issues.map(
    ({ pointer, parameter, header, code }) => `${pointer ?? parameter ?? header ?? ""} ${code}`,
  );
  return [...new Set(places)].sort();
}

/** Replaces every id in a value. `table` is the one that the member `id` belongs to. */
function translated(value: Json, table: Table | null, translate: (table: Table, id: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => translated(item, table, translate));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => {
    const of = name === "id" ? table : (tableOfField[name] ?? null);
    if (of === null)
      return [name, translated(member, isState(name) ? table : (tableOfMember[name] ?? null), translate)];
    return [name, Array.isArray(member) ? member.map((id: Json) => translate(of, id)) : translate(of, member)];
  });
  return Object.fromEntries(members);
}

/** In a history: the resource as it was. */
function isState(member: string): boolean {
  return member === "before" || member === "after";
}

/** Replaces what no model can know: times of the clock, random ids and hashes. */
function withoutChance(data: Json, expected: Json | undefined): Json {
  if (expected === "clock") return isOfNow(data) ? "clock" : data;
  if (expected === "any") return typeof data === "string" && data !== "" ? "any" : data;
  if (Array.isArray(data) && Array.isArray(expected))
    return data.map((item: Json, index) => withoutChance(item, expected[index]));
  if (!isObject(data) || !isObject(expected)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withoutChance(value, expected[name])]));
}

/** Whether a time lies within this run. */
function isOfNow(time: Json): boolean {
  const ageMs = typeof time === "string" ? Date.now() - Date.parse(`${time}Z`) : Number.NaN;
  return ageMs > -2000 && ageMs < 3_600_000;
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
