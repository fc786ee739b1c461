"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { useToast } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";

interface Props {
  readonly isDirty: boolean;
  /** Where the form leads when it is left by its own key. */
  readonly leavingTo: string | null;
  readonly onStay: () => void;
  readonly onDiscard: () => void;
}

/**
 * Nothing that was typed is lost by accident: the browser asks before it closes the page, a link asks here, and a way
 * out that cannot be stopped (the browser's Back button, a key of the palette) says that the draft was stored.
 */
export function UnsavedChanges({ isDirty, leavingTo, onStay, onDiscard }: Props) {
  const { t } = useText();
  const router = useRouter();
  const [followed, setFollowed] = useState<string | null>(null);
  const mayLeave = useRef(false);
  useUnloadQuestion(isDirty, mayLeave);
  useLinkQuestion(isDirty, setFollowed);
  useLeavingNotice(isDirty, mayLeave);
  const target = followed ?? leavingTo;
  const stay = () => {
    setFollowed(null);
    onStay();
  };
  const leave = (discard: boolean) => {
    mayLeave.current = true;
    if (discard) onDiscard();
    if (target !== null) router.push(routeOf(target));
    stay();
  };
  return (
    <Dialog title={t("leave.title")} isOpen={isDirty && target !== null} onClose={stay}>
      <p className="text-muted">{t("leave.words")}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="danger" onClick={() => leave(true)}>
          {t("leave.discard")}
        </Button>
        <Button onClick={() => leave(false)}>{t("leave.keep")}</Button>
        <Button look="primary" data-focus-first onClick={stay}>
          {t("leave.stay")}
        </Button>
      </div>
    </Dialog>
  );
}

/** A link of this page, which is a route because the page was rendered with it. */
function routeOf(path: string): Route {
  const isRoute = (text: string): text is Route => text.startsWith("/");
  return isRoute(path) ? path : "/orders";
}

interface Flag {
  current: boolean;
}

function useUnloadQuestion(isDirty: boolean, mayLeave: Flag): void {
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      if (!mayLeave.current) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isDirty, mayLeave]);
}

function useLinkQuestion(isDirty: boolean, ask: (path: string) => void): void {
  useEffect(() => {
    if (!isDirty) return undefined;
    const hold = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (link === null || !isPlain || link.target === "_blank" || link.origin !== location.origin) return;
      if (link.pathname + link.search === location.pathname + location.search) return;
      event.preventDefault();
      event.stopPropagation();
      ask(link.pathname + link.search);
    };
    // Before the router hears of it.
    addEventListener("click", hold, { capture: true });
    return () => removeEventListener("click", hold, { capture: true });
  }, [isDirty, ask]);
}

function useLeavingNotice(isDirty: boolean, mayLeave: Flag): void {
  const { t } = useText();
  const toast = useToast();
  const latest = useRef({ isDirty, words: "" });
  useEffect(() => {
    latest.current = { isDirty, words: t("leave.kept") };
  });
  useEffect(() => {
    const flag = mayLeave;
    return () => {
      if (latest.current.isDirty && !flag.current) toast.info(latest.current.words);
    };
  }, [toast, mayLeave]);
}
