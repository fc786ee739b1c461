import { type Database, DatabaseError } from "sqlproof";
import { detailsWithVersions, ordersByIds, versionsOfOrders } from "./queries.ts";
import { type DetailRow, type Includes, needsDetails, type OrderRow, type StoredOrder } from "./read.ts";

/** A client that changes an order again and again must not delay a reader for ever. */
const maxAttempts = 10;

/**
 * Orders with the details of exactly the version that is shown. Orders and details are read one after the other, so an
 * order that was changed in between is read again, and one that was deleted is left out.
 */
export async function readConsistently(
  database: Database,
  rows: readonly OrderRow[],
  wanted: Includes,
): Promise<readonly StoredOrder[]> {
  if (!needsDetails(wanted)) return rows.map((row) => ({ row, details: [] }));
  const consistent = new Map<number, StoredOrder>();
  let missing = rows;
  for (let attempt = 1; missing.length > 0; attempt += 1) {
    if (attempt > maxAttempts) throw new DatabaseError("conflict", "the order changes faster than it can be read");
    if (attempt > 1) missing = await database.all(ordersByIds, { ids: missing.map(({ id }) => id) });
    for (const stored of await withMatchingDetails(database, missing)) consistent.set(stored.row.id, stored);
    missing = missing.filter(({ id }) => !consistent.has(id));
  }
  return rows.flatMap(({ id }) => consistent.get(id) ?? []);
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
