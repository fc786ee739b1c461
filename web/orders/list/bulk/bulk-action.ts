import type { Choice } from "../../../components/form/use-choices.ts";
import type { MessageKey } from "../../../messages/text.ts";
import { lastStep, stepBody } from "../../steps.ts";
import type { ListedOrder } from "../paging/listed-order.ts";

/** The actions on several orders at once. */
export type BulkAction =
  | { readonly kind: "shipper"; readonly shipper: Choice }
  | { readonly kind: "advance" }
  | { readonly kind: "remove" };

const invoiced = 1;

/** Why an action is impossible on an order, known without asking the API; null when it is possible. */
export function obstacle(action: BulkAction, { status_id }: ListedOrder): MessageKey | null {
  if (action.kind === "advance" && status_id >= lastStep) return "orders.bulk.alreadyClosed";
  return action.kind === "remove" && status_id > invoiced ? "orders.bulk.alreadyShipped" : null;
}

/** Whether what the action changes is still as it was when the order was selected. */
export function isUnchanged(action: BulkAction, seen: ListedOrder, now: ListedOrder): boolean {
  return action.kind === "shipper" ? seen.shipper_id === now.shipper_id : seen.status_id === now.status_id;
}

/** The body of the write; null for a deletion. */
export function bodyOf(action: BulkAction, order: ListedOrder): object | null {
  if (action.kind === "shipper") return { shipper_id: action.shipper.id };
  return action.kind === "advance" ? stepBody(order.status_id + 1, order) : null;
}

/** The order as it will be: shown before the API has answered. */
export interface Expected {
  readonly order: ListedOrder;
  readonly isRemoved: boolean;
}

export function expected(action: BulkAction, order: ListedOrder): Expected {
  if (action.kind === "remove") return { order, isRemoved: true };
  const change =
    action.kind === "shipper"
      ? { shipper_id: action.shipper.id, shipper: action.shipper.name }
      : { status_id: order.status_id + 1 };
  return { order: { ...order, ...change }, isRemoved: false };
}

/** Whether the API can take the change back; if not, it is only written when the time for Undo is over. */
export function isReversible(action: BulkAction): boolean {
  return action.kind !== "remove";
}

/** So many orders are changed without a question. */
export const mostUnasked = 10;

/** How many orders go from each status, in the order of the statuses. */
export function countsByStatus(
  orders: readonly ListedOrder[],
): readonly (readonly [statusId: number, count: number])[] {
  const groups = Map.groupBy(orders, ({ status_id }) => status_id);
  return [...groups].map(([statusId, group]) => [statusId, group.length] as const).sort(([a], [b]) => a - b);
}
