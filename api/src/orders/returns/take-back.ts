// Takes goods back that were shipped. What can be sold again raises the stock, and goes to the orders that wait for it;
// the rest comes back as well and is written off at once, so that the ledger tells both.
import type { DateTime, Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../../contract/answer.ts";
import { fromUnits, quantityText, toUnits } from "../../contract/decimal.ts";
import type { Change } from "../../writes/audit/record.ts";
import { issuesOf, unmetOf } from "../actions/conditions.ts";
import { type Acting, type Opened, openOrder, type ProductsOfOrder, quantityIssues } from "../actions/opened.ts";
import type { SituatedDetail } from "../actions/situation.ts";
import type { DetailRow } from "../read.ts";
import { isBeforeOrder } from "../rules.ts";
import { mergedChanges } from "../stock/changes.ts";
import { fillBackOrders, type WaitingOrders } from "../stock/fill.ts";
import { outOf } from "../stock/quantities.ts";
import type { OrderReturn, OrderReturnCreate } from "./fields.ts";
import { insertReturn, insertReturnDetail, takeBackDetail } from "./queries.ts";
import { withContents } from "./returns.ts";

/** A stored return, and what it changed: the order itself, and orders that got something of it. */
export interface TakenBack {
  readonly made: OrderReturn;
  readonly further: readonly Change[];
}

/** What comes back of a detail, and what becomes of it. */
interface Line {
  readonly detail: SituatedDetail;
  readonly units: bigint;
  readonly disposition: OrderReturnCreate["order_details"][number]["disposition"];
}

/** Takes goods of an order back, or throws every reason why not. */
export async function takeBack(
  tx: Transaction,
  { body, ...acting }: Acting & { readonly body: OrderReturnCreate },
  products: ProductsOfOrder,
  waiting: WaitingOrders,
): Promise<TakenBack> {
  waiting.addProducts(products.all);
  await waiting.lock(tx, [acting.id]);
  const opened = await openOrder(tx, acting, products);
  const { lines, issues, excess } = linesOf(body, opened);
  const unmet = issuesOf(unmetOf("return", opened.situation));
  const forbidden = unmet.length > 0 ? unmet : excess;
  refuseAll([...issues, ...dateIssues(body.returned_date ?? null, opened), ...forbidden]);
  const { company, context } = acting;
  const { order, ledger } = opened;
  const returned_date = body.returned_date ?? company.now();
  const row = await tx.one(insertReturn, { order_id: acting.id, returned_date, reason: body.reason });
  await tx.runMany(
    insertReturnDetail,
    lines.map(({ detail, units, disposition }) => ({
      ...{ order_return_id: row.id, order_detail_id: detail.row.id, quantity: fromUnits(units), disposition },
    })),
  );
  for (const line of lines) moveGoods(opened, line, { id: row.id, reason: body.reason, who: context.principal.name });
  const taken = await storeReturned(tx, opened, lines);
  const filled = await fillBackOrders(tx, ledger, waiting, { company, principal: context.principal.name });
  const further = await mergedChanges(tx, [{ before: order, details: taken }], filled, company.currency.minorUnit);
  await ledger.write(tx, company.now());
  const [made] = await withContents(tx, [row]);
  if (made === undefined) throw new Error("a return disappeared in the transaction that made it");
  return { made, further };
}

/** The lines of a return, what is wrong with how they are named, and which of them ask for more than is out. */
function linesOf({ order_details: given }: OrderReturnCreate, { situation, ledger }: Opened) {
  const issues: Issue[] = [];
  const excess: Issue[] = [];
  if (given.length === 0) issues.push({ pointer: "#/order_details", code: "rule", message: "Names nothing." });
  const details = new Map(situation.details.map((detail) => [detail.row.id, detail]));
  const [named, sums] = [new Set<string>(), new Map<number, bigint>()];
  const lines = given.flatMap(({ id, quantity, disposition }, place): Line[] => {
    const pointer = `#/order_details/${place}`;
    const detail = details.get(id);
    if (detail === undefined || named.has(`${id} ${disposition}`)) {
      const message =
        detail === undefined ? "Is no detail of this order." : "Is named more than once with this disposition.";
      issues.push({ pointer: `${pointer}/id`, code: "reference", message });
      return [];
    }
    named.add(`${id} ${disposition}`);
    issues.push(...quantityIssues(detail, quantity, ledger, `${pointer}/quantity`));
    const [units, before] = [toUnits(quantity), sums.get(id) ?? 0n];
    sums.set(id, before + units);
    if (before + units > outOf(detail.quantities)) excess.push(excessIssue(detail, before, pointer));
    return [{ detail, units, disposition }];
  });
  return { lines, issues, excess };
}

function excessIssue({ quantities }: SituatedDetail, before: bigint, pointer: string): Issue {
  const { shipped, returned } = quantities;
  const left = outOf(quantities) - before;
  const besides = before > 0n ? `, in other lines ${quantityText(before)}` : "";
  const message =
    `At most ${quantityText(left > 0n ? left : 0n)} can come back: shipped ${quantityText(shipped)}, ` +
    `returned ${quantityText(returned)}${besides}.`;
  return { pointer: `${pointer}/quantity`, code: "state", message };
}

function dateIssues(returned_date: DateTime | null, { order }: Opened): readonly Issue[] {
  if (!isBeforeOrder(returned_date, order.row.order_date)) return [];
  return [{ pointer: "#/returned_date", code: "rule", message: "Must not be before the day of order_date." }];
}

function moveGoods(
  { ledger, order }: Opened,
  { detail, units, disposition }: Line,
  { id: order_return_id, reason, who }: { readonly id: number; readonly reason: string; readonly who: string },
): void {
  const { product_id, id: order_detail_id } = detail.row;
  if (!ledger.keeps(product_id)) return;
  const origin = { order_id: order.row.id, order_detail_id, order_return_id };
  const cause = () => ({ principal: who, ...origin, comments: reason });
  ledger.takeBack(product_id, units, cause);
  if (disposition !== "stock") ledger.waste(product_id, units, cause);
}

/** Writes what has come back of each detail. The version of the order is raised later, once. */
async function storeReturned(
  tx: Transaction,
  { order }: Opened,
  lines: readonly Line[],
): Promise<readonly DetailRow[]> {
  const returned = new Map<number, bigint>();
  for (const { detail, units } of lines) {
    const { id } = detail.row;
    returned.set(id, (returned.get(id) ?? detail.quantities.returned) + units);
  }
  const changed = [...returned].map(([id, units]) => ({ id, returned: fromUnits(units) }));
  await tx.runMany(takeBackDetail, changed);
  const ofDetail = new Map(changed.map((detail) => [detail.id, detail.returned]));
  return order.details.map((detail) => ({ ...detail, returned: ofDetail.get(detail.id) ?? detail.returned }));
}
