import { notFound } from "next/navigation";
import type { Shipment } from "northwind-api/src/orders/shipments/fields.ts";
import type { ReactNode } from "react";
import { get } from "../api/server.ts";
import { may } from "../api/session/current.ts";
import type { Order } from "../api/types.ts";
import { ButtonLink } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import { companyName, soldName, soldUnit } from "../orders/names.ts";
import { PrintSlip } from "./commands.tsx";
import { PackingSlip } from "./packing-slip.tsx";
import { PapersForm } from "./papers-form.tsx";
import { loadShippers, shipmentPath } from "./shippers.ts";

/** One shipment: what is in it, who carries it, and the packing slip that is printed. */
export async function shipmentPage(id: string) {
  const reply = await get<Shipment>(`/api/shipments/${encodeURIComponent(id)}`);
  if (!reply.ok && (reply.status === 404 || reply.status === 400)) notFound();
  if (!reply.ok) return <Failure error={reply} isPage />;
  const shipment = reply.data;
  const [order, shippers, mayShip] = await Promise.all([
    get<Order>(`/api/orders/${shipment.order_id}?include=customer`),
    loadShippers(),
    may("ship-orders"),
  ]);
  if (!order.ok) return <Failure error={order} isPage />;
  const { t } = await serverText();
  const shipper = shippers.get(shipment.shipper_id ?? 0) ?? null;
  const { customer } = order.data;
  const about = (
    <>
      {customer == null ? "" : `${companyName(customer)} · `}
      <DateText value={shipment.shipped_date} />
    </>
  );
  return (
    <>
      <div className="screen-only">
        <PageHeader
          title={t("shipment.title", { number: String(shipment.id) })}
          about={about}
          actions={
            <>
              <ButtonLink href={`/orders/${shipment.order_id}`}>
                {t("order.title", { number: String(shipment.order_id) })}
              </ButtonLink>
              <PrintSlip />
            </>
          }
        />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Contents shipment={shipment} />
          <div className="flex min-w-0 flex-col gap-4">
            <Facts shipment={shipment} shipper={shipper} />
            {mayShip && <PapersForm shipment={shipment} etag={reply.etag} />}
          </div>
        </div>
      </div>
      <PackingSlip shipment={shipment} order={order.data} shipper={shipper} />
    </>
  );
}

async function Contents({ shipment }: { readonly shipment: Shipment }) {
  const { t, locale } = await serverText();
  return (
    <Card title={t("shipment.contents")}>
      <ul className="divide-y divide-line">
        {shipment.shipment_details.map((detail) => (
          <li key={detail.order_detail_id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2">
            <span className="min-w-0">
              {detail.product_id === null ? (
                soldName(detail)
              ) : (
                <Link href={`/products/${detail.product_id}`} className="hover:underline">
                  {soldName(detail)}
                </Link>
              )}
              <span className="block text-muted text-xs">
                {[soldUnit(detail), detail.location].filter((part) => part).join(" · ")}
              </span>
            </span>
            <span className="numbers font-medium">{amountText(detail.quantity, locale, 0)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface FactsProps {
  readonly shipment: Shipment;
  readonly shipper: string | null;
}

async function Facts({ shipment, shipper }: FactsProps) {
  const { t } = await serverText();
  const { shipped_date, tracking_number, notes } = shipment;
  return (
    <Card>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 py-3">
        <Fact label={t("order.shipped_date")}>
          <DateText value={shipped_date} detail="minute" />
        </Fact>
        <Fact label={t("order.shipper_id")}>{shipper ?? "–"}</Fact>
        <Fact label={t("shipment.tracking_number")}>
          <span className="numbers break-all">{tracking_number ?? "–"}</span>
        </Fact>
      </dl>
      {notes !== null && <p className="whitespace-pre-line break-words border-line border-t px-4 py-3">{notes}</p>}
    </Card>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}

interface OfOrderProps {
  readonly orderId: number;
  /** It is shown among others: the order is named. */
  readonly isNamed?: boolean;
}

/** The shipments of an order; nothing before there is one. */
export async function ShipmentsOfOrder({ orderId, isNamed = false }: OfOrderProps) {
  const reply = await get<readonly Shipment[]>(`/api/orders/${orderId}/shipments`);
  if (!reply.ok || reply.data.length === 0) return null;
  const { t } = await serverText();
  const order = isNamed ? `${t("order.title", { number: String(orderId) })}: ` : "";
  return (
    <Card title={`${order}${t("nav.shipments")}`}>
      <ul className="divide-y divide-line">
        {reply.data.map((shipment) => (
          <li key={shipment.id} className="flex flex-wrap justify-between gap-x-4 px-4 py-2">
            <span className="min-w-0">
              <Link href={shipmentPath(shipment.id)} className="font-medium text-accent hover:underline">
                {t("shipment.title", { number: String(shipment.id) })}
              </Link>
              {shipment.tracking_number !== null && (
                <span className="numbers block break-all text-muted text-xs">{shipment.tracking_number}</span>
              )}
            </span>
            <span className="text-right">
              <DateText value={shipment.shipped_date} />
              <span className="block text-muted text-xs">
                {t("shipments.count", { count: shipment.shipment_details.length })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
