import { notFound } from "next/navigation";
import { Failure } from "../components/failure.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { serverText } from "../messages/server.ts";
import { PurchaseForm } from "./form/purchase-form.tsx";
import { allSuppliers, loadPurchase } from "./load.ts";

/** The form of a purchase order; of null it is that of a new one. */
export async function purchaseFormPage(id: string | null) {
  const [loaded, suppliers] = await Promise.all([id === null ? null : loadPurchase(id), allSuppliers()]);
  if (loaded !== null && !loaded.ok) {
    if (loaded.status === 404 || loaded.status === 400) notFound();
    return <Failure error={loaded} isPage />;
  }
  const { t } = await serverText();
  const title = id === null ? t("purchase.new") : t("purchase.title", { number: id });
  return (
    <>
      <PageHeader title={title} />
      <PurchaseForm order={loaded?.order ?? null} etag={loaded?.etag ?? null} suppliers={suppliers} />
    </>
  );
}
