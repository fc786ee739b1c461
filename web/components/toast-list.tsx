"use client";
import { useText } from "../messages/provider.tsx";
import { Button } from "./button.tsx";
import type { Toast } from "./toast.tsx";

interface Props {
  readonly toasts: readonly Toast[];
  readonly close: (id: number) => void;
}

/** What happened, one below the other, each with its way back. */
export function ToastList({ toasts, close }: Props) {
  const { t } = useText();
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
            close(id);
            undo();
          }}
        >
          {t("toast.undo")}
        </Button>
      )}
      <Button look="quiet" onClick={() => close(id)}>
        {t("toast.close")}
      </Button>
    </div>
  ));
}
