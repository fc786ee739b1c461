// Resources are the tables other than orders. `crud.ts` makes the routes of each from a declaration, and `contact.ts`
// is the common declaration of customers, employees, shippers and suppliers.
import type { Database, Query, Transaction } from "sqlproof";
import type { Api } from "../api.ts";
import { batchReads } from "../batching/batch-reads.ts";
import { type Answer, ApiError, created, ok, okList, type ProblemCode, refuseAll } from "../contract/answer.ts";
import { flag } from "../contract/filter-parameters.ts";
import { changedMembers } from "../contract/object.ts";
import { choice, cursor, limit, search } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, none, nullable, type Schema } from "../contract/schema.ts";
import { dryRun, type WriteContext } from "../contract/write-headers.ts";
import type { Right } from "../rights/rights.ts";
import type { AuditedResource } from "../writes/audit/record.ts";
import { etagOf, isStale, staleError } from "../writes/preconditions.ts";
import { runWrite } from "../writes/run-write.ts";
import { historyRoute } from "./history.ts";
import { title, withArticle, words } from "./names.ts";
import type { PageParams } from "./page-conditions.ts";
import { type Discontinued, type ListRequest, type Pages, type PagesOf, pageOf, sorts } from "./pages.ts";

interface Versioned {
  readonly id: number;
  readonly version: number;
}

/** The declaration of a resource: everything in which its routes differ from those of other resources. */
export interface Resource<Row extends Versioned, Create, Update, Shown> {
  readonly singular: AuditedResource;
  /** Also the path below `/api` and the tag in the OpenAPI document. */
  readonly plural: string;
  readonly rights: { readonly read: Right; readonly write: Right };
  /** The names of the fields that a search covers. */
  readonly searched: string;
  readonly shown: Schema<Shown>;
  readonly create: Schema<Create>;
  readonly update: Schema<Update>;
  readonly present: (row: Row) => Shown;
  readonly byIds: Query<{ readonly ids: readonly number[] }, Row>;
  /** The pages of the list, in each sort. */
  readonly pages: Pages;
  /** Locks a row and reads it: nothing may be read before that without a lock (docs/decisions/0098-orders-beside-edits.md). */
  readonly lock: Query<{ readonly id: number }, Row>;
  /** Inserts a row and returns its id. */
  readonly insert: (tx: Transaction, body: Create) => Promise<number>;
  readonly change: (tx: Transaction, before: Row, body: Update) => Promise<void>;
  /** Deletes the row, or throws 409 `in-use`. */
  readonly remove: (tx: Transaction, before: Row) => Promise<void>;
  readonly refusals: readonly ProblemCode[];
  /** The same pages with only those rows that are, or are not, discontinued; where rows can be discontinued. */
  readonly pagesByDiscontinued?: PagesOf<PageParams & Discontinued>;
}

const discontinued = flag("Only those that are discontinued, or only those that are not.");

const sortDescription =
  "By id or by name; `-` is downwards. `relevance` answers a single page, with the best matches of `q` first.";

/** The routes of a resource: list, create, get, update, delete and history. */
export function resourceRoutes<Row extends Versioned, Create, Update extends object, Shown extends object>(
  api: Api,
  resource: Resource<Row, Create, Update, Shown>,
): readonly Route[] {
  const { database } = api;
  const exists = async (id: number) => (await database.maybe(resource.byIds, { ids: [id] })) !== null;
  return [
    listRoute(database, resource),
    createRoute(database, resource),
    getRoute(database, resource),
    updateRoute(database, resource),
    deleteRoute(database, resource),
    historyRoute(api, { ...resource, right: resource.rights.read, exists }),
  ];
}

function listRoute<Row extends Versioned, Create, Update, Shown>(
  database: Database,
  resource: Resource<Row, Create, Update, Shown>,
): Route {
  const query = {
    q: search(`Words that occur, in any order, in ${resource.searched}; case and accents make no difference.`),
    sort: choice(sorts, sortDescription),
    limit: limit(1000, 1000),
    cursor,
  };
  const declared = {
    method: "GET",
    path: `/api/${resource.plural}`,
    right: resource.rights.read,
    tag: resource.plural,
    summary: `List ${words(resource.plural)}`,
    body: none,
    data: array(resource.shown),
    paged: true,
    cache: "until-commit",
  } as const;
  const handle = ({ query: request }: { readonly query: ListRequest }) => list(database, resource, request);
  if (resource.pagesByDiscontinued === undefined) return route({ ...declared, query, handle });
  return route({ ...declared, query: { ...query, discontinued }, handle });
}

function createRoute<Row extends Versioned, Create, Update, Shown extends object>(
  database: Database,
  resource: Resource<Row, Create, Update, Shown>,
): Route {
  return route({
    method: "POST",
    path: `/api/${resource.plural}`,
    right: resource.rights.write,
    tag: resource.plural,
    summary: `Create ${withArticle(resource.singular)}`,
    query: { dry_run: dryRun },
    body: resource.create,
    data: resource.shown,
    status: 201,
    refusals: resource.refusals,
    handle: ({ body, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const id = await resource.insert(tx, body);
        const row = await tx.one(resource.byIds, { ids: [id] });
        const after = resource.present(row);
        const message = `${title(resource.singular)} created`;
        const change = { resource: resource.singular, id, version: row.version, before: null, after };
        return { answer: created(message, `/api/${resource.plural}/${id}`, after, etagOf(row)), change };
      }),
  });
}

function getRoute<Row extends Versioned, Create, Update, Shown>(
  database: Database,
  resource: Resource<Row, Create, Update, Shown>,
): Route {
  const byId = batchReads<Row>((ids) => database.all(resource.byIds, { ids }));
  return route({
    method: "GET",
    path: `/api/${resource.plural}/{id}` as const,
    right: resource.rights.read,
    tag: resource.plural,
    summary: `Get ${withArticle(resource.singular)}`,
    query: {},
    body: none,
    data: resource.shown,
    deadline: "batched",
    cache: "until-commit",
    refusals: ["not-found"],
    async handle({ path: { id } }) {
      const row = await byId(id);
      if (row === null) throw notFound(resource);
      return ok(`${title(resource.singular)} retrieved`, resource.present(row), etagOf(row));
    },
  });
}

function updateRoute<Row extends Versioned, Create, Update extends object, Shown extends object>(
  database: Database,
  resource: Resource<Row, Create, Update, Shown>,
): Route {
  return route({
    method: "PUT",
    path: `/api/${resource.plural}/{id}` as const,
    right: resource.rights.write,
    tag: resource.plural,
    summary: `Update ${withArticle(resource.singular)}`,
    description:
      "Absent fields stay unchanged; null clears a field. The resource may be sent back as it was read: what only the " +
      "server sets is accepted unchanged.",
    query: { dry_run: dryRun },
    body: resource.update,
    data: resource.shown,
    refusals: ["not-found", "precondition", ...resource.refusals],
    handle: ({ path: { id }, body, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const row = await lockRow(tx, resource, id, context);
        refuseAll(changedMembers(body, resource.present(row)));
        await resource.change(tx, row, body);
        const written = await tx.one(resource.byIds, { ids: [id] });
        const [before, after] = [resource.present(row), resource.present(written)];
        const answer = ok(`${title(resource.singular)} updated`, after, etagOf(written));
        return { answer, change: { resource: resource.singular, id, version: written.version, before, after } };
      }),
  });
}

function deleteRoute<Row extends Versioned, Create, Update, Shown extends object>(
  database: Database,
  resource: Resource<Row, Create, Update, Shown>,
): Route {
  return route({
    method: "DELETE",
    path: `/api/${resource.plural}/{id}` as const,
    right: resource.rights.write,
    proof: true,
    tag: resource.plural,
    summary: `Delete ${withArticle(resource.singular)} that nothing refers to`,
    query: { dry_run: dryRun },
    body: none,
    data: nullable(resource.shown),
    refusals: ["not-found", "precondition", "in-use"],
    handle: ({ path: { id }, query, context }) =>
      runWrite(database, context, query.dry_run, async (tx) => {
        const row = await lockRow(tx, resource, id, context);
        await resource.remove(tx, row);
        const change = { resource: resource.singular, id, version: null, before: resource.present(row), after: null };
        return { answer: ok(`${title(resource.singular)} deleted`, null), change };
      }),
  });
}

/** Locks a row until the transaction ends and returns it. Throws 404, or 412 if the client has another version. */
async function lockRow<Row extends Versioned, Create, Update, Shown extends object>(
  tx: Transaction,
  resource: Resource<Row, Create, Update, Shown>,
  id: number,
  context: WriteContext,
): Promise<Row> {
  const row = await tx.maybe(resource.lock, { id });
  if (row === null) throw notFound(resource);
  if (isStale(context, row)) throw staleError(row, resource.singular, resource.present(row), context);
  return row;
}

function notFound({ singular }: { readonly singular: string }): ApiError {
  return new ApiError("not-found", `There is no such ${words(singular)}.`);
}

async function list<Row extends Versioned, Create, Update, Shown>(
  db: Database,
  resource: Resource<Row, Create, Update, Shown>,
  request: ListRequest,
): Promise<Answer<readonly Shown[]>> {
  const { keys, next_cursor } = await pageOf(db, resource, request);
  const rows = new Map((await db.all(resource.byIds, { ids: keys.map(({ id }) => id) })).map((row) => [row.id, row]));
  return okList(
    `${title(resource.plural)} retrieved`,
    keys.flatMap(({ id }) => {
      const row = rows.get(id);
      return row === undefined ? [] : [resource.present(row)];
    }),
    { limit: request.limit, next_cursor },
  );
}
