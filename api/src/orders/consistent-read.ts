import { type Database, DatabaseError } from "sqlproof";
import { detailsWithVersions, ordersByIds, versionsOfOrders } from "./queries.ts";
import { type DetailRow, type Includes, needsDetails, type OrderRow, type StoredOrder } from "./read.ts";

/** Somebody who changes an order again and again must not keep a reader for ever. */
const mostTries = 10;

/**
 * Orders with the details of exactly the version that is shown. The two are read one after the other, so an order that was
 * changed in between is read again; one that was deleted is left out. Without details there is nothing to fit together.
 */
export async function wholeOrders(
  database: Database,
  rows: readonly OrderRow[],
  wanted: Includes,
): Promise<readonly StoredOrder[]> {
  if (!needsDetails(wanted)) return rows.map((row) => ({ row, details: [] }));
  const whole = new Map<number, StoredOrder>();
  let missing = rows;
  for (let tries = 1; missing.length > 0; tries += 1) {
    if (tries > mostTries) throw new DatabaseError("conflict", "the order changes faster than it can be read");
    if (tries > 1) missing = await database.all(ordersByIds, { ids: missing.map(({ id }) => id) });
    for (const stored of await fitting(database, missing)) whole.set(stored.row.id, stored);
    missing = missing.filter(({ id }) => !whole.has(id));
  }
  return rows.flatMap(({ id }) => whole.get(id) ?? []);
}

/** Those whose details were seen in the version of their row. */
async function fitting(database: Database, rows: readonly OrderRow[]): Promise<readonly StoredOrder[]> {
  if (rows.length === 0) return [];
  const read = await database.all(detailsWithVersions, { order_ids: rows.map(({ id }) => id) });
  const detailsOf = Map.groupBy(read, ({ order_id }) => order_id);
  // An order without details has nothing that tells its version.
  const bare = rows.filter(({ id }) => !detailsOf.has(id)).map(({ id }) => id);
  const versions = bare.length === 0 ? [] : await database.all(versionsOfOrders, { ids: bare });
  const seen = new Map(versions.map(({ id, version }) => [id, version]));
  return rows.flatMap((row): StoredOrder[] => {
    const details = detailsOf.get(row.id) ?? [];
    const version = details[0]?.order_version ?? seen.get(row.id);
    return version === row.version ? [{ row, details: details.map(withoutVersion) }] : [];
  });
}

function withoutVersion({ order_version: _, ...detail }: DetailRow & { readonly order_version: number }): DetailRow {
  return detail;
}
