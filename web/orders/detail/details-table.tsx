import { status } from "northwind-api/src/orders/rules.ts";
import { may } from "../../api/session/current.ts";
import type { Order } from "../../api/types.ts";
import { Card, Empty } from "../../components/card.tsx";
import { Link } from "../../components/link.tsx";
import { Money } from "../../components/money/money.tsx";
import { UnitPrice } from "../../components/money/unit-price.tsx";
import { amountText, percentText } from "../../form/amount-text.ts";
import { serverText } from "../../messages/server.ts";
import type { Locale } from "../../messages/text.ts";
import { soldName } from "../names.ts";
import { PortionBadges } from "../portion-badges.tsx";
import { PromiseText } from "./promise.tsx";
import { aboutDetail, exemptionOf, sumsOf } from "./sums.ts";

interface Props {
  readonly order: Order;
}

const number = "numbers px-2 py-2 text-right";

/** The order lines and their totals. */
export async function DetailsTable({ order }: Props) {
  const { t, locale } = await serverText();
  const details = order.order_details ?? [];
  const seesPrices = await may("see-prices");
  if (details.length === 0)
    return (
      <Card title={t("order.details")}>
        <Empty title={t("order.noDetails")}>{t("order.noDetailsHint")}</Empty>
        {seesPrices && <Totals order={order} />}
      </Card>
    );
  return (
    <Card title={t("order.details")}>
      <div className="overflow-x-auto">
        <table className="w-full">
          <thead className="text-muted text-xs">
            <tr className="border-line border-b">
              <th className="px-4 py-2 text-left font-medium">{t("order.product_id")}</th>
              <th className={`${number} font-medium ${seesPrices ? "max-sm:hidden" : "pr-4"}`}>
                {t("order.quantity")}
              </th>
              {seesPrices && (
                <>
                  <th className={`${number} font-medium max-sm:hidden`}>{t("order.unit_price")}</th>
                  <th className={`${number} font-medium max-sm:hidden`}>{t("order.discount")}</th>
                  <th className={`${number} pr-4 font-medium`}>{t("order.extended_price")}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {details.map((detail) => (
              <tr key={detail.id} className="border-line border-b last:border-b-0">
                <td className="px-4 py-2">
                  {detail.product_id === null ? (
                    "–"
                  ) : (
                    <Link className="hover:underline" href={`/products/${detail.product_id}`}>
                      {soldName(detail)}
                    </Link>
                  )}
                  <span className="block text-muted text-xs">{aboutDetail(detail, order, locale)}</span>
                  {seesPrices && <Brief detail={detail} locale={locale} />}
                  {order.status_id !== status.cancelled && <PortionBadges detail={detail} t={t} locale={locale} />}
                  {(order.status_id ?? 0) <= status.invoiced && <PromiseText detail={detail} />}
                </td>
                <td className={`${number} ${seesPrices ? "max-sm:hidden" : "pr-4"}`}>
                  {amountText(detail.quantity, locale, 0)}
                </td>
                {seesPrices && <Prices detail={detail} locale={locale} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {seesPrices && <Totals order={order} />}
    </Card>
  );
}

interface DetailProps {
  readonly detail: NonNullable<Order["order_details"]>[number];
  readonly locale: Locale;
}

/** On a phone, where the cells of these have no room. */
function Brief({ detail: { quantity, unit_price, discount }, locale }: DetailProps) {
  const percent = percentText(discount, locale);
  return (
    <span className="numbers block text-muted text-xs sm:hidden">
      {amountText(quantity, locale, 0)} × <UnitPrice amount={unit_price} />
      {percent !== "" && ` − ${percent} %`}
    </span>
  );
}

function Prices({ detail: { unit_price, discount, extended_price }, locale }: DetailProps) {
  return (
    <>
      <td className={`${number} max-sm:hidden`}>
        <UnitPrice amount={unit_price} />
      </td>
      <td className={`${number} text-muted max-sm:hidden`}>{percentText(discount, locale) || "–"}</td>
      <td className={`${number} pr-4`}>
        <Money amount={extended_price} />
      </td>
    </>
  );
}

async function Totals({ order }: { readonly order: Order }) {
  const { t, locale } = await serverText();
  const sums = sumsOf(order, t, locale);
  const lines = sums.slice(0, -1);
  const exemption = exemptionOf(order, t);
  return (
    <dl className="ml-auto grid max-w-xs grid-cols-[1fr_auto] gap-y-1 px-4 py-3 sm:w-72">
      {lines.map(([label, amount]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="pl-6 text-right">
            <Money amount={amount} />
          </dd>
        </div>
      ))}
      <div className="contents font-semibold text-lg">
        <dt className="border-line border-t pt-2">{t("order.order_total")}</dt>
        <dd className="border-line border-t pt-2 pl-6 text-right">
          <Money amount={order.order_total} />
        </dd>
      </div>
      {exemption !== null && <dd className="col-span-2 pt-1 text-muted text-xs">{exemption}</dd>}
    </dl>
  );
}
