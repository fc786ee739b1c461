import type { Route } from "next";
import type { ReactNode } from "react";
import { Link } from "../components/link.tsx";
import { StaticIcon } from "../components/static-icon.tsx";
import { StatusBadge } from "../components/status-badge.tsx";
import { serverText } from "../messages/server.ts";
import type { Summary } from "./summary.ts";

/** What is to be done: the number of orders in each status, and of those that are late. */
export async function Attention({ summary: { orders_by_status, late } }: { readonly summary: Summary }) {
  const { t } = await serverText();
  const isLate = late.orders > 0;
  return (
    <ul aria-label={t("home.attention")} className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-5">
      <li className="max-lg:col-span-2">
        <Tile
          href="#late"
          count={late.orders}
          isWarning={isLate}
          about={t(isLate ? "home.lateAbout" : "home.lateNone", { count: late.days })}
        >
          <span
            className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 font-medium text-xs ${isLate ? "bg-warn-soft text-warn" : "bg-good-soft text-good"}`}
          >
            <StaticIcon name={isLate ? "clock" : "done"} size={13} />
            {t("home.late")}
          </span>
        </Tile>
      </li>
      {orders_by_status
        .filter(({ status_id }) => status_id !== null)
        .map(({ status_id, orders, open }) => (
          <li key={status_id}>
            <Tile href={`/orders?status_id=${status_id}`} count={orders} about={t(open ? "home.open" : "home.done")}>
              <StatusBadge statusId={status_id} t={t} />
            </Tile>
          </li>
        ))}
    </ul>
  );
}

interface TileProps {
  readonly href: Route | "#late";
  readonly count: number;
  readonly about: string;
  readonly isWarning?: boolean;
  readonly children: ReactNode;
}

async function Tile({ href, count, about, isWarning = false, children }: TileProps) {
  const { locale } = await serverText();
  const look = `flex h-full flex-col gap-1 rounded-xl border bg-surface px-4 py-3 hover:border-line-strong ${isWarning ? "border-warn" : "border-line"}`;
  const content = (
    <>
      <span>{children}</span>
      <span className="numbers font-semibold text-2xl tracking-tight">
        {new Intl.NumberFormat(locale).format(count)}
      </span>
      <span className="text-muted text-xs">{about}</span>
    </>
  );
  if (href === "#late")
    return (
      <a href={href} className={look}>
        {content}
      </a>
    );
  return (
    <Link href={href} className={look}>
      {content}
    </Link>
  );
}
