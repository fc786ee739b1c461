// The actions that move an order as a whole: the very updates that PUT makes, by the same rules.
import type { Transaction } from "sqlproof";
import { refuseAll } from "../../contract/answer.ts";
import { Ledger } from "../../ledger/ledger.ts";
import type { Change } from "../../writes/audit/record.ts";
import { Refused } from "../../writes/outcomes.ts";
import type { OrderUpdate } from "../fields.ts";
import { status } from "../rules.ts";
import { fillBackOrders, type WaitingOrders } from "../stock/fill.ts";
import { type ChangedOrder, type OrderChange, updateOrders } from "../write.ts";
import { issuesOf, reopenedStatus, unmetOf } from "./conditions.ts";
import type { Acting, Opened } from "./opened.ts";

/** Updates an opened order, as PUT does. */
export async function stepTo(
  tx: Transaction,
  body: OrderUpdate,
  { id, context, company }: Acting,
  back: Pick<OrderChange, "putsBack"> = {},
): Promise<ChangedOrder> {
  const [changed] = await updateOrders(tx, [{ id, body, context, ...back }], company);
  if (changed === undefined) throw new Error("an order disappeared while it was acted on");
  if (changed instanceof Refused) throw changed.error;
  return changed;
}

/** It may go where no order moves on its own. */
const back = { putsBack: { soldTo: null } } as const;

export function invoice(tx: Transaction, { situation }: Opened, acting: Acting): Promise<ChangedOrder> {
  refuseAll(issuesOf(unmetOf("invoice", situation)));
  return stepTo(tx, { status_id: status.invoiced }, acting);
}

export function close(tx: Transaction, { situation }: Opened, acting: Acting): Promise<ChangedOrder> {
  refuseAll(issuesOf(unmetOf("close", situation)));
  return stepTo(tx, { status_id: status.closed }, acting);
}

/** An invoiced or cancelled order is new again and holds what there is, by its policy; a closed one is shipped. */
export function reopen(tx: Transaction, { situation }: Opened, acting: Acting): Promise<ChangedOrder> {
  refuseAll(issuesOf(unmetOf("reopen", situation)));
  return stepTo(tx, { status_id: reopenedStatus(situation.order.status_id) }, acting, back);
}

/** Cancels an order and gives what it held to those who wait for it. */
export async function cancel(
  tx: Transaction,
  { situation }: Opened,
  acting: Acting,
  waiting: WaitingOrders,
): Promise<ChangedOrder & { readonly further: readonly Change[] }> {
  refuseAll(issuesOf(unmetOf("cancel", situation)));
  const changed = await stepTo(tx, { status_id: status.cancelled }, acting, back);
  const { company, context } = acting;
  const ledger = await Ledger.open(tx, waiting.productIds);
  const principal = context.principal.name;
  const further = await fillBackOrders(tx, ledger, waiting, { company, principal });
  await ledger.write(tx, company.now());
  return { ...changed, further };
}
