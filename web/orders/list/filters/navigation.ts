"use client";
import { useSearchParams } from "next/navigation";
import { type ListLook, readLook } from "../grid/columns.ts";
import { everything, type OrderQuery, pagePath, readQuery } from "./query.ts";

/** What the address of the page says, and the ways to other lists. */
export interface ListAddress {
  readonly query: OrderQuery;
  readonly look: ListLook;
  /** The row that was left last, counted from 0. */
  readonly row: number | null;
  /** The address of another list, shown alike. */
  readonly pathOf: (query: OrderQuery, look?: ListLook) => string;
  /** Shows another list; the way back leads here. */
  readonly go: (query: OrderQuery, look?: ListLook) => void;
  readonly clear: () => void;
}

/** The list and its look are what the address says they are; the browser's own back and forward work. */
export function useListAddress(): ListAddress {
  "use memo";
  const address = useSearchParams();
  const params = new URLSearchParams(address);
  const query = readQuery(params);
  const look = readLook(params);
  const pathOf = (next: OrderQuery, nextLook: ListLook = look) => pagePath(next, nextLook);
  const go = (next: OrderQuery, nextLook: ListLook = look) => goTo(pathOf(next, nextLook));
  const clear = () => go({ ...everything, sort: query.sort });
  return { query, look, row: readRow(params), pathOf, go, clear };
}

/** Another address without a round to the server: the list reads from the API by itself. */
export function goTo(path: string): void {
  if (path !== window.location.pathname + window.location.search) window.history.pushState(null, "", path);
}

/**
 * Writes into the address which row is left, so that coming back shows it again. By the browser's own function, past
 * Next.js: its version would draw the page anew and give up a navigation that has just begun.
 */
export function rememberRow(row: number): void {
  const url = new URL(window.location.href);
  url.searchParams.set("row", String(row + 1));
  History.prototype.replaceState.call(window.history, window.history.state, "", url.pathname + url.search);
}

function readRow(params: URLSearchParams): number | null {
  const text = params.get("row") ?? "";
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) - 1 : null;
}
