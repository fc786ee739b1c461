import type { Company, Json, JsonObject, Resource, Row } from "../company.ts";
import { isObject } from "../fields.ts";
import type { ModelRequest, ReferenceApi } from "../reference-api.ts";
import type { Choice, Command } from "./commands.ts";

/** No table ever has this id. */
const nobody = 2_147_480_000;

/** Turns commands into requests: every choice becomes an id that exists now. Remembers the requests with a key. */
export class Resolver {
  readonly #keyed: ModelRequest[] = [];

  request(command: Command, { company, leftLists }: ReferenceApi): ModelRequest {
    const { method, resource, of, history, key, pages, repeat } = command;
    const earlier = repeat === null ? undefined : this.#keyed[repeat.choice % Math.max(1, this.#keyed.length)];
    if (earlier !== undefined && repeat?.body === "same") return earlier;
    if (earlier !== undefined) return { ...earlier, body: otherBody(earlier) };
    if (command.resume !== null && leftLists.length > 0) {
      const resume = command.resume % leftLists.length;
      const left = leftLists[resume]?.request;
      if (left !== undefined) return { ...left, resume, pages };
    }
    const addressed = isChoice(command.id) ? rowOf(command.id, company, null) : undefined;
    const id = isChoice(command.id) ? (addressed?.id ?? nobody) : pathId(command.id);
    const query = chosenObject(command.query, company, null);
    const body = method === "POST" || method === "PUT" ? chosen(command.body, company, addressed ?? null) : undefined;
    const request = {
      method,
      resource,
      of,
      history,
      id,
      query,
      body,
      ifMatch: ifMatchOf(command, addressed),
      key,
      pages,
      resume: null,
    };
    if (key !== null) this.#keyed.push(request);
    return request;
  }
}

/** A different body; a write without a body stays the same. */
function otherBody({ resource, body }: ModelRequest): Json | undefined {
  if (!isObject(body)) return body;
  const field: Readonly<Record<Resource, string>> = {
    ...{ customers: "notes", employees: "notes", shippers: "notes", suppliers: "notes", orders: "notes" },
    products: "description",
    tax_rates: "tax_class",
  };
  return { ...body, [field[resource]]: "another" };
}

function pathId(id: Json): number | string | null {
  return typeof id === "number" || typeof id === "string" ? id : null;
}

function isChoice(value: Json | undefined): value is Choice {
  return isObject(value) && typeof value.choice === "number" && typeof value.table === "string";
}

/** Details are chosen among those of the addressed order. */
function rowOf({ table, choice }: Choice, company: Company, order: Row | null): Row | undefined {
  const rows = table === "order_details" ? company.detailsOf(order?.id ?? 0) : company.all(table);
  return rows[choice % Math.max(1, rows.length)];
}

function chosen(value: Json, company: Company, order: Row | null): Json {
  if (isChoice(value)) return rowOf(value, company, order)?.id ?? nobody;
  if (Array.isArray(value)) return value.map((item: Json) => chosen(item, company, order));
  return isObject(value) ? chosenObject(value, company, order) : value;
}

function chosenObject(object: JsonObject, company: Company, order: Row | null): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, chosen(value, company, order)]));
}

function ifMatchOf({ ifMatch }: Command, row: Row | undefined): string | null {
  const version = row?.version ?? 0;
  switch (ifMatch) {
    case "none":
      return null;
    case "current":
      return `"${version}"`;
    case "old":
      return `"${version - 1}"`;
    case "weak":
      return `W/"${version}"`;
    case "any":
      return "*";
    case "one of several":
      return `"x", "${version}"`;
  }
}
