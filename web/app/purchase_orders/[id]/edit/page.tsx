import type { Metadata } from "next";
import { NoRight } from "../../../../access/no-right.tsx";
import { may } from "../../../../api/session/current.ts";
import { withSkeleton } from "../../../../components/with-skeleton.tsx";
import { serverText } from "../../../../messages/server.ts";
import { purchaseFormPage } from "../../../../purchasing/form-page.tsx";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("purchase.title", { number: (await params).id }) };
}

/** The form of a stored purchase order. */
export default async function EditPurchasePage({ params }: Props) {
  if (!(await may("write-purchases"))) return <NoRight right="write-purchases" />;
  return withSkeleton(purchaseFormPage((await params).id));
}
