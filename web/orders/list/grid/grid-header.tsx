"use client";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { RefObject } from "react";
import { useText } from "../../../messages/provider.tsx";
import { ListLink } from "../filters/list-link.tsx";
import type { ListAddress } from "../filters/navigation.ts";
import { toggledSort } from "../filters/query.ts";
import type { Column } from "./columns.ts";
import { rowLook } from "./order-row.tsx";

interface Props {
  readonly header: RefObject<HTMLTableSectionElement | null>;
  readonly address: ListAddress;
  readonly shown: readonly Column[];
  readonly areAllSelected: boolean;
  readonly onSelectAll: () => void;
}

/** The column headers. They stay visible; on a phone there are none, because cards have no columns. */
export function GridHeader({ header, address, shown, areAllSelected, onSelectAll }: Props) {
  const { t } = useText();
  return (
    <thead ref={header} className="sticky top-0 z-10 block min-w-(--least) max-sm:hidden print:static">
      <tr aria-rowindex={1} className={`${rowLook} h-9 border-line border-b bg-surface font-medium text-muted text-xs`}>
        <th scope="col" className="flex items-center justify-center">
          <input
            type="checkbox"
            checked={areAllSelected}
            aria-label={t("orders.selectAll")}
            className="screen-only size-4 accent-(--accent)"
            onChange={onSelectAll}
          />
        </th>
        {shown.map((column) => (
          <ColumnHead key={column.name} column={column} address={address} />
        ))}
      </tr>
    </thead>
  );
}

function ColumnHead({ column, address }: { readonly column: Column; readonly address: ListAddress }) {
  const { t } = useText();
  const { label, sort, alignRight } = column;
  const look = `min-w-0 truncate px-2 font-medium ${alignRight ? "text-right" : "text-left"}`;
  if (sort === undefined)
    return (
      <th scope="col" className={look}>
        {t(label)}
      </th>
    );
  const { query } = address;
  const direction = query.sort === sort ? "ascending" : query.sort === `-${sort}` ? "descending" : "none";
  const Icon = direction === "none" ? ChevronsUpDown : direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={direction} className={look}>
      <ListLink
        path={address.pathOf({ ...query, sort: toggledSort(query.sort, sort) })}
        className={`inline-flex items-center gap-1 rounded hover:text-ink ${direction === "none" ? "" : "text-ink"}`}
      >
        {t(label)}
        <Icon size={13} aria-hidden />
      </ListLink>
    </th>
  );
}
