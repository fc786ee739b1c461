import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { get } from "../../../api/server.ts";
import { patient } from "../../../components/slow-page.tsx";
import { nounDetailPage } from "../../../resources/detail-page.tsx";
import { type NounRow, nameOf, nounOf } from "../../../resources/resource.ts";

interface Props {
  readonly params: Promise<{ readonly resource: string; readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { resource: path, id } = await params;
  const noun = nounOf(path);
  if (noun === null) return {};
  const reply = await get<NounRow>(`/api/${path}/${encodeURIComponent(id)}`);
  return reply.ok ? { title: nameOf(noun.plural, reply.data) } : {};
}

/** One of a noun: /customers/4 and so on. */
export default async function OnePage({ params }: Props) {
  const { resource: path, id } = await params;
  const noun = nounOf(path);
  if (noun === null) notFound();
  return patient(nounDetailPage({ noun, id }));
}
