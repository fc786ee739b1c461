// Undo for deletions and status steps, which the API cannot take back: the write waits in the browser while Undo is
// shown. This file holds the pending writes, hold-writes.ts holds them back and sends them, use-undo.tsx undoes them.
"use client";
import { useSyncExternalStore } from "react";

/*
 * The writes that can still be undone. Lists and pages show them as if they were carried out. Sending them is apart, in
 * hold-writes.ts, so that a list loads little code.
 */

export interface PendingWrite {
  readonly key: string;
  /** The resource in the API: `/api/orders/4`. */
  readonly path: string;
  /** What it is called, in the language of the page that wrote it. */
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
const none: readonly PendingWrite[] = [];
const noPaths: ReadonlySet<string> = new Set();

let writes = none;
let justDeleted = noPaths;
let deletedPaths = noPaths;
const watchers = new Set<() => void>();

export function pendingWrites(): readonly PendingWrite[] {
  return writes;
}

export function setWrites(next: readonly PendingWrite[]): void {
  writes = next;
  notify();
}

export function markDeleted(path: string): void {
  justDeleted = new Set([...justDeleted, path]);
  setTimeout(() => {
    justDeleted = new Set([...justDeleted].filter((each) => each !== path));
    notify();
  }, rereadMs);
}

function notify(): void {
  const pending = writes.filter(({ method }) => method === "DELETE").map(({ path }) => path);
  deletedPaths = pending.length + justDeleted.size === 0 ? noPaths : new Set([...pending, ...justDeleted]);
  for (const changed of watchers) changed();
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Every write that is not answered yet. */
export function usePendingWrites(): readonly PendingWrite[] {
  return useSyncExternalStore(watch, pendingWrites, () => none);
}

/** The pending write of one resource. */
export function usePendingWrite(path: string): PendingWrite | undefined {
  return usePendingWrites().find((each) => each.path === path);
}

/** The resources that are being deleted, or were a moment ago: lists hide them. */
export function useDeletedPaths(): ReadonlySet<string> {
  return useSyncExternalStore(
    watch,
    () => deletedPaths,
    () => noPaths,
  );
}
