import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { countPage } from "../../../counts/count-page.tsx";
import { serverText } from "../../../messages/server.ts";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("counts.title", { number: (await params).id }) };
}

/** One count: its sheet, and what becomes of it. */
export default async function CountPage({ params }: Props) {
  if (!(await may("read-stock"))) return <NoRight right="read-stock" />;
  return withSkeleton(countPage((await params).id));
}
