// Orders a selection of what is to be reordered. Products and balances are locked before it is computed what lacks, so
// that what another request ordered at the same time is counted.
import type { Decimal, RowOf, Transaction } from "sqlproof";
import { type Issue, type ProblemCode, refuseAll } from "../../contract/answer.ts";
import { fromUnits, quantityText, toUnits } from "../../contract/decimal.ts";
import { balanceRow, hasFraction, Ledger } from "../../ledger/ledger.ts";
import { lockSuppliers } from "../../resources/products/queries.ts";
import { makePurchases, type Wanted } from "../make.ts";
import { buyingRule, quantityFault, toBuy } from "../quantity.ts";
import { lockBoughtProducts } from "../queries.ts";
import type { StoredPurchaseOrder } from "../read.ts";
import { type PurchaseTerms, termsFrom, termsOf } from "../terms.ts";
import type { Buyer } from "../write.ts";
import type { Reordering } from "./fields.ts";

type Selected = Reordering["products"][number];
type Product = RowOf<typeof lockBoughtProducts>;

/** What is known when the selection is looked at. */
interface Facts {
  readonly ledger: Ledger;
  readonly products: ReadonlyMap<number, Product>;
  readonly terms: ReadonlyMap<number, readonly PurchaseTerms[]>;
  readonly suppliers: ReadonlySet<number>;
}

/** Makes one purchase order per supplier, or throws what stands against each product of the selection. */
export async function placeReorder(
  tx: Transaction,
  { products: selection, submit = false }: Reordering,
  buyer: Buyer,
): Promise<readonly StoredPurchaseOrder[]> {
  const named = [...new Set(selection.flatMap(({ supplier_id }) => supplier_id ?? []))].sort((a, b) => a - b);
  const found = named.length === 0 ? [] : await tx.all(lockSuppliers, { ids: named });
  const ids = [...new Set(selection.map(({ product_id }) => product_id))].sort((a, b) => a - b);
  const rows = ids.length === 0 ? [] : await tx.all(lockBoughtProducts, { ids });
  const ledger = await Ledger.open(tx, ids);
  const facts: Facts = {
    ledger,
    products: new Map(rows.map((row) => [row.id, row])),
    terms: await termsOf(tx, ids),
    suppliers: new Set(found.map(({ id }) => id)),
  };
  const issues: Issue[] = [];
  if (selection.length === 0) issues.push({ pointer: "#/products", code: "rule", message: "Names no product." });
  const wanted = selection.flatMap((one, place) => {
    const isAgain = selection.findIndex(({ product_id }) => product_id === one.product_id) < place;
    if (isAgain)
      issues.push({ pointer: `#/products/${place}/product_id`, code: "rule", message: "Is named more than once." });
    return isAgain ? [] : wantedOf(one, place, facts, issues);
  });
  refuseAll(issues);
  const made = await makePurchases(tx, wanted, { ledger, submit, notes: null }, buyer);
  await ledger.write(tx, buyer.company.now());
  return made;
}

/** What is bought of a selected product. Adds what stands against it to the issues. */
function wantedOf(one: Selected, place: number, facts: Facts, issues: Issue[]): readonly Wanted[] {
  const { ledger, products } = facts;
  const { product_id } = one;
  const before = issues.length;
  const refuse = (field: keyof Selected, code: ProblemCode, message: string) =>
    issues.push({ pointer: `#/products/${place}/${field}`, code, message });
  const product = products.get(product_id);
  if (product === undefined || !ledger.keeps(product_id)) {
    refuse("product_id", "reference", "There is no such product, or its stock is not kept.");
    return [];
  }
  const terms = termsFrom(facts.terms.get(product_id), one.supplier_id);
  const supplier_id = one.supplier_id ?? terms?.supplier_id;
  if (one.supplier_id !== undefined && !facts.suppliers.has(one.supplier_id))
    refuse("supplier_id", "reference", "There is no such supplier.");
  if (supplier_id === undefined) refuse("supplier_id", "rule", "Is required: nobody is known who sells it.");
  const unit_cost = terms?.unit_cost ?? product.standard_cost;
  if (unit_cost === null)
    refuse("product_id", "rule", "What it costs is not known: set the supplier's price or its standard cost.");
  if (product.discontinued)
    refuse("product_id", "state", "It is discontinued: make a purchase order of it, if need be.");
  const quantity = quantityOf(one, { ledger, product, terms }, refuse);
  if (issues.length > before || supplier_id === undefined || unit_cost === null) return [];
  const detail = { product_id, quantity, unit_cost };
  return [{ supplier_id, detail, unit_cost, lead_time_days: terms?.lead_time_days ?? null }];
}

/** How much is bought: what was chosen, or else what lacks, in packs. */
function quantityOf(
  { product_id, quantity, to_reorder }: Selected,
  {
    ledger,
    product,
    terms,
  }: { readonly ledger: Ledger; readonly product: Product; readonly terms: PurchaseTerms | null },
  refuse: (field: keyof Selected, code: ProblemCode, message: string) => void,
): Decimal {
  const balance = ledger.balance(product_id);
  const lacking = balanceRow(balance, product).to_reorder;
  const rule = buyingRule(product, terms);
  const [there, ordered, waited] = [ledger.available(product_id), balance.onOrder, balance.backOrdered].map(
    quantityText,
  );
  const level = `available ${there} + on order ${ordered} - back-ordered ${waited}`;
  if (toUnits(lacking) === 0n)
    refuse(
      "product_id",
      "state",
      `Nothing is to be reordered: ${level} reaches the target level ${product.target_level ?? 0}.`,
    );
  else if (to_reorder !== undefined && to_reorder !== lacking)
    refuse(
      "to_reorder",
      "state",
      `To be reordered by now: ${quantityText(toUnits(lacking))} (${level}). Read the list again.`,
    );
  if (quantity === undefined) return fromUnits(toBuy(toUnits(lacking), rule));
  if (!product.sold_in_fractions && hasFraction(quantity))
    refuse("quantity", "rule", "This product is counted in whole pieces only.");
  else {
    const fault = quantityFault(toUnits(quantity), rule);
    if (fault !== null) refuse("quantity", "rule", fault);
  }
  return quantity;
}
