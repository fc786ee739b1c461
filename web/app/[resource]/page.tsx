import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withSkeleton } from "../../components/with-skeleton.tsx";
import { serverText } from "../../messages/server.ts";
import { type ListQuery, resourceListPage } from "../../resources/list-page.tsx";
import { resourceOf } from "../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string }>;
  readonly searchParams: Promise<ListQuery>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const resource = resourceOf((await params).resource);
  return resource === null ? {} : { title: (await serverText()).t(resource.title) };
}

/** Customers, products, employees, shippers, suppliers: /customers and so on. */
export default async function ResourcePage({ params, searchParams }: Props) {
  const resource = resourceOf((await params).resource);
  if (resource === null) notFound();
  return withSkeleton(resourceListPage({ resource, query: await searchParams }));
}
