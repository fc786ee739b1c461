import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { serverText } from "../../../messages/server.ts";
import { purchaseFormPage } from "../../../purchasing/form-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("purchase.new") };
}

/** The form of a new purchase order. */
export default async function NewPurchasePage() {
  if (!(await may("write-purchases"))) return <NoRight right="write-purchases" />;
  return withSkeleton(purchaseFormPage(null));
}
