import type { Database } from "sqlproof";
import type { MinorUnit } from "../company/currency.ts";
import { CurrentCompany } from "../company/current.ts";
import { detailsByOrderIds, writtenOrdersByIds } from "../orders/queries.ts";
import { auditedOrder } from "../orders/read.ts";
import { lastEntries } from "../writes/audit/queries.ts";
import { statesOfEntries } from "./queries.ts";

/** What the check of the orders found. */
export interface CheckedOrders {
  readonly orders: number;
  readonly problems: readonly string[];
}

const ordersAtOnce = 500;
const mostProblems = 20;

/** The members of an order, and of its details, that the log and the tables must agree about. */
const orderMembers = ["customer_id", "status_id", "shipping_fee", "taxes", "subtotal", "order_total"] as const;
const detailMembers = ["id", "product_id", "quantity", "unit_price", "discount", "extended_price"] as const;

/**
 * Computes the amounts of every order that has a history again from its stored details, and compares them, and what
 * they are made of, with its last entry in the audit log. An order that changes meanwhile is left out; so is one that
 * another program has changed, which writes no entries.
 */
export async function checkOrders(
  database: Database,
  lastOfOrders: ReadonlyMap<number, number>,
): Promise<CheckedOrders> {
  const company = await CurrentCompany.open(database);
  const { minorUnit } = company.currency;
  company.close();
  const entries = [...lastOfOrders.values()];
  const problems: string[] = [];
  let orders = 0;
  for (let place = 0; place < entries.length; place += ordersAtOnce) {
    const checked = await checkPage(database, entries.slice(place, place + ordersAtOnce), minorUnit);
    orders += checked.orders;
    problems.push(...checked.problems);
  }
  const more = problems.length - mostProblems;
  return { orders, problems: [...problems.slice(0, mostProblems), ...(more > 0 ? [`${more} more orders.`] : [])] };
}

async function checkPage(
  database: Database,
  entry_ids: readonly number[],
  minorUnit: MinorUnit,
): Promise<CheckedOrders> {
  const states = new Map((await database.all(statesOfEntries, { entry_ids })).map((one) => [one.resource_id, one]));
  const ids = [...states.keys()];
  const details = await database.all(detailsByOrderIds, { order_ids: ids });
  const rows = await database.all(writtenOrdersByIds, { ids });
  const newest = await database.all(lastEntries, { resource: "order", resource_ids: ids });
  const sequences = new Map(newest.map(({ resource_id, sequence }) => [resource_id, sequence]));
  const found = new Map(rows.map((row) => [row.id, row]));
  const problems: string[] = [];
  let orders = 0;
  for (const [id, state] of states) {
    // Somebody changed it meanwhile.
    if (state.after_state === null || sequences.get(id) !== state.sequence) continue;
    orders += 1;
    const row = found.get(id);
    if (row === undefined) problems.push(`Order ${id} is gone, and the audit log does not say so.`);
    else if (row.version !== state.version)
      problems.push(`Order ${id} has version ${row.version}, and ${state.version} in the audit log.`);
    else {
      const now = auditedOrder({ row, details: details.filter(({ order_id }) => order_id === id) }, minorUnit);
      const differing = differences(JSON.parse(state.after_state), now);
      const verb = differing.length === 1 ? "differs" : "differ";
      if (differing.length > 0)
        problems.push(`Order ${id} is not what the audit log says: ${differing.join(", ")} ${verb}.`);
    }
  }
  return { orders, problems };
}

function differences(state: unknown, now: object): readonly string[] {
  if (!isObject(state)) return ["all of it"];
  const present = new Map(Object.entries(now));
  // Before amounts were rounded once per detail, the log had others.
  const isRounded = "tax_breakdown" in state;
  const isComputed = (member: string) => ["subtotal", "order_total", "extended_price"].includes(member);
  const differs = (from: Readonly<Record<string, unknown>>, to: ReadonlyMap<string, unknown>, member: string) =>
    (isRounded || !isComputed(member)) && from[member] !== to.get(member);
  const found: string[] = orderMembers.filter((member) => differs(state, present, member));
  found.push(...customerDifferences(state.customer, present.get("customer")));
  const [before, after] = [state.order_details, present.get("order_details")].map((list) =>
    Array.isArray(list) ? list.filter(isObject) : [],
  );
  if (before?.length !== after?.length) return [...found, "order_details"];
  const isSame = before?.every((detail, index) => {
    const other = new Map(Object.entries(after?.[index] ?? {}));
    return !detailMembers.some((member) => differs(detail, other, member));
  });
  return isSame === true ? found : [...found, "order_details"];
}

/** What the log says of the customer as sold; an earlier version said less. */
function customerDifferences(before: unknown, after: unknown): readonly string[] {
  if (!isObject(before)) return [];
  const now = new Map(Object.entries(isObject(after) ? after : {}));
  return Object.entries(before).flatMap(([member, value]) =>
    now.has(member) && now.get(member) === value ? [] : [`customer.${member}`],
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
