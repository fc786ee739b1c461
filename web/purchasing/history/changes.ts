import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { soldName } from "../../orders/names.ts";

/** A stored state of a purchase order, as in its history: an older version may have written fewer members. */
export type State = Partial<PurchaseOrder>;

type Line = NonNullable<PurchaseOrder["purchase_order_details"]>[number];

export type Value = string | number | null;

const orderFields = [
  ...(["status_id", "supplier_id", "expected_date", "shipping_fee", "taxes"] as const),
  ...(["payment_date", "payment_amount", "payment_method", "notes"] as const),
] as const;
const lineFields = ["product_id", "quantity", "received", "unit_cost"] as const;

/** One difference between two states. A line that was added or removed has no field. */
export interface Change {
  readonly field: (typeof orderFields)[number] | (typeof lineFields)[number] | null;
  /** The product of the line that changed; null for the purchase order itself. */
  readonly product: string | null;
  readonly before: Value;
  readonly after: Value;
}

/** What differs between two states, field by field, then line by line. */
export function changesOf(before: State | null, after: State | null): readonly Change[] {
  const changes = orderFields.flatMap((field): readonly Change[] => {
    const [was, is] = [before?.[field], after?.[field]];
    // Whoever sees no costs does not get them.
    if (was === undefined && is === undefined) return [];
    return (was ?? null) === (is ?? null) ? [] : [{ field, product: null, before: was ?? null, after: is ?? null }];
  });
  return [...changes, ...lineChanges(before?.purchase_order_details ?? [], after?.purchase_order_details ?? [])];
}

function lineChanges(olds: readonly Line[], news: readonly Line[]): readonly Change[] {
  const next = new Map(news.map((line) => [line.id, line]));
  const known = new Set(olds.map(({ id }) => id));
  const changed = olds.flatMap((line): readonly Change[] => {
    const after = next.get(line.id);
    if (after === undefined) return [{ field: null, product: soldName(line), before: line.quantity, after: null }];
    return lineFields.flatMap((field): readonly Change[] => {
      if (line[field] === undefined || line[field] === after[field]) return [];
      if (field === "product_id") return [{ field, product: null, before: soldName(line), after: soldName(after) }];
      return [{ field, product: soldName(after), before: line[field], after: after[field] }];
    });
  });
  const added = news.filter(({ id }) => !known.has(id));
  return [
    ...changed,
    ...added.map((line): Change => ({ field: null, product: soldName(line), before: null, after: line.quantity })),
  ];
}
