// Whether the server can be reached: checked here, shown by the dot in the navigation and by a notice above the page.
// useRefresh is how pages read themselves again.
"use client";
import { useRouter } from "next/navigation";
import { useCallback, useSyncExternalStore } from "react";

/** Whether the server can be reached; null until that is known. */
export type Connection = boolean | null;

const everyMs = 10_000;
/** While there is none, users wait for it. */
const everyLostMs = 2000;
const timeoutMs = 5000;

let connection: Connection = null;
/** Of several running checks only the newest counts: the result of an older one may be outdated. */
let checks = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

/** The connection, checked while the page is visible. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    watch,
    () => connection,
    () => null,
  );
}

/**
 * Refreshes the page, but not while the server is known to be away: Next.js turns a refresh that fails into a
 * navigation, and the browser's own error page would replace what is shown. `ConnectionNotice` refreshes the page when
 * the server is back.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  return useCallback(() => {
    if (connection !== false) router.refresh();
  }, [router]);
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  if (watchers.size === 1) start();
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) stop();
  };
}

function start(): void {
  for (const name of ["online", "focus"]) addEventListener(name, check);
  addEventListener("offline", markLost);
  check();
}

function stop(): void {
  clearTimeout(timer);
  for (const name of ["online", "focus"]) removeEventListener(name, check);
  removeEventListener("offline", markLost);
}

/** Something could not be read or written: whether the server is away is looked up at once. */
export function checkNow(): void {
  if (watchers.size > 0) check();
}

/** Of a search that failed: whether the server is away is known a moment later, to all who say so. */
export function notSearched(signal: AbortSignal): null {
  if (!signal.aborted) checkNow();
  return null;
}

function check(): void {
  clearTimeout(timer);
  checks += 1;
  const number = checks;
  void (async () => {
    const seen = document.visibilityState === "visible" ? await isReady() : connection;
    if (number !== checks) return;
    put(seen);
    clearTimeout(timer);
    if (watchers.size > 0) timer = setTimeout(check, connection === false ? everyLostMs : everyMs);
  })();
}

function markLost(): void {
  checks += 1;
  put(false);
  clearTimeout(timer);
  timer = setTimeout(check, everyLostMs);
}

function put(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const changed of watchers) changed();
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch("/api/health", { signal: AbortSignal.timeout(timeoutMs), cache: "no-store" })).ok;
  } catch {
    // Whatever the reason, there is no connection.
    return false;
  }
}
