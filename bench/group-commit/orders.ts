import type { Database, Transaction } from "sqlproof";
import { decimal } from "sqlproof";
import { zero } from "../../api/src/contract/decimal.ts";
import { utcNow } from "../../api/src/contract/text.ts";
import { createOrders } from "../../api/src/orders/write.ts";
import { local } from "../../api/src/rights/principal.ts";

const detail = (product_id: number, quantity: string) => ({ product_id, quantity: decimal(quantity) });

/** An order of three details, as an order desk enters it. */
export const body = {
  customer_id: 4,
  employee_id: 3,
  shipping_fee: decimal("12.5000"),
  notes: "Ring the bell",
  order_details: [detail(1, "2.0000"), detail(2, "10.0000"), detail(3, "1.0000")],
};

const trader = {
  ...{ now: utcNow, currency: { code: "USD", minorUnit: 2 } as const },
  terms: {
    ...{ shipping_policy: "partial", invoicing_policy: "before-shipment", over_receipt_tolerance: zero },
    payment_days: 30,
  },
};

/** Runs transactions. */
export type Writer = Pick<Database, "transaction">;

/** Writes one order with the code of the API. */
export function writeOrder(writer: Writer): Promise<unknown> {
  return writer.transaction((tx: Transaction) =>
    createOrders(tx, [{ body, context: { principal: local } }], trader, false),
  );
}
