"use client";
import { useEffect, useRef } from "react";
import { onEnding } from "../../../undo/hold-writes.ts";
import { useDeletedPaths, usePendingWrites } from "../../../undo/pending-writes.ts";
import { orderPath } from "../../order-path.ts";
import type { ListedOrder } from "./listed-order.ts";
import type { ListState } from "./pages.ts";

/** The list as it will be after the pending writes; it is read again when they are done. */
export function usePendingList(list: ListState, refresh: () => void): ListState {
  const going = useDeletedPaths();
  const steps = new Map(usePendingWrites().map(({ path, statusId }) => [path, statusId]));
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => onEnding(() => latest.current()), []);
  return withoutOrders(list, going, steps);
}

/** A list without the orders that are being deleted, as far as their positions are known. */
export function withoutOrders(
  list: ListState,
  going: ReadonlySet<string>,
  steps: ReadonlyMap<string, number | null>,
): ListState {
  if (going.size === 0 && steps.size === 0) return list;
  const loaded = [...list.loadedRows()];
  const hidden = loaded.flatMap(([index, { id }]) => (going.has(orderPath(id)) ? [index] : [])).sort((a, b) => a - b);
  const placeOf = (index: number) => hidden.reduce((place, gone) => (gone <= place ? place + 1 : place), index);
  const stepped = (order: ListedOrder): ListedOrder => {
    const status_id = steps.get(orderPath(order.id)) ?? order.status_id;
    return status_id === order.status_id ? order : { ...order, status_id };
  };
  return {
    ...list,
    total: list.total - hidden.length,
    rowAt: (index) => {
      const order = list.rowAt(placeOf(index));
      return order === null ? null : stepped(order);
    },
    loadedRows: () => {
      const left = loaded.filter(([index]) => !hidden.includes(index));
      return new Map(
        left.map(([index, order]) => [index - hidden.filter((gone) => gone < index).length, stepped(order)]),
      );
    },
  };
}
