import type { Metadata } from "next";
import { NoRight } from "../../access/no-right.tsx";
import { may } from "../../api/session/current.ts";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type ShipmentsQuery, shipmentListPage } from "../../shipments/list-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.shipments") };
}

/** What has left the house, the newest first. */
export default async function ShipmentsPage({ searchParams }: { readonly searchParams: Promise<ShipmentsQuery> }) {
  if (!(await may("read-orders"))) return <NoRight right="read-orders" />;
  return withSkeleton(shipmentListPage(await searchParams));
}
