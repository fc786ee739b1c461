"use client";
import type { RefObject } from "react";
import type { BulkAction } from "./bulk/bulk-action.ts";
import type { Selecting } from "./bulk/use-selection.ts";
import type { ListAddress } from "./filters/navigation.ts";
import type { Rows } from "./grid/use-rows.ts";
import type { ListAction } from "./keys.ts";
import type { ListedOrder } from "./paging/listed-order.ts";
import type { ListState } from "./paging/pages.ts";

/** The controls that a key focuses. */
export interface Controls {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly bar: RefObject<HTMLFormElement | null>;
  readonly shipper: RefObject<HTMLSelectElement | null>;
  readonly openViews: () => void;
}

interface Options {
  readonly address: ListAddress;
  readonly list: ListState;
  readonly rows: Rows;
  readonly selecting: Selecting;
  readonly controls: Controls;
  readonly open: (index: number) => void;
  readonly refresh: () => void;
  readonly print: () => void;
  readonly act: (action: BulkAction, orders: readonly ListedOrder[]) => void;
}

/** What each action of the list does, whether by key, palette or mouse. */
export function useListActions(options: Options): (action: ListAction) => void {
  const { address, list, rows, selecting, controls, refresh, print } = options;
  const { query, look } = address;
  const walk = (step: () => void) => () => {
    // The focus moves along, so that the row is read out and the other keys of the list work.
    rows.scroller.current?.focus({ preventScroll: true });
    step();
  };
  const atActive = (step: (index: number) => void) => () => {
    if (rows.active !== null) step(rows.active);
  };
  const actions: Readonly<Record<ListAction, () => void>> = {
    next: walk(() => rows.move(1)),
    previous: walk(() => rows.move(-1)),
    pageDown: walk(() => rows.move(1, "view")),
    pageUp: walk(() => rows.move(-1, "view")),
    first: walk(() => rows.goTo(0)),
    last: walk(() => rows.goTo(list.total - 1)),
    open: atActive(options.open),
    select: atActive((index) => selecting.toggle(index, false)),
    selectRange: atActive((index) => selecting.toggle(index, true)),
    selectAll: walk(selecting.addAll),
    clear: selecting.clear,
    search: () => controls.search.current?.select(),
    filter: () => focusFilter(controls.bar.current),
    clearFilters: address.clear,
    saveView: controls.openViews,
    density: () => address.go(query, { ...look, density: look.density === "compact" ? "comfortable" : "compact" }),
    shipper: () => {
      if (selecting.selection.size > 0) controls.shipper.current?.focus();
    },
    advance: () => actOnChosen({ kind: "advance" }, options),
    remove: () => actOnChosen({ kind: "remove" }, options),
    ...{ refresh, print },
  };
  return (action) => actions[action]();
}

/** Acts on the selected orders, or on the active one. */
function actOnChosen(action: BulkAction, { selecting, rows, list, act }: Options): void {
  const active = rows.active === null ? null : list.rowAt(rows.active);
  const selected = [...selecting.selection.values()];
  const orders = selected.length > 0 || active === null ? selected : [active];
  if (orders.length > 0) act(action, orders);
}

/** Focuses the first filter; on a phone the filters are opened first. */
function focusFilter(bar: HTMLFormElement | null): void {
  const focus = () => bar?.querySelector<HTMLInputElement>("#order-filters input")?.focus();
  const opener = bar?.querySelector<HTMLButtonElement>("[aria-controls=order-filters]");
  const isFolded = opener?.getAttribute("aria-expanded") === "false" && opener.checkVisibility();
  if (isFolded) {
    opener.click();
    requestAnimationFrame(focus);
  } else focus();
}
