"use client";
import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import { status } from "northwind-api/src/orders/rules.ts";
import { detailStatus } from "northwind-api/src/orders/stock/quantities.ts";
import { type RefObject, useEffect, useRef, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import type { Order } from "../../api/types.ts";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { readable } from "../../messages/readable.ts";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useRefresh } from "../../shell/connection/connection.ts";
import { flush, undo, writeLater } from "../../undo/hold-writes.ts";
import { useUndo } from "../../undo/use-undo.tsx";
import { choiceFields, isOneOf, typedFields } from "../fields.ts";
import { orderPath } from "../order-path.ts";
import { stepBody } from "../steps.ts";
import type { WorkflowAction } from "./shown-actions.ts";

/** Carried out at once: what undoes it is an action of its own. */
type Immediate = "allocate" | "purchase" | "release" | "cancel" | "reopen" | "close";

const fields = [...choiceFields, ...typedFields];

type Version = RefObject<string | null>;

const steps = { invoice: status.invoiced, ship: status.shipped, close: status.closed } as const;

/** What is asked before something is shipped in part, or comes back. */
export type Asked = "ship" | "return";

/** Carries out the actions of an order, one at a time. `ask` is called when more has to be known. */
export function useActions(order: Order, etag: string | null, ask: (wanted: Asked) => void) {
  const [isRunning, setRunning] = useState(false);
  const refuse = useRefusal(order.id);
  /** The newest version that is known: what one's own actions made of the order is no conflict. */
  const version = useRef(etag);
  useEffect(() => {
    version.current = etag;
  }, [etag]);
  const actNow = useImmediate(order, version);
  const stepLater = useStepLater(order, version);
  const ship = async () => {
    // A rehearsal says what would be left.
    const path = `${orderPath(order.id)}/ship?dry_run=1`;
    const reply = await write<Order>({ method: "POST", path, body: {}, etag: version.current, key: newKey() });
    if (!reply.ok) return refuse(reply);
    return reply.data.status_id === status.shipped ? stepLater("ship") : ask("ship");
  };
  const act = async (action: WorkflowAction) => {
    if (action === "return") return ask("return");
    setRunning(true);
    if (action === "invoice" || action === "close") await stepLater(action);
    else if (action === "ship") await ship();
    else await actNow(action, {}, order, version.current);
    setRunning(false);
  };
  return { act, isRunning };
}

/** Says why something was not done, and shows the order as it is now. */
function useRefusal(id: number): (reply: ApiError) => void {
  const { t, locale } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const errorText = useErrorText();
  return (reply) => {
    const said = locale === "en" && reply.code === "state" ? reply.issues.map(({ message }) => message).join(" ") : "";
    const all = readable(said, (field) => (isOneOf(fields, field) ? t(`order.${field}`) : undefined));
    const reason = reply.status === 412 ? t("undo.changedMeanwhile") : all || errorText(reply);
    toast.error(t("action.failed", { name: t("order.title", { number: String(id) }), reason }));
    refresh();
  };
}

/** Carries an action out, and offers the one that undoes it. */
function useImmediate({ id }: Order, newest: Version) {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const refuse = useRefusal(id);
  const act = async (action: Immediate, body: object, before: Order, seen: string | null): Promise<void> => {
    const own = (await flush(orderPath(id))).findLast(({ ok }) => ok);
    const path = `${orderPath(id)}/${action}`;
    const reply = await write<Order>({ method: "POST", path, body, etag: own?.etag ?? seen, key: newKey() });
    if (!reply.ok) return refuse(reply);
    newest.current = reply.etag;
    const back = wayBack(action, before, reply.data);
    const undoIt = back === null ? undefined : () => void act(back.action, back.body, reply.data, reply.etag);
    toast.info(
      t(`action.done.${doneOf(action, reply.data)}`, { name: t("order.title", { number: String(id) }) }),
      undoIt,
    );
    refresh();
  };
  return act;
}

/** What is said of it: some of what lacks may not be bought, and the page says why. */
function doneOf(action: Immediate, { order_details = [] }: Order): Immediate | "purchasePart" {
  if (action !== "purchase") return action;
  return order_details.some(({ status_id }) => status_id === detailStatus.noStock) ? "purchasePart" : action;
}

/** What undoes an action, or null where nothing does: the invoice of a reopened order is void for good. */
function wayBack(action: Immediate, before: Order, after: Order) {
  const from = before.status_id;
  if (action === "cancel") return { action: "reopen", body: {} } as const;
  if (action === "close") return { action: "reopen", body: {} } as const;
  if (action === "reopen" && from === status.cancelled) return { action: "cancel", body: {} } as const;
  if (action === "reopen" && from === status.closed) return { action: "close", body: {} } as const;
  if (action === "allocate") return { action: "release", body: changedHolds(before, after) } as const;
  return action === "release" ? ({ action: "allocate", body: changedHolds(before, after) } as const) : null;
}

/** How much more or less each detail holds. */
function changedHolds({ order_details: before = [] }: Order, { order_details: after = [] }: Order) {
  const order_details = after.flatMap(({ id, allocated }) => {
    const earlier = before.find((detail) => detail.id === id);
    const more = toUnits(allocated) - (earlier === undefined ? 0n : toUnits(earlier.allocated));
    return more === 0n ? [] : [{ id, quantity: fromUnits(more < 0n ? -more : more) }];
  });
  return { order_details };
}

/**
 * Takes a step. The write waits for the time of Undo, so that a slip does not reach the history; a dry run asks at once
 * whether it would be refused.
 */
function useStepLater(order: Order, newest: Version) {
  const { t } = useText();
  const toast = useToast();
  const refuse = useRefusal(order.id);
  const undoOne = useUndo();
  return async (action: keyof typeof steps) => {
    const number = String(order.id);
    const statusId = steps[action];
    const body = stepBody(statusId, order);
    const etag = newest.current;
    const name = t("order.title", { number });
    const key = writeLater({ path: orderPath(order.id), name, method: "PUT", body, etag, statusId });
    const path = `${orderPath(order.id)}?dry_run=1`;
    const rehearsal = await write({ method: "PUT", path, body, etag, key: newKey() });
    if (rehearsal.ok) return toast.info(t(`order.stepped${statusId}`, { number }), () => undoOne(key));
    undo(key);
    refuse(rehearsal);
  };
}
