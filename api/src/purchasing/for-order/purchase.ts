// Buys what an order lacks: one purchase order for each supplier, and each detail and what is bought for it name each
// other.
import type { Decimal, RowOf, Transaction } from "sqlproof";
import { type Issue, type ProblemCode, refuseAll } from "../../contract/answer.ts";
import { fromUnits } from "../../contract/decimal.ts";
import { discontinued, issuesOf, isToBuy, unmetOf, unneeded } from "../../orders/actions/conditions.ts";
import { type Acting, type Chosen, chosenOf, type Opened } from "../../orders/actions/opened.ts";
import type { ChangedOrder } from "../../orders/write.ts";
import { lockSuppliers } from "../../resources/products/queries.ts";
import type { Change } from "../../writes/audit/record.ts";
import { linkOrder } from "../links.ts";
import { makePurchases, type Wanted } from "../make.ts";
import { buyingRule, quantityFault, toBuy } from "../quantity.ts";
import { lockBoughtProducts } from "../queries.ts";
import { purchaseOrderChange } from "../read.ts";
import { type PurchaseTerms, termsFrom, termsOf } from "../terms.ts";
import type { OrderPurchase } from "./fields.ts";

/** What is known when it is decided what is bought. */
interface Facts {
  readonly products: ReadonlyMap<number, RowOf<typeof lockBoughtProducts>>;
  readonly terms: ReadonlyMap<number, readonly PurchaseTerms[]>;
  readonly suppliers: ReadonlySet<number>;
}

/** Buys for an order, or throws everything that stands against it. */
export async function purchaseForOrder(
  tx: Transaction,
  opened: Opened,
  { order_details: given, submit = false }: OrderPurchase,
  { id, context: { principal }, company }: Acting,
): Promise<ChangedOrder & { readonly further: readonly Change[] }> {
  const { situation, ledger, order } = opened;
  const unmet = unmetOf("purchase", situation);
  const forbidden = given === undefined ? unmet : unmet.filter(({ pointer }) => pointer === "#/status_id");
  const listed = chosenOf(given, opened);
  if (forbidden.length > 0) refuseAll([...listed.issues, ...issuesOf(forbidden)]);
  const chosen = listed.chosen.filter(({ detail }) => given !== undefined || isToBuy(detail));
  const facts = await factsOf(tx, chosen, given ?? []);
  const suppliers = new Map(given?.map(({ id: detail, supplier_id }) => [detail, supplier_id]));
  const issues: Issue[] = [...listed.issues];
  const wanted = chosen.flatMap((one) => wantedFor(one, suppliers.get(one.detail.row.id), facts, issues));
  refuseAll(issues);
  const making = { ledger, submit, notes: `Order ${id}` };
  const made = await makePurchases(tx, wanted, making, { company, principal });
  const links = new Map<number, number | null>(
    made.flatMap(({ row, details }) =>
      details.flatMap(({ order_detail_id }) => (order_detail_id === null ? [] : [[order_detail_id, row.id] as const])),
    ),
  );
  const after = await linkOrder(tx, order, links, ledger);
  await ledger.write(tx, company.now());
  const further = made.map((one) => purchaseOrderChange(null, one, company.currency.minorUnit));
  return { before: order, after, further };
}

async function factsOf(
  tx: Transaction,
  chosen: readonly Chosen[],
  given: NonNullable<OrderPurchase["order_details"]>,
): Promise<Facts> {
  const named = [...new Set(given.flatMap(({ supplier_id }) => supplier_id ?? []))].sort((a, b) => a - b);
  const found = named.length === 0 ? [] : await tx.all(lockSuppliers, { ids: named });
  const ids = [...new Set(chosen.flatMap(({ detail }) => detail.row.product_id ?? []))].sort((a, b) => a - b);
  const rows = ids.length === 0 ? [] : await tx.all(lockBoughtProducts, { ids });
  return {
    products: new Map(rows.map((row) => [row.id, row])),
    terms: await termsOf(tx, ids),
    suppliers: new Set(found.map((row) => row.id)),
  };
}

/** What is bought for a detail. Adds what stands against it to the issues. */
function wantedFor(
  { detail, pointer, quantity }: Chosen,
  named: number | undefined,
  { products, terms: all, suppliers }: Facts,
  issues: Issue[],
): readonly Wanted[] {
  const { id: order_detail_id, product_id } = detail.row;
  const product = product_id === null ? undefined : products.get(product_id);
  const refuse = (place: string, code: ProblemCode, message: string) => issues.push({ pointer: place, code, message });
  if (named !== undefined && !suppliers.has(named))
    refuse(`${pointer}/supplier_id`, "reference", "There is no such supplier.");
  if (product === undefined || product_id === null || !isToBuy(detail)) {
    refuse(pointer, "state", unneeded(detail).join(" "));
    return [];
  }
  // Since its situation was read.
  if (product.discontinued) refuse(pointer, "state", discontinued.join(" "));
  const terms = termsFrom(all.get(product_id), named);
  const supplier_id = named ?? terms?.supplier_id;
  if (supplier_id === undefined)
    refuse(pointer, "state", "Nobody is known who sells it. Say who supplies the product.");
  const unit_cost = terms?.unit_cost ?? product.standard_cost;
  if (unit_cost === null)
    refuse(pointer, "state", "What it costs is not known. Set the supplier's price or the standard cost.");
  const rule = buyingRule(product, terms);
  const fault = quantity === null ? null : quantityFault(quantity, rule);
  if (fault !== null) refuse(`${pointer}/quantity`, "rule", fault);
  if (supplier_id === undefined || unit_cost === null || fault !== null) return [];
  const units: Decimal = fromUnits(quantity ?? toBuy(detail.lacking, rule));
  const line = { product_id, quantity: units, unit_cost, order_detail_id };
  return [{ supplier_id, detail: line, unit_cost, lead_time_days: terms?.lead_time_days ?? null }];
}
