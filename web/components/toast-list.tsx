"use client";
import { useSyncExternalStore } from "react";
import { useText } from "../messages/provider.tsx";
import { Button } from "./button.tsx";
import { closeToast, shownToasts, type Toast, watchToasts } from "./toast.tsx";

const nothing: readonly Toast[] = [];

/** The toasts, one below the other, each with its Undo. */
export function ToastList() {
  const { t } = useText();
  const toasts = useSyncExternalStore(watchToasts, shownToasts, () => nothing);
  return toasts.map(({ id, text, kind, undo }) => (
    <div
      key={id}
      className={`pointer-events-auto flex items-center gap-3 rounded-lg border bg-raised py-2 pr-2 pl-4 shadow-lg ${kind === "error" ? "border-bad text-bad" : "border-line"}`}
    >
      <span>{text}</span>
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
