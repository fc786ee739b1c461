"use client";
import { useEffect, useState } from "react";
import { useText } from "../messages/provider.tsx";

const everyMs = 10_000;
const timeoutMs = 5000;

async function isReady(): Promise<boolean> {
  try {
    return (await fetch("/api/health", { signal: AbortSignal.timeout(timeoutMs), cache: "no-store" })).ok;
  } catch {
    // Whatever the reason, there is no connection.
    return false;
  }
}

/** Whether the server can be reached now: a dot with a word, looked at while the page is in front. */
export function HealthDot() {
  const { t } = useText();
  const [ready, setReady] = useState<boolean | null>(null);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void isReady().then(setReady);
    };
    look();
    const timer = setInterval(look, everyMs);
    const lost = () => setReady(false);
    for (const name of ["online", "focus"]) window.addEventListener(name, look);
    window.addEventListener("offline", lost);
    return () => {
      clearInterval(timer);
      for (const name of ["online", "focus"]) window.removeEventListener(name, look);
      window.removeEventListener("offline", lost);
    };
  }, []);
  return (
    <p role="status" className={`flex items-center gap-2 text-xs ${ready === false ? "text-bad" : "text-muted"}`}>
      <span
        aria-hidden
        className={`size-2 rounded-full ${ready === null ? "bg-line-strong" : ready ? "bg-good" : "bg-bad"}`}
      />
      {ready === null ? "…" : t(ready ? "health.good" : "health.bad")}
    </p>
  );
}
