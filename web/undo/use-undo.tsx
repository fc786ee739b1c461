"use client";
import { useEffect, useRef } from "react";
import { useToast } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";
import { useCommands } from "../shell/commands/registry.tsx";
import { useRefresh } from "../shell/connection/connection.ts";
import { onEnding, resumePendingWrites, undo } from "./hold-writes.ts";
import { pendingWrites, usePendingWrites } from "./pending-writes.ts";

/** Takes a write back, and reports whether that was still possible. */
export function useUndo(): (key: string) => boolean {
  const { t } = useText();
  const toast = useToast();
  return (key) => {
    const name = pendingWrites().find((each) => each.key === key)?.name ?? "";
    const isUndone = undo(key);
    if (isUndone) toast.info(t("undo.undone", { name }));
    else toast.error(t("undo.tooLate"));
    return isUndone;
  };
}

/** Part of every page: sends pending writes and reports those that failed. */
export function PendingWrites() {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const undoOne = useUndo();
  const last = usePendingWrites().at(-1);
  const reported = useRef(new Set<string>());
  useCommands(
    last === undefined
      ? []
      : [{ id: "undo", label: "undo.undoLast", keys: "$mod+z", run: () => void undoOne(last.key) }],
  );
  const latest = useRef({ t, toast, refresh, errorText });
  useEffect(() => {
    latest.current = { t, toast, refresh, errorText };
  });
  useEffect(resumePendingWrites, []);
  useEffect(
    () =>
      onEnding(({ write, reply }) => {
        const { t, toast, refresh, errorText } = latest.current;
        const isAlreadyDeleted = write.statusId === null && !reply.ok && reply.status === 404;
        if (!reply.ok && !isAlreadyDeleted && !reported.current.has(write.key)) {
          reported.current.add(write.key);
          const { name, statusId } = write;
          const reason = reply.status === 412 ? t("undo.changedMeanwhile") : errorText(reply);
          const key = statusId === null ? "undo.notDeleted" : "undo.notStepped";
          toast.error(reply.status === 0 || reply.status >= 500 ? t("undo.retrying") : t(key, { name, reason }));
        }
        if (reply.ok || reply.status !== 0) refresh();
      }),
    [],
  );
  return null;
}
