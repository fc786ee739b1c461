import type { Shipment } from "northwind-api/src/orders/shipments/fields.ts";
import type { Order } from "../api/types.ts";
import { DateText } from "../components/date-text.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import { addressOf } from "../orders/detail/facts.tsx";
import { PaperHead } from "../orders/detail/paper.tsx";
import { companyName, soldName, soldUnit } from "../orders/names.ts";

interface Props {
  readonly shipment: Shipment;
  readonly order: Order;
  readonly shipper: string | null;
}

/** The printed slip that goes with the goods: no prices, and nothing of the screen. */
export async function PackingSlip({ shipment, order, shipper }: Props) {
  const { t } = await serverText();
  const facts = [
    [t("order.id"), `#${order.id}`],
    [t("order.customer_id"), order.customer == null ? "–" : companyName(order.customer)],
    [t("order.shipper_id"), shipper ?? "–"],
    [t("shipment.tracking_number"), shipment.tracking_number ?? "–"],
  ] as const;
  return (
    <article className="hidden text-[10.5pt] print:block">
      <PaperHead title={t("shipment.slip")} number={shipment.id} />
      <div className="mb-8 grid grid-cols-2 gap-6">
        <div>
          <p className="mb-1 text-[8pt] text-muted">{t("order.shipTo")}</p>
          <p className="whitespace-pre-line">{addressOf(order) || "–"}</p>
        </div>
        <dl className="grid h-fit grid-cols-[auto_1fr] gap-x-3">
          <dt>{t("order.shipped_date")}</dt>
          <dd className="text-right">
            <DateText value={shipment.shipped_date} />
          </dd>
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd className="numbers break-all text-right">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <Lines shipment={shipment} />
      {shipment.notes !== null && <p className="mt-8 whitespace-pre-line">{shipment.notes}</p>}
    </article>
  );
}

async function Lines({ shipment }: Pick<Props, "shipment">) {
  const { t, locale } = await serverText();
  return (
    <table className="w-full border-collapse">
      {/* Browsers repeat it on every page, so each sheet says which shipment it belongs to. */}
      <thead>
        <tr>
          <th colSpan={3} className="pb-1 text-left font-normal text-[8pt] text-muted">
            {t("shipment.title", { number: String(shipment.id) })} ·{" "}
            {t("order.title", { number: String(shipment.order_id) })}
          </th>
        </tr>
        <tr className="border-ink border-b-2 text-left">
          <th className="py-1.5">{t("order.product_id")}</th>
          <th className="py-1.5 pl-4 text-right">{t("order.quantity")}</th>
          <th className="w-10 py-1.5 pl-4 text-right">
            <span className="sr-only">{t("shipment.checked")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shipment.shipment_details.map((detail) => (
          <tr key={detail.order_detail_id} className="break-inside-avoid border-line border-b">
            <td className="py-1.5">
              {soldName(detail)}
              <span className="block text-[8pt] text-muted">{soldUnit(detail)}</span>
            </td>
            <td className="numbers py-1.5 pl-4 text-right">{amountText(detail.quantity, locale, 0)}</td>
            <td className="py-1.5 pl-4 text-right" aria-hidden>
              ☐
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
