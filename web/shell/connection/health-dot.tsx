"use client";
import { useText } from "../../messages/provider.tsx";
import { useConnection } from "./connection.ts";

/** Whether the server can be reached now: a dot with a word. Empty until that is known. */
export function HealthDot() {
  const { t } = useText();
  const isReady = useConnection();
  if (isReady === null) return null;
  return (
    <span className={`flex items-center gap-2 ${isReady ? "" : "text-bad"}`}>
      <span aria-hidden className={`size-2 rounded-full ${isReady ? "bg-good" : "bg-bad"}`} />
      {t(isReady ? "health.good" : "health.bad")}
    </span>
  );
}
