import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { serverText } from "../../../messages/server.ts";
import { productStockPage } from "../../../stock/product-page.tsx";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly cursor?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("nav.stock") };
}

/** What there is of one product, how it came about, and the form to adjust it. */
export default async function ProductStockPage({ params, searchParams }: Props) {
  if (!(await may("read-stock"))) return <NoRight right="read-stock" />;
  const { cursor } = await searchParams;
  return withSkeleton(productStockPage((await params).id, typeof cursor === "string" ? cursor : ""));
}
