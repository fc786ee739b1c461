import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { Refusal, Reply } from "../../api/reply.ts";
import type { Order } from "../../api/types.ts";
import type { Locale } from "../../messages/text.ts";
import { createBody, type OrderBody, updateBody } from "./draft/body.ts";
import { type Draft, draftOf, type NameOf } from "./draft/draft.ts";

/** The stored order that the form changes, in the version that was read. */
export interface Base {
  readonly order: Order;
  readonly draft: Draft;
  readonly etag: string | null;
}

/** A write whose answer never came: it was carried out or not. */
export interface Doubt {
  readonly key: string;
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly body: OrderBody;
  readonly etag: string | null;
}

export type Outcome =
  | { readonly kind: "saved"; readonly order: Order; readonly created: boolean }
  | { readonly kind: "conflict"; readonly current: Order; readonly etag: string | null }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** The write in doubt had been carried out, and more was typed since: this is the form's new ground. */
  | { readonly kind: "resolved"; readonly base: Base; readonly draft: Draft }
  /** Nothing is known: the same write is to be repeated, with the same key. */
  | { readonly kind: "doubt"; readonly refusal: Refusal; readonly doubt: Doubt };

interface Attempt {
  readonly draft: Draft;
  readonly untouched: Draft;
  readonly base: Base | null;
  readonly doubt: Doubt | null;
  /** Made when the form opened, and anew after each final answer. */
  readonly key: string;
  /** Told of every write before it goes out: from then on, until its answer is here, it is in doubt. */
  readonly onSend: (request: Doubt) => void;
  readonly locale: Locale;
  readonly nameOf: NameOf;
}

/**
 * Saves the form once. A write that is in doubt is resolved first, by repeating it under its own key; when it had been
 * carried out and more was typed since, the rest is to follow as a change of what it stored.
 */
export async function saveOrder(attempt: Attempt): Promise<Outcome> {
  const { doubt } = attempt;
  if (doubt === null) return saveNow(attempt);
  const reply = await write<Order>(doubt);
  if (!reply.ok && !isFinal(reply)) return { kind: "doubt", refusal: reply, doubt };
  // Refused, so nothing was done: what stands in the form now is a write of its own.
  if (!reply.ok) return saveNow({ ...attempt, doubt: null, key: newKey() });
  const { locale, nameOf } = attempt;
  const base = { order: reply.data, draft: draftOf(reply.data, nameOf, locale), etag: reply.etag };
  const sent = JSON.stringify(doubt.body) === JSON.stringify(bodyOf(attempt));
  if (sent) return { kind: "saved", order: reply.data, created: doubt.method === "POST" };
  return { kind: "resolved", base, draft: stored(attempt.draft, reply.data) };
}

/** The rows of the form with the numbers that they were stored under. */
function stored(draft: Draft, order: Order): Draft {
  const taken = new Set(draft.details.flatMap(({ id }) => (id === null ? [] : [id])));
  const details = draft.details.map((row) => {
    const twin = order.order_details?.find(({ id, product_id }) => product_id === row.product?.id && !taken.has(id));
    if (row.id !== null || twin === undefined) return row;
    taken.add(twin.id);
    return { ...row, id: twin.id };
  });
  return { ...draft, details };
}

function bodyOf({ draft, base, untouched, locale }: Attempt): OrderBody {
  return base === null ? createBody(draft, untouched, locale) : updateBody(draft, base.draft, locale);
}

async function saveNow(attempt: Attempt): Promise<Outcome> {
  const { base, key } = attempt;
  const body = bodyOf(attempt);
  const request: Doubt =
    base === null
      ? { method: "POST", path: "/api/orders?include=details", body, etag: null, key }
      : { method: "PUT", path: `/api/orders/${base.order.id}?include=details`, body, etag: base.etag, key };
  attempt.onSend(request);
  return outcomeOf(await write<Order>(request), request);
}

function outcomeOf(reply: Reply<Order>, request: Doubt): Outcome {
  if (reply.ok) return { kind: "saved", order: reply.data, created: request.method === "POST" };
  if (!isFinal(reply)) return { kind: "doubt", refusal: reply, doubt: request };
  if (reply.status === 412 && isOrder(reply.current))
    return { kind: "conflict", current: reply.current, etag: reply.etag };
  return { kind: "refused", refusal: reply };
}

/** Whether a refusal is an answer: nothing was done, and nothing will be. */
function isFinal({ status, code }: Refusal): boolean {
  return status >= 400 && status < 500 && code !== "idempotency-running" && status !== 408 && status !== 429;
}

function isOrder(value: unknown): value is Order {
  return typeof value === "object" && value !== null && "id" in value && "order_details" in value;
}
