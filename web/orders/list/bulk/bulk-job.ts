import { read, write } from "../../../api/browser.ts";
import { newKey } from "../../../api/key.ts";
import type { ApiError, Reply } from "../../../api/reply.ts";
import type { Order } from "../../../api/types.ts";
import type { MessageKey } from "../../../messages/text.ts";
import { missingFor } from "../../steps.ts";
import { type ListedOrder, listedOrder, listInclude } from "../paging/listed-order.ts";
import { type BulkAction, bodyOf, isUnchanged, obstacle } from "./bulk-action.ts";

/** One order of a bulk action: a write of its own, with a version and a key. */
export interface Step {
  readonly order: ListedOrder;
  /** The same for every attempt, so that the write cannot be carried out twice. */
  readonly key: string;
  readonly etag: string | null;
  readonly state: "open" | "done" | "failed";
  /** Why it failed: the API's error, a message of ours, or what the order lacks. */
  readonly why: ApiError | MessageKey | Missing | null;
}

/** What an order lacks for its next status. */
interface Missing {
  readonly statusId: number;
  readonly fields: ReturnType<typeof missingFor>;
}

const attempts = 3;
const pauseMs = 400;
const atOnce = 4;

export function firstStep(action: BulkAction, order: ListedOrder): Step {
  const why = obstacle(action, order);
  return { order, key: newKey(), etag: null, state: why === null ? "open" : "failed", why };
}

/** Reads the version to change. Fails the step when someone else has changed the order, or when it lacks something. */
export async function readVersion(action: BulkAction, step: Step): Promise<Step> {
  const reply = await patiently(() => read<Order>(`/api/orders/${step.order.id}?${listInclude},details`));
  if (!reply.ok) return failed(step, reply);
  if (!isUnchanged(action, step.order, listedOrder(reply.data))) return failed(step, "orders.bulk.changed");
  const statusId = step.order.status_id + 1;
  const fields = action.kind === "advance" ? missingFor(statusId, reply.data) : [];
  if (fields.length > 0) return failed(step, { statusId, fields });
  return action.kind === "remove" ? rehearse(step, reply.etag) : { ...step, etag: reply.etag };
}

/** Asks whether the order may be deleted, while nothing is promised yet. */
async function rehearse(step: Step, etag: string | null): Promise<Step> {
  const path = `/api/orders/${step.order.id}?dry_run=1`;
  const reply = await patiently(() => write({ method: "DELETE", path, etag, key: newKey() }));
  return reply.ok ? { ...step, etag } : failed(step, reply);
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

/** Takes a written step back; `step.etag` is the version that it made. */
export async function revert(action: BulkAction, step: Step): Promise<Step> {
  const { id, shipper_id } = step.order;
  const guard = { etag: step.etag, key: newKey() };
  const path = `/api/orders/${id}`;
  const ask = () =>
    action.kind === "shipper"
      ? write<Order>({ ...guard, path, method: "PUT", body: { shipper_id } })
      : write<Order>({ ...guard, path: `${path}/put-back`, method: "POST", body: {} });
  const reply = await patiently(ask);
  // What is not taken back stays as it was written, and can be tried again.
  return reply.ok ? done(step, reply) : { ...failed(step, reply), etag: step.etag };
}

function done(step: Step, reply: Reply<unknown>): Step {
  return reply.ok ? { ...step, state: "done", why: null, etag: reply.etag } : failed(step, reply);
}

function failed(step: Step, why: ApiError | MessageKey | Missing): Step {
  return { ...step, state: "failed", why };
}

/** The step to retry: what may have been written keeps its key, anything else starts from the current version. */
export async function again(action: BulkAction, step: Step): Promise<Step> {
  const { why, etag, order } = step;
  if (why !== null && typeof why === "object" && "status" in why && isPassing(why) && etag !== null)
    return { ...step, state: "open", why: null };
  const reply = await patiently(() => read<Order>(`/api/orders/${order.id}?${listInclude}`));
  if (!reply.ok) return failed(step, reply);
  const fresh = firstStep(action, listedOrder(reply.data));
  return fresh.state === "open" ? readVersion(action, fresh) : fresh;
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
