import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { serverText } from "../../../messages/server.ts";
import { shipmentPage } from "../../../shipments/shipment-page.tsx";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("shipment.title", { number: (await params).id }) };
}

/** One shipment, with its packing slip. */
export default async function ShipmentPage({ params }: Props) {
  if (!(await may("read-orders"))) return <NoRight right="read-orders" />;
  return withSkeleton(shipmentPage((await params).id));
}
