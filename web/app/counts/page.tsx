import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { type CountsQuery, countListPage } from "../../counts/list-page.tsx";
import { serverText } from "../../messages/server.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.counts") };
}

/** The counts of the stock, the newest first. */
export default async function CountsPage({ searchParams }: { readonly searchParams: Promise<CountsQuery> }) {
  if (!(await may("read-stock"))) return <NoRight right="read-stock" />;
  return withSkeleton(countListPage(await searchParams));
}
