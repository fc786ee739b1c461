import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type ReturnsQuery, returnListPage } from "../../returns/list-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.returns") };
}

/** What has come back, the newest first. */
export default async function ReturnsPage({ searchParams }: { readonly searchParams: Promise<ReturnsQuery> }) {
  if (!(await may("read-orders"))) return <NoRight right="read-orders" />;
  return withSkeleton(returnListPage(await searchParams));
}
