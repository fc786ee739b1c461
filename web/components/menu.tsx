"use client";
import { Menu as MenuIcon, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useText } from "../messages/provider.tsx";

const id = "menu";

/** Opens the navigation where there is no room for it: the browser's own popover, so that it works before any code. */
export function MenuButton() {
  const { t } = useText();
  return (
    <button
      type="button"
      popoverTarget={id}
      className="grid size-9 place-items-center rounded-md text-ink hover:bg-accent-soft md:hidden"
    >
      <MenuIcon size={20} aria-hidden />
      <span className="sr-only">{t("nav.menu")}</span>
    </button>
  );
}

/** A popover on a small screen, a part of the page on a large one. */
export function Menu({ children }: { readonly children: ReactNode }) {
  const { t } = useText();
  const path = usePathname();
  useEffect(() => {
    const menu = document.getElementById(id);
    // Another page is in front: what led there goes.
    if (path !== "" && menu?.matches(":popover-open") === true) menu.hidePopover();
  }, [path]);
  return (
    <div
      id={id}
      popover="auto"
      className="menu m-0 h-dvh w-72 max-w-[85vw] flex-col border-line border-r bg-surface p-0 text-ink shadow-2xl backdrop:bg-black/40 open:flex md:static md:flex md:h-auto md:w-auto md:max-w-none md:flex-1 md:border-0 md:shadow-none"
    >
      <button
        type="button"
        popoverTarget={id}
        popoverTargetAction="hide"
        className="m-2 ml-auto grid size-9 place-items-center rounded-md text-muted hover:bg-accent-soft hover:text-ink md:hidden"
      >
        <X size={20} aria-hidden />
        <span className="sr-only">{t("dialog.close")}</span>
      </button>
      {children}
    </div>
  );
}
