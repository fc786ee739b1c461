import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { serverText } from "../../../messages/server.ts";
import { worklistPage } from "../../../worklists/list-page.tsx";
import { worklistNamed } from "../../../worklists/names.ts";

interface Props {
  readonly params: Promise<{ readonly name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  const place = worklistNamed((await params).name);
  return place === undefined ? {} : { title: t(place.label) };
}

/** Everything that waits on one worklist. */
export default async function WorklistPage({ params }: Props) {
  const place = worklistNamed((await params).name);
  if (place === undefined) notFound();
  return withSkeleton(worklistPage(place));
}
