// What surrounds every page: navigation, preferences, and the interactive parts, which are loaded once a page is idle
// or used (load-on-interaction.tsx): keys and palette in commands/, the server's state in connection/.
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { UserLine } from "../access/user-line.tsx";
import { loadCompany } from "../api/company-server.ts";
import { currentSession } from "../api/session/current.ts";
import { mayIn } from "../api/session/session.ts";
import { Link } from "../components/link.tsx";
import { StaticIcon } from "../components/static-icon.tsx";
import { serverText } from "../messages/server.ts";
import { AskCompany } from "./ask-company.tsx";
import { AskFirstUser } from "./ask-first-user.tsx";
import type { ShellSlot } from "./data-attributes.ts";
import { Menu, MenuButton } from "./menu.tsx";
import { NavLink } from "./nav-link.tsx";
import { placesFor } from "./places.ts";
import { FindButton, FindIcon, Preferences } from "./preferences/controls.tsx";

const size = 17;

/** A slot that the interactive shell fills. */
const filled = (place: ShellSlot): string => place;

/** The last place in the document. */
export const lastInPage = filled("toasts");

/** The shell around every page: skip link, navigation and content. */
export async function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = await serverText();
  const company = await loadCompany();
  const session = await currentSession();
  const isAsking = session.state === "open" && (await cookies()).get("first-user") === undefined;
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13rem_1fr] print:block">
      <a
        href="#content"
        className="absolute -top-12 left-2 z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:top-2"
      >
        {t("app.skip")}
      </a>
      <header className="screen-only sticky top-0 z-30 border-line border-b bg-surface md:flex md:h-dvh md:flex-col md:overflow-y-auto md:border-r md:border-b-0">
        <div className="flex items-center gap-2 px-2 py-2 md:px-4 md:pt-4 md:pb-3">
          <MenuButton icon={<StaticIcon name="menu" size={20} />} />
          <span className="flex min-w-0 flex-1 items-center gap-2 font-semibold tracking-tight">
            <span
              aria-hidden
              className="grid size-6 shrink-0 place-items-center rounded-md bg-accent text-on-accent text-xs max-sm:hidden"
            >
              N
            </span>
            <span className="truncate">{t("app.name")}</span>
          </span>
          <div className="flex items-center gap-1 md:hidden">
            <FindIcon icon={<StaticIcon name="find" size={19} />} />
            {mayIn(session, "write-orders") && <NewOrderIcon label={t("nav.newOrder")} />}
          </div>
        </div>
        <div className="flex flex-col gap-2 px-3 pb-3 max-md:hidden">
          <FindButton icon={<StaticIcon name="find" size={15} />} />
          {mayIn(session, "write-orders") && (
            <NavLink href="/orders/new" kind="button">
              <StaticIcon name="plus" size={size} />
              {t("nav.newOrder")}
            </NavLink>
          )}
        </div>
        <Menu closeIcon={<StaticIcon name="close" size={20} />}>
          <Places />
          <div className="mt-auto flex min-h-18 shrink-0 flex-col items-start gap-2 px-3 md:max-w-52">
            <UserLine />
            <Preferences toDark={<StaticIcon name="moon" size={15} />} toLight={<StaticIcon name="sun" size={15} />} />
            <div className="px-2.5">
              <Health />
            </div>
          </div>
        </Menu>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-8 md:py-7">
        <div role="status" id={filled("connection")} className="screen-only contents" />
        {isAsking && <AskFirstUser />}
        {!company.confirmed && mayIn(session, "write-company") && (
          <AskCompany currency={company.currency.code} timeZone={company.timeZone} />
        )}
        {children}
      </main>
      <section
        aria-label={t("toast.label")}
        className="screen-only pointer-events-none fixed inset-x-0 bottom-16 z-40 flex flex-col items-center gap-2 px-4"
      >
        <div role="status" id={lastInPage} className="contents" />
      </section>
    </div>
  );
}

/** Whether the server can be reached, once that is known. */
function Health() {
  return (
    <div className="text-muted text-xs">
      <p role="status" id={filled("health")} className="peer" />
      <p aria-hidden className="hidden items-center gap-2 peer-empty:flex">
        <span className="size-2 rounded-full bg-line-strong" />…
      </p>
    </div>
  );
}

/** The main navigation. */
async function Places() {
  const { t } = await serverText();
  const places = placesFor(await currentSession());
  return (
    <nav aria-label={t("nav.label")}>
      <ul className="flex flex-col gap-1 px-3 pb-2 md:[@media(max-height:52rem)]:gap-0.5">
        {places.map(({ href, label, icon }) => (
          <li key={href}>
            <NavLink href={href}>
              <StaticIcon name={icon} size={size} />
              {t(label)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The way to a new order on a small screen. */
function NewOrderIcon({ label }: { readonly label: string }) {
  return (
    <Link
      href="/orders/new"
      aria-label={label}
      className="grid size-9 place-items-center rounded-md bg-accent text-on-accent hover:opacity-90"
    >
      <StaticIcon name="plus" size={20} />
    </Link>
  );
}
