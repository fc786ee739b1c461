// The pick list: what is to be fetched for some orders, by location, on a phone in the warehouse; then each is shipped.
import type { PickList } from "northwind-api/src/orders/shipments/fields.ts";
import { get } from "../api/server.ts";
import type { Order } from "../api/types.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card, Empty } from "../components/card.tsx";
import { Failure } from "../components/failure.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";
import { companyName } from "../orders/names.ts";
import { ShipmentsOfOrder } from "../shipments/shipment-page.tsx";
import { placesOf } from "./places.ts";
import { type PickedOrder, PickSheet } from "./sheet.tsx";

/** The query in the address of the pick list. */
export type PickQuery = Readonly<Record<string, string | string[] | undefined>>;

/** As many as the API answers. */
const most = 500;
/** The most orders of which it is shown what has left the house. */
const mostDone = 20;

/** The orders that an address names: `orders=1,2`, or several of them as a form sends them. */
export function ordersIn({ orders = "" }: PickQuery): readonly number[] {
  const parts = [orders].flat().flatMap((text) => text.split(","));
  const ids = parts.filter((part) => /^[1-9]\d{0,9}$/.test(part)).map(Number);
  return [...new Set(ids)].slice(0, most);
}

/** What is to be picked for these orders, and the shipments of those of which nothing is left to pick. */
export async function pickPage(ids: readonly number[]) {
  const { t } = await serverText();
  const reply = await get<PickList>(`/api/pick_list?orders=${ids.join()}`);
  if (!reply.ok) return <Failure error={reply} isPage />;
  const orders = await ordersOf(reply.data);
  const done = ids.filter((id) => !orders.some((order) => order.id === id)).slice(0, mostDone);
  const [only] = ids.length === 1 ? ids : [];
  return (
    <>
      <PageHeader
        title={t("nav.pick")}
        about={
          only === undefined ? t("pick.orders", { count: ids.length }) : t("order.title", { number: String(only) })
        }
        actions={
          <>
            {only !== undefined && (
              <ButtonLink href={`/orders/${only}`}>{t("order.title", { number: String(only) })}</ButtonLink>
            )}
            <ButtonLink href="/pick">{t("pick.others")}</ButtonLink>
          </>
        }
      />
      {orders.length === 0 ? (
        <Card>
          <Empty title={t("pick.nothing")}>{t("pick.nothingHint")}</Empty>
        </Card>
      ) : (
        <PickSheet places={placesOf(reply.data)} orders={orders} />
      )}
      <div className="screen-only mt-4 flex flex-col gap-3 empty:hidden">
        {done.map((id) => (
          <ShipmentsOfOrder key={id} orderId={id} isNamed />
        ))}
      </div>
    </>
  );
}

/** The orders of the list, with the names of their customers. */
async function ordersOf({ lines }: PickList): Promise<readonly PickedOrder[]> {
  const ids = [...new Set(lines.map(({ order_id }) => order_id))].sort((a, b) => a - b);
  const replies = await Promise.all(ids.map((id) => get<Order>(`/api/orders/${id}?include=customer`)));
  return ids.map((id, place) => {
    const reply = replies[place];
    const customer = reply?.ok === true ? reply.data.customer : null;
    return { id, name: customer == null ? null : companyName(customer) };
  });
}
