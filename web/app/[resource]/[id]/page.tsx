import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { get } from "../../../api/server.ts";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { resourceDetailPage } from "../../../resources/detail-page.tsx";
import { nameOf, type ResourceRow, resourceOf } from "../../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string; readonly id: string }>;
  readonly searchParams: Promise<{ readonly products?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { resource: path, id } = await params;
  const resource = resourceOf(path);
  if (resource === null) return {};
  const reply = await get<ResourceRow>(`/api/${path}/${encodeURIComponent(id)}`);
  return reply.ok ? { title: nameOf(resource.plural, reply.data) } : {};
}

/** One of a resource: /customers/4 and so on. */
export default async function OnePage({ params, searchParams }: Props) {
  const { resource: path, id } = await params;
  const resource = resourceOf(path);
  if (resource === null) notFound();
  const { products } = await searchParams;
  return withSkeleton(resourceDetailPage({ resource, id, cursor: typeof products === "string" ? products : "" }));
}
