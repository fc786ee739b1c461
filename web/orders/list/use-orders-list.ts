"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useSession } from "../../api/session/provider.tsx";
import { useCommands } from "../../shell/commands/registry.tsx";
import { readAgainEvent } from "../../shell/data-attributes.ts";
import { bulkJobs } from "./bulk/bulk.ts";
import type { BulkAction } from "./bulk/bulk-action.ts";
import { useBulk } from "./bulk/use-bulk.ts";
import { type Selecting, useSelection } from "./bulk/use-selection.ts";
import type { FilterNames } from "./filters/filter-bar.tsx";
import { rememberRow, useListAddress } from "./filters/navigation.ts";
import { apiParams } from "./filters/query.ts";
import { type FirstCounts, useCounts } from "./filters/use-counts.ts";
import { useRowHeight } from "./grid/use-row-height.ts";
import { type Rows, useRows } from "./grid/use-rows.ts";
import { isAllowed, type ListAction, listKeys } from "./keys.ts";
import type { ListState } from "./paging/pages.ts";
import { usePendingList } from "./paging/pending-list.ts";
import { type FirstRows, useOrderPages } from "./paging/use-order-pages.ts";
import { usePrint } from "./print/use-print.ts";
import { useListActions } from "./use-list-actions.ts";

/** What the server read for the first render of the page. */
export interface InitialData {
  readonly rows: FirstRows;
  readonly counts: FirstCounts;
  readonly names: FilterNames;
}

/** State and actions of the orders list, for its view. */
export function useOrdersList(first: InitialData) {
  "use memo";
  const address = useListAddress();
  const params = apiParams(address.query).toString();
  const { pages, state, params: shown, isBefore } = useOrderPages(params, first.rows);
  const [version, setVersion] = useState(0);
  const counts = useCounts(params, first.counts, version);
  const refresh = () => {
    pages.refresh();
    setVersion((now) => now + 1);
  };
  useReadAgain(refresh);
  const list = usePendingList(state, refresh);
  const rowHeight = useRowHeight(address.look.density);
  const rows = useRows({ rows: list.total, rowHeight, list: shown, openAt: address.row });
  const selecting = useSelection(list);
  const { bulk, question, act } = useBulk(refresh, selecting.clear);
  const { loadedAt } = list;
  useEffect(() => {
    if (loadedAt !== null) bulkJobs.settle();
  }, [loadedAt]);
  const { first: from, end } = rows.range;
  const hidden = state.total - list.total;
  useEffect(() => {
    if (!isBefore) pages.show(from, end + hidden);
  }, [pages, from, end, hidden, isBefore]);
  const [areViewsOpen, setViewsOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const bar = useRef<HTMLFormElement>(null);
  const shipper = useRef<HTMLSelectElement>(null);
  const controls = { search, bar, shipper, openViews: () => setViewsOpen(true) };
  const { open, activate, toggle } = useRowSteps(list, rows, selecting);
  const { printed, print, isReading } = usePrint(params);
  const session = useSession();
  const runAction = useListActions({ address, rows, selecting, list, controls, open, refresh, act, print });
  const run = (action: ListAction) => {
    if (isAllowed(action, session)) runAction(action);
  };
  useCommands(
    listKeys
      .filter(({ action }) => isAllowed(action, session))
      .map(({ action, label, keys, local }) => {
        const command = { id: `orders-${action}`, label, keys, run: () => run(action) };
        return local === true ? { ...command, isLocal: local } : command;
      }),
  );
  const actOnSelection = (action: BulkAction) => {
    act(action, [...selecting.selection.values()]);
  };
  return {
    ...{ address, params, pages, list, isBefore, counts, rows, selecting, bulk, question, controls, run, printed },
    isReadingToPrint: isReading,
    ...{ areViewsOpen, setViewsOpen, activate, toggle, actOnSelection },
  };
}

/** Reads the list again when the shell says that it is time to. */
function useReadAgain(refresh: () => void): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    const readAgain = () => latest.current();
    addEventListener(readAgainEvent, readAgain);
    return () => removeEventListener(readAgainEvent, readAgain);
  }, []);
}

/** The actions on one row: open, move to, select. */
function useRowSteps(list: ListState, rows: Rows, selecting: Selecting) {
  const router = useRouter();
  const open = (index: number) => {
    const order = list.rowAt(index);
    if (order === null) return;
    rememberRow(index);
    router.push(`/orders/${order.id}`);
  };
  const activate = (index: number) => {
    rows.goTo(index);
    rememberRow(index);
  };
  const toggle = (index: number, withRange: boolean) => {
    selecting.toggle(index, withRange);
    rows.goTo(index);
    rows.scroller.current?.focus({ preventScroll: true });
  };
  return { open, activate, toggle };
}
