// The actions of an order on its page: which of them are possible, why the others are not, and what carries them out.
import type { OrderAction } from "northwind-api/src/orders/fields.ts";
import type { Order } from "../../api/types.ts";

/** What moves an order or its goods. Changing and deleting it have their own buttons. */
export const workflow = [
  ...(["invoice", "ship", "close", "allocate", "purchase", "release", "return", "cancel", "reopen"] as const),
] as const;
export type WorkflowAction = (typeof workflow)[number];

/** The key of each action on the page of an order. */
export const actionKeys: Readonly<Record<WorkflowAction, string>> = {
  invoice: "i",
  ship: "s",
  close: "c",
  allocate: "a",
  purchase: "b",
  release: "r",
  return: "t",
  cancel: "x",
  reopen: "o",
};

/** An action as the API reports it, of those that the page offers. */
export interface ShownAction extends OrderAction {
  readonly action: WorkflowAction;
}

/** The actions of an order in the order in which the page shows them. */
export function shownActions({ actions = [] }: Order): readonly ShownAction[] {
  return workflow.flatMap((action): ShownAction[] => {
    const reported = actions.find((one) => one.action === action);
    return reported === undefined ? [] : [{ ...reported, action }];
  });
}

/** Whether the user lacks the right: then there is no button, and no key. */
export function isForbidden({ unmet }: ShownAction): boolean {
  return unmet.some(({ code }) => code === "forbidden");
}

/** What an order waits for, by its status. */
const next: readonly WorkflowAction[] = ["invoice", "ship", "close"];

/** The action that an order in this status waits for, or null. */
export function nextAction(statusId: number | null): WorkflowAction | null {
  return next[statusId ?? 0] ?? null;
}

/** Whether it takes an order on its way: only such an action is the first button. */
export function isOnward(action: WorkflowAction): boolean {
  return action === "allocate" || next.includes(action);
}
