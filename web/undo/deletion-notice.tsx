"use client";
import type { ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { useDelayedOf } from "./pending-writes.ts";
import { useUndo } from "./use-undo.tsx";

interface Props {
  /** The resource in the API. */
  readonly path: string;
  readonly children: ReactNode;
}

/** Shows what is being deleted as what it is, with the way back. */
export function Going({ path, children }: Props) {
  const { t } = useText();
  const undo = useUndo();
  const waiting = useDelayedOf(path);
  if (waiting === undefined || waiting.method !== "DELETE") return children;
  return (
    <>
      <div
        role="status"
        className="mb-4 flex items-center justify-between gap-4 rounded-xl border border-warn bg-warn-soft px-4 py-2 text-warn"
      >
        {t("delayed.deleting", { name: waiting.name })}
        <Button onClick={() => undo(waiting.key)}>{t("toast.undo")}</Button>
      </div>
      {children}
    </>
  );
}
