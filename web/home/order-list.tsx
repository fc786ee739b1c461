import { Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Link } from "../components/link.tsx";
import { StatusBadge } from "../components/status-badge.tsx";
import { serverText } from "../messages/server.ts";
import { LiveStatus, OrderLine, OrderLines } from "../orders/live-lines.tsx";
import type { OrderBrief } from "./summary.ts";

interface Props {
  readonly orders: readonly OrderBrief[];
  /** Shown when there are none. */
  readonly empty: string;
}

/** A short list of orders, one line each. */
export async function OrderList({ orders, empty }: Props) {
  const { t } = await serverText();
  return (
    <OrderLines ids={orders.map(({ id }) => id)} empty={<Empty title={empty} />}>
      {orders.map(({ id, order_date, status_id, customer }) => (
        <OrderLine
          key={id}
          id={id}
          className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-1.5"
        >
          <Link href={`/orders/${id}`} className="numbers font-medium text-accent hover:underline">
            #{id}
          </Link>
          <span className="min-w-0">
            <span className="block truncate">{customer ?? "–"}</span>
            <span className="block text-muted text-xs">
              <DateText value={order_date} />
            </span>
          </span>
          <LiveStatus id={id}>
            <StatusBadge statusId={status_id} t={t} />
          </LiveStatus>
        </OrderLine>
      ))}
    </OrderLines>
  );
}
