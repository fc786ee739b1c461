// The pages of the lists of resources: their queries by sort, and their cursors.
import { createHash } from "node:crypto";
import type { Database, Query } from "sqlproof";
import { readCursor } from "../contract/cursor.ts";
import { refuseCursor } from "../contract/query-parameters.ts";

export interface PageParams {
  readonly id: number;
  readonly pattern: string | null;
  readonly rows: number;
}

export interface Discontinued {
  readonly discontinued: boolean;
}

export interface PageKey {
  readonly id: number;
  readonly search_text: string | null;
}

export const sorts = ["id", "-id", "name", "-name"] as const;
type Sort = (typeof sorts)[number];

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
  readonly sort: Sort;
  readonly limit: number;
  readonly cursor: string | null;
}

/** What a resource declares of its pages. */
interface Paged {
  readonly pages: Pages;
  readonly pagesByDiscontinued?: PagesOf<PageParams & Discontinued>;
}

/** The keys of the rows after a place in the list. */
export function keysOf(
  db: Database,
  { pages, pagesByDiscontinued }: Paged,
  { sort, discontinued = null }: ListRequest,
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
export function nameIn(sort: Sort, key: PageKey): string | null {
  return sort === "name" || sort === "-name" ? key.search_text : null;
}

/** A short text that tells the cursors of a list from those of other resources and searches. */
export function tagOf(plural: string, { q, discontinued = null }: ListRequest): string {
  const list = discontinued === null ? plural : `${plural} ${discontinued}`;
  return q === null ? list : createHash("sha256").update(`${list} ${q}`).digest("base64url").slice(0, 12);
}

/** Before the first row of a list. */
export function beginning(sort: Sort): { id: number; name: string } {
  return sort === "-id" || sort === "-name" ? { id: 2_147_483_648, name: "\u{10ffff}" } : { id: 0, name: "" };
}

/** Where the page before ended, or 400. */
export function readKey(text: string, sort: ListRequest["sort"], tag: string): { id: number; name: string } {
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
