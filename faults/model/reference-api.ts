import { shown } from "./answers.ts";
import { Company, type Json, type JsonObject, type Noun, type Row } from "./company.ts";
import { readObject } from "./fields.ts";
import { listOf, readIncludes } from "./lists.ts";
import { createOrder, deleteOrder, updateOrder } from "./orders.ts";
import { type Fault, Refusal, refuseAll } from "./refusal.ts";
import { checkWrite, refuseUsed, storedFields } from "./resource-rules.ts";
import { nounForms } from "./resources.ts";

/** A request in which every id is one of the model. */
export interface ModelRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly noun: Noun;
  /** Null for the list; text for what is no id. */
  readonly id: number | string | null;
  /** The orders of one customer or employee. */
  readonly of: "customer" | "employee" | null;
  /** The changes of the resource instead of itself. */
  readonly history: boolean;
  readonly query: JsonObject;
  readonly body: Json | undefined;
  readonly ifMatch: string | null;
  readonly key: string | null;
  /** As many pages as are followed. */
  readonly pages: number;
  /** Which of the lists that were left in the middle is read on: with its cursor, on the rows of now. */
  readonly resume: number | null;
}

/** A list that was left before its end. */
interface LeftList {
  readonly request: ModelRequest;
  /** The last row that was answered, as it was then. */
  readonly last: Row;
}

/** What the model says an answer must be. */
export interface Expected {
  readonly status: number;
  readonly code: string | null;
  /** Sorted: a place and a code each. */
  readonly faults: readonly string[];
  readonly data: Json;
  readonly etag: string | null;
  /** The id of what was created. */
  readonly created: number | null;
  readonly replayed: boolean;
  /** Whether there is a further page; null when the answer has no pages. */
  readonly more: boolean | null;
}

interface Kept {
  readonly fingerprint: string;
  readonly answer: Expected;
}

const plain = { code: null, faults: [], etag: null, created: null, replayed: false, more: null } as const;

/** The API as its contract describes it, over a company in memory. */
export class ReferenceApi {
  company = new Company();
  readonly leftLists: LeftList[] = [];
  #kept = new Map<string, Kept>();

  /** One answer per page, else one. */
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

  #read({ noun, id, query }: ModelRequest): Expected {
    const known = readId(id);
    const { include } = readQuery(noun, query, noun === "orders" ? ["include"] : []);
    const row = this.#find(this.company, noun, known);
    return { ...plain, status: 200, data: shown(this.company, noun, row, include), etag: etagOf(row) };
  }

  #list(request: ModelRequest): readonly Expected[] {
    const { noun, id, of, query, pages, resume } = request;
    const filter: JsonObject = of === null ? {} : { [`${of}_id`]: readId(id) };
    // Orders of somebody begin with the newest date.
    const usual: JsonObject = of === null ? {} : { sort: "-order_date" };
    if (of !== null) listOf(this.company, noun, query, of);
    const after = resume === null ? null : (this.leftLists[resume]?.last ?? null);
    const { rows, limit, include } = listOf(this.company, noun, { ...usual, ...query, ...filter }, null, after);
    const last = rows[limit * pages - 1];
    if (last !== undefined && rows.length > limit * pages) this.leftLists.push({ request, last });
    const data = rows.map((row) => shown(this.company, noun, row, include));
    return inPages(data, limit, pages);
  }

  /** What is deleted keeps its history; what never was has none. */
  #history({ noun, id, query, pages }: ModelRequest): readonly Expected[] {
    const known = readId(id);
    const { limit } = listOf(this.company, "shippers", query, null);
    const changes = this.company.changes.filter((change) => change.noun === noun && change.id === known);
    if (changes.length === 0) throw new Refusal("not-found", []);
    const entries = changes.map(({ before, after }, index) => ({
      ...{ sequence: index + 1, happened_at: "clock", principal: "local", request_id: "any", write_id: "any" },
      action: before === null ? "create" : after === null ? "delete" : "update",
      ...{ before, after, previous_hash: "any", hash: "any" },
    }));
    return inPages(entries, limit, pages);
  }

  #write(request: ModelRequest): Expected {
    const { method, noun, id, query, body, key } = request;
    const known = id === null ? null : readId(id);
    const allowed = noun === "orders" && method !== "DELETE" ? ["include", "dry_run"] : ["dry_run"];
    const { include, isRehearsal } = readQuery(noun, query, allowed);
    const fields = method === "DELETE" ? {} : readBody(noun, method, body);
    const work = (company: Company) => this.#change(company, request, known, fields, include);
    if (isRehearsal) {
      const answer = work(new Company(this.company, "rehearsal"));
      return { ...answer, status: 200, etag: null, created: null };
    }
    if (key === null) return this.#commit(work);
    const place = `${method} ${noun} ${known} ${key}`;
    const fingerprint = JSON.stringify([request.ifMatch, body ?? null]);
    const kept = this.#kept.get(place);
    if (kept !== undefined && kept.fingerprint !== fingerprint)
      throw new Refusal("idempotency-mismatch", [{ place: "Idempotency-Key", code: "idempotency-mismatch" }]);
    if (kept !== undefined) return { ...kept.answer, replayed: true };
    const answer = this.#final(work);
    this.#kept.set(place, { fingerprint, answer });
    return answer;
  }

  /** A refusal by the rules is an answer too, and is kept. */
  #final(work: (company: Company) => Expected): Expected {
    try {
      return this.#commit(work);
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  }

  /** What is refused changes nothing. */
  #commit(work: (company: Company) => Expected): Expected {
    const next = new Company(this.company);
    const answer = work(next);
    this.company = next;
    return answer;
  }

  #change(
    company: Company,
    { method, noun, ifMatch, body }: ModelRequest,
    id: number | null,
    fields: JsonObject,
    include: readonly string[],
  ): Expected {
    const before = id === null ? null : this.#find(company, noun, id);
    const state = before === null ? null : shown(company, noun, before, ["details"]);
    if (before !== null) refuseStale(before, ifMatch, state);
    if (method === "DELETE" && before !== null) {
      remove(company, noun, before);
      company.changes.push({ noun, id: before.id, before: state, after: null });
      return { ...plain, status: 200, data: null };
    }
    const row = before === null ? create(company, noun, fields) : update(company, noun, before, fields);
    company.changes.push({ noun, id: row.id, before: state, after: shown(company, noun, row, ["details"]) });
    // Who writes details gets them back without asking.
    const wrote = noun === "orders" && fields.order_details !== undefined && body !== undefined ? ["details"] : [];
    const data = shown(company, noun, row, [...include, ...wrote]);
    const created = before === null ? row.id : null;
    return { ...plain, status: before === null ? 201 : 200, data, etag: etagOf(row), created };
  }

  #find(company: Company, noun: Noun, id: number): Row {
    const row = company.rows[noun].get(id);
    if (row === undefined) throw new Refusal("not-found", []);
    return row;
  }
}

function refused({ status, code, faults, current }: Refusal): Expected {
  const places = faults.map((fault) => `${fault.place} ${fault.code}`).sort();
  return { ...plain, status, code, faults: places, data: current?.data ?? null, etag: current?.etag ?? null };
}

function create(company: Company, noun: Noun, fields: JsonObject): Row {
  const { empty } = nounForms[noun];
  if (noun === "orders") return createOrder(company, fields, empty);
  checkWrite(company, noun, fields, "create");
  return company.insert(noun, { ...empty, ...storedFields(fields) });
}

function update(company: Company, noun: Noun, before: Row, fields: JsonObject): Row {
  if (noun === "orders") return updateOrder(company, before, fields);
  checkWrite(company, noun, fields, "update");
  return company.update(noun, before, storedFields(fields));
}

function remove(company: Company, noun: Noun, before: Row): void {
  if (noun === "orders") deleteOrder(company, before);
  else {
    refuseUsed(company, noun, before);
    company.rows[noun].delete(before.id);
  }
}

function inPages(list: readonly JsonObject[], limit: number, pages: number): readonly Expected[] {
  const answers: Expected[] = [];
  for (let start = 0; answers.length < pages && (start === 0 || start < list.length); start += limit)
    answers.push({ ...plain, status: 200, data: list.slice(start, start + limit), more: start + limit < list.length });
  return answers;
}

/** Only the one plain form is an id; one beyond the type of the column cannot exist. */
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

function readBody(noun: Noun, method: "POST" | "PUT" | "GET", body: Json | undefined): JsonObject {
  const { create, update, readOnly } = nounForms[noun];
  const faults: Fault[] = [];
  const fields = readObject(body ?? null, method === "POST" ? create : update, readOnly, "#", faults);
  refuseAll(faults);
  return fields ?? {};
}

function readQuery(noun: Noun, query: JsonObject, allowed: readonly string[]) {
  const faults: Fault[] = [];
  for (const place of Object.keys(query)) if (!allowed.includes(place)) faults.push({ place, code: "bad-query" });
  const { include = [], dry_run = 0 } = query;
  const wanted = noun === "orders" ? readIncludes(include, faults) : [];
  if (dry_run !== 0 && dry_run !== 1) faults.push({ place: "dry_run", code: "bad-query" });
  refuseAll(faults);
  return { include: wanted, isRehearsal: dry_run === 1 };
}
