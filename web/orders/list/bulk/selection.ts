import type { ListedOrder } from "../paging/listed-order.ts";

/** The selected orders, each as it was when it was selected. */
export type Selection = ReadonlyMap<number, ListedOrder>;

export const nothing: Selection = new Map();

/** The most orders in one bulk action: each of them is a write of its own. */
export const maxSelected = 500;

export function toggled(selection: Selection, order: ListedOrder): Selection {
  const next = new Map(selection);
  if (!next.delete(order.id) && next.size < maxSelected) next.set(order.id, order);
  return next;
}

export function withAll(selection: Selection, orders: Iterable<ListedOrder>): Selection {
  const next = new Map(selection);
  for (const order of orders) if (next.size < maxSelected) next.set(order.id, order);
  return next;
}

export function withoutAll(selection: Selection, ids: Iterable<number>): Selection {
  const next = new Map(selection);
  for (const id of ids) next.delete(id);
  return next;
}
