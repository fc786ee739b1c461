import type { Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import { ApiError, refuseInUse } from "../contract/answer.ts";
import { zero } from "../contract/decimal.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { Ledger } from "../ledger/ledger.ts";
import { requireVersion } from "../writes/preconditions.ts";
import type { ProductsOfOrder } from "./actions/opened.ts";
import { lockedOrder } from "./locked.ts";
import { deleteDetailsOfOrder, deleteOrder as deleteOrderRow, lockOrders, orderReferences } from "./queries.ts";
import type { WrittenOrder } from "./read.ts";
import { isDeletable } from "./rules.ts";
import { isWaiting, openOf, quantitiesOf } from "./stock/quantities.ts";

interface Deletion {
  readonly context: WriteContext;
  readonly company: Pick<CurrentCompany, "now" | "currency">;
  /** Looked up before the transaction began. */
  readonly products: ProductsOfOrder;
}

/**
 * Deletes an order with its details and gives it as it was, or throws the reason why it cannot be deleted. An order that
 * has moved stock is cancelled instead: the ledger names it.
 */
export async function deleteOrder(
  tx: Transaction,
  id: number,
  { context, company, products }: Deletion,
): Promise<WrittenOrder> {
  await tx.all(lockOrders, { ids: [id] });
  const ledger = await Ledger.open(tx, products.all);
  const before = await lockedOrder(tx, id, context, company.currency.minorUnit);
  products.require(before);
  const { status_id, version } = before.row;
  if (!isDeletable(status_id)) throw new ApiError("state", "An order that is shipped or closed cannot be deleted.");
  const { invoices, inventory_transactions, shipments, order_returns } = await tx.one(orderReferences, { id });
  const moved = { "inventory transactions": inventory_transactions, shipments, "order returns": order_returns };
  const isShipped = before.details.some(({ shipped }) => shipped !== zero);
  const instead = isShipped ? "" : "Cancel it instead: what happened stays in the books.";
  refuseInUse("order", { invoices, ...moved }, "deleted", instead);
  for (const detail of before.details)
    if (ledger.keeps(detail.product_id) && isWaiting(status_id))
      ledger.changeBackOrdered(detail.product_id, -openOf(quantitiesOf(detail)));
  await ledger.write(tx, company.now());
  await tx.run(deleteDetailsOfOrder, { order_id: id });
  requireVersion(await tx.run(deleteOrderRow, { id, version }));
  return before;
}
