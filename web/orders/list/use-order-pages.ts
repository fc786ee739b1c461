"use client";
import { useEffect, useState, useSyncExternalStore } from "react";
import { RecentMap } from "./blocks.ts";
import { type Head, type ListState, OrderPages } from "./pages.ts";

/** What the server sent with the page: the first rows of one list. */
export interface FirstRows {
  readonly params: string;
  readonly head: Head | null;
  readonly total: number | null;
}

const listsKept = 4;
/** The lists looked at last: coming back to one shows it at once, while it is read again. */
const kept = new RecentMap<string, OrderPages>(listsKept);

function pagesOf(params: string, first: FirstRows): OrderPages {
  const isFirst = params === first.params;
  const make = () => new OrderPages(params, isFirst ? first.head : null, isFirst ? first.total : null);
  // On the server every request has its own: what one user sees is no business of another.
  if (typeof window === "undefined") return make();
  const known = kept.get(params);
  if (known !== undefined) return known;
  const made = make();
  kept.set(params, made);
  return made;
}

export interface ShownList {
  readonly pages: OrderPages;
  readonly state: ListState;
  /** The filters and the sort of what is shown. */
  readonly params: string;
  /** What is shown is the list before, because the one asked for is on its way. */
  readonly isBefore: boolean;
}

/** The list that these parameters ask for; while its first rows are awaited, the one before stays. */
export function useOrderPages(params: string, first: FirstRows): ShownList {
  const pages = pagesOf(params, first);
  const state = useSyncExternalStore(pages.subscribe, pages.state, pages.state);
  const [before, setBefore] = useState<{ readonly params: string; readonly state: ListState } | null>(null);
  useEffect(() => {
    // A list that was left and is opened again may have changed meanwhile.
    if (pages.state().loadedAt !== null && pages.state().fault === null) pages.refresh();
    else pages.start();
    return () => pages.stop();
  }, [pages]);
  if (!state.isOpening && before?.state !== state) setBefore({ params, state });
  const isBefore = state.isOpening && state.fault === null && before !== null;
  return isBefore
    ? { pages, state: { ...before.state, isSlow: state.isSlow }, params: before.params, isBefore }
    : { pages, state, params, isBefore: false };
}
