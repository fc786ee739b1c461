"use client";
import { useEffect, useRef } from "react";
import { useSay } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useRefusalText } from "../messages/use-refusal-text.ts";
import { useCommands } from "../shell/commands/registry.tsx";
import { useRefresh } from "../shell/connection/connection.ts";
import { useDelayed } from "./pending-writes.ts";
import { onEnding, startDelayed, undo } from "./send-writes.ts";

/** Takes a write back and says so. */
export function useUndo(): (key: string) => boolean {
  const { t } = useText();
  const say = useSay();
  return (key) => {
    const isUndone = undo(key);
    if (isUndone) say.news(t("delayed.undone"));
    else say.fault(t("delayed.tooLate"));
    return isUndone;
  };
}

/** Part of every page: brings delayed writes through and says what became of those that failed. */
export function DelayedWrites() {
  const { t } = useText();
  const say = useSay();
  const refresh = useRefresh();
  const words = useRefusalText();
  const undoOne = useUndo();
  const last = useDelayed().at(-1);
  const told = useRef(new Set<string>());
  useCommands(
    last === undefined
      ? []
      : [{ id: "undo", label: "delayed.undoLast", keys: "$mod+z", run: () => void undoOne(last.key) }],
  );
  const latest = useRef({ t, say, refresh, words });
  useEffect(() => {
    latest.current = { t, say, refresh, words };
  });
  useEffect(startDelayed, []);
  useEffect(
    () =>
      onEnding(({ write, reply }) => {
        const { t, say, refresh, words } = latest.current;
        const isGone = write.statusId === null && !reply.ok && reply.status === 404;
        if (!reply.ok && !isGone && !told.current.has(write.key)) {
          told.current.add(write.key);
          const { name, statusId } = write;
          const reason = reply.status === 412 ? t("delayed.changedMeanwhile") : words(reply);
          const key = statusId === null ? "delayed.notDeleted" : "delayed.notStepped";
          say.fault(reply.status === 0 || reply.status >= 500 ? t("delayed.held") : t(key, { name, reason }));
        }
        if (reply.ok || reply.status !== 0) refresh();
      }),
    [],
  );
  return null;
}
