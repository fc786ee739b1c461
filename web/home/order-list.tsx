import { DateText } from "../components/date-text.tsx";
import { Link } from "../components/link.tsx";
import { StatusBadge } from "../components/status-badge.tsx";
import type { OrderBrief } from "./summary.ts";

/** A few orders, one line each. */
export function OrderList({ orders }: { readonly orders: readonly OrderBrief[] }) {
  return (
    <ul className="divide-y divide-line">
      {orders.map(({ id, order_date, status_id, customer }) => (
        <li key={id} className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-1.5">
          <Link href={`/orders/${id}`} className="numbers font-medium text-accent hover:underline">
            #{id}
          </Link>
          <span className="min-w-0">
            <span className="block truncate">{customer ?? "–"}</span>
            <span className="block text-muted text-xs">
              <DateText value={order_date} />
            </span>
          </span>
          <StatusBadge statusId={status_id} />
        </li>
      ))}
    </ul>
  );
}
