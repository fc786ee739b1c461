import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type ReorderQuery, reorderPage } from "../../purchasing/reorder/reorder-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.reorder") };
}

/** What is to be reordered. */
export default async function ReorderPage({ searchParams }: { readonly searchParams: Promise<ReorderQuery> }) {
  if (!(await may("read-purchases"))) return <NoRight right="read-purchases" />;
  return withSkeleton(reorderPage(await searchParams));
}
