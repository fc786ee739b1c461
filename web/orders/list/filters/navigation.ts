"use client";
import { useSearchParams } from "next/navigation";
import { useSession } from "../../../api/session/provider.tsx";
import { type ListLook, readLook } from "../grid/columns.ts";
import { readRow } from "./clean-path.ts";
import { everything, type OrderQuery, pagePath, queryFor, readQuery } from "./query.ts";

/** The list in the address of the page, and the ways to other lists. */
export interface ListAddress {
  readonly query: OrderQuery;
  /** The same as the address says it now: of two changes in a moment, the page has not drawn the first yet. */
  readonly queryNow: () => OrderQuery;
  readonly look: ListLook;
  /** The row that was open last, counted from 0. */
  readonly row: number | null;
  /** The address of another list in the same look. */
  readonly pathOf: (query: OrderQuery, look?: ListLook) => string;
  /** Shows another list; Back returns here. */
  readonly go: (query: OrderQuery, look?: ListLook) => void;
  readonly clear: () => void;
}

/** The address holds the list and its look, so the browser's Back and Forward work. */
export function useListAddress(): ListAddress {
  "use memo";
  const session = useSession();
  const address = useSearchParams();
  const params = new URLSearchParams(address);
  const query = queryFor(session, readQuery(params));
  const look = readLook(params);
  const pathOf = (next: OrderQuery, nextLook: ListLook = look) => pagePath(next, nextLook);
  const go = (next: OrderQuery, nextLook: ListLook = look) => goTo(pathOf(next, nextLook));
  const clear = () => go({ ...everything, sort: query.sort });
  return { query, queryNow, look, row: readRow(params), pathOf, go, clear };
}

function queryNow(): OrderQuery {
  return readQuery(new URLSearchParams(window.location.search));
}

/** Changes the address without asking the server: the list reads from the API itself. */
export function goTo(path: string): void {
  if (path !== window.location.pathname + window.location.search) window.history.pushState(null, "", path);
}

/**
 * Stores the row that is left in the address, so that coming back shows it again. Uses the browser's own function, not
 * that of Next.js, which would render the page again and cancel a navigation that has just begun.
 */
export function rememberRow(row: number): void {
  const url = new URL(window.location.href);
  url.searchParams.set("row", String(row + 1));
  History.prototype.replaceState.call(window.history, window.history.state, "", url.pathname + url.search);
}
