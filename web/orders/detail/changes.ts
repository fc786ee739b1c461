import type { Order } from "../../api/types.ts";
import { type ChoiceField, type DetailField, detailFields, type OrderField } from "../fields.ts";

/** A stored state of an order, as in the history: an older version may have written fewer members. */
export type State = Partial<Order>;

export type Value = string | number | null;

/** One difference between two states. A row that was added or removed has no field. */
export interface Change {
  readonly field: OrderField | DetailField | null;
  /** The product of the row that changed; null for the order itself. */
  readonly productId: number | null;
  readonly isDetail: boolean;
  readonly before: Value;
  readonly after: Value;
}

const fields = [
  "status_id",
  "customer_id",
  "employee_id",
  "order_date",
  "shipped_date",
  "shipper_id",
  "ship_name",
  "ship_address",
  "ship_city",
  "ship_state_province",
  "ship_zip_postal_code",
  "ship_country_region",
  "shipping_fee",
  "taxes",
  "tax_status_id",
  "tax_rate",
  "payment_type",
  "paid_date",
  "notes",
] as const satisfies readonly OrderField[];

const idFields: readonly string[] = ["customer_id", "employee_id", "shipper_id"] satisfies readonly ChoiceField[];

/** Whether a field holds the id of something that has a name. */
export function isReference(field: Change["field"]): field is ChoiceField | "product_id" {
  return field !== null && (field === "product_id" || idFields.includes(field));
}

/** What differs between two states, field by field, then row by row. */
export function changesOf(before: State | null, after: State | null): readonly Change[] {
  const changes: Change[] = [];
  for (const field of fields) {
    const values = { before: before?.[field] ?? null, after: after?.[field] ?? null };
    if (values.before !== values.after) changes.push({ field, productId: null, isDetail: false, ...values });
  }
  return [...changes, ...detailChanges(before, after)];
}

/** Whether the API can put these changes back: order details are not put back, nor what has been changed again. */
export function canBePutBack(changes: readonly Change[], now: Order): boolean {
  const isStill = ({ field, isDetail, after }: Change) =>
    !isDetail && fields.some((known) => known === field && (now[known] ?? null) === after);
  return changes.length > 0 && changes.every(isStill);
}

function detailChanges(before: State | null, after: State | null): readonly Change[] {
  const [olds, news] = [before?.order_details ?? [], after?.order_details ?? []];
  const changes: Change[] = [];
  for (const row of olds) {
    const next = news.find(({ id }) => id === row.id);
    const of = { productId: row.product_id, isDetail: true };
    if (next === undefined) changes.push({ ...of, field: null, before: row.quantity, after: null });
    else
      for (const field of detailFields)
        if (row[field] !== next[field]) changes.push({ ...of, field, before: row[field], after: next[field] });
  }
  for (const row of news)
    if (!olds.some(({ id }) => id === row.id))
      changes.push({ field: null, productId: row.product_id, isDetail: true, before: null, after: row.quantity });
  return changes;
}
