import type { Metadata } from "next";
import { NoRight } from "../../../../access/no-right.tsx";
import { get } from "../../../../api/server.ts";
import { may } from "../../../../api/session/current.ts";
import { withSkeleton } from "../../../../components/with-skeleton.tsx";
import { serverText } from "../../../../messages/server.ts";
import { type ProductName, productName } from "../../../../orders/names.ts";
import { termsPage } from "../../../../purchasing/terms/terms-page.tsx";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly supplier?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const reply = await get<ProductName>(`/api/products/${encodeURIComponent((await params).id)}`);
  return reply.ok ? { title: (await serverText()).t("terms.title", { name: productName(reply.data) }) } : {};
}

/** Who sells a product, and on which terms. */
export default async function TermsPage(props: Props) {
  if (!(await may("write-products"))) return <NoRight right="write-products" />;
  return withSkeleton(page(props));
}

async function page({ params, searchParams }: Props) {
  const [{ id }, { supplier }] = await Promise.all([params, searchParams]);
  return termsPage(id, typeof supplier === "string" ? supplier : null);
}
