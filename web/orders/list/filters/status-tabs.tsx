"use client";
import { useEffect, useRef, useState } from "react";
import { useText } from "../../../messages/provider.tsx";
import type { MessageKey } from "../../../messages/text.ts";
import { statusLabels as labels } from "../../names.ts";
import type { StatusCounts } from "./counts.ts";
import { ListLink } from "./list-link.tsx";
import type { ListAddress } from "./navigation.ts";
import { chosenStatuses, withFilters } from "./query.ts";

/** Each status as a filter, with its name. */
export const statusLabels: readonly (readonly [status: string, label: MessageKey])[] = labels.map((label, id) => [
  String(id),
  label,
]);

/** The tabs for each status, with the number of orders; several statuses at once have a tab of their own. */
export function StatusTabs({
  address,
  counts,
}: {
  readonly address: ListAddress;
  readonly counts: StatusCounts | null;
}) {
  const { t, locale } = useText();
  const number = new Intl.NumberFormat(locale);
  // Counts arrive after the page; there is room for those of a million orders, so that no tab moves.
  const [room] = useState(counts === null ? "min-w-[9ch]" : "");
  const here = address.query.filters.status_id ?? null;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => showCurrent(nav.current, here), [here]);
  const chosen = chosenStatuses(address.query);
  const several = statusLabels.filter(([status]) => chosen.includes(status)).map(([, label]) => t(label));
  const tabs: readonly (readonly [status: string | null, label: string])[] = [
    [null, t("orders.all")],
    ...statusLabels.map(([status, label]) => [status, t(label)] as const),
    ...(chosen.length > 1 ? [[here, several.join(" + ")] as const] : []),
  ];
  return (
    <nav ref={nav} aria-label={t("orders.byStatus")} className="min-w-0 flex-1 overflow-x-auto">
      <ul className="flex gap-1">
        {tabs.map(([status, label]) => (
          <li key={label}>
            <ListLink
              path={address.pathOf(withFilters(address.query, { status_id: status }))}
              aria-current={here === status ? "page" : undefined}
              className="flex h-9 items-center gap-2 whitespace-nowrap border-transparent border-b-2 px-3 text-muted text-sm hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {label}
              <span className={`numbers flex text-muted text-xs ${room}`}>
                <span className="min-w-[2ch] rounded-full bg-canvas px-1.5 py-px text-center">
                  {counts === null ? "…" : number.format(counts.of(status))}
                </span>
              </span>
            </ListLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where there is not room for all tabs, scrolls to the current one. */
function showCurrent(nav: HTMLElement | null, here: string | null): void {
  const current = here === null ? null : nav?.querySelector("[aria-current]");
  if (nav === null || !current) return;
  const beyond = current.getBoundingClientRect().right - nav.getBoundingClientRect().right;
  if (beyond > 0) nav.scrollLeft += beyond;
}
