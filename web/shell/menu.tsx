import type { ReactNode } from "react";
import { serverText } from "../messages/server.ts";
import { menuId } from "./data-attributes.ts";

/** Opens the navigation where there is no room for it: the browser's own popover, so that it works before any code. */
export async function MenuButton({ icon }: { readonly icon: ReactNode }) {
  const { t } = await serverText();
  return (
    <button
      type="button"
      popoverTarget={menuId}
      className="grid size-9 place-items-center rounded-md text-ink hover:bg-accent-soft md:hidden"
    >
      {icon}
      <span className="sr-only">{t("nav.menu")}</span>
    </button>
  );
}

/** A popover on a small screen, a part of the page on a large one. */
export async function Menu({ closeIcon, children }: { readonly closeIcon: ReactNode; readonly children: ReactNode }) {
  const { t } = await serverText();
  return (
    <div
      id={menuId}
      popover="auto"
      className="menu m-0 h-dvh w-72 max-w-[85vw] flex-col border-line border-r bg-surface p-0 text-ink shadow-2xl backdrop:bg-black/40 open:flex md:static md:flex md:h-auto md:w-auto md:max-w-none md:flex-1 md:border-0 md:shadow-none"
    >
      <button
        type="button"
        popoverTarget={menuId}
        popoverTargetAction="hide"
        className="m-2 ml-auto grid size-9 place-items-center rounded-md text-muted hover:bg-accent-soft hover:text-ink md:hidden"
      >
        {closeIcon}
        <span className="sr-only">{t("dialog.close")}</span>
      </button>
      {children}
    </div>
  );
}
