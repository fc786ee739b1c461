import { businessTime } from "northwind-api/src/company/business-time.ts";
import { openOf, quantitiesOf } from "northwind-api/src/orders/stock/quantities.ts";
import { company } from "../../api/company.ts";
import type { Order } from "../../api/types.ts";
import { DateText } from "../../components/date-text.tsx";
import { Link } from "../../components/link.tsx";
import { serverText } from "../../messages/server.ts";

interface Props {
  readonly detail: NonNullable<Order["order_details"]>[number];
}

/** When what is open of a line will be there, and which purchase order is to bring it. */
export async function PromiseText({ detail }: Props) {
  const { t } = await serverText();
  const { promised_date, purchase_order_id } = detail;
  if (promised_date === undefined || openOf(quantitiesOf(detail)) <= 0n) return null;
  // What is available, or what no stock is kept of, is there already.
  const isExpected = promised_date !== null && promised_date > businessTime(company().timeZone);
  return (
    <span className="mt-1 block text-xs empty:hidden">
      {isExpected && (
        <>
          {t("order.promised")} <DateText value={promised_date} />
        </>
      )}
      {promised_date === null && <span className="text-muted">{t("order.notPromised")}</span>}
      {purchase_order_id !== null && (
        <Link href={`/purchase_orders/${purchase_order_id}`} className="ml-2 text-accent underline underline-offset-2">
          {t("purchase.title", { number: String(purchase_order_id) })}
        </Link>
      )}
    </span>
  );
}
