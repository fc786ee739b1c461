import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NoRight } from "../../../../access/no-right.tsx";
import { may } from "../../../../api/session/current.ts";
import { Failure } from "../../../../components/failure.tsx";
import { PageHeader } from "../../../../components/page-header.tsx";
import { StatusBadge } from "../../../../components/status-badge.tsx";
import { withSkeleton } from "../../../../components/with-skeleton.tsx";
import { serverText } from "../../../../messages/server.ts";
import { draftOf } from "../../../../orders/form/draft/draft.ts";
import { OrderForm } from "../../../../orders/form/order-form.tsx";
import { loadOrder, loadTaxRates } from "../../../../orders/load.ts";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("orderForm.editTitle", { number: (await params).id }) };
}

export default function EditOrderPage(props: Props) {
  return withSkeleton(editOrderPage(props));
}

async function editOrderPage({ params }: Props) {
  if (!(await may("write-orders"))) return <NoRight right="write-orders" />;
  const [loaded, taxRates] = await Promise.all([loadOrder((await params).id), loadTaxRates()]);
  const { t, locale } = await serverText();
  if (!loaded.ok) {
    if (loaded.status === 404 || loaded.status === 400) notFound();
    return <Failure error={loaded} isPage />;
  }
  const { order, etag, nameOf } = loaded;
  const draft = draftOf(order, nameOf, locale);
  const title = (
    <>
      {t("orderForm.editTitle", { number: String(order.id) })}
      <StatusBadge statusId={order.status_id} t={t} />
    </>
  );
  return (
    <>
      <PageHeader title={title} />
      {/* Another version is another form: what was typed into the first one is stored as its draft. */}
      <OrderForm key={etag} initial={draft} loaded={{ row: order, draft, etag }} taxRates={taxRates} />
    </>
  );
}
