"use client";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { useText } from "../../messages/provider.tsx";
import { useDelayedOf, useUndo } from "../delayed/use-delayed.tsx";

interface Props {
  readonly orderId: number;
  readonly children: ReactNode;
}

/** Shows an order that is being deleted as what it is, with the way back. */
export function Going({ orderId, children }: Props) {
  const { t } = useText();
  const undo = useUndo();
  const waiting = useDelayedOf(orderId);
  if (waiting === undefined || waiting.statusId !== null) return children;
  return (
    <>
      <div
        role="status"
        className="mb-4 flex items-center justify-between gap-4 rounded-xl border border-warn bg-warn-soft px-4 py-2 text-warn"
      >
        {t("order.deleting")}
        <Button onClick={() => undo(waiting.key)}>{t("toast.undo")}</Button>
      </div>
      {children}
    </>
  );
}
