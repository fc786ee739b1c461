// Carries out writes of purchase orders inside a transaction. Orders are locked before purchase orders, and these before
// products and stock.
import type { Transaction } from "sqlproof";
import type { CurrentCompany } from "../company/current.ts";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { fits, zero } from "../contract/decimal.ts";
import { changedMembers } from "../contract/object.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { Ledger } from "../ledger/ledger.ts";
import { toBigUnits } from "../orders/rules.ts";
import { lockSuppliers } from "../resources/products/queries.ts";
import type { Principal } from "../rights/principal.ts";
import type { Change } from "../writes/audit/record.ts";
import { requireVersion } from "../writes/preconditions.ts";
import { purchaseStatus } from "./conditions.ts";
import type { PurchaseOrderCreate, PurchaseOrderUpdate } from "./fields.ts";
import { type BoughtProducts, type DetailPlan, owedByProduct, planDetails, type WantedDetail } from "./lines.ts";
import { type Concerned, type LinkedOrders, linkOrders } from "./links.ts";
import {
  deletePurchaseDetails,
  employeeOfUser,
  insertPurchaseDetail,
  insertPurchaseOrder,
  lockBoughtProducts,
  termsOfSupplier,
  updatePurchaseDetail,
  updatePurchaseOrder as updatePurchaseOrderRow,
} from "./queries.ts";
import {
  costsOf,
  detailedPurchaseOrder,
  lockedPurchaseOrder,
  type PurchaseOrderRow,
  purchaseOrderIn,
  type StoredPurchaseOrder,
} from "./read.ts";

type Trader = Pick<CurrentCompany, "now" | "currency" | "terms">;

/** Who buys, and for which company. */
export interface Buyer {
  readonly company: Trader;
  readonly principal: Principal;
}

/** A purchase order before and after a write, and what else the write changed. */
export interface ChangedPurchaseOrder {
  readonly before: StoredPurchaseOrder;
  readonly after: StoredPurchaseOrder;
  readonly further: readonly Change[];
}

/** The columns of a purchase order that are stored. */
export type Header = Omit<PurchaseOrderRow, "id" | "version">;

/** The columns of a new purchase order. */
export const emptyHeader = {
  ...{ supplier_id: null, status_id: purchaseStatus.new, expected_date: null, shipping_fee: zero, taxes: zero },
  ...{ payment_date: null, payment_amount: zero, payment_method: null, notes: null, closed_date: null },
  ...{ submitted_by: null, submitted_date: null, submitted_principal: null },
  ...{ approved_by: null, approved_date: null, approved_principal: null },
} as const;

/** Makes a purchase order; the ledger is written. */
export async function createPurchaseOrder(
  tx: Transaction,
  body: Omit<PurchaseOrderCreate, "purchase_order_details"> & {
    readonly purchase_order_details?: readonly WantedDetail[] | undefined;
  },
  { company, principal }: Buyer,
): Promise<StoredPurchaseOrder> {
  const { purchase_order_details: given = [], ...fields } = body;
  const supplier = fields.supplier_id ?? null;
  const unknown = await supplierIssues(tx, supplier);
  const products = await boughtProducts(tx, supplier, productsIn(given));
  const now = company.now();
  const employee = await employeeOf(tx, principal);
  const header = { ...emptyHeader, creation_date: now, created_by: employee, ...fields };
  const plan = planDetails([], given, products);
  refuseAll([...unknown, ...plan.issues, ...amountIssues(header, plan, company)]);
  const after = await storePurchaseOrder(tx, null, header, { plan, ledger: products.ledger });
  await products.ledger.write(tx, now);
  return after;
}

/** The columns of a purchase order that somebody submits now. */
export function submittedBy(principal: Principal, employee: number | null, company: Trader) {
  return {
    ...{ status_id: purchaseStatus.submitted, submitted_by: employee, submitted_date: company.now() },
    ...{ submitted_principal: principal.name, approved_by: null, approved_date: null, approved_principal: null },
  };
}

/** The change of a purchase order that a request asks for. */
export interface PurchaseOrderRequest {
  readonly id: number;
  readonly context: WriteContext;
}

/** Changes a purchase order, or throws every reason why not. */
export async function changePurchaseOrder(
  tx: Transaction,
  { id, context, body }: PurchaseOrderRequest & { readonly body: PurchaseOrderUpdate },
  company: Trader,
  /** What it concerns if it changes details. */
  concerned: Concerned | null,
): Promise<ChangedPurchaseOrder> {
  const { purchase_order_details: given, ...fields } = body;
  const opened = (await concerned?.lock(tx)) ?? null;
  const before = await lockedPurchaseOrder(tx, id, context, company.currency.minorUnit);
  const orders: LinkedOrders = (await concerned?.read(tx, before)) ?? new Map();
  const wanted = { ...before.row, ...fields };
  const isOtherSupplier = wanted.supplier_id !== before.row.supplier_id;
  const unknown = isOtherSupplier ? await supplierIssues(tx, wanted.supplier_id) : [];
  const moved = given === undefined ? [] : [...productsIn(before.details), ...productsIn(given)];
  const products = await boughtProducts(tx, wanted.supplier_id, moved, opened);
  const plan = planDetails(before.details, given ?? null, products);
  const isOther =
    plan.changes ||
    isOtherSupplier ||
    wanted.shipping_fee !== before.row.shipping_fee ||
    wanted.taxes !== before.row.taxes;
  refuseAll([
    ...sentBackIssues(before, body, company),
    ...unknown,
    ...plan.issues,
    ...(isOther ? amountIssues(wanted, plan, company) : []),
    ...stateIssues(before, wanted, plan),
  ]);
  const isSubmitted = before.row.status_id === purchaseStatus.submitted;
  const isAgain = isOther && (isSubmitted || before.row.status_id === purchaseStatus.approved);
  const { principal } = context;
  const submission = isAgain ? submittedBy(principal, await employeeOf(tx, principal), company) : {};
  const after = await storePurchaseOrder(tx, before, { ...wanted, ...submission }, { plan, ledger: products.ledger });
  const stays = new Set(after.details.map(({ order_detail_id }) => order_detail_id));
  const waiting = [...orders.values()].flatMap(({ details }) => details.filter((one) => concerned?.names(one)));
  const bought = new Set(before.details.map(({ order_detail_id }) => order_detail_id));
  const freed = waiting.filter((one) => bought.has(one.id) && !stays.has(one.id));
  const links = new Map(freed.map((detail) => [detail.id, null]));
  const further = await linkOrders(tx, orders, links, { ledger: products.ledger, company });
  await products.ledger.write(tx, company.now());
  return { before, after, further };
}

/** Stores a purchase order with its details and counts what is on order; the ledger is left to the caller to write. */
export async function storePurchaseOrder(
  tx: Transaction,
  before: StoredPurchaseOrder | null,
  header: Header,
  { plan, ledger }: { readonly plan: DetailPlan; readonly ledger: Ledger },
): Promise<StoredPurchaseOrder> {
  const id = await storeHeader(tx, before, header);
  if (plan.removed.length > 0) await tx.run(deletePurchaseDetails, { ids: plan.removed.map((row) => row.id) });
  const placed = plan.after.map((detail, index) => ({ ...detail, position: index + 1 }));
  const changed = placed.flatMap(({ row, ...detail }) => (row === null ? [] : [{ id: row.id, ...detail }]));
  const added = placed.flatMap(({ row, ...detail }) => (row === null ? [{ purchase_order_id: id, ...detail }] : []));
  const isMoved = plan.after.some(({ row }, index) => row !== null && row.id !== before?.details[index]?.id);
  if ((plan.changes || isMoved) && changed.length > 0) await tx.runMany(updatePurchaseDetail, changed);
  if (added.length > 0) await tx.runMany(insertPurchaseDetail, added);
  const after = await purchaseOrderIn(tx, id);
  countOnOrder(ledger, before, after);
  return after;
}

async function storeHeader(tx: Transaction, before: StoredPurchaseOrder | null, header: Header): Promise<number> {
  if (before === null) return (await tx.one(insertPurchaseOrder, header)).id;
  const { id, version } = before.row;
  requireVersion(await tx.run(updatePurchaseOrderRow, { ...header, id, version }));
  return id;
}

/** Counts what suppliers owe after a write of a purchase order instead of before it. */
export function countOnOrder(ledger: Ledger, before: StoredPurchaseOrder | null, after: StoredPurchaseOrder): void {
  const owedBefore = before === null ? new Map<number, bigint>() : owedByProduct(before);
  const owedAfter = owedByProduct(after);
  for (const product of new Set([...owedBefore.keys(), ...owedAfter.keys()])) {
    const change = (owedAfter.get(product) ?? 0n) - (owedBefore.get(product) ?? 0n);
    if (change !== 0n && ledger.keeps(product)) ledger.changeOnOrder(product, change);
  }
}

/** Locks products that are bought, and what the supplier asks for them. */
export async function boughtProducts(
  tx: Transaction,
  supplier_id: number | null,
  productIds: readonly number[],
  /** Their stock, where it is locked already. */
  opened: Ledger | null = null,
): Promise<BoughtProducts> {
  const ids = [...new Set(productIds)].sort((a, b) => a - b);
  const rows = ids.length === 0 ? [] : await tx.all(lockBoughtProducts, { ids });
  const ledger = opened ?? (await Ledger.open(tx, ids));
  const asked =
    rows.length === 0 || supplier_id === null ? [] : await tx.all(termsOfSupplier, { supplier_id, product_ids: ids });
  const prices = new Map(asked.map(({ product_id, unit_cost }) => [product_id, unit_cost]));
  return { ledger, costs: new Map(rows.map(({ id, standard_cost }) => [id, prices.get(id) ?? standard_cost])) };
}

function productsIn(details: readonly { readonly product_id?: number | null | undefined }[]): readonly number[] {
  return details.flatMap(({ product_id }) => product_id ?? []);
}

/** The employee that the user is, if any. */
export async function employeeOf(tx: Pick<Transaction, "maybe">, { userId }: Principal): Promise<number | null> {
  return userId === null ? null : ((await tx.maybe(employeeOfUser, { id: userId }))?.employee_id ?? null);
}

async function supplierIssues(tx: Transaction, supplier: number | null): Promise<readonly Issue[]> {
  if (supplier === null || (await tx.maybe(lockSuppliers, { ids: [supplier] })) !== null) return [];
  return [{ pointer: "#/supplier_id", code: "reference", message: "There is no such supplier." }];
}

/** What is beyond the amounts that can be stored. */
export function amountIssues(
  header: Pick<Header, "shipping_fee" | "taxes">,
  plan: DetailPlan,
  { currency }: Pick<Trader, "currency">,
): readonly Issue[] {
  const { extendedPrices, orderTotal } = costsOf({ row: header, details: plan.after }, currency.minorUnit);
  const message = "The amount is beyond 922337203685477.5807.";
  const issues = extendedPrices.flatMap((cost, index): Issue[] =>
    fits(toBigUnits(cost)) ? [] : [{ pointer: `#/purchase_order_details/${index}`, code: "range", message }],
  );
  if (!fits(toBigUnits(orderTotal))) issues.push({ pointer: "#", code: "range", message });
  return issues;
}

/** What only the server sets comes back as it was read, if at all. */
function sentBackIssues(
  before: StoredPurchaseOrder,
  body: PurchaseOrderUpdate,
  { currency }: Trader,
): readonly Issue[] {
  const { purchase_order_details: shown = [], ...order } = detailedPurchaseOrder(before, currency.minorUnit);
  const details = new Map(shown.map((detail) => [detail.id, detail]));
  return [
    // What one may do is no part of the purchase order.
    ...changedMembers(body, order).filter(({ pointer }) => pointer !== "#/actions"),
    ...(body.purchase_order_details ?? []).flatMap((detail, index) =>
      changedMembers(detail, details.get(detail.id ?? 0) ?? {}, `/purchase_order_details/${index}`),
    ),
  ];
}

const terms = ["supplier_id", "expected_date", "shipping_fee", "taxes"] as const;
const payment = ["payment_date", "payment_amount", "payment_method"] as const;

/** What the status of a purchase order, and what has come in, keep from being changed. */
function stateIssues(before: StoredPurchaseOrder, wanted: Header, plan: DetailPlan): readonly Issue[] {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => issues.push({ pointer: `#/${field}`, code: "state", message });
  const status = before.row.status_id ?? purchaseStatus.new;
  const changed = (field: (typeof terms)[number] | (typeof payment)[number]) => wanted[field] !== before.row[field];
  if (status >= purchaseStatus.closed) {
    for (const field of terms.filter(changed)) refuse(field, "A closed or cancelled purchase order stays as it is.");
    if (plan.changes) refuse("purchase_order_details", "A closed or cancelled purchase order stays as it is.");
  }
  if (status !== purchaseStatus.approved && status !== purchaseStatus.closed)
    for (const field of payment.filter(changed)) refuse(field, "Is entered when the purchase order is approved.");
  const isReceived = before.details.some(({ received }) => received !== zero);
  if (changed("supplier_id") && isReceived) refuse("supplier_id", "Goods have come in: the supplier stays.");
  if (status === purchaseStatus.submitted || status === purchaseStatus.approved) {
    if (changed("supplier_id") && wanted.supplier_id === null) refuse("supplier_id", "Must stay: it is submitted.");
    if (plan.after.length === 0 && plan.removed.length > 0)
      refuse("purchase_order_details", "At least one must stay: it is submitted. Cancel it instead.");
  }
  return issues;
}
