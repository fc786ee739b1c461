import type { Route } from "next";
import type { Worklist, WorklistEntry, WorklistName } from "northwind-api/src/worklists/fields.ts";
import type { Right } from "../api/session/session.ts";
import type { MessageKey } from "../messages/text.ts";

export interface WorklistPlace {
  readonly name: WorklistName;
  readonly label: MessageKey;
  readonly about: MessageKey;
  /** Whose work it is: who lacks it is not shown the list on the home page. */
  readonly right: Right;
  /** What its entries are. */
  readonly of: "order" | "product" | "purchase-order";
}

/** The worklists in the order in which they are shown. */
export const worklists: readonly WorklistPlace[] = [
  { ...at("to_allocate"), right: "write-orders", of: "order" },
  { ...at("short"), right: "write-orders", of: "order" },
  { ...at("to_invoice"), right: "write-orders", of: "order" },
  { ...at("to_ship"), right: "ship-orders", of: "order" },
  { ...at("late"), right: "read-orders", of: "order" },
  { ...at("to_approve"), right: "approve-purchases", of: "purchase-order" },
  { ...at("to_receive"), right: "receive-purchases", of: "purchase-order" },
  { ...at("to_reorder"), right: "write-purchases", of: "product" },
];

function at<const N extends WorklistName>(name: N) {
  return { name, label: `worklist.${name}`, about: `worklist.${name}.about` } as const;
}

/** The list of this name, as it stands in an address. */
export function worklistNamed(name: string): WorklistPlace | undefined {
  return worklists.find((list) => list.name === name);
}

/** The page of an entry; that of an order or a purchase order leads on to the next one of the list. */
export function entryPath({ name, of }: WorklistPlace, { id }: WorklistEntry): Route {
  if (of === "order") return `/orders/${id}?worklist=${name}`;
  return of === "product" ? `/stock/${id}` : `/purchase_orders/${id}?worklist=${name}`;
}

/** The page of a list; what is to be reordered has one where it can be ordered. */
export function listPath({ name }: Pick<WorklistPlace, "name">): Route {
  return name === "to_reorder" ? "/reorder" : `/worklists/${name}`;
}

/** How many there are: 12, or 1,000+ where the API counts no further. */
export function countText({ count, more }: Pick<Worklist, "count" | "more">, locale: string): string {
  return `${new Intl.NumberFormat(locale).format(count)}${more ? "+" : ""}`;
}
