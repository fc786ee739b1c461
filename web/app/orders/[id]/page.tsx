import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DateText } from "../../../components/date-text.tsx";
import { Failure } from "../../../components/failure.tsx";
import { PageHeader } from "../../../components/page-header.tsx";
import { StatusBadge } from "../../../components/status-badge.tsx";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { serverText } from "../../../messages/server.ts";
import { ActionBar } from "../../../orders/actions/action-bar.tsx";
import { translatedActions } from "../../../orders/actions/translated.ts";
import { DetailsTable } from "../../../orders/detail/details-table.tsx";
import { Facts } from "../../../orders/detail/facts.tsx";
import { History } from "../../../orders/detail/history.tsx";
import { OrderActions } from "../../../orders/detail/order-actions.tsx";
import { PrintSheet } from "../../../orders/detail/print-sheet.tsx";
import { LiveStatus } from "../../../orders/live-lines.tsx";
import { loadOrder } from "../../../orders/load.ts";
import { companyName } from "../../../orders/names.ts";
import { orderPath } from "../../../orders/order-path.ts";
import { ReturnsOfOrder } from "../../../returns/returns-of-order.tsx";
import { ShipmentsOfOrder } from "../../../shipments/shipment-page.tsx";
import { DeletionNotice } from "../../../undo/deletion-notice.tsx";
import { WorklistBar } from "../../../worklists/bar.tsx";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly worklist?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("order.title", { number: (await params).id }) };
}

export default function OrderPage(props: Props) {
  return withSkeleton(orderPage(props));
}

async function orderPage({ params, searchParams }: Props) {
  const loaded = await loadOrder((await params).id, ",actions,promises");
  const { t, locale } = await serverText();
  if (!loaded.ok) {
    if (loaded.status === 404 || loaded.status === 400) notFound();
    return <Failure error={loaded} isPage />;
  }
  const { order, etag, nameOf } = loaded;
  const { worklist } = await searchParams;
  const title = (
    <>
      {t("order.title", { number: String(order.id) })}
      <LiveStatus id={order.id}>
        <StatusBadge statusId={order.status_id} t={t} />
      </LiveStatus>
    </>
  );
  const about = (
    <>
      {order.customer == null ? "" : `${companyName(order.customer)} · `}
      <DateText value={order.order_date} />
    </>
  );
  return (
    <>
      <div className="screen-only">
        {typeof worklist === "string" && <WorklistBar name={worklist} of="order" id={order.id} />}
        <DeletionNotice path={orderPath(order.id)}>
          <PageHeader title={title} about={about} actions={<OrderActions order={order} etag={etag} />} />
          <ActionBar order={translatedActions(order, locale)} etag={etag} />
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="flex min-w-0 flex-col gap-4">
              <DetailsTable order={order} />
              <History order={order} etag={etag} nameOf={nameOf} />
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              <Facts order={order} />
              <ShipmentsOfOrder orderId={order.id} />
              <ReturnsOfOrder order={order} />
            </div>
          </div>
        </DeletionNotice>
      </div>
      <PrintSheet order={order} />
    </>
  );
}
