import { company } from "../api/company.ts";
import { Card, Empty } from "../components/card.tsx";
import { moneyText } from "../components/money/money-text.ts";
import { serverText } from "../messages/server.ts";
import type { Locale } from "../messages/text.ts";
import { scaleOf, sumOf } from "./scale.ts";
import type { SalesMonth } from "./summary.ts";

/** The sales of the last months: drawn here, exact in the table behind the chart. */
export async function SalesCard({ months }: { readonly months: readonly SalesMonth[] }) {
  const { t, locale } = await serverText();
  const total = sumOf(months.map(({ sales }) => sales));
  const isEmpty = months.every(({ orders }) => orders === 0);
  return (
    <Card
      title={t("home.sales")}
      actions={
        <span className="font-semibold">
          <span className="numbers">{moneyText(total, locale)}</span>
        </span>
      }
    >
      {isEmpty ? (
        <Empty title={t("home.noSales")} />
      ) : (
        <div className="px-4 pt-4 pb-3">
          <Chart months={months} total={total} />
          <p className="mt-1 text-muted text-xs">{t("home.salesAbout")}</p>
          <Numbers months={months} />
        </div>
      )}
    </Card>
  );
}

const plot = { top: 8, height: 84 } as const;

async function Chart({ months, total }: { readonly months: readonly SalesMonth[]; readonly total: string }) {
  const { t, locale } = await serverText();
  const { ticks, heightOf } = scaleOf(months.map(({ sales }) => sales));
  const y = (height: number) => `${plot.top + ((100 - height) * plot.height) / 100}%`;
  const slot = 100 / months.length;
  return (
    <svg role="img" aria-labelledby="sales-title sales-desc" className="h-56 w-full overflow-visible pl-13 text-xs">
      <title id="sales-title">{t("home.sales")}</title>
      <desc id="sales-desc">{t("home.salesDesc", { total: shortMoney(total, locale), count: months.length })}</desc>
      {ticks.map(({ amount, height }) => (
        <g key={amount}>
          <line
            x1="0"
            x2="100%"
            y1={y(height)}
            y2={y(height)}
            className={height === 0 ? "stroke-line-strong" : "stroke-line"}
          />
          <text x="-8" y={y(height)} dy="0.32em" textAnchor="end" className="numbers fill-muted">
            {shortMoney(amount, locale)}
          </text>
        </g>
      ))}
      <g aria-hidden>
        {months.map((month, place) => {
          const height = heightOf(month.sales);
          const isNow = place === months.length - 1;
          return (
            <g key={month.month}>
              <rect
                x={`${place * slot + slot * 0.16}%`}
                width={`${slot * 0.68}%`}
                y={y(height)}
                height={`${(height * plot.height) / 100}%`}
                rx="3"
                className={isNow ? "fill-accent/45 stroke-accent" : "fill-accent"}
              >
                <title>{`${monthText(month.month, locale, "long")}: ${shortMoney(month.sales, locale)}`}</title>
              </rect>
              <text
                x={`${(place + 0.5) * slot}%`}
                y="98.5%"
                textAnchor="middle"
                className={`fill-muted ${(months.length - place) % 2 === 0 ? "max-sm:hidden" : ""}`}
              >
                {monthText(month.month, locale, "short")}
              </text>
            </g>
          );
        })}
      </g>
    </svg>
  );
}

/** The table behind the chart, with exact amounts. */
async function Numbers({ months }: { readonly months: readonly SalesMonth[] }) {
  const { t, locale } = await serverText();
  return (
    <details className="mt-2">
      <summary className="w-fit cursor-pointer rounded text-accent text-sm hover:underline">
        {t("home.numbers")}
      </summary>
      <table className="mt-2 w-full">
        <thead>
          <tr className="border-line border-b text-muted text-xs">
            <th scope="col" className="py-1 text-left font-medium">
              {t("home.month")}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t("nav.orders")}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t("home.amount")}
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, orders, sales }) => (
            <tr key={month} className="border-line border-b last:border-0">
              <th scope="row" className="py-1 text-left font-normal">
                {monthText(month, locale, "long")}
              </th>
              <td className="numbers py-1 text-right">{new Intl.NumberFormat(locale).format(orders)}</td>
              <td className="py-1 text-right">{moneyText(sales, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function monthText(month: string, locale: Locale, length: "short" | "long"): string {
  const year = length === "long" ? ({ year: "numeric" } as const) : {};
  const format = new Intl.DateTimeFormat(locale, { month: length, ...year, timeZone: "UTC" });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** A round amount for an axis: $50K. */
function shortMoney(amount: string, locale: Locale): string {
  const format = new Intl.NumberFormat(locale, {
    ...({
      style: "currency",
      currency: company().currency.code,
      currencyDisplay: "narrowSymbol",
      notation: "compact",
    } as const),
    maximumFractionDigits: 1,
  });
  const isNumeric = (text: string): text is `${number}` => /^-?\d+(?:\.\d+)?$/.test(text);
  return isNumeric(amount) ? format.format(amount) : amount;
}
