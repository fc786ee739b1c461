import type { ReactNode } from "react";
import { loadCompany } from "../../api/company-server.ts";
import { may } from "../../api/session/current.ts";
import type { Order } from "../../api/types.ts";
import { DateText } from "../../components/date-text.tsx";
import { Money } from "../../components/money/money.tsx";
import { UnitPrice } from "../../components/money/unit-price.tsx";
import { amountText, percentText } from "../../form/amount-text.ts";
import { serverText } from "../../messages/server.ts";
import { companyName, employeeName, postalAddress, soldName } from "../names.ts";
import { addressOf } from "./facts.tsx";
import { PaperHead, PaperSums } from "./paper.tsx";
import { SellerTerms } from "./seller.tsx";
import { aboutDetail, exemptionOf, sumsOf } from "./sums.ts";

interface Props {
  readonly order: Order;
}

const cell = "numbers py-1.5 pl-4 text-right";
const pricedFields = ["quantity", "unit_price", "discount", "extended_price"] as const;

/**
 * The printed order, without anything of the screen; it says how its amounts were rounded. For users who see no prices
 * it is a delivery note.
 */
export async function PrintSheet({ order }: Props) {
  const { t } = await serverText();
  const { customer, employee } = order;
  const { currency } = await loadCompany();
  const seesPrices = await may("see-prices");
  const exemption = seesPrices ? exemptionOf(order, t) : null;
  const kind = (order.status_id ?? 0) === 0 ? "print.order" : "print.invoice";
  return (
    <article className="hidden text-[10.5pt] print:block">
      <PaperHead title={t(seesPrices ? kind : "print.deliveryNote")} number={order.id} otherName={employee?.company} />
      <div className="mb-8 grid grid-cols-3 gap-6">
        <Block label={t("print.billTo")}>{customer == null ? "–" : postalAddress(customer)}</Block>
        <Block label={t("order.shipTo")}>{addressOf(order) || "–"}</Block>
        <dl className="grid h-fit grid-cols-[auto_1fr] gap-x-3">
          <dt>{t("order.order_date")}</dt>
          <dd className="text-right">
            <DateText value={order.order_date} />
          </dd>
          <dt>{t("order.shipped_date")}</dt>
          <dd className="text-right">
            <DateText value={order.shipped_date} />
          </dd>
          <dt>{t("order.employee_id")}</dt>
          <dd className="text-right">{employee == null ? "–" : employeeName(employee)}</dd>
          {seesPrices && (
            <>
              <dt>{t("order.payment_type")}</dt>
              <dd className="text-right">{order.payment_type ?? "–"}</dd>
            </>
          )}
        </dl>
      </div>
      <Lines order={order} />
      {exemption !== null && <p className="mt-4">{exemption}</p>}
      {order.notes && <p className="mt-8 whitespace-pre-line">{order.notes}</p>}
      {seesPrices && (
        <>
          <SellerTerms />
          <p className="mt-6 text-[8pt] text-muted">
            {t("print.currency", { currency: currency.code })} {t("print.rounding")}
          </p>
        </>
      )}
    </article>
  );
}

function Block({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <p className="mb-1 text-[8pt] text-muted">{label}</p>
      <p className="whitespace-pre-line">{children}</p>
    </div>
  );
}

async function Lines({ order }: Props) {
  const { t, locale } = await serverText();
  const seesPrices = await may("see-prices");
  const sums = seesPrices ? sumsOf(order, t, locale) : [];
  const fields = seesPrices ? pricedFields : (["quantity"] as const);
  return (
    <table className="w-full border-collapse">
      {/* Browsers repeat it on every page, so each sheet says which order it belongs to. */}
      <thead>
        <tr>
          <th colSpan={fields.length + 1} className="pb-1 text-left font-normal text-[8pt] text-muted">
            {t("order.title", { number: String(order.id) })}
            {order.customer == null ? "" : ` · ${companyName(order.customer)}`}
          </th>
        </tr>
        <tr className="border-ink border-b-2 text-left">
          <th className="py-1.5">{t("order.product_id")}</th>
          {fields.map((field) => (
            <th key={field} className={cell}>
              {t(`order.${field}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(order.order_details ?? []).map((detail) => (
          <tr key={detail.id} className="break-inside-avoid border-line border-b">
            <td className="py-1.5">
              {soldName(detail)}
              <span className="block text-[8pt] text-muted">{aboutDetail(detail, order, locale)}</span>
            </td>
            <td className={cell}>{amountText(detail.quantity, locale, 0)}</td>
            {seesPrices && (
              <>
                <td className={cell}>
                  <UnitPrice amount={detail.unit_price} />
                </td>
                <td className={cell}>{percentText(detail.discount, locale) || "–"}</td>
                <td className={cell}>
                  <Money amount={detail.extended_price} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
      <PaperSums sums={sums} />
    </table>
  );
}
