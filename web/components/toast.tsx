"use client";

/*
 * Short messages about what happened. They are rendered by toast-list.tsx, which is loaded with the interactive shell.
 */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "info" | "error";
  readonly undo: (() => void) | null;
}

interface Toaster {
  /** Shows what happened; `undo` puts a button beside it for as long as it is shown. */
  info(text: string, undo?: () => void): void;
  /** Shows what went wrong; stays until it is closed. */
  error(text: string): void;
}

const shownMs = 8000;

let toasts: readonly Toast[] = [];
let count = 0;
const watchers = new Set<() => void>();

function put(next: readonly Toast[]): void {
  toasts = next;
  for (const changed of watchers) changed();
}

export function shownToasts(): readonly Toast[] {
  return toasts;
}

export function watchToasts(changed: () => void): () => void {
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
  if (toast.kind === "info") setTimeout(() => closeToast(id), shownMs);
}

const toaster: Toaster = {
  info: (text, undo) => add({ text, kind: "info", undo: undo ?? null }),
  error: (text) => add({ text, kind: "error", undo: null }),
};

/** Shows toasts from any client component. */
export function useToast(): Toaster {
  return toaster;
}
