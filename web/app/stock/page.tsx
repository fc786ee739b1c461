import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type StockQuery, stockListPage } from "../../stock/list-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.stock") };
}

/** What there is of every product whose stock is kept. */
export default async function StockPage({ searchParams }: { readonly searchParams: Promise<StockQuery> }) {
  if (!(await may("read-stock"))) return <NoRight right="read-stock" />;
  return withSkeleton(stockListPage(await searchParams));
}
