"use client";
import { useSyncExternalStore } from "react";

/*
 * A session may end while a form is open. Then the request waits while the page asks for the password, and goes on
 * afterwards. However many requests wait, one question is asked.
 */

interface Question {
  /** Whether the user has signed in. */
  readonly answer: (isSignedIn: boolean) => void;
  readonly answered: Promise<boolean>;
}

let open: Question | null = null;
const watchers = new Set<() => void>();

function put(next: Question | null): void {
  open = next;
  for (const changed of watchers) changed();
}

/** Asks the user to sign in again; false when this was declined. */
export function signInAgain(): Promise<boolean> {
  if (open !== null) return open.answered;
  const { promise: answered, resolve } = Promise.withResolvers<boolean>();
  const answer = (isSignedIn: boolean) => {
    put(null);
    resolve(isSignedIn);
  };
  put({ answer, answered });
  return answered;
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The question that is to be shown, or null. */
export function useSignInQuestion(): Question | null {
  return useSyncExternalStore(
    watch,
    () => open,
    () => null,
  );
}
