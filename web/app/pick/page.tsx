import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { chooseOrdersPage } from "../../picking/choose-page.tsx";
import { ordersIn, type PickQuery, pickPage } from "../../picking/pick-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.pick") };
}

/** What is to be picked for some orders; without any, the orders that can be shipped. */
export default async function PickPage({ searchParams }: { readonly searchParams: Promise<PickQuery> }) {
  if (!(await may("read-orders"))) return <NoRight right="read-orders" />;
  const orders = ordersIn(await searchParams);
  return withSkeleton(orders.length === 0 ? chooseOrdersPage() : pickPage(orders));
}
