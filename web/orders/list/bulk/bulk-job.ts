import { read, write } from "../../../api/browser.ts";
import { newKey } from "../../../api/key.ts";
import type { ApiError, Reply } from "../../../api/reply.ts";
import type { Order } from "../../../api/types.ts";
import type { MessageKey } from "../../../messages/text.ts";
import { type ListedOrder, listedOrder, listInclude } from "../paging/listed-order.ts";
import { type BulkAction, bodyOf, isUnchanged, obstacle } from "./bulk-action.ts";

/** One order of a bulk action: a write of its own, with a version and a key. */
export interface Step {
  readonly order: ListedOrder;
  /** The same for every attempt, so that the write cannot be carried out twice. */
  readonly key: string;
  readonly etag: string | null;
  readonly state: "open" | "done" | "failed";
  /** Why it failed: the API's error, or a message of ours. */
  readonly why: ApiError | MessageKey | null;
}

const attempts = 3;
const pauseMs = 400;
const atOnce = 4;

export function firstStep(action: BulkAction, order: ListedOrder): Step {
  const why = obstacle(action, order);
  return { order, key: newKey(), etag: null, state: why === null ? "open" : "failed", why };
}

/** Reads the version to change, and fails the step when someone else has changed the order. */
export async function readVersion(action: BulkAction, step: Step): Promise<Step> {
  const reply = await patiently(() => read<Order>(`/api/orders/${step.order.id}?${listInclude}`));
  if (!reply.ok) return failed(step, reply);
  if (!isUnchanged(action, step.order, listedOrder(reply.data))) return failed(step, "orders.bulk.changed");
  return { ...step, etag: reply.etag };
}

/** Writes unless someone has changed the order since its version was read. */
export async function writeStep(action: BulkAction, step: Step, isLeaving = false): Promise<Step> {
  return done(step, await patiently(() => write<Order | null>(writeOf(action, step, isLeaving))));
}

function writeOf(action: BulkAction, { order, etag, key }: Step, keepalive: boolean) {
  const guard = { path: `/api/orders/${order.id}`, etag, key, keepalive };
  const body = bodyOf(action, order);
  return body === null ? { ...guard, method: "DELETE" as const } : { ...guard, method: "PUT" as const, body };
}

/** Restores the previous shipper; `step.etag` is the version with the new one. */
export async function revert(step: Step): Promise<Step> {
  const { id, shipper_id } = step.order;
  const guard = { path: `/api/orders/${id}`, etag: step.etag, key: newKey() };
  return done(step, await patiently(() => write<Order>({ ...guard, method: "PUT", body: { shipper_id } })));
}

function done(step: Step, reply: Reply<unknown>): Step {
  return reply.ok ? { ...step, state: "done", why: null, etag: reply.etag } : failed(step, reply);
}

function failed(step: Step, why: ApiError | MessageKey): Step {
  return { ...step, state: "failed", why };
}

/** The step to retry: what may have been written keeps its key, anything else starts from the current version. */
export async function again(action: BulkAction, step: Step): Promise<Step> {
  if (step.why !== null && typeof step.why === "object" && isPassing(step.why) && step.etag !== null)
    return { ...step, state: "open", why: null };
  const reply = await patiently(() => read<Order>(`/api/orders/${step.order.id}?${listInclude}`));
  if (!reply.ok) return failed(step, reply);
  return { ...firstStep(action, listedOrder(reply.data)), etag: reply.etag };
}

/** Retries what failed temporarily. */
async function patiently<T>(ask: () => Promise<Reply<T>>): Promise<Reply<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await ask();
    if (reply.ok || !isPassing(reply) || attempt === attempts) return reply;
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
  }
}

function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 503;
}

/** Runs a job on all steps, a few at a time, and reports each result. */
export async function eachAtOnce<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
