"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useCommands } from "../../commands/registry.tsx";
import { bulkJobs } from "./bulk.ts";
import type { BulkAction } from "./bulk-action.ts";
import { useDelayedList } from "./delayed-list.ts";
import type { FilterNames } from "./filter-bar.tsx";
import { listKeys } from "./keys.ts";
import { rememberRow, useListAddress } from "./navigation.ts";
import type { ListState } from "./pages.ts";
import { apiParams } from "./query.ts";
import { useBulk } from "./use-bulk.ts";
import { type FirstCounts, useCounts } from "./use-counts.ts";
import { useListActions } from "./use-list-actions.ts";
import { type FirstRows, useOrderPages } from "./use-order-pages.ts";
import { useRowHeight } from "./use-row-height.ts";
import { type Rows, useRows } from "./use-rows.ts";
import { type Choosing, useSelection } from "./use-selection.ts";

/** What the server read for the first sight of the page. */
export interface FirstSight {
  readonly rows: FirstRows;
  readonly counts: FirstCounts;
  readonly names: FilterNames;
}

/** Everything that the orders list knows and does, for its view to draw. */
export function useOrdersList(first: FirstSight) {
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
  const list = useDelayedList(state, refresh);
  const rowHeight = useRowHeight(address.look.density);
  const rows = useRows({ rows: list.total, rowHeight, list: shown, openAt: address.row });
  const choosing = useSelection(list);
  const { bulk, act } = useBulk(refresh);
  const { loadedAt } = list;
  useEffect(() => {
    if (loadedAt !== null) bulkJobs.settle();
  }, [loadedAt]);
  const { first: from, end } = rows.drawn;
  const hidden = state.total - list.total;
  useEffect(() => {
    if (!isBefore) pages.show(from, end + hidden);
  }, [pages, from, end, hidden, isBefore]);
  const [areViewsOpen, setViewsOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const bar = useRef<HTMLFormElement>(null);
  const shipper = useRef<HTMLSelectElement>(null);
  const controls = { search, bar, shipper, openViews: () => setViewsOpen(true) };
  const { open, activate, toggle } = useRowSteps(list, rows, choosing);
  const run = useListActions({ address, rows, choosing, list, controls, open, refresh, act });
  useCommands(
    listKeys.map(({ action, label, keys, local }) => {
      const command = { id: `orders-${action}`, label, keys, run: () => run(action) };
      return local === true ? { ...command, isLocal: local } : command;
    }),
  );
  const actOnSelection = (action: BulkAction) => {
    act(action, [...choosing.selection.values()]);
    choosing.clear();
  };
  return {
    ...{ address, params, pages, list, isBefore, counts, rows, choosing, bulk, controls, run },
    ...{ areViewsOpen, setViewsOpen, activate, toggle, actOnSelection },
  };
}

/** What is done with one row: opened, gone to, chosen. */
function useRowSteps(list: ListState, rows: Rows, choosing: Choosing) {
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
    choosing.toggle(index, withRange);
    rows.goTo(index);
    rows.scroller.current?.focus({ preventScroll: true });
  };
  return { open, activate, toggle };
}
