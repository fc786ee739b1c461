// The pages of the lists of resources: their queries by sort, and their cursors.
import { createHash } from "node:crypto";
import type { Database, Query } from "sqlproof";
import { readCursor, writeCursor } from "../contract/cursor.ts";
import { refuseCursor } from "../contract/query-parameters.ts";
import { searchPatterns } from "../contract/text.ts";
import { bestMatches } from "./best-matches.ts";
import type { PageKey, PageParams } from "./page-conditions.ts";

export interface Discontinued {
  readonly discontinued: boolean;
}

export const sorts = ["id", "-id", "name", "-name", "relevance"] as const;
/** The sorts that have an index; the best matches of a search are ranked (`best-matches.ts`). */
export type Sort = Exclude<(typeof sorts)[number], "relevance">;

/** The queries of a page for each sort order. */
export interface PagesOf<Params> {
  readonly id: Query<Params, PageKey>;
  readonly "-id": Query<Params, PageKey>;
  readonly name: Query<Params & { readonly name: string }, PageKey>;
  readonly "-name": Query<Params & { readonly name: string }, PageKey>;
}
export type Pages = PagesOf<PageParams>;

/** The query of a list. */
export interface ListRequest {
  readonly q: string | null;
  readonly discontinued?: boolean | null;
  readonly sort: (typeof sorts)[number];
  readonly limit: number;
  readonly cursor: string | null;
}

/** What a resource declares of its pages. */
interface Paged {
  readonly pages: Pages;
  readonly pagesByDiscontinued?: PagesOf<PageParams & Discontinued>;
}

/** The keys of the rows after a place in the list. */
function keysOf(
  db: Database,
  { pages, pagesByDiscontinued }: Paged,
  { sort, discontinued = null }: Pick<ListRequest, "discontinued"> & { readonly sort: Sort },
  { name, ...params }: PageParams & { readonly name: string },
): Promise<readonly PageKey[]> {
  if (discontinued !== null && pagesByDiscontinued !== undefined) {
    const wanted = { ...params, discontinued };
    if (sort === "id" || sort === "-id") return db.all(pagesByDiscontinued[sort], wanted);
    return db.all(pagesByDiscontinued[sort], { ...wanted, name });
  }
  if (sort === "id" || sort === "-id") return db.all(pages[sort], params);
  return db.all(pages[sort], { ...params, name });
}

/** What a cursor keeps of the name by which the list is sorted. */
function nameIn(sort: Sort, key: PageKey): string | null {
  return sort === "name" || sort === "-name" ? key.search_text : null;
}

/** A short text that tells the cursors of a list from those of other lists and searches. */
function tagOf(list: string, q: string | null): string {
  return q === null ? list : createHash("sha256").update(`${list} ${q}`).digest("base64url").slice(0, 12);
}

/** Before the first row of a list. */
function beginning(sort: Sort): { id: number; name: string } {
  return sort === "-id" || sort === "-name" ? { id: 2_147_483_648, name: "\u{10ffff}" } : { id: 0, name: "" };
}

/** Where the page before ended, or 400. */
function readKey(text: string, sort: Sort, tag: string): { id: number; name: string } {
  const [cursorSort, id, name, cursorTag, ...rest] = readCursor(text);
  if (
    cursorSort !== sort ||
    cursorTag !== tag ||
    typeof id !== "number" ||
    !Number.isSafeInteger(id) ||
    rest.length > 0
  )
    throw refuseCursor();
  const isByName = sort === "name" || sort === "-name";
  if (!isByName && name === null) return { id, name: "" };
  if (isByName && typeof name === "string") return { id, name };
  throw refuseCursor();
}

interface Page {
  readonly keys: readonly PageKey[];
  readonly next_cursor: string | null;
}

/** Reads the keys of the rows after a place in a list. */
export type ReadKeys = (sort: Sort, params: PageParams & { readonly name: string }) => Promise<readonly PageKey[]>;

/** The keys of a page of a resource, and the cursor of the next. */
export function pageOf(
  db: Database,
  resource: Paged & { readonly plural: string },
  request: ListRequest,
): Promise<Page> {
  const { discontinued = null } = request;
  const list = discontinued === null ? resource.plural : `${resource.plural} ${discontinued}`;
  return pageOfList((sort, params) => keysOf(db, resource, { sort, discontinued }, params), list, request);
}

/** The keys of a page, and the cursor of the next. The cursors of a list carry its name, which has its filters. */
export async function pageOfList(
  read: ReadKeys,
  list: string,
  { q, cursor, limit, ...request }: Omit<ListRequest, "discontinued">,
): Promise<Page> {
  const isRanked = request.sort === "relevance";
  if (isRanked && cursor !== null) throw refuseCursor();
  if (isRanked && q !== null) return { keys: await bestMatches(read, q, limit), next_cursor: null };
  const sort = request.sort === "relevance" ? "id" : request.sort;
  const tag = tagOf(list, q);
  const after = cursor === null ? beginning(sort) : readKey(cursor, sort, tag);
  const keys = await read(sort, { ...searchPatterns(q), ...after, rows: limit + 1 });
  const last = keys.length > limit ? keys[limit - 1] : undefined;
  return {
    keys: keys.slice(0, limit),
    next_cursor: last === undefined ? null : writeCursor([sort, last.id, nameIn(sort, last), tag]),
  };
}
