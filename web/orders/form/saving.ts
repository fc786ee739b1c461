import type { Order } from "../../api/types.ts";
import type { Base, SaveRules } from "../../form/save.ts";
import type { StoredDraft } from "../../form/stored-drafts.ts";
import type { Saved } from "../../form/use-saving.ts";
import type { Locale } from "../../messages/text.ts";
import { mergeOrder, type OrderDifference } from "./conflict/merge.ts";
import { namesFor } from "./conflict/names-for.ts";
import { createBody, isChanged, updateBody } from "./draft/body.ts";
import { type Draft, draftOf, namesIn } from "./draft/draft.ts";

export type OrderBase = Base<Order, Draft>;
export type SavedOrder = Saved<Order, Draft, OrderDifference>;
export type StoredOrder = StoredDraft<Order, Draft>;

/** Amounts that the customer may have been told. */
const pricedFields = new Set(["shipping_fee", "taxes", "tax_rate", "tax_status_id"]);

/** How an order is saved. `initial` is the form as it opened. */
export function orderRules(
  initial: Draft,
  id: number | null,
  locale: Locale,
): SaveRules<Order, Draft, OrderDifference> {
  return {
    form: `orders/${id ?? "new"}`,
    path: "/api/orders",
    rowPath: (order) => `/api/orders/${order.id}`,
    query: "?include=details",
    body: (draft, base) => (base === null ? createBody(draft, initial, locale) : updateBody(draft, base, locale)),
    isChanged: (draft, base) => isChanged(draft, base ?? initial, locale),
    isRow: isOrder,
    draftOf: async (order, known) => draftOf(order, await namesFor(order, namesIn([...known, initial])), locale),
    withIds,
    merge: (drafts, order) => mergeOrder(drafts, { locale, isLocked: (order.status_id ?? 0) !== 0 }),
    needsReview: ({ field, detail }) => detail !== null || pricedFields.has(field),
  };
}

/** The rows of the form with the ids that they were stored under. */
function withIds(draft: Draft, order: Order): Draft {
  const taken = new Set(draft.details.flatMap(({ id }) => (id === null ? [] : [id])));
  const details = draft.details.map((row) => {
    const twin = order.order_details?.find(({ id, product_id }) => product_id === row.product?.id && !taken.has(id));
    if (row.id !== null || twin === undefined) return row;
    taken.add(twin.id);
    return { ...row, id: twin.id };
  });
  return { ...draft, details };
}

function isOrder(value: unknown): value is Order {
  return typeof value === "object" && value !== null && "id" in value && "order_details" in value;
}
