"use client";

export interface Toast {
  readonly id: number;
  readonly words: string;
  readonly kind: "news" | "fault";
  readonly undo: (() => void) | null;
}

interface Say {
  /** Says what happened; `undo` puts a button beside it for as long as it stands there. */
  news(words: string, undo?: () => void): void;
  /** Says what went wrong; stays until it is closed. */
  fault(words: string): void;
}

const shownMs = 8000;

let toasts: readonly Toast[] = [];
let count = 0;
const watchers = new Set<() => void>();

function put(next: readonly Toast[]): void {
  toasts = next;
  for (const changed of watchers) changed();
}

/** What is said now. It is drawn by toast-list.tsx, which comes when a page is used. */
export function saidNow(): readonly Toast[] {
  return toasts;
}

export function watchSaid(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

export function closeToast(id: number): void {
  put(toasts.filter((toast) => toast.id !== id));
}

function add(toast: Omit<Toast, "id">): void {
  count += 1;
  const id = count;
  put([...toasts.slice(-2), { ...toast, id }]);
  if (toast.kind === "news") setTimeout(() => closeToast(id), shownMs);
}

const say: Say = {
  news: (words, undo) => add({ words, kind: "news", undo: undo ?? null }),
  fault: (words) => add({ words, kind: "fault", undo: null }),
};

/** Says what happened, from any client component. */
export function useSay(): Say {
  return say;
}
