"use client";
import type { Route } from "next";
import type { ReactNode } from "react";
import { DateText } from "../../../components/date-text.tsx";
import { Link } from "../../../components/link.tsx";
import { Money } from "../../../components/money/money.tsx";
import { BadgeOfStep } from "../../badge-of-step.tsx";
import type { ListedOrder } from "../paging/listed-order.ts";
import type { ColumnName } from "./columns.ts";

/** The place of a cell on a phone, where a row is a card of two lines; cells without a place are left out. */
export const cardPlaces: Readonly<Record<ColumnName, string>> = {
  id: "max-sm:col-start-2 max-sm:row-start-1",
  status: "max-sm:col-start-3 max-sm:row-start-1",
  customer: "max-sm:col-span-2 max-sm:col-start-2 max-sm:row-start-2",
  total: "max-sm:col-start-4 max-sm:row-start-1",
  order_date: "max-sm:col-start-4 max-sm:row-start-2 max-sm:text-right max-sm:text-muted",
  ship_to: "max-sm:hidden",
  employee: "max-sm:hidden",
  shipper: "max-sm:hidden",
  shipped_date: "max-sm:hidden",
  payment: "max-sm:hidden",
};

interface Props {
  readonly column: ColumnName;
  readonly order: ListedOrder;
}

/** One cell of the list. */
export function CellContent({ column, order }: Props): ReactNode {
  switch (column) {
    case "id": {
      const href: Route = `/orders/${order.id}`;
      return (
        <Link
          href={href}
          // Arrow keys move between rows; Tab goes past the list, not through it.
          tabIndex={-1}
          className="numbers font-medium text-accent hover:underline max-sm:after:absolute max-sm:after:inset-0 max-sm:after:left-9"
        >
          #{order.id}
        </Link>
      );
    }
    case "status":
      return <BadgeOfStep statusId={order.status_id} />;
    case "order_date":
    case "shipped_date":
      return <DateText value={order[column]} />;
    case "total":
      return <Money amount={order.total} />;
    case "payment":
      return <Payment order={order} />;
    default:
      return <span title={order[column] ?? undefined}>{order[column] ?? "–"}</span>;
  }
}

function Payment({ order: { paid_date, payment_type } }: { readonly order: ListedOrder }) {
  if (paid_date === null) return <span>{payment_type ?? "–"}</span>;
  return (
    <span>
      <DateText value={paid_date} /> {payment_type}
    </span>
  );
}
