"use client";
import { useRouter } from "next/navigation";
import { useCallback, useSyncExternalStore } from "react";

/** Whether the server can be reached; null until that is known. */
export type Connection = boolean | null;

const everyMs = 10_000;
/** While there is none, people wait for it. */
const everyLostMs = 2000;
const timeoutMs = 5000;

let connection: Connection = null;
/** Of several looks under way only the newest counts: what an older one saw may be over. */
let looks = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

/** The connection, looked at while a page is in front. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    watch,
    () => connection,
    () => null,
  );
}

/**
 * Asks the server for the page again, but not while it is known to be away: Next.js turns a refresh that fails into a
 * navigation, and the browser's own page of errors would take the place of what is read. `ConnectionNotice` brings the
 * page up to date when the server is back.
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
  for (const name of ["online", "focus"]) addEventListener(name, look);
  addEventListener("offline", lost);
  look();
}

function stop(): void {
  clearTimeout(timer);
  for (const name of ["online", "focus"]) removeEventListener(name, look);
  removeEventListener("offline", lost);
}

function look(): void {
  clearTimeout(timer);
  looks += 1;
  const number = looks;
  void (async () => {
    const seen = document.visibilityState === "visible" ? await isReady() : connection;
    if (number !== looks) return;
    put(seen);
    clearTimeout(timer);
    if (watchers.size > 0) timer = setTimeout(look, connection === false ? everyLostMs : everyMs);
  })();
}

function lost(): void {
  looks += 1;
  put(false);
  clearTimeout(timer);
  timer = setTimeout(look, everyLostMs);
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
