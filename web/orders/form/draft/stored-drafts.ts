import type { StoredDraft } from "../../../form/stored-drafts.ts";
import type { Base, Doubt } from "../save.ts";
import type { Draft } from "./draft.ts";

/** The draft of an order that was left behind. */
export interface StoredOrder extends StoredDraft {
  readonly draft: Draft;
  readonly base: Base | null;
  /** A write that was sent and never answered: it is resolved before anything else is sent. */
  readonly doubt: Doubt | null;
}

/** The name of a form says what is in its drafts. */
export function isStoredOrder(stored: StoredDraft): stored is StoredOrder {
  return stored.form.startsWith("orders/");
}

/** Names the form of a new order, or of this one. */
export function orderForm(id: number | null): string {
  return `orders/${id ?? "new"}`;
}
