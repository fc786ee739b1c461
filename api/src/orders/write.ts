// Carries out writes of orders inside a transaction: plans each against the rules, then stores all accepted ones at once.
import { orderText } from "northwind-schema/row-text";
import type { DateTime, Transaction } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import type { CurrentCompany } from "../company/current.ts";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { rateZero, zero } from "../contract/decimal.ts";
import type { WriteContext } from "../contract/write-headers.ts";
import { Ledger } from "../ledger/ledger.ts";
import { policyOf } from "../ledger/policies.ts";
import { type Refused, storeAccepted, unlessRefused } from "../writes/outcomes.ts";
import { requireVersions } from "../writes/preconditions.ts";
import { closedIssues, correctionIssues, firstStatusIssues } from "./changeable.ts";
import { type DetailChanges, planDetailChanges, unlessNeverDetailed } from "./details/changes.ts";
import type { OrderCreate, OrderUpdate } from "./fields.ts";
import { inSeenVersion, locked } from "./locked.ts";
import { insertOrder, lockFreeOrders, lockOrders, updateOrder as updateOrderRow } from "./queries.ts";
import type { WrittenOrder, WrittenRow } from "./read.ts";
import { lockHandlers, referenceIssues, refuseWithReferences, withReferencesChecked } from "./references.ts";
import { amountIssues, dateIssues, isOnItsWay, isOpen, type PricedOrder, stateIssues, stepIssues } from "./rules.ts";
import { sentBackIssues } from "./sent-back.ts";
import { type Known, knownTo, newBuyerOf, policyOfBuyer, type SoldTo, soldTo, withBuyers } from "./sold.ts";
import { MovedProducts } from "./stock/moved.ts";
import { stockIssues, storeWithStock } from "./stock/store.ts";
import { changedTaxation, computedTaxes, hasClass, taxable, taxationAfter, taxationOf, taxesToStore } from "./taxes.ts";

/** The defaults of a new order. */
export const emptyOrder = {
  employee_id: null,
  customer_id: null,
  shipped_date: null,
  shipper_id: null,
  ship_name: null,
  ship_address: null,
  ship_city: null,
  ship_state_province: null,
  ship_zip_postal_code: null,
  ship_country_region: null,
  shipping_fee: zero,
  taxes: zero,
  payment_type: null,
  paid_date: null,
  notes: null,
  tax_rate: rateZero,
  tax_status_id: null,
  status_id: 0,
  shipping_policy: null,
} as const;

/** What the rules need to know of the company: its clock, its currency and how it trades. */
export type Trader = Pick<CurrentCompany, "now" | "currency" | "terms">;

/** Stores new orders with their details, and gives each as stored. An order without a date is placed now. */
export async function createOrders(
  tx: Transaction,
  creations: readonly OrderCreation[],
  company: Trader,
  /** Whether orders of any status may be created. */
  allowImport: boolean,
): Promise<readonly (WrittenOrder | Refused)[]> {
  const known = await knownTo(
    tx,
    creations.map(({ body }) => body),
  );
  const stocked = [...known.products.values()].flatMap(({ id, stocked }) => (stocked ? [id] : []));
  const ledger = await Ledger.open(tx, stocked);
  const planned = await Promise.all(
    creations.map((creation) => {
      const first = allowImport ? [] : firstStatusIssues(creation.body.status_id ?? null);
      return unlessRefused(plannedOrder(tx, creation, { known, ledger, company, first }));
    }),
  );
  return storeAccepted(planned, async (accepted) => {
    const orders = accepted.map(({ order }) => order);
    const rows = await withReferencesChecked(tx, accepted, tx.oneEach(insertOrder, orders));
    return storeWithStock(tx, rows, accepted, { ledger, company });
  });
}

/** A new order, and who makes it. */
export interface OrderCreation {
  readonly body: OrderCreate;
  readonly context: Pick<WriteContext, "principal">;
}

interface CreationFacts {
  readonly known: Known;
  readonly ledger: Ledger;
  readonly company: Trader;
  readonly first: readonly Issue[];
}

async function plannedOrder(
  tx: Transaction,
  { body, context }: OrderCreation,
  { known, ledger, company, first }: CreationFacts,
) {
  const { order_details: given = [], ...fields } = body;
  const { minorUnit } = company.currency;
  const made = { order_date: company.now(), ...emptyOrder, ...fields };
  const buyer = soldTo(made.customer_id, known);
  const plan = planDetailChanges([], given, known.products, made.order_date ?? company.now());
  const taxation = taxationOf(made, fields, plan.after, buyer.tax_treatment);
  const order = { ...made, ...taxation, ...buyer, correction_reason: null };
  // An empty amount is none where taxes follow from classes; an old client's stays empty.
  const isComputed =
    (fields.taxes === undefined || (fields.taxes === null && hasClass(plan.after))) && order.tax_status_id === taxable;
  const taxes = isComputed ? computedTaxes(order, plan.after, minorUnit) : order.taxes;
  const priced = { ...order, taxes, search_text: orderText(order) };
  const policy = policyOf(order.shipping_policy, policyOfBuyer(made.customer_id, known), company.terms.shipping_policy);
  const step = {
    before: [],
    plan,
    from: "nothing" as const,
    to: order.status_id,
    policy,
    principal: context.principal.name,
  };
  const issues = [...pricedIssues(priced, plan, minorUnit), ...stockIssues(ledger, step, company)];
  await refuseWithReferences(tx, fields, [...first, ...dateIssues(order), ...issues]);
  return { fields, order: priced, plan, step };
}

/** An order before and after a change. */
export interface ChangedOrder {
  readonly before: WrittenOrder;
  readonly after: WrittenOrder;
}

/** The change of one order that a request asks for. */
export interface OrderChange {
  readonly id: number;
  readonly body: OrderUpdate;
  readonly context: WriteContext;
  /**
   * It puts an earlier change back, so the status may go back as well, and a customer comes back as the order kept the
   * name; null where the history does not say.
   */
  readonly putsBack?: { readonly soldTo: SoldTo | null };
  /** Absent where the stock is locked already. */
  readonly moved?: MovedProducts;
}

/** Applies the changes, details included, and gives each order before and after. No order may be named twice. */
export async function updateOrders(
  tx: Transaction,
  changes: readonly OrderChange[],
  company: Trader,
): Promise<readonly (ChangedOrder | Refused)[]> {
  const bodies = changes.map(({ body }) => body);
  const named = await knownTo(tx, bodies);
  // Sent together but executed in this order.
  const [skippedBy, { found, opened }] = await Promise.all([lockHandlers(tx, bodies), lockedWithStock(tx, changes)]);
  const kept = changes.map(({ id, body }) => (body.customer_id === undefined ? newBuyerOf(found.get(id)?.row) : null));
  // Their shipping policies count where details change.
  const served = changes.map(({ id, body, putsBack }) =>
    body.order_details || putsBack ? (found.get(id)?.row.customer_id ?? null) : null,
  );
  const known = await withBuyers(tx, named, [...kept, ...served]);
  const moving = changes.map((change) => ({ ...change, found: movedProducts(change, found) }));
  const ledger = await MovedProducts.open(tx, moving, opened);
  const planned = await Promise.all(
    changes.map((change) => {
      const skipped = skippedBy(change.body);
      return unlessRefused(plannedUpdate(tx, change, found.get(change.id), { known, ledger, company, skipped }));
    }),
  );
  return storeAccepted(planned, async (accepted) => {
    const orders = accepted.map(({ row, search_text }) => ({ ...row, search_text }));
    requireVersions(await withReferencesChecked(tx, accepted, tx.runMany(updateOrderRow, orders)), orders.length);
    // The bound values are the stored values: the contract has brought each into its one form.
    const rows = accepted.map(({ row }) => ({ ...row, version: row.version + 1 }));
    const written = await storeWithStock(tx, rows, accepted, { ledger, company });
    return accepted.map(({ before }, place) => ({ before, after: written[place] ?? missingRow() }));
  });
}

/** The orders, locked; and before they are read the stock that the last attempt found them to move. */
async function lockedWithStock(tx: Transaction, changes: readonly OrderChange[]) {
  const ids = changes.map(({ id }) => id);
  const products = changes.flatMap(({ moved }) => moved?.ids ?? []);
  if (products.length === 0) return { found: await locked(tx, ids), opened: null };
  await tx.all(ids.length === 1 ? lockOrders : lockFreeOrders, { ids });
  const opened = await Ledger.open(tx, products);
  return { found: await locked(tx, ids), opened };
}

/** The products whose stock a change may move: those of an order whose details or status change. */
function movedProducts({ id, body }: OrderChange, found: ReadonlyMap<number, WrittenOrder>): readonly number[] {
  const { row, details } = found.get(id) ?? { row: null, details: [] };
  const isStep = body.status_id !== undefined && body.status_id !== row?.status_id;
  if (body.order_details === undefined && !isStep) return [];
  return [...details, ...(body.order_details ?? [])].flatMap(({ product_id }) => product_id ?? []);
}

interface UpdateFacts {
  readonly known: Known;
  readonly ledger: Ledger;
  readonly company: Trader;
  readonly skipped: readonly Issue[];
}

async function plannedUpdate(
  tx: Transaction,
  { body, context, putsBack }: OrderChange,
  found: WrittenOrder | undefined,
  { known, ledger, company, skipped }: UpdateFacts,
) {
  const { minorUnit } = company.currency;
  const { row: before, details } = inSeenVersion(found, context, minorUnit);
  const { order_details: given, correction_reason: reason, ...fields } = body;
  const buyer = newBuyerOf(before, fields.customer_id);
  const isSoldAnew = buyer !== null || fields.customer_id === null;
  const sold = isSoldAnew ? (putsBack?.soldTo ?? soldTo(buyer, known)) : {};
  const wanted = { ...before, ...fields, ...sold };
  const plan = planDetailChanges(details, given ?? null, known.products, wanted.order_date ?? company.now());
  const sent = changedTaxation(fields, before, details, minorUnit);
  const shipped_date = shippedDate(before, wanted, plan.after.length > 0 ? company.now() : null);
  const after = { ...wanted, shipped_date, ...taxationAfter({ before, details }, wanted, sent, plan.after) };
  const isDated = fields.order_date !== undefined || shipped_date !== before.shipped_date;
  const dates = isDated ? dateIssues(after) : [];
  const isTaxedAnew = after.tax_status_id !== before.tax_status_id || after.tax_rate !== before.tax_rate;
  const basis = isTaxedAnew || sent.tax_status_id !== undefined || sent.tax_rate !== undefined || given !== undefined;
  const computed = () => computedTaxes(after, plan.after, minorUnit);
  const kept = taxesToStore(before, after, computed, basis ? "basis" : "other");
  const isKept = sent.taxes === undefined || (sent.taxes === null && hasClass(plan.after));
  const taxes = isKept ? kept : after.taxes;
  const written = { ...after, taxes, correction_reason: reason ?? before.correction_reason };
  const writesAmount = basis || fields.taxes !== undefined || fields.shipping_fee !== undefined;
  const issues = writesAmount ? pricedIssues(written, plan, minorUnit) : plan.issues;
  const sentBack = await sentBackIssues(tx, body, { row: before, details }, minorUnit);
  // What is put back is judged by the status that the order gets again.
  const judged = putsBack !== undefined ? { ...before, status_id: after.status_id } : before;
  const policy = policyOf(
    after.shipping_policy,
    policyOfBuyer(after.customer_id, known),
    company.terms.shipping_policy,
  );
  const [from, to] = [before.status_id, after.status_id];
  const step = { before: details, plan, from, to, policy, principal: context.principal.name };
  const moved = stockIssues(ledger, step, company);
  const isShippedInPart = details.some(({ shipped }) => shipped !== zero);
  const facts = { change: plan.changes, isShippedInPart };
  const forbidden = [...stateIssues(judged, after, facts), ...moved.filter(({ code }) => code === "state")];
  const corrections = reason === undefined ? [] : correctionIssues(before, written, reason, forbidden.length > 0);
  const unfit = moved.filter(({ code }) => code !== "state");
  await refuseWithReferences(tx, fields, [...skipped, ...sentBack, ...dates, ...issues, ...unfit, ...corrections]);
  if (reason === undefined) forbidden.push(...closedIssues(judged, written));
  const counts = { before: details.length, after: plan.after.length };
  forbidden.push(...(await unlessNeverDetailed(tx, before.id, counts, stepIssues(before, after, counts))));
  if (forbidden.length > 0) refuseAll(await referenceIssues(tx, fields));
  refuseAll(forbidden);
  return { fields, row: written, search_text: orderText(after), plan, step, before: { row: before, details } };
}

/** An order with details that is shipped has the day of it. */
function shippedDate(before: WrittenRow, after: WrittenRow, now: DateTime | null): DateTime | null {
  const isShippedNow = isOpen(before.status_id) && isOnItsWay(after.status_id);
  return isShippedNow && after.shipped_date === null ? now : after.shipped_date;
}

function missingRow(): never {
  throw new Error("an order disappeared in the transaction that wrote it");
}

/** The issues of the details, or else of the amounts that follow from them. */
function pricedIssues(order: PricedOrder, plan: DetailChanges, minorUnit: MinorUnit): readonly Issue[] {
  return plan.issues.length > 0 ? plan.issues : amountIssues(order, plan.after, minorUnit);
}
