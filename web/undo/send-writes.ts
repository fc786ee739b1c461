import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { Reply } from "../api/reply.ts";
import { type Delayed, delayedWrites, markDeleted, setWrites } from "./pending-writes.ts";

/*
 * Deleting something and moving an order forward cannot be taken back in the API. So the write waits while Undo stands on the
 * screen. It is kept in the browser until it is answered: a closed page sends it as it closes, and what even that did not
 * bring through is sent by the next page that opens. Its Idempotency-Key makes all of that one write.
 */

/** How a delayed write ended. */
export type Ending = { readonly write: Delayed; readonly reply: Reply<unknown> };

/** A little longer than Undo stands there, so that it never comes too late for what is shown. */
const delayMs = 8300;
const retryMs = 4000;
const storeKey = "delayed-writes";
const none: readonly Delayed[] = [];

const timers = new Map<string, ReturnType<typeof setTimeout>>();
const sending = new Map<string, Promise<void>>();
const endings = new Set<(ending: Ending) => void>();

/** Tells how each write ended. */
export function onEnding(told: (ending: Ending) => void): () => void {
  endings.add(told);
  return () => endings.delete(told);
}

/** Carries a write out when its time has come. Returns its key, by which it can be undone. */
export function delay(write: Omit<Delayed, "key" | "dueAt">): string {
  const delayed = { ...write, key: newKey(), dueAt: Date.now() + delayMs };
  put([...delayedWrites(), delayed]);
  schedule(delayed);
  return delayed.key;
}

/** Takes a write back that was not sent yet. False when it is too late. */
export function undo(key: string): boolean {
  if (sending.has(key) || !delayedWrites().some((each) => each.key === key)) return false;
  forget(key);
  return true;
}

/** Sends what waits for this resource now, and waits until it is answered. */
export async function flush(path: string): Promise<void> {
  await Promise.all(
    delayedWrites()
      .filter((each) => each.path === path)
      .map(send),
  );
}

/** Takes over what earlier pages left behind, and sends what waits when this one goes. */
export function startDelayed(): () => void {
  const known = new Set(delayedWrites().map(({ key }) => key));
  const left = readStore().filter(({ key }) => !known.has(key));
  put([...delayedWrites(), ...left]);
  for (const each of left) schedule(each);
  const leave = () => {
    for (const each of delayedWrites()) sendOnLeaving(each);
  };
  addEventListener("pagehide", leave);
  return () => removeEventListener("pagehide", leave);
}

function schedule(delayed: Delayed): void {
  const waitMs = Math.min(delayMs, Math.max(0, delayed.dueAt - Date.now()));
  timers.set(
    delayed.key,
    setTimeout(() => void send(delayed), waitMs),
  );
}

function requestOf({ path, method, body, etag, key }: Delayed) {
  return { method, path, etag, key, ...(body === null ? {} : { body }) };
}

/** Sends once at a time; what cannot be reached is tried again. */
function send(delayed: Delayed): Promise<void> {
  const running = sending.get(delayed.key);
  if (running !== undefined) return running;
  clearTimeout(timers.get(delayed.key));
  const sent = (async () => {
    const reply = await write<unknown>(requestOf(delayed));
    sending.delete(delayed.key);
    const isAnswer = reply.ok || (reply.status >= 400 && reply.status < 500 && reply.code !== "idempotency-running");
    if (reply.ok && delayed.method === "DELETE") markDeleted(delayed.path);
    if (isAnswer) forget(delayed.key);
    else
      timers.set(
        delayed.key,
        setTimeout(() => void send(delayed), retryMs),
      );
    for (const told of endings) told({ write: delayed, reply });
  })();
  sending.set(delayed.key, sent);
  return sent;
}

/** The browser brings it through although nobody waits for the answer: the next page asks for that, with the same key. */
function sendOnLeaving(delayed: Delayed): void {
  const { method, path, key, etag, body } = { body: null, ...requestOf(delayed) };
  const headers: Record<string, string> = { "idempotency-key": key };
  if (etag !== null) headers["if-match"] = etag;
  if (body !== null) headers["content-type"] = "application/json";
  const init = { method, headers, keepalive: true };
  void fetch(path, body === null ? init : { ...init, body: JSON.stringify(body) });
}

function forget(key: string): void {
  clearTimeout(timers.get(key));
  timers.delete(key);
  put(delayedWrites().filter((each) => each.key !== key));
}

function put(next: readonly Delayed[]): void {
  setWrites(next);
  try {
    if (next.length === 0) localStorage.removeItem(storeKey);
    else localStorage.setItem(storeKey, JSON.stringify(next));
  } catch (error) {
    console.warn("Delayed writes are not kept:", error);
  }
}

function readStore(): readonly Delayed[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storeKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isDelayed) : none;
  } catch (error) {
    console.warn("Delayed writes cannot be read:", error);
    return none;
  }
}

function isDelayed(value: unknown): value is Delayed {
  return typeof value === "object" && value !== null && "key" in value && "path" in value && "dueAt" in value;
}
