import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { Reply } from "../api/reply.ts";
import { ownKey } from "../api/session/own-key.ts";
import { markDeleted, type PendingWrite, pendingWrites, setWrites } from "./pending-writes.ts";

/*
 * The API cannot take back a deletion or a step of an order, so such a write waits while Undo is shown. It is stored in
 * the browser until it is answered: a page that closes sends it, and if that fails the next page sends it again. Its
 * Idempotency-Key makes all of these one write.
 */

/** How a pending write ended. */
export type Ending = { readonly write: PendingWrite; readonly reply: Reply<unknown> };

/** A little longer than Undo is shown, so that Undo is never too late. */
const delayMs = 8300;
const retryMs = 4000;
/** Not renamed since its first version: what an older page has stored is still sent. */
const storeKey = "delayed-writes";
const none: readonly PendingWrite[] = [];

const timers = new Map<string, ReturnType<typeof setTimeout>>();
const sending = new Map<string, Promise<Reply<unknown>>>();
const listeners = new Set<(ending: Ending) => void>();

/** Calls `listener` with the ending of each write. */
export function onEnding(listener: (ending: Ending) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends a write after the time for Undo. Returns the key that undoes it. */
export function writeLater(write: Omit<PendingWrite, "key" | "dueAt">): string {
  const pending = { ...write, key: newKey(), dueAt: Date.now() + delayMs };
  put([...pendingWrites(), pending]);
  schedule(pending);
  return pending.key;
}

/** Takes back a write that was not sent yet. False when it is too late. */
export function undo(key: string): boolean {
  if (sending.has(key) || !pendingWrites().some((each) => each.key === key)) return false;
  remove(key);
  return true;
}

/** Sends the pending writes of this resource now. Returns their answers. */
export function flush(path: string): Promise<readonly Reply<unknown>[]> {
  return Promise.all(
    pendingWrites()
      .filter((each) => each.path === path)
      .map(send),
  );
}

/** Sends every pending write now, in the name of the user who made it, and waits for the answers. */
export async function flushAll(): Promise<void> {
  await Promise.all(pendingWrites().map(send));
}

/** Takes over the writes that earlier pages left behind, and sends all of them when this page closes. */
export function resumePendingWrites(): () => void {
  const known = new Set(pendingWrites().map(({ key }) => key));
  const left = readStore().filter(({ key }) => !known.has(key));
  put([...pendingWrites(), ...left]);
  for (const each of left) schedule(each);
  const leave = () => {
    for (const each of pendingWrites()) sendOnLeaving(each);
  };
  addEventListener("pagehide", leave);
  return () => removeEventListener("pagehide", leave);
}

function schedule(pending: PendingWrite): void {
  const waitMs = Math.min(delayMs, Math.max(0, pending.dueAt - Date.now()));
  timers.set(
    pending.key,
    setTimeout(() => void send(pending), waitMs),
  );
}

function requestOf({ path, method, body, etag, key }: PendingWrite) {
  return { method, path, etag, key, ...(body === null ? {} : { body }) };
}

/** Sends a write, one request at a time, and again while the server cannot be reached. */
function send(pending: PendingWrite): Promise<Reply<unknown>> {
  const running = sending.get(pending.key);
  if (running !== undefined) return running;
  clearTimeout(timers.get(pending.key));
  const sent = (async () => {
    const reply = await write<unknown>(requestOf(pending));
    sending.delete(pending.key);
    const isFinal = reply.ok || (reply.status >= 400 && reply.status < 500 && reply.code !== "idempotency-running");
    if (reply.ok && pending.method === "DELETE") markDeleted(pending.path);
    if (isFinal) remove(pending.key);
    else
      timers.set(
        pending.key,
        setTimeout(() => void send(pending), retryMs),
      );
    for (const listener of listeners) listener({ write: pending, reply });
    return reply;
  })();
  sending.set(pending.key, sent);
  return sent;
}

/** The browser sends it, but no page reads the answer; the next page sends it again, with the same key. */
function sendOnLeaving(pending: PendingWrite): void {
  const { method, path, key, etag, body } = { body: null, ...requestOf(pending) };
  const headers: Record<string, string> = { "idempotency-key": key };
  if (etag !== null) headers["if-match"] = etag;
  if (body !== null) headers["content-type"] = "application/json";
  const init = { method, headers, keepalive: true };
  void fetch(path, body === null ? init : { ...init, body: JSON.stringify(body) });
}

function remove(key: string): void {
  clearTimeout(timers.get(key));
  timers.delete(key);
  put(pendingWrites().filter((each) => each.key !== key));
}

function put(next: readonly PendingWrite[]): void {
  setWrites(next);
  try {
    if (next.length === 0) localStorage.removeItem(ownKey(storeKey));
    else localStorage.setItem(ownKey(storeKey), JSON.stringify(next));
  } catch (error) {
    console.warn("Pending writes are not stored:", error);
  }
}

function readStore(): readonly PendingWrite[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(ownKey(storeKey)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isPendingWrite) : none;
  } catch (error) {
    console.warn("Pending writes cannot be read:", error);
    return none;
  }
}

function isPendingWrite(value: unknown): value is PendingWrite {
  return typeof value === "object" && value !== null && "key" in value && "path" in value && "dueAt" in value;
}
