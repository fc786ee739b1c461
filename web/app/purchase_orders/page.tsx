import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type PurchaseQuery, purchaseListPage } from "../../purchasing/list-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.purchases") };
}

/** Purchase orders, the newest first. */
export default async function PurchasesPage({ searchParams }: { readonly searchParams: Promise<PurchaseQuery> }) {
  if (!(await may("read-purchases"))) return <NoRight right="read-purchases" />;
  return withSkeleton(purchaseListPage(await searchParams));
}
