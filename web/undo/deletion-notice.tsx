"use client";
import type { ReactNode } from "react";
import { Button } from "../components/button.tsx";
import { useText } from "../messages/provider.tsx";
import { usePendingWrite } from "./pending-writes.ts";
import { useUndo } from "./use-undo.tsx";

interface Props {
  /** The resource in the API. */
  readonly path: string;
  readonly children: ReactNode;
}

/** Says above a page that its resource is being deleted, with the way back. */
export function DeletionNotice({ path, children }: Props) {
  const { t } = useText();
  const undo = useUndo();
  const pending = usePendingWrite(path);
  if (pending === undefined || pending.method !== "DELETE") return children;
  return (
    <>
      <div
        role="status"
        className="mb-4 flex items-center justify-between gap-4 rounded-xl border border-warn bg-warn-soft px-4 py-2 text-warn"
      >
        {t("undo.deleting", { name: pending.name })}
        <Button onClick={() => undo(pending.key)}>{t("toast.undo")}</Button>
      </div>
      {children}
    </>
  );
}
