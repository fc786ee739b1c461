"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { QuestionDialog } from "../access/question/question-dialog.tsx";
import { ToastList } from "../components/toast-list.tsx";
import { StoreOfflinePage } from "../offline/store-page.tsx";
import { PendingWrites } from "../undo/use-undo.tsx";
import { GlobalCommands } from "./commands/global-commands.tsx";
import { KeyBindings } from "./commands/key-bindings.tsx";
import { useRefresh } from "./connection/connection.ts";
import { ConnectionNotice } from "./connection/connection-notice.tsx";
import { HealthDot } from "./connection/health-dot.tsx";
import { StayFresh } from "./connection/stay-fresh.tsx";
import { menuId, retryingSelector, type ShellSlot } from "./data-attributes.ts";
import type { EarlyInput } from "./early-input.ts";
import { followPreferences } from "./preferences/follow-preferences.ts";
import { usePrefetching } from "./prefetch.ts";

/** The parts of every page that work once it is used or idle. */
export function InteractiveShell({ early }: { readonly early: EarlyInput }) {
  useMenuClosing(early.path);
  useComingBack();
  useFollowing();
  usePrefetching();
  return (
    <>
      <GlobalCommands early={early} />
      <PendingWrites />
      <KeyBindings early={early} />
      <In place="health">
        <HealthDot />
      </In>
      <In place="connection">
        <ConnectionNotice />
      </In>
      <In place="toasts">
        <ToastList />
      </In>
      <QuestionDialog />
      <StoreOfflinePage />
      <StayFresh />
    </>
  );
}

/** Fills a slot that the server has rendered empty. */
function In({ place, children }: { readonly place: ShellSlot; readonly children: ReactNode }) {
  const element = document.getElementById(place);
  return element === null ? null : createPortal(children, element);
}

/** Closes the menu of a small screen when another page is shown. */
function useMenuClosing(before: string): void {
  const path = usePathname();
  const shown = useRef(before);
  useEffect(() => {
    if (path === shown.current) return;
    shown.current = path;
    const menu = document.getElementById(menuId);
    if (menu?.matches(":popover-open") === true) menu.hidePopover();
  }, [path]);
}

/** Brings what the user has chosen elsewhere. */
function useFollowing(): void {
  const refresh = useRefresh();
  useEffect(() => {
    void followPreferences().then((isOther) => {
      if (isOther) refresh();
    });
  }, [refresh]);
}

const againMs = 4000;

/** Refreshes while the page shows something that the server could not read or count in time. */
function useComingBack(): void {
  const refresh = useRefresh();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.querySelector(retryingSelector) !== null) refresh();
    }, againMs);
    return () => clearInterval(timer);
  }, [refresh]);
}
