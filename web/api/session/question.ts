"use client";
import { useSyncExternalStore } from "react";

/*
 * A session may end while a form is open, and some writes ask once more who the user is. Then the request waits while
 * the page asks, and goes on afterwards. However many requests wait, one question is asked.
 */

/** To sign in again, or to prove within a session who one is. */
export type Wanted = "sign-in" | "proof";

interface Question {
  readonly wanted: Wanted;
  /** Whether the user did what was asked. */
  readonly answer: (isDone: boolean) => void;
  readonly answered: Promise<boolean>;
}

let open: Question | null = null;
const watchers = new Set<() => void>();

function put(next: Question | null): void {
  open = next;
  for (const changed of watchers) changed();
}

/** Asks the user; false when this was declined. Whoever signs in again has proved who they are as well. */
export function ask(wanted: Wanted): Promise<boolean> {
  if (open !== null) {
    // The session has ended while a proof was asked for: a proof needs one.
    if (wanted === "sign-in") put({ ...open, wanted });
    return open.answered;
  }
  const { promise: answered, resolve } = Promise.withResolvers<boolean>();
  const answer = (isDone: boolean) => {
    put(null);
    resolve(isDone);
  };
  put({ wanted, answer, answered });
  return answered;
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The question that is to be shown, or null. */
export function useQuestion(): Question | null {
  return useSyncExternalStore(
    watch,
    () => open,
    () => null,
  );
}
