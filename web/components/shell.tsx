import { Building2, House, Info, Package, Plus, ReceiptText, ShoppingBasket, Truck, UserRound } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { ConnectionNotice } from "../commands/connection-notice.tsx";
import { HealthDot } from "../commands/health-dot.tsx";
import { FindButton, FindIcon, Preferences } from "../commands/preferences.tsx";
import { serverText } from "../messages/server.ts";
import type { MessageKey } from "../messages/text.ts";
import { Menu, MenuButton } from "./menu.tsx";
import { NavLink } from "./nav-link.tsx";

interface Place {
  readonly href: Route;
  readonly label: MessageKey;
  readonly icon: ReactNode;
}

const size = 17;

/** The places of the main navigation, in the order of how often an order desk goes there. */
const places: readonly Place[] = [
  { href: "/", label: "nav.home", icon: <House size={size} aria-hidden /> },
  { href: "/orders", label: "nav.orders", icon: <ReceiptText size={size} aria-hidden /> },
  { href: "/customers", label: "nav.customers", icon: <ShoppingBasket size={size} aria-hidden /> },
  { href: "/products", label: "nav.products", icon: <Package size={size} aria-hidden /> },
  { href: "/employees", label: "nav.employees", icon: <UserRound size={size} aria-hidden /> },
  { href: "/shippers", label: "nav.shippers", icon: <Truck size={size} aria-hidden /> },
  { href: "/suppliers", label: "nav.suppliers", icon: <Building2 size={size} aria-hidden /> },
  { href: "/about", label: "nav.about", icon: <Info size={size} aria-hidden /> },
];

/** What stands around every page: the way to its content, the navigation, and the content. */
export async function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = await serverText();
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
          <MenuButton />
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
            <FindIcon />
            <NewOrderIcon label={t("nav.newOrder")} />
          </div>
        </div>
        <div className="flex flex-col gap-2 px-3 pb-3 max-md:hidden">
          <FindButton />
          <NavLink href="/orders/new" kind="button">
            <Plus size={size} aria-hidden />
            {t("nav.newOrder")}
          </NavLink>
        </div>
        <Menu>
          <nav aria-label={t("nav.label")}>
            <ul className="flex flex-col gap-1 px-3 pb-2">
              {places.map(({ href, label, icon }) => (
                <li key={href}>
                  <NavLink href={href}>
                    {icon}
                    {t(label)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
          <div className="mt-auto flex flex-col items-start gap-2 px-3 pb-4">
            <Preferences />
            <div className="px-2.5">
              <HealthDot />
            </div>
          </div>
        </Menu>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:px-8 md:py-7">
        <ConnectionNotice />
        {children}
      </main>
    </div>
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
      <Plus size={20} aria-hidden />
    </Link>
  );
}
