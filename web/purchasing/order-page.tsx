import { notFound } from "next/navigation";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import type { ReactNode } from "react";
import { may } from "../api/session/current.ts";
import { Card, Empty } from "../components/card.tsx";
import { DateText } from "../components/date-text.tsx";
import { Failure } from "../components/failure.tsx";
import { Link } from "../components/link.tsx";
import { Money } from "../components/money/money.tsx";
import { UnitPrice } from "../components/money/unit-price.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { amountText } from "../form/amount-text.ts";
import { apiSentence } from "../messages/api-sentence.ts";
import { serverText } from "../messages/server.ts";
import type { Locale } from "../messages/text.ts";
import { companyName, soldName } from "../orders/names.ts";
import { PurchaseActions } from "./actions/action-bar.tsx";
import { PrintPurchase } from "./commands.tsx";
import { PurchaseHistory } from "./history/history.tsx";
import { loadPurchase, loadSupplier } from "./load.ts";
import { PurchaseBadge } from "./names.tsx";
import { PrintSheet } from "./print-sheet.tsx";

/** One purchase order: what can be done with it, its lines, its dates and what is paid. */
export async function purchaseOrderPage(id: string) {
  const [loaded, seesCosts] = await Promise.all([loadPurchase(id), may("see-costs")]);
  if (!loaded.ok && (loaded.status === 404 || loaded.status === 400)) notFound();
  if (!loaded.ok) return <Failure error={loaded} isPage />;
  const { order, etag } = loaded;
  const { t, locale } = await serverText();
  const supplier = await loadSupplier(order.supplier_id);
  return (
    <>
      <div className="screen-only">
        <PageHeader
          title={
            <>
              {t("purchase.title", { number: String(order.id) })}
              <PurchaseBadge order={order} t={t} />
            </>
          }
          about={
            order.supplier_id === null ? (
              t("purchase.noSupplier")
            ) : (
              <Link href={`/suppliers/${order.supplier_id}`} className="hover:underline">
                {supplier === null ? `#${order.supplier_id}` : companyName(supplier)}
              </Link>
            )
          }
          actions={<PrintPurchase />}
        />
        <PurchaseActions order={translated(order, locale)} etag={etag} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <Lines order={order} seesCosts={seesCosts} />
            <PurchaseHistory id={order.id} seesCosts={seesCosts} />
          </div>
          <Facts order={order} seesCosts={seesCosts} />
        </div>
      </div>
      <PrintSheet order={order} supplier={supplier} seesCosts={seesCosts} />
    </>
  );
}

/** The reasons of the actions in the language of the page, as far as that knows them. */
function translated(order: PurchaseOrder, locale: Locale): PurchaseOrder {
  const actions = (order.actions ?? []).map((action) => ({
    ...action,
    unmet: action.unmet.map((reason) => ({
      ...reason,
      message: apiSentence(reason.message, locale) ?? reason.message,
      what_to_do: apiSentence(reason.what_to_do, locale) ?? reason.what_to_do,
    })),
  }));
  return { ...order, actions };
}

const number = "numbers px-2 py-2 text-right";

interface PartProps {
  readonly order: PurchaseOrder;
  readonly seesCosts: boolean;
}

async function Lines({ order, seesCosts }: PartProps) {
  const { t } = await serverText();
  const lines = order.purchase_order_details ?? [];
  return (
    <Card title={t("order.details")}>
      {lines.length === 0 && <Empty title={t("order.noDetails")} />}
      {lines.length > 0 && (
        <table className="w-full">
          <thead className="text-muted text-xs">
            <tr className="border-line border-b">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                {t("order.product_id")}
              </th>
              <th scope="col" className={`${number} font-medium`}>
                {t("order.quantity")}
              </th>
              <th scope="col" className={`${number} font-medium ${seesCosts ? "max-sm:pr-4" : "pr-4"}`}>
                {t("purchase.received")}
              </th>
              {seesCosts && (
                <>
                  <th scope="col" className={`${number} font-medium max-sm:hidden`}>
                    {t("purchase.unit_cost")}
                  </th>
                  <th scope="col" className={`${number} pr-4 font-medium max-sm:hidden`}>
                    {t("order.extended_price")}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.id} line={line} seesCosts={seesCosts} />
            ))}
          </tbody>
        </table>
      )}
      {seesCosts && <Totals order={order} />}
    </Card>
  );
}

interface LineProps {
  readonly line: NonNullable<PurchaseOrder["purchase_order_details"]>[number];
  readonly seesCosts: boolean;
}

async function Line({ line, seesCosts }: LineProps) {
  const { t, locale } = await serverText();
  const isComplete = line.posted_to_inventory;
  return (
    <tr className="border-line border-b last:border-b-0">
      <td className="px-4 py-2">
        {line.product_id === null ? (
          "–"
        ) : (
          <Link className="hover:underline" href={`/products/${line.product_id}`}>
            {soldName(line)}
          </Link>
        )}
        <span className="block text-muted text-xs">{line.product_code}</span>
        {line.order_id !== null && (
          <Link
            href={`/orders/${line.order_id}`}
            className="mt-1 block w-fit py-1 text-accent text-xs underline underline-offset-2"
          >
            {t("purchase.forOrder", { number: String(line.order_id) })}
          </Link>
        )}
        {seesCosts && (
          <span className="numbers block text-muted text-xs sm:hidden">
            <UnitPrice amount={line.unit_cost} /> · <Money amount={line.extended_cost} />
          </span>
        )}
      </td>
      <td className={number}>{amountText(line.quantity, locale, 0)}</td>
      <td className={`${number} ${isComplete ? "text-good" : ""} ${seesCosts ? "max-sm:pr-4" : "pr-4"}`}>
        {amountText(line.received, locale, 0)}
        {isComplete && <span className="sr-only"> {t("purchase.complete")}</span>}
      </td>
      {seesCosts && (
        <>
          <td className={`${number} max-sm:hidden`}>
            <UnitPrice amount={line.unit_cost} />
          </td>
          <td className={`${number} pr-4 max-sm:hidden`}>
            <Money amount={line.extended_cost} />
          </td>
        </>
      )}
    </tr>
  );
}

async function Totals({ order }: { readonly order: PurchaseOrder }) {
  const { t } = await serverText();
  const sums = [
    [t("order.shipping_fee"), order.shipping_fee],
    [t("order.taxes"), order.taxes],
  ] as const;
  return (
    <dl className="ml-auto grid max-w-xs grid-cols-[1fr_auto] gap-y-1 px-4 py-3 sm:w-72">
      {sums.map(([label, amount]) => (
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
          <Money amount={order.total_cost} />
        </dd>
      </div>
    </dl>
  );
}

async function Facts({ order, seesCosts }: PartProps) {
  const { t } = await serverText();
  const who = (name: string | null) => (name === "local" ? t("history.local") : (name ?? "").replace(/^\d+ /, ""));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Card>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 py-3">
          <Fact label={t("purchase.creation_date")}>
            <DateText value={order.creation_date} />
          </Fact>
          <Fact label={t("purchase.expected_date")}>
            <DateText value={order.expected_date} />
          </Fact>
          <Fact label={t("purchase.submitted")}>
            <DateText value={order.submitted_date} />
            <span className="block text-muted text-xs">{who(order.submitted_principal)}</span>
          </Fact>
          <Fact label={t("purchase.approved")}>
            <DateText value={order.approved_date} />
            <span className="block text-muted text-xs">{who(order.approved_principal)}</span>
          </Fact>
          {order.closed_date !== null && (
            <Fact label={t("status.closed")}>
              <DateText value={order.closed_date} />
            </Fact>
          )}
          {seesCosts && order.payment_date !== null && (
            <Fact label={t("purchase.paid")}>
              <DateText value={order.payment_date} /> <Money amount={order.payment_amount} /> {order.payment_method}
            </Fact>
          )}
        </dl>
      </Card>
      {order.notes && (
        <Card title={t("order.notes")}>
          <p className="whitespace-pre-line break-words px-4 py-3">{order.notes}</p>
        </Card>
      )}
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
