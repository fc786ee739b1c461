"use client";
import { useSyncExternalStore } from "react";
import { useText } from "../messages/provider.tsx";
import { Button } from "./button.tsx";
import { closeToast, saidNow, type Toast, watchSaid } from "./toast.tsx";

const nothing: readonly Toast[] = [];

/** What happened, one below the other, each with its way back. */
export function ToastList() {
  const { t } = useText();
  const toasts = useSyncExternalStore(watchSaid, saidNow, () => nothing);
  return toasts.map(({ id, words, kind, undo }) => (
    <div
      key={id}
      className={`pointer-events-auto flex items-center gap-3 rounded-lg border bg-raised py-2 pr-2 pl-4 shadow-lg ${kind === "fault" ? "border-bad text-bad" : "border-line"}`}
    >
      <span>{words}</span>
      {undo !== null && (
        <Button
          look="quiet"
          onClick={() => {
            closeToast(id);
            undo();
          }}
        >
          {t("toast.undo")}
        </Button>
      )}
      <Button look="quiet" onClick={() => closeToast(id)}>
        {t("toast.close")}
      </Button>
    </div>
  ));
}
