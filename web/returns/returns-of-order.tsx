import type { OrderReturn } from "northwind-api/src/orders/returns/fields.ts";
import { get } from "../api/server.ts";
import type { Order } from "../api/types.ts";
import { Card } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { serverText } from "../messages/server.ts";
import { ReturnLines } from "./return-lines.tsx";

/** What has come back of an order, on its page; nothing where nothing has. */
export async function ReturnsOfOrder({ order }: { readonly order: Order }) {
  if ((order.order_details ?? []).every(({ returned }) => returned === "0.0000")) return null;
  const reply = await get<readonly OrderReturn[]>(`/api/orders/${order.id}/returns`);
  if (!reply.ok || reply.data.length === 0) return null;
  const { t } = await serverText();
  return (
    <Card title={t("nav.returns")}>
      <ul className="divide-y divide-line">
        {reply.data.map(({ id, reason, returned_date, order_return_details }) => (
          <li key={id} className="px-4 py-2">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span className="min-w-0 break-words font-medium">{reason}</span>
              <DateText value={returned_date} />
            </p>
            <ReturnLines details={order_return_details} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
