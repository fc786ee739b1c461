import { type Database, DatabaseError } from "sqlproof";
import { customersOfOrders, detailsWithVersions, ordersByIds, versionsOfOrders } from "./queries.ts";
import { type DetailRow, type Includes, needsDetails, type OrderRow, type StoredOrder, shownCustomer } from "./read.ts";

/** A client that changes an order again and again must not delay a reader for ever. */
const maxAttempts = 10;

/**
 * Orders with the details and the customer of exactly the version that is shown. They are read one after the other, so
 * an order that was changed in between is read again, and one that was deleted is left out.
 */
export async function readConsistently(
  database: Database,
  rows: readonly OrderRow[],
  wanted: Includes,
): Promise<readonly StoredOrder[]> {
  if (!needsDetails(wanted) && !wanted.has("customer")) return rows.map((row) => ({ row, details: [] }));
  const consistent = new Map<number, StoredOrder>();
  let missing = rows;
  for (let attempt = 1; missing.length > 0; attempt += 1) {
    if (attempt > maxAttempts) throw new DatabaseError("conflict", "the order changes faster than it can be read");
    if (attempt > 1) missing = await database.all(ordersByIds, { ids: missing.map(({ id }) => id) });
    for (const stored of await inOneVersion(database, missing, wanted)) consistent.set(stored.row.id, stored);
    missing = missing.filter(({ id }) => !consistent.has(id));
  }
  return rows.flatMap(({ id }) => consistent.get(id) ?? []);
}

/** Those orders of which everything wanted was read in the version of their row. */
async function inOneVersion(
  database: Database,
  rows: readonly OrderRow[],
  wanted: Includes,
): Promise<readonly StoredOrder[]> {
  const [stored, customers] = await Promise.all([
    needsDetails(wanted) ? withMatchingDetails(database, rows) : rows.map((row) => ({ row, details: [] })),
    wanted.has("customer") ? matchingCustomers(database, rows) : null,
  ]);
  if (customers === null) return stored;
  return stored.flatMap((order): StoredOrder[] => {
    const customer = order.row.customer_id === null ? null : customers.get(order.row.id);
    return customer === undefined ? [] : [{ ...order, customer }];
  });
}

/** The customers, by the order's id, that were read in the version of their order's row. */
async function matchingCustomers(database: Database, rows: readonly OrderRow[]) {
  const versions = new Map(rows.flatMap((row) => (row.customer_id === null ? [] : [[row.id, row.version] as const])));
  if (versions.size === 0) return new Map();
  const read = await database.all(customersOfOrders, { order_ids: [...versions.keys()] });
  return new Map(
    read.flatMap((customer) =>
      versions.get(customer.order_id) === customer.order_version
        ? [[customer.order_id, shownCustomer(customer)] as const]
        : [],
    ),
  );
}

/** Those orders whose details were read in the version of their row. */
async function withMatchingDetails(database: Database, rows: readonly OrderRow[]): Promise<readonly StoredOrder[]> {
  if (rows.length === 0) return [];
  const read = await database.all(detailsWithVersions, { order_ids: rows.map(({ id }) => id) });
  const detailsOf = Map.groupBy(read, ({ order_id }) => order_id);
  // An order without details has no detail that carries its version.
  const empty = rows.filter(({ id }) => !detailsOf.has(id)).map(({ id }) => id);
  const versions = empty.length === 0 ? [] : await database.all(versionsOfOrders, { ids: empty });
  const versionOf = new Map(versions.map(({ id, version }) => [id, version]));
  return rows.flatMap((row): StoredOrder[] => {
    const details = detailsOf.get(row.id) ?? [];
    const version = details[0]?.order_version ?? versionOf.get(row.id);
    return version === row.version ? [{ row, details: details.map(withoutVersion) }] : [];
  });
}

function withoutVersion({ order_version: _, ...detail }: DetailRow & { readonly order_version: number }): DetailRow {
  return detail;
}
