import type { Metadata } from "next";
import { NoRight } from "../../../access/no-right.tsx";
import { may } from "../../../api/session/current.ts";
import { withSkeleton } from "../../../components/with-skeleton.tsx";
import { serverText } from "../../../messages/server.ts";
import { purchaseOrderPage } from "../../../purchasing/order-page.tsx";
import { WorklistBar } from "../../../worklists/bar.tsx";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly worklist?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await serverText();
  return { title: t("purchase.title", { number: (await params).id }) };
}

/** One purchase order. */
export default async function PurchasePage(props: Props) {
  if (!(await may("read-purchases"))) return <NoRight right="read-purchases" />;
  return withSkeleton(purchasePage(props));
}

async function purchasePage({ params, searchParams }: Props) {
  const [{ id }, { worklist }] = await Promise.all([params, searchParams]);
  return (
    <>
      {typeof worklist === "string" && /^\d+$/.test(id) && (
        <div className="screen-only">
          <WorklistBar name={worklist} of="purchase-order" id={Number(id)} />
        </div>
      )}
      {await purchaseOrderPage(id)}
    </>
  );
}
