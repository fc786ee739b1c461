"use client";
import { useEffect, useSyncExternalStore } from "react";
import { RecentMap } from "./blocks.ts";
import { type Head, type ListState, OrderPages } from "./pages.ts";

/** The first rows of one list, sent by the server with the page. */
export interface FirstRows {
  readonly params: string;
  readonly head: Head | null;
  readonly total: number | null;
  /** Without JavaScript the list is read page by page; with it, the rows start at the beginning. */
  readonly isFirstPage: boolean;
}

const maxRecent = 4;
/** The most recent lists: coming back to one shows it at once, while it is read again. */
const recent = new RecentMap<string, OrderPages>(maxRecent);

/** The list shown last: it stays while the first rows of the next one are loading. */
let latest: OrderPages | null = null;

function pagesOf(params: string, first: FirstRows): OrderPages {
  const isFirst = params === first.params;
  const total = isFirst ? first.total : null;
  // On the server every request has its own: users must not see each other's lists.
  if (typeof window === "undefined") return new OrderPages(params, isFirst ? first.head : null, total, null);
  const known = recent.get(params);
  if (known !== undefined) return known;
  const head = isFirst && first.isFirstPage ? first.head : null;
  const made = new OrderPages(params, head, total, latest?.shown ?? null);
  recent.set(params, made);
  return made;
}

export interface ShownList {
  readonly pages: OrderPages;
  readonly state: ListState;
  /** The filters and the sort of what is shown. */
  readonly params: string;
  /** The list before is shown, because the requested one is still loading. */
  readonly isBefore: boolean;
}

/** The list with these parameters; while its first rows are loading, the one before stays. */
export function useOrderPages(params: string, first: FirstRows): ShownList {
  const pages = pagesOf(params, first);
  const state = useSyncExternalStore(pages.subscribe, pages.state, pages.state);
  useEffect(() => {
    latest = pages;
    // A list that is opened again may have changed in the meantime.
    if (pages.state().loadedAt !== null && pages.state().issue === null) pages.refresh();
    else pages.start();
    return () => pages.stop();
  }, [pages]);
  const before = state.isOpening && state.issue === null ? pages.before : null;
  if (before === null) return { pages, state, params, isBefore: false };
  return { pages, state: { ...before.state(), isSlow: state.isSlow }, params: before.params, isBefore: true };
}
