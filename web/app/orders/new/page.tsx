import type { Metadata } from "next";
import { cookies } from "next/headers";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { PageHeader } from "../../../components/page-header.tsx";
import { currentLocale, serverText } from "../../../messages/server.ts";
import { newOrderDraft } from "../../../orders/form/draft/new-order.ts";
import { OrderForm } from "../../../orders/form/order-form.tsx";
import { loadAvailable, loadTaxRates } from "../../../orders/load.ts";

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.newOrder") };
}

/** A new order: empty, for a customer (`?customer=4`), or a copy of another one (`?copy=7`). */
export default async function NewOrderPage({ searchParams }: Props) {
  if (!(await may("write-orders"))) return <NoRight right="write-orders" />;
  const { customer, copy } = await searchParams;
  const { t } = await serverText();
  const employee = (await cookies()).get("employee")?.value;
  const [draft, taxRates] = await Promise.all([
    newOrderDraft({ customer, copy, employee }, await currentLocale()),
    loadTaxRates(),
  ]);
  const available = await loadAvailable(draft);
  return (
    <>
      <PageHeader
        title={t("nav.newOrder")}
        {...(typeof copy === "string" ? { about: t("orderForm.copied", { number: copy }) } : {})}
      />
      <OrderForm key={`${copy ?? ""} ${customer ?? ""}`} {...{ initial: draft, loaded: null, taxRates, available }} />
    </>
  );
}
