import type { Database, Queryable, RowOf, Transaction } from "sqlproof";
import { ApiError } from "../../contract/answer.ts";
import { fromUnits, toUnits } from "../../contract/decimal.ts";
import type { WriteContext } from "../../contract/write-headers.ts";
import { byPlace } from "../../orders/shipments/shipments.ts";
import type { Change } from "../../writes/audit/record.ts";
import { isStale, staleError } from "../../writes/preconditions.ts";
import type { StockCount } from "./fields.ts";
import { countDetails, countsByIds, lockCounts, sizesOfCounts } from "./queries.ts";

export type CountRow = RowOf<typeof countsByIds>;
export type CountDetailRow = RowOf<typeof countDetails>;

/** A count with the products on its sheet. */
export interface StoredCount {
  readonly row: CountRow;
  readonly details: readonly CountDetailRow[];
}

/** What was counted more than was expected at that moment, in units; negative for less, null if nothing was counted. */
export function differenceOf({ counted, expected }: Pick<CountDetailRow, "counted" | "expected">): bigint | null {
  return counted === null ? null : toUnits(counted) - toUnits(expected);
}

/** Counts in the form of an answer, without what is on their sheets. */
export async function plainCounts(db: Queryable, rows: readonly CountRow[]): Promise<readonly StockCount[]> {
  const ids = rows.map(({ id }) => id);
  const sizes = ids.length === 0 ? [] : await db.all(sizesOfCounts, { ids });
  const ofCount = new Map(sizes.map((size) => [size.stock_count_id, size]));
  return rows.map(({ version: _, ...row }) => {
    const { products, counted } = ofCount.get(row.id) ?? { products: 0, counted: 0 };
    return { ...row, products: products ?? 0, counted: counted ?? 0 };
  });
}

/** A count in the form of an answer, in the order in which people walk past the products. */
export function detailedCount({ row: { version: _, ...row }, details }: StoredCount): StockCount {
  const counted = details.filter((detail) => detail.counted !== null).length;
  return {
    ...{ ...row, products: details.length, counted },
    stock_count_details: details.toSorted(byPlace).map(({ count_version: __, counted_date, ...detail }) => {
      const { counted_principal, ...shown } = detail;
      const difference = differenceOf(detail);
      return {
        ...{ ...shown, difference: difference === null ? null : fromUnits(difference) },
        ...{ counted_date, counted_principal },
      };
    }),
  };
}

/** The change of a count, for the audit log: without what products are called now and where they lie. */
export function countChange(before: StoredCount | null, after: StoredCount): Change {
  const { id, version } = after.row;
  return {
    ...{ resource: "stock_count", id, version, before: before === null ? null : auditedCount(before) },
    after: auditedCount(after),
  };
}

function auditedCount({ row: { version: _, ...row }, details }: StoredCount): object {
  const stock_count_details = details.map(({ product_id, expected, counted, counted_date, counted_principal }) => ({
    ...{ product_id, expected, counted, counted_date, counted_principal },
  }));
  return { ...row, stock_count_details };
}

/** A count with its sheet, both of one version; null if there is none. */
export async function readCount(database: Database, id: number): Promise<StoredCount | null> {
  for (;;) {
    const [row] = await database.all(countsByIds, { ids: [id] });
    if (row === undefined) return null;
    const details = await database.all(countDetails, { id });
    if (details.every(({ count_version }) => count_version === row.version)) return { row, details };
  }
}

/** A count that this transaction has written or locked. */
export async function countIn(tx: Transaction, id: number): Promise<StoredCount> {
  return { row: await tx.one(countsByIds, { ids: [id] }), details: await tx.all(countDetails, { id }) };
}

/** Locks a count until the transaction ends. */
export async function lockCount(tx: Transaction, id: number): Promise<CountRow> {
  const [row] = await tx.all(lockCounts, { ids: [id] });
  if (row === undefined) throw countNotFound();
  return row;
}

/** The sheet of a locked count, in the version that the client has seen. */
export async function inSeenVersion(tx: Transaction, row: CountRow, context: WriteContext): Promise<StoredCount> {
  const stored = { row, details: await tx.all(countDetails, { id: row.id }) };
  if (isStale(context, row)) throw staleError(row, "count", detailedCount(stored), context);
  return stored;
}

/** The error for a count that does not exist. */
export function countNotFound(): ApiError {
  return new ApiError("not-found", "There is no such count.");
}
