"use client";
import { useState } from "react";
import { useText } from "../../../messages/provider.tsx";
import type { MessageKey } from "../../../messages/text.ts";
import type { StatusCounts } from "./counts.ts";
import { ListLink } from "./list-link.tsx";
import type { ListAddress } from "./navigation.ts";
import { withFilters } from "./query.ts";

const tabs: readonly (readonly [status: string | null, label: MessageKey])[] = [
  [null, "orders.all"],
  ["0", "status.new"],
  ["1", "status.invoiced"],
  ["2", "status.shipped"],
  ["3", "status.closed"],
];

/** The tabs for each status, with the number of orders. */
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
  return (
    <nav aria-label={t("orders.byStatus")} className="min-w-0 flex-1 overflow-x-auto">
      <ul className="flex gap-1">
        {tabs.map(([status, label]) => (
          <li key={label}>
            <ListLink
              path={address.pathOf(withFilters(address.query, { status_id: status }))}
              aria-current={here === status ? "page" : undefined}
              className="flex h-9 items-center gap-2 whitespace-nowrap border-transparent border-b-2 px-3 text-muted text-sm hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {t(label)}
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
