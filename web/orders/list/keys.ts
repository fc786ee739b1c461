import { mayIn, type Right, type Session } from "../../api/session/session.ts";
import type { MessageKey } from "../../messages/text.ts";

/** The actions of the keyboard in the orders list. */
export type ListAction =
  | "next"
  | "previous"
  | "pageDown"
  | "pageUp"
  | "first"
  | "last"
  | "open"
  | "select"
  | "selectRange"
  | "selectAll"
  | "clear"
  | "search"
  | "filter"
  | "clearFilters"
  | "saveView"
  | "density"
  | "shipper"
  | "advance"
  | "remove"
  | "refresh"
  | "print";

interface ListKey {
  readonly action: ListAction;
  readonly label: MessageKey;
  /** In the notation of tinykeys. */
  readonly keys: string;
  /** The key works only while the list has the focus: elsewhere it belongs to buttons, fields or the page. */
  readonly local?: true;
  /** Without this right the key does nothing. */
  readonly right?: Right;
  /** Other keys that do the same while the list has the focus, as `KeyboardEvent.key` names them. */
  readonly also?: readonly string[];
}

/** Every key of the orders list: the one table for the keyboard, the help and the palette. */
export const listKeys: readonly ListKey[] = [
  { action: "next", label: "orders.key.next", keys: "j", also: ["ArrowDown"] },
  { action: "previous", label: "orders.key.previous", keys: "k", also: ["ArrowUp"] },
  { action: "pageDown", label: "orders.key.pageDown", keys: "PageDown", local: true },
  { action: "pageUp", label: "orders.key.pageUp", keys: "PageUp", local: true },
  { action: "first", label: "orders.key.first", keys: "Home", local: true },
  { action: "last", label: "orders.key.last", keys: "End", local: true },
  { action: "open", label: "orders.key.open", keys: "Enter", local: true },
  { action: "select", label: "orders.key.select", keys: "x", also: [" "] },
  { action: "selectRange", label: "orders.key.selectRange", keys: "Shift+X" },
  { action: "selectAll", label: "orders.key.selectAll", keys: "a" },
  { action: "clear", label: "orders.key.clear", keys: "Escape", local: true },
  { action: "search", label: "orders.key.search", keys: "/" },
  { action: "filter", label: "orders.key.filter", keys: "f" },
  { action: "clearFilters", label: "orders.key.clearFilters", keys: "Shift+F" },
  { action: "saveView", label: "orders.key.saveView", keys: "v" },
  { action: "density", label: "orders.key.density", keys: "d" },
  { action: "shipper", label: "orders.key.shipper", keys: "t", right: "write-orders" },
  { action: "advance", label: "orders.key.advance", keys: "m", right: "write-orders" },
  { action: "remove", label: "orders.key.remove", keys: "Delete", right: "delete-orders" },
  { action: "refresh", label: "orders.key.refresh", keys: "r" },
  { action: "print", label: "orders.key.print", keys: "p" },
];

const localActions: ReadonlyMap<string, ListAction> = new Map(
  listKeys.flatMap(({ action, keys, local, also = [] }) =>
    [...(local === true ? [keys] : []), ...also].map((key) => [key, action] as const),
  ),
);

/** Whether the user may do this. */
export function isAllowed(wanted: ListAction, session: Session): boolean {
  return listKeys.every(({ action, right }) => action !== wanted || right === undefined || mayIn(session, right));
}

/** What a key does while the list has the focus, beside the keys that work anywhere on the page. */
export function localAction(key: string): ListAction | null {
  return localActions.get(key) ?? null;
}
