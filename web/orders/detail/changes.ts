import type { Order } from "../../api/types.ts";
import { type ChoiceField, type DetailField, detailFields, type OrderField } from "../fields.ts";
import { companyName, soldName } from "../names.ts";

type Row = NonNullable<Order["order_details"]>[number];

/** A stored state of an order, as in the history: an older version may have written fewer members. */
export type State = Partial<Order> & { readonly correction_reason?: string | null };

export type Value = string | number | null;

/** One difference between two states. A row that was added or removed has no field; `position` is the rows' order. */
export interface Change {
  readonly field: OrderField | DetailField | GoodsField | "purchase_order_id" | "position" | null;
  /** The product of the row that changed; null for the order itself. */
  readonly productId: number | null;
  readonly isDetail: boolean;
  readonly before: Value;
  readonly after: Value;
  /** What the state calls what `before` and `after` refer to, and the row's product; an older one may not say. */
  readonly names: { readonly before: string | null; readonly after: string | null; readonly product: string | null };
}

/** How much of a row is held, has gone out and has come back. */
export const goodsFields = ["allocated", "shipped", "returned"] as const;
type GoodsField = (typeof goodsFields)[number];
/** What happens to goods: how much, and which purchase order is to bring them. */
const moveFields = [...goodsFields, "purchase_order_id"] as const;

const noNames = { before: null, after: null, product: null };

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
  "correction_reason",
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
    const names = field === "customer_id" ? { before: customerIn(before), after: customerIn(after) } : {};
    if (values.before !== values.after)
      changes.push({ field, productId: null, isDetail: false, ...values, names: { ...noNames, ...names } });
  }
  return [...changes, ...detailChanges(before, after)];
}

/** What happened to the goods of each row. It is no change of the order itself, and is not put back. */
export function goodsMoves(before: State | null, after: State | null): readonly Change[] {
  const olds = new Map((before?.order_details ?? []).map((row) => [row.id, row]));
  return (after?.order_details ?? []).flatMap((row) =>
    moveFields.flatMap((field): readonly Change[] => {
      const earlier = olds.get(row.id)?.[field];
      // An older version recorded none of it.
      if (earlier === undefined || row[field] === undefined || earlier === row[field]) return [];
      const names = { ...noNames, product: productIn(row) };
      return [{ field, productId: row.product_id, isDetail: true, before: earlier, after: row[field], names }];
    }),
  );
}

/** Whether the API can put these changes back: order details are not put back, nor what has been changed again. */
export function canBePutBack(changes: readonly Change[], now: State): boolean {
  const isStill = ({ field, isDetail, after }: Change) =>
    !isDetail && fields.some((known) => known === field && (now[known] ?? null) === after);
  return changes.length > 0 && changes.every(isStill);
}

function customerIn(state: State | null): string | null {
  return state?.customer == null ? null : companyName(state.customer);
}

/** The product of a row as sold, null where an older version did not record it. */
function productIn(row: Row): string | null {
  return row.product_name || row.product_code ? soldName(row) : null;
}

/** The order of the rows that both states have, by their products, if it has changed. */
function moves(olds: readonly Row[], news: readonly Row[]): readonly Change[] {
  const inBoth = (rows: readonly Row[], others: readonly Row[]) =>
    rows.filter(({ id }) => others.some((other) => other.id === id));
  const [before, after] = [inBoth(olds, news), inBoth(news, olds)];
  if (before.every(({ id }, at) => id === after[at]?.id)) return [];
  const listed = (rows: readonly Row[]) => rows.map(soldName).join(", ");
  const about = { field: "position", productId: null, isDetail: false, names: noNames } as const;
  return [{ ...about, before: listed(before), after: listed(after) }];
}

function detailChanges(before: State | null, after: State | null): readonly Change[] {
  const [olds, news] = [before?.order_details ?? [], after?.order_details ?? []];
  const changes: Change[] = [];
  for (const row of olds) {
    const next = news.find(({ id }) => id === row.id);
    const names = { ...noNames, product: productIn(row) };
    const of = { productId: row.product_id, isDetail: true, names };
    if (next === undefined) changes.push({ ...of, field: null, before: row.quantity, after: null });
    else
      for (const field of detailFields)
        if (row[field] !== next[field]) {
          const values = { before: row[field], after: next[field] };
          const inPlace = { ...names, before: productIn(row), after: productIn(next) };
          changes.push({ ...of, field, ...values, ...(field === "product_id" ? { names: inPlace } : {}) });
        }
  }
  for (const row of news)
    if (!olds.some(({ id }) => id === row.id)) {
      const names = { ...noNames, product: productIn(row) };
      changes.push({
        field: null,
        productId: row.product_id,
        isDetail: true,
        before: null,
        after: row.quantity,
        names,
      });
    }
  return [...changes, ...moves(olds, news)];
}
