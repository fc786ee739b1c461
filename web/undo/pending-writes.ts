"use client";
import { useSyncExternalStore } from "react";

/*
 * The writes that wait while they can be undone, for lists and pages to show as if they were done. Apart from what sends
 * them, so that a list costs little code.
 */

export interface Delayed {
  readonly key: string;
  /** The resource in the API: `/api/orders/4`. */
  readonly path: string;
  /** What it is called, in the language of the page that asked. */
  readonly name: string;
  readonly method: "PUT" | "DELETE";
  readonly body: object | null;
  readonly etag: string | null;
  /** The status that an order is moved to; null for a deletion. */
  readonly statusId: number | null;
  readonly dueAt: number;
}

/** What was deleted stays hidden this long, until the lists have been read again. */
const rereadMs = 3000;
const none: readonly Delayed[] = [];
const nothing: ReadonlySet<string> = new Set();

let writes = none;
let deleted = nothing;
let going = nothing;
const watchers = new Set<() => void>();

export function delayedWrites(): readonly Delayed[] {
  return writes;
}

/** Sets what waits from now on. */
export function setWrites(next: readonly Delayed[]): void {
  writes = next;
  tell();
}

/** This was deleted a moment ago. */
export function markDeleted(path: string): void {
  deleted = new Set([...deleted, path]);
  setTimeout(() => {
    deleted = new Set([...deleted].filter((each) => each !== path));
    tell();
  }, rereadMs);
}

function tell(): void {
  const paths = writes.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  going = paths.length + deleted.size === 0 ? nothing : new Set([...paths, ...deleted]);
  for (const changed of watchers) changed();
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Every write that waits or is under way. */
export function useDelayed(): readonly Delayed[] {
  return useSyncExternalStore(watch, delayedWrites, () => none);
}

/** What waits for one resource. */
export function useDelayedOf(path: string): Delayed | undefined {
  return useDelayed().find((each) => each.path === path);
}

/** The resources that are being deleted, or were a moment ago: lists are to hide them. */
export function useGoing(): ReadonlySet<string> {
  return useSyncExternalStore(
    watch,
    () => going,
    () => nothing,
  );
}
