import { recorded, shown } from "./answers.ts";
import { Company, type Json, type JsonObject, type Resource, type Row } from "./company.ts";
import { readObject } from "./fields.ts";
import { listOf, readIncludes } from "./lists.ts";
import { createOrder, deleteOrder, updateOrder } from "./orders.ts";
import { type Issue, Refusal, refuseAll } from "./refusal.ts";
import { checkWrite, refuseUsed, storedFields } from "./resource-rules.ts";
import { resourceForms } from "./resources.ts";

/** A request with the ids of the model. */
export interface ModelRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly resource: Resource;
  /** Null for the list; text when it is no valid id. */
  readonly id: number | string | null;
  /** The orders of one customer or employee. */
  readonly of: "customer" | "employee" | null;
  /** The history of the resource instead of the resource. */
  readonly history: boolean;
  readonly query: JsonObject;
  readonly body: Json | undefined;
  readonly ifMatch: string | null;
  readonly key: string | null;
  /** How many pages are read. */
  readonly pages: number;
  /** Which unfinished list is continued: with its cursor, on the current rows. */
  readonly resume: number | null;
}

/** A list that was not read to the end. */
interface LeftList {
  readonly request: ModelRequest;
  /** The last row in the answer, as it was then. */
  readonly last: Row;
}

/** What an answer must be, according to the model. */
export interface Expected {
  readonly status: number;
  readonly code: string | null;
  /** Sorted: a place and a code each. */
  readonly issues: readonly string[];
  readonly data: Json;
  readonly etag: string | null;
  /** The id of what was created. */
  readonly created: number | null;
  readonly replayed: boolean;
  /** Whether there is a further page; null when the answer has no pages. */
  readonly more: boolean | null;
}

interface StoredAnswer {
  readonly fingerprint: string;
  readonly answer: Expected;
}

const plain = { code: null, issues: [], etag: null, created: null, replayed: false, more: null } as const;

/** The API according to its contract, on a company in memory. */
export class ReferenceApi {
  company = new Company();
  readonly leftLists: LeftList[] = [];
  #storedAnswers = new Map<string, StoredAnswer>();

  /** One answer per page; otherwise one. */
  answer(request: ModelRequest): readonly Expected[] {
    try {
      if (request.method !== "GET") return [this.#write(request)];
      if (request.history) return this.#history(request);
      if (request.id === null || request.of !== null) return this.#list(request);
      return [this.#read(request)];
    } catch (error) {
      if (error instanceof Refusal) return [refused(error)];
      throw error;
    }
  }

  #read({ resource, id, query }: ModelRequest): Expected {
    const known = readId(id);
    const { include } = readQuery(resource, query, resource === "orders" ? ["include"] : []);
    const row = this.#find(this.company, resource, known);
    return { ...plain, status: 200, data: shown(this.company, resource, row, include), etag: etagOf(row) };
  }

  #list(request: ModelRequest): readonly Expected[] {
    const { resource, id, of, query, pages, resume } = request;
    const ofOne: JsonObject | null = of === null ? null : { [`${of}_id`]: readId(id) };
    // The orders of a customer or an employee begin with the newest date.
    const usual: JsonObject = of === null ? {} : { sort: "-order_date" };
    const after = resume === null ? null : (this.leftLists[resume]?.last ?? null);
    const { rows, limit, include } = listOf(this.company, resource, { ...usual, ...query }, ofOne, after);
    const last = rows[limit * pages - 1];
    if (last !== undefined && rows.length > limit * pages) this.leftLists.push({ request, last });
    const data = rows.map((row) => shown(this.company, resource, row, include));
    return inPages(data, limit, pages);
  }

  /** A deleted resource still has its history; one that never existed has none. */
  #history({ resource, id, query, pages }: ModelRequest): readonly Expected[] {
    const known = readId(id);
    const { limit } = listOf(this.company, "shippers", query, null);
    const changes = this.company.changes.filter((change) => change.resource === resource && change.id === known);
    if (changes.length === 0) throw new Refusal("not-found", []);
    const entries = changes.map(({ before, after }, index) => ({
      ...{
        sequence: index + 1,
        happened_at: "clock",
        principal: "local",
        request_id: "any",
        client_request_id: null,
        write_id: "any",
      },
      action: before === null ? "create" : after === null ? "delete" : "update",
      ...{ before, after, previous_hash: "any", hash: "any" },
    }));
    return inPages(entries, limit, pages);
  }

  #write(request: ModelRequest): Expected {
    const { method, resource, id, query, body, key } = request;
    const known = id === null ? null : readId(id);
    const allowed = resource === "orders" && method !== "DELETE" ? ["include", "dry_run"] : ["dry_run"];
    const { include, isDryRun } = readQuery(resource, query, allowed);
    const { fields, unexpected } = method === "DELETE" ? nothing : readBody(resource, method, body);
    const work = (company: Company) => this.#change(company, request, known, fields, include);
    if (unexpected.length > 0)
      refuseAll([...unexpected, ...issuesOf(() => work(new Company(this.company, "dry run")))]);
    if (isDryRun) {
      const answer = work(new Company(this.company, "dry run"));
      return { ...answer, status: 200, etag: null, created: null };
    }
    if (key === null) return this.#commit(work);
    const place = `${method} ${resource} ${known} ${key}`;
    const fingerprint = JSON.stringify([request.ifMatch, body ?? null]);
    const stored = this.#storedAnswers.get(place);
    if (stored !== undefined && stored.fingerprint !== fingerprint)
      throw new Refusal("idempotency-mismatch", [{ place: "Idempotency-Key", code: "idempotency-mismatch" }]);
    if (stored !== undefined) return { ...stored.answer, replayed: true };
    const answer = this.#final(work);
    this.#storedAnswers.set(place, { fingerprint, answer });
    return answer;
  }

  /** A refusal by the rules is an answer as well, and is stored. */
  #final(work: (company: Company) => Expected): Expected {
    try {
      return this.#commit(work);
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  }

  /** A refused write changes nothing. */
  #commit(work: (company: Company) => Expected): Expected {
    const next = new Company(this.company);
    const answer = work(next);
    this.company = next;
    return answer;
  }

  #change(
    company: Company,
    { method, resource, ifMatch, body }: ModelRequest,
    id: number | null,
    fields: JsonObject,
    include: readonly string[],
  ): Expected {
    const before = id === null ? null : this.#find(company, resource, id);
    const state = before === null ? null : shown(company, resource, before, ["details"]);
    const recordedBefore = before === null ? null : recorded(company, resource, before);
    if (before !== null) refuseStale(before, ifMatch, state);
    if (method === "DELETE" && before !== null) {
      remove(company, resource, before);
      company.changes.push({ resource, id: before.id, before: recordedBefore, after: null });
      return { ...plain, status: 200, data: null };
    }
    const row = before === null ? create(company, resource, fields) : update(company, resource, before, fields);
    const change = { resource, id: row.id, before: recordedBefore, after: recorded(company, resource, row) };
    company.changes.push(change);
    // A client that writes details gets them back without `include`.
    const wrote = resource === "orders" && fields.order_details !== undefined && body !== undefined ? ["details"] : [];
    const data = shown(company, resource, row, [...include, ...wrote]);
    const created = before === null ? row.id : null;
    return { ...plain, status: before === null ? 201 : 200, data, etag: etagOf(row), created };
  }

  #find(company: Company, resource: Resource, id: number): Row {
    const row = company.rows[resource].get(id);
    if (row === undefined) throw new Refusal("not-found", []);
    return row;
  }
}

function refused({ status, code, issues, current }: Refusal): Expected {
  const places = [...new Set(issues.map((issue) => `${issue.place} ${issue.code}`))].sort();
  return { ...plain, status, code, issues: places, data: current?.data ?? null, etag: current?.etag ?? null };
}

function create(company: Company, resource: Resource, fields: JsonObject): Row {
  const { empty } = resourceForms[resource];
  if (resource === "orders") return createOrder(company, fields, empty);
  checkWrite(company, resource, fields, null);
  return company.insert(resource, { ...empty, ...storedFields(fields) });
}

function update(company: Company, resource: Resource, before: Row, fields: JsonObject): Row {
  if (resource === "orders") return updateOrder(company, before, fields);
  checkWrite(company, resource, fields, before);
  return company.update(resource, before, storedFields(fields));
}

function remove(company: Company, resource: Resource, before: Row): void {
  if (resource === "orders") deleteOrder(company, before);
  else {
    refuseUsed(company, resource, before);
    company.rows[resource].delete(before.id);
  }
}

function inPages(list: readonly JsonObject[], limit: number, pages: number): readonly Expected[] {
  const answers: Expected[] = [];
  for (let start = 0; answers.length < pages && (start === 0 || start < list.length); start += limit)
    answers.push({ ...plain, status: 200, data: list.slice(start, start + limit), more: start + limit < list.length });
  return answers;
}

/** Only plain integers are ids. */
function readId(id: number | string | null): number {
  if (typeof id !== "number") throw new Refusal("bad-id", [{ place: "id", code: "bad-id" }]);
  return id;
}

function etagOf({ version }: Row): string {
  return `"${version}"`;
}

function refuseStale(row: Row, ifMatch: string | null, state: Json): void {
  const etag = etagOf(row);
  if (ifMatch === null || ifMatch === "*" || ifMatch.split(", ").includes(etag)) return;
  throw new Refusal("precondition", [{ place: "If-Match", code: "precondition" }], { etag, data: state });
}

interface ReadBody {
  readonly fields: JsonObject;
  /** Members that the body should not have: what else is wrong with it is told as well. */
  readonly unexpected: readonly Issue[];
}

const nothing: ReadBody = { fields: {}, unexpected: [] };

function readBody(resource: Resource, method: "POST" | "PUT" | "GET", body: Json | undefined): ReadBody {
  const { create, update, readOnly } = resourceForms[resource];
  const issues: Issue[] = [];
  const fields = readObject(body ?? null, method === "POST" ? create : update, readOnly, "#", issues);
  if (issues.some(({ code }) => code !== "unknown-field" && code !== "read-only")) refuseAll(issues);
  return { fields: fields ?? {}, unexpected: issues };
}

/** What is wrong with a write by its rules. */
function issuesOf(work: () => unknown): readonly Issue[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 422 || error.status === 409) return error.issues;
  }
  return [];
}

function readQuery(resource: Resource, query: JsonObject, allowed: readonly string[]) {
  const issues: Issue[] = [];
  for (const place of Object.keys(query)) if (!allowed.includes(place)) issues.push({ place, code: "bad-query" });
  const { include = [], dry_run = 0 } = query;
  const wanted = resource === "orders" ? readIncludes(include, issues) : [];
  if (dry_run !== 0 && dry_run !== 1) issues.push({ place: "dry_run", code: "bad-query" });
  refuseAll(issues);
  return { include: wanted, isDryRun: dry_run === 1 };
}
