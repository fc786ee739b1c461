// Puts an earlier change of an order back: the one way in which a status goes back. It is a change like any other, with
// an audit entry of its own.
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, type Issue, ok, refuseAll } from "../../contract/answer.ts";
import { zero } from "../../contract/decimal.ts";
import { type Json, JsonNumber } from "../../contract/json.ts";
import { type Route, route } from "../../contract/route.ts";
import { dryRun, type WriteContext } from "../../contract/write-headers.ts";
import { Ledger } from "../../ledger/ledger.ts";
import { entriesOfResource, lastEntries } from "../../writes/audit/queries.ts";
import { Refused } from "../../writes/outcomes.ts";
import { etagOf } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { type OrderUpdate, order, orderUpdate, putBack, writableFields } from "../fields.ts";
import { includeOfOne } from "../list/parameters.ts";
import { lockedOrder } from "../locked.ts";
import { lockOrders } from "../queries.ts";
import { auditedOrder, auditedStates } from "../read.ts";
import { isOnItsWay, status } from "../rules.ts";
import type { SoldTo } from "../sold.ts";
import { type ChangedOrder, type Trader, updateOrders } from "../write.ts";
import { ProductsOfOrder } from "./opened.ts";
import { salesOfOrder } from "./queries.ts";
import { shownOrderTo } from "./show.ts";

const resource = "order" as const;

/** The route that puts a change of an order back. */
export function putBackRoute({ database, company }: Api): Route {
  return route({
    method: "POST",
    path: "/api/orders/{id}/put-back",
    right: "write-orders",
    tag: "orders",
    summary: "Put a change of an order back",
    description:
      "Gives the fields that one change altered the values that they had before it; without `sequence`, the newest " +
      "change. This is the only way in which a status goes back. Refused if a field has been changed again since, if " +
      "the change also altered order details, if goods have left the stock, and if some of it was shipped before. The " +
      "invoice of an order that is new again is void.",
    query: { include: includeOfOne, dry_run: dryRun },
    body: putBack,
    optionalBody: true,
    data: order,
    refusals: ["not-found", "precondition", "reference", "rule", "state"],
    async handle({ path: { id }, body: { sequence }, query, context }) {
      const products = await ProductsOfOrder.of(database, id);
      return runWrite(database, context, query.dry_run, async (tx) => {
        const { minorUnit } = company.currency;
        const { before, after } = await putBackChange(tx, { id, sequence, context, products }, company);
        const data = await shownOrderTo(tx, after, query.include, { company, rights: context.principal.rights });
        const states = auditedStates(before, after, minorUnit);
        const change = { resource, id, version: after.row.version, ...states };
        return { answer: ok("Change put back", data, etagOf(after.row)), change };
      });
    },
  });
}

/** The change to put back. */
interface PutBack {
  readonly id: number;
  /** Its number in the history of the order; without one it is the newest. */
  readonly sequence: number | undefined;
  readonly context: WriteContext;
  /** Those of the order: their stock is locked before anything is read that is not. */
  readonly products: ProductsOfOrder;
}

/** Puts a change back, or throws every reason why that is not possible. */
async function putBackChange(
  tx: Transaction,
  { id, sequence, context, products }: PutBack,
  company: Trader,
): Promise<ChangedOrder> {
  const { minorUnit } = company.currency;
  await tx.all(lockOrders, { ids: [id] });
  const ledger = await Ledger.open(tx, products.all);
  const locked = await lockedOrder(tx, id, context, minorUnit);
  products.require(locked);
  const now: State = { ...auditedOrder(locked, minorUnit) };
  const { before, after } = await changeOf(tx, id, sequence);
  const fields = [...writableFields, "order_details"].filter((field) => !isSame(field, before, after));
  if (fields.length === 0) throw new ApiError("state", "This change altered nothing that could be put back.");
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => issues.push({ pointer: `#/${field}`, code: "state", message });
  for (const field of fields) {
    if (field === "order_details") refuse(field, "Order details are not put back: change them instead.");
    else if (!isSame(field, after, now)) refuse(field, "Has been changed again since.");
  }
  if (now.status_id === status.cancelled && fields.includes("status_id") && before.status_id !== status.new)
    refuse("status_id", "A cancelled order is reopened as a new one.");
  // What is kept in stock is refused with its details, by the update itself.
  const isKept = locked.details.some(({ product_id, shipped }) => ledger.keeps(product_id) && shipped !== zero);
  if (fields.includes("status_id") && !isKept) issues.push(...(await shippedIssues(tx, id, { before, now })));
  refuseAll(issues);
  const putsBack = { soldTo: fields.includes("customer_id") ? soldToIn(before) : null };
  const change = { id, body: bodyOf(fields, { before, after, now }), context, putsBack } as const;
  const [changed] = await updateOrders(tx, [change], company);
  if (changed === undefined) throw new Error("an order disappeared while a change of it was put back");
  if (changed instanceof Refused) throw changed.error;
  return changed;
}

/**
 * What keeps a shipped order from being put back: only a shipment that the change itself made, from no stock, is taken
 * back with it.
 */
async function shippedIssues(tx: Transaction, order_id: number, { before, now }: Omit<States, "after">) {
  if (!isOnItsWay(statusIn(now)) || isOnItsWay(statusIn(before))) return [];
  const message = "Some of it was shipped before: take goods back with a return.";
  const earlier = detailsIn(before).flatMap(({ shipped }, place): Issue[] => {
    const isShipped = shipped !== undefined && shipped !== null && shipped !== zero;
    return isShipped ? [{ pointer: `#/order_details/${place}`, code: "state", message }] : [];
  });
  if (earlier.length > 0) return earlier;
  const { sales } = await tx.one(salesOfOrder, { order_id });
  if ((sales ?? 0) === 0) return [];
  const gone = "Goods of it have left the stock: take them back with a return.";
  return [{ pointer: "#/order_details", code: "state", message: gone } as const];
}

function statusIn({ status_id }: State): number | null {
  return typeof status_id === "number" ? status_id : null;
}

function detailsIn({ order_details }: State): readonly State[] {
  return Array.isArray(order_details) ? order_details.map((detail: object) => ({ ...detail })) : [];
}

/** An order as an answer and an audit entry have it. */
type State = Readonly<Record<string, unknown>>;

/** An update of the order in its history, with the states that it recorded. */
async function changeOf(tx: Transaction, id: number, wanted: number | undefined) {
  const [last] = await tx.all(lastEntries, { resource, resource_ids: [id] });
  const sequence = wanted ?? last?.sequence ?? 0;
  const [entry] = await tx.all(entriesOfResource, { resource, resource_id: id, after: sequence - 1, rows: 1 });
  if (entry?.sequence !== sequence)
    throw new ApiError("not-found", "There is no such change in the history of the order.");
  if (entry.before_state === null || entry.after_state === null)
    throw new ApiError("state", "Only a change can be put back, not that the order was created.");
  return { before: stateOf(entry.before_state), after: stateOf(entry.after_state) };
}

function stateOf(text: string): State {
  const state: unknown = JSON.parse(text);
  return { ...(typeof state === "object" ? state : null) };
}

function isSame(field: string, one: State, other: State): boolean {
  if (field === "order_details") return soldIn(one) === soldIn(other);
  return JSON.stringify(one[field] ?? null) === JSON.stringify(other[field] ?? null);
}

/** What is sold in a state; how much of it is held and shipped follows from it. */
function soldIn({ order_details: details }: State): string {
  const sold = (detail: object): State => {
    const kept: Record<string, unknown> = { ...detail };
    for (const name of followingMembers) delete kept[name];
    return kept;
  };
  return JSON.stringify(Array.isArray(details) ? details.map(sold) : null);
}

const followingMembers = [
  ...(["allocated", "shipped", "invoiced", "returned", "status_id", "date_allocated", "purchase_order_id"] as const),
] as const;

/** The three states of an order that a change is put back by. */
interface States {
  readonly before: State;
  readonly after: State;
  readonly now: State;
}

/**
 * What the fields were before. Taxes that follow from others go back with them, unless something else has changed them
 * since: then they are computed again.
 */
function bodyOf(fields: readonly string[], { before, after, now }: States): OrderUpdate {
  const isTaxBasis = fields.includes("tax_rate") || fields.includes("tax_status_id");
  const names = new Set(isTaxBasis && isSame("taxes", after, now) ? [...fields, "taxes"] : fields);
  const issues: Issue[] = [];
  const body = orderUpdate.read(new Map([...names].map((name) => [name, jsonOf(before[name])])), "", issues);
  refuseAll(issues);
  return body ?? {};
}

/** What the order kept of its customer, as its history recorded it; null where an older version did not. */
function soldToIn({ customer }: State): SoldTo | null {
  if (typeof customer !== "object" || customer === null) return null;
  const kept = new Map<string, unknown>(Object.entries(customer));
  const text = (name: string) => {
    const value = kept.get(name);
    return typeof value === "string" ? value : null;
  };
  return {
    customer_company: text("company"),
    customer_first_name: text("first_name"),
    customer_last_name: text("last_name"),
    billing_address: text("address"),
    billing_city: text("city"),
    billing_state_province: text("state_province"),
    billing_zip_postal_code: text("zip_postal_code"),
    billing_country_region: text("country_region"),
    customer_vat_id: text("vat_id"),
    tax_treatment: text("tax_treatment"),
    tax_exemption_reason: text("tax_exemption_reason"),
  };
}

/** A stored value as a client would send it. */
function jsonOf(value: unknown): Json {
  if (typeof value === "number") return new JsonNumber(String(value));
  return typeof value === "string" ? value : null;
}
