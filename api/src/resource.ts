import { foldSearchText } from "northwind-schema/fold";
import type { Database, Query, Transaction } from "sqlproof";
import { type Answer, ApiError, created, ok, okList, type ProblemCode } from "./answer.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { gathered } from "./gather.ts";
import { array, type Kind, none, nullable } from "./kinds.ts";
import { choice, cursor, limit, refuseCursor, search } from "./parameters.ts";
import { type Api, type Route, route } from "./route.ts";

interface Keyed {
  readonly id: number;
}

interface PageParams {
  readonly id: number;
  readonly pattern: string | null;
  readonly rows: number;
}

interface PageKey {
  readonly id: number;
  readonly search_text: string | null;
}

/** A noun with the five usual routes: what differs between nouns, and nothing else. */
export interface Resource<Row extends Keyed, Create, Update, Shown> {
  readonly singular: string;
  /** Also the path below `/api` and the tag. */
  readonly plural: string;
  /** What a search looks through. */
  readonly searched: string;
  readonly shown: Kind<Shown>;
  readonly create: Kind<Create>;
  readonly update: Kind<Update>;
  readonly present: (row: Row) => Shown;
  readonly byIds: Query<{ readonly ids: readonly number[] }, Row>;
  readonly pageById: Query<PageParams, PageKey>;
  readonly pageByName: Query<PageParams & { readonly name: string }, PageKey>;
  readonly lock: Query<{ readonly id: number }, Keyed>;
  /** Writes a new row and gives its id. */
  readonly insert: (tx: Transaction, body: Create) => Promise<number>;
  readonly change: (tx: Transaction, before: Row, body: Update) => Promise<void>;
  /** Deletes the row, or throws 409 `in-use`. */
  readonly remove: (tx: Transaction, id: number) => Promise<void>;
  readonly refusals: readonly ProblemCode[];
}

const sorts = ["id", "name"] as const;

interface ListRequest {
  readonly q: string | null;
  readonly sort: (typeof sorts)[number];
  readonly limit: number;
  readonly cursor: string | null;
}

/** List, create, get, update and delete, all with the same manners. */
export function resourceRoutes<Row extends Keyed, Create, Update, Shown>(
  { database }: Api,
  resource: Resource<Row, Create, Update, Shown>,
): readonly Route[] {
  const { singular, plural, shown, present, refusals } = resource;
  const byId = gathered<Row>((ids) => database.all(resource.byIds, { ids }));
  const tag = plural;
  const path = `/api/${plural}` as const;
  const pathOfOne = `${path}/{id}` as const;
  const title = `${singular.charAt(0).toUpperCase()}${singular.slice(1)}`;
  const notFound = () => new ApiError("not-found", `There is no such ${singular}.`);
  return [
    route({
      method: "GET",
      path,
      tag,
      summary: `List ${plural}`,
      query: {
        q: search(`Part of ${resource.searched}; small and capital letters and accents make no difference.`),
        sort: choice(sorts, "By id, or by the text that a search looks through."),
        limit: limit(1000, 1000),
        cursor,
      },
      body: none,
      data: array(shown),
      paged: true,
      handle: ({ query }) => list(database, resource, query),
    }),
    route({
      method: "POST",
      path,
      tag,
      summary: `Create ${article(singular)}`,
      query: {},
      body: resource.create,
      data: shown,
      status: 201,
      refusals,
      handle: ({ body }) =>
        database.transaction(async (tx) => {
          const id = await resource.insert(tx, body);
          const row = await tx.one(resource.byIds, { ids: [id] });
          return created(`${title} created`, `${path}/${id}`, present(row));
        }),
    }),
    route({
      method: "GET",
      path: pathOfOne,
      tag,
      summary: `Get ${article(singular)}`,
      query: {},
      body: none,
      data: shown,
      deadline: "gathered",
      refusals: ["not-found"],
      async handle({ path: { id } }) {
        const row = await byId(id);
        if (row === null) throw notFound();
        return ok(`${title} retrieved`, present(row));
      },
    }),
    route({
      method: "PUT",
      path: pathOfOne,
      tag,
      summary: `Update ${article(singular)}`,
      description: "A field that is absent stays as it is, null clears it.",
      query: {},
      body: resource.update,
      data: shown,
      refusals: ["not-found", ...refusals],
      handle: ({ path: { id }, body }) =>
        database.transaction(async (tx) => {
          if ((await tx.maybe(resource.lock, { id })) === null) throw notFound();
          await resource.change(tx, await tx.one(resource.byIds, { ids: [id] }), body);
          return ok(`${title} updated`, present(await tx.one(resource.byIds, { ids: [id] })));
        }),
    }),
    route({
      method: "DELETE",
      path: pathOfOne,
      tag,
      summary: `Delete ${article(singular)} that nothing refers to`,
      query: {},
      body: none,
      data: nullable(shown),
      refusals: ["not-found", "in-use"],
      handle: ({ path: { id } }) =>
        database.transaction(async (tx) => {
          if ((await tx.maybe(resource.lock, { id })) === null) throw notFound();
          await resource.remove(tx, id);
          return ok(`${title} deleted`, null);
        }),
    }),
  ];
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

async function list<Row extends Keyed, Create, Update, Shown>(
  db: Database,
  resource: Resource<Row, Create, Update, Shown>,
  request: ListRequest,
): Promise<Answer<readonly Shown[]>> {
  const after = request.cursor === null ? { id: 0, name: "" } : readKey(request.cursor, request.sort);
  const params = { id: after.id, pattern: likePattern(request.q), rows: request.limit + 1 };
  const keys =
    request.sort === "id"
      ? await db.all(resource.pageById, params)
      : await db.all(resource.pageByName, { ...params, name: after.name });
  const page = keys.slice(0, request.limit);
  const last = keys.length > request.limit ? page.at(-1) : undefined;
  const rows = new Map((await db.all(resource.byIds, { ids: page.map(({ id }) => id) })).map((row) => [row.id, row]));
  return okList(
    `${resource.plural.charAt(0).toUpperCase()}${resource.plural.slice(1)} retrieved`,
    page.flatMap(({ id }) => {
      const row = rows.get(id);
      return row === undefined ? [] : [resource.present(row)];
    }),
    {
      limit: request.limit,
      next_cursor: last === undefined ? null : writeCursor([request.sort, last.id, nameIn(request.sort, last)]),
    },
  );
}

/** The text that LIKE looks for: folded as the column is, `%`, `_` and `!` meaning themselves. */
export function likePattern(q: string | null): string | null {
  return q === null ? null : `%${foldSearchText(q).replace(/[!%_]/g, "!$&")}%`;
}

function nameIn(sort: ListRequest["sort"], key: PageKey): string | null {
  return sort === "name" ? key.search_text : null;
}

function readKey(text: string, sort: ListRequest["sort"]): { id: number; name: string } {
  const [of, id, name, ...rest] = readCursor(text);
  if (of !== sort || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  if (sort === "id" && name === null) return { id, name: "" };
  if (sort === "name" && typeof name === "string") return { id, name };
  throw refuseCursor();
}
