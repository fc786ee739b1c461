import type { Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { quantityText, toUnits, zero } from "../contract/decimal.ts";
import type { Of } from "../contract/schema.ts";
import { hasFraction, Ledger } from "../ledger/ledger.ts";
import { fillBackOrders, type WaitingOrders } from "../orders/stock/fill.ts";
import type { Change } from "../writes/audit/record.ts";
import { type adjustment, type Stock, shownStock } from "./fields.ts";
import { stockByProducts } from "./queries.ts";

/** The stock of a product before and after, and the orders that got something of it. */
export interface AdjustedStock {
  readonly before: Stock;
  readonly after: Stock;
  readonly further: readonly Change[];
}

/** Adjusts the stock of a product; what comes goes to the orders that wait for it, the oldest first. */
export async function adjustStock(
  tx: Transaction,
  { product_id, type, quantity, reason }: Of<typeof adjustment>,
  waiting: WaitingOrders,
  { company, principal }: { readonly company: CurrentCompany; readonly principal: string },
): Promise<AdjustedStock> {
  await waiting.lock(tx);
  const ledger = await Ledger.open(tx, [product_id]);
  refuseAll(adjustmentIssues(ledger, { product_id, type, quantity, reason }));
  const before = shownStock(await tx.one(stockByProducts, { product_ids: [product_id] }));
  const cause = () => ({ principal, comments: reason });
  if (type === "waste") ledger.waste(product_id, toUnits(quantity), cause);
  else ledger.adjust(product_id, toUnits(quantity), cause);
  const further = await fillBackOrders(tx, ledger, waiting, { company, principal });
  await ledger.write(tx, company.now());
  return { before, after: shownStock(await tx.one(stockByProducts, { product_ids: [product_id] })), further };
}

function adjustmentIssues(ledger: Ledger, { product_id, type, quantity }: Of<typeof adjustment>): readonly Issue[] {
  const units = toUnits(quantity);
  const issues: Issue[] = [];
  const refuse = (field: string, code: Issue["code"], message: string) =>
    issues.push({ pointer: `#/${field}`, code, message });
  if (quantity === zero) refuse("quantity", "rule", "Must not be 0.");
  if (type === "waste" && units < 0n) refuse("quantity", "rule", "Must be positive: it is what goes.");
  if (!ledger.keeps(product_id)) {
    refuse("product_id", "reference", "No such product, or its stock is not kept: set its `stocked` first.");
    return issues;
  }
  if (hasFraction(quantity) && !ledger.isSoldInFractions(product_id))
    refuse("quantity", "rule", "This product is counted in whole pieces only.");
  const gone = type === "waste" ? units : -units;
  const available = ledger.available(product_id);
  if (issues.length === 0 && gone > available) {
    const isHeld = ledger.balance(product_id).allocated > 0n;
    const what = isHeld ? "available. Release what orders hold first" : "on hand";
    refuse("quantity", "state", `At most ${quantityText(available)} can go, which is ${what}.`);
  }
  return issues;
}
