// The list of what is to be reordered, with the arithmetic.
import type { Database, RowOf } from "sqlproof";
import { okList } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { fromUnits, toUnits } from "../../contract/decimal.ts";
import { refuseCursor, refuseFilters } from "../../contract/query-parameters.ts";
import { buyingRule, toBuy } from "../quantity.ts";
import { missingFilters } from "../queries.ts";
import { type PurchaseTerms, termsFrom, termsOf } from "../terms.ts";
import type { Reorder } from "./fields.ts";
import { reorderPages, reorderPagesOfSupplier, reorderRows } from "./queries.ts";

/** Below which level products are listed. */
export type Below = keyof typeof reorderPages;

interface ReorderRequest {
  readonly supplier_id: number | null;
  readonly below: Below;
  readonly limit: number;
  readonly cursor: string | null;
}

/** A page of what is to be reordered. */
export async function reorderPage(db: Database, { supplier_id, below, limit, cursor }: ReorderRequest) {
  const list = `reorder ${supplier_id} ${below}`;
  const page = { id: cursor === null ? 0 : readKey(cursor, list), rows: limit + 1 };
  const keys =
    supplier_id === null
      ? await db.all(reorderPages[below], page)
      : await db.all(reorderPagesOfSupplier[below], { ...page, supplier_id });
  if (keys.length === 0 && cursor === null && supplier_id !== null)
    refuseFilters(await db.all(missingFilters, { supplier_id, status_id: null }));
  const product_ids = keys.slice(0, limit).map(({ product_id }) => product_id);
  const last = keys.length > limit ? product_ids.at(-1) : undefined;
  const next_cursor = last === undefined ? null : writeCursor([list, last]);
  const [rows, terms] =
    product_ids.length === 0
      ? [[], new Map<number, readonly PurchaseTerms[]>()]
      : await Promise.all([db.all(reorderRows, { product_ids }), termsOf(db, product_ids)]);
  const data = rows.map((row) => shown(row, termsFrom(terms.get(row.product_id), supplier_id)));
  return okList("Products to reorder retrieved", data, { limit, next_cursor });
}

function readKey(text: string, list: string): number {
  const [found, id, ...rest] = readCursor(text);
  if (found !== list || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  return id;
}

function shown(row: RowOf<typeof reorderRows>, terms: PurchaseTerms | null): Reorder {
  const { product_id, product_code, product_name, on_hand, allocated, on_order, back_ordered } = row;
  const { reorder_level, target_level, minimum_reorder_quantity, low, to_reorder } = row;
  const available = toUnits(on_hand) - toUnits(allocated);
  const lacking = toUnits(to_reorder);
  return {
    ...{ product_id, product_code, product_name, on_hand, allocated, available: fromUnits(available) },
    ...{ on_order, back_ordered },
    current_level: fromUnits(available + toUnits(on_order) - toUnits(back_ordered)),
    ...{ reorder_level, target_level, minimum_reorder_quantity, low, to_reorder },
    supplier: terms === null ? null : shownTerms(terms, row.standard_cost),
    quantity: fromUnits(lacking === 0n ? 0n : toBuy(lacking, buyingRule(row, terms))),
  };
}

function shownTerms(
  { product_id: _, unit_cost, ...terms }: PurchaseTerms,
  standardCost: RowOf<typeof reorderRows>["standard_cost"],
): Reorder["supplier"] {
  return { ...terms, unit_cost: unit_cost ?? standardCost };
}
