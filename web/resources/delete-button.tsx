"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import { Button } from "../components/button.tsx";
import { useSay } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useRefusalText } from "../messages/use-refusal-text.ts";
import { useCommands } from "../shell/commands/registry.tsx";
import { useDelayedOf } from "../undo/pending-writes.ts";
import { delay } from "../undo/send-writes.ts";
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
 * Deletes after the time for Undo. Whether it may be deleted at all is asked first, by a dry run: what orders refer to
 * is refused in the API's words, and nothing is promised.
 */
export function DeleteButton({ resource, id, name, etag, icon }: Props) {
  const { t } = useText();
  const say = useSay();
  const router = useRouter();
  const words = useRefusalText();
  const undoOne = useUndo();
  const [isAsking, setIsAsking] = useState(false);
  const path = `/api/${resource}/${id}`;
  const isBusy = useDelayedOf(path) !== undefined || isAsking;
  const remove = async () => {
    if (isBusy) return;
    setIsAsking(true);
    const rehearsal = await write({ method: "DELETE", path: `${path}?dry_run=1`, etag, key: newKey() });
    setIsAsking(false);
    if (!rehearsal.ok) {
      const reason = rehearsal.status === 412 ? t("delayed.changedMeanwhile") : words(rehearsal);
      say.fault(t("delayed.notDeleted", { name, reason }));
      router.refresh();
      return;
    }
    const key = delay({ path, name, method: "DELETE", body: null, etag, statusId: null });
    say.news(t("delayed.deleted", { name }), () => undoOne(key) && router.push(`/${resource}/${id}`));
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
