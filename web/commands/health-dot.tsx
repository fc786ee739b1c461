"use client";
import { useText } from "../messages/provider.tsx";
import { useConnection } from "./connection.ts";

/** Whether the server can be reached now: a dot with a word. */
export function HealthDot() {
  const { t } = useText();
  const ready = useConnection();
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
