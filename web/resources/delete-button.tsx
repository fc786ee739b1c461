"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import { Button } from "../components/button.tsx";
import { useToast } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";
import { useCommands } from "../shell/commands/registry.tsx";
import { writeLater } from "../undo/hold-writes.ts";
import { usePendingWrite } from "../undo/pending-writes.ts";
import { useUndo } from "../undo/use-undo.tsx";
import type { ResourceName } from "./resource.ts";

interface Props {
  readonly resource: ResourceName;
  readonly id: number;
  readonly name: string;
  readonly etag: string | null;
  /** Drawn by the server: a page need not load icons for it. */
  readonly icon: ReactNode;
}

/**
 * Deletes after the time for Undo. A dry run asks first whether it may be deleted at all: what orders refer to is
 * refused in the API's words.
 */
export function DeleteButton({ resource, id, name, etag, icon }: Props) {
  const { t } = useText();
  const toast = useToast();
  const router = useRouter();
  const words = useErrorText();
  const undoOne = useUndo();
  const [isAsking, setIsAsking] = useState(false);
  const path = `/api/${resource}/${id}`;
  const isBusy = usePendingWrite(path) !== undefined || isAsking;
  const remove = async () => {
    if (isBusy) return;
    setIsAsking(true);
    const rehearsal = await write({ method: "DELETE", path: `${path}?dry_run=1`, etag, key: newKey() });
    setIsAsking(false);
    if (!rehearsal.ok) {
      const reason = rehearsal.status === 412 ? t("undo.changedMeanwhile") : words(rehearsal);
      toast.error(t("undo.notDeleted", { name, reason }));
      router.refresh();
      return;
    }
    const key = writeLater({ path, name, method: "DELETE", body: null, etag, statusId: null });
    toast.info(t("undo.deleted", { name }), () => undoOne(key) && router.push(`/${resource}/${id}`));
    router.push(`/${resource}`);
  };
  useCommands([{ id: "resource-delete", label: "resource.delete", keys: "#", run: () => void remove() }]);
  return (
    <Button look="danger" aria-disabled={isBusy} aria-keyshortcuts="#" onClick={() => void remove()}>
      {icon}
      {t("resource.delete")}
    </Button>
  );
}
