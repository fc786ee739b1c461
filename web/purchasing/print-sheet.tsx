import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { loadCompany } from "../api/company-server.ts";
import { DateText } from "../components/date-text.tsx";
import { Money } from "../components/money/money.tsx";
import { UnitPrice } from "../components/money/unit-price.tsx";
import { amountText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import type { Text } from "../messages/text.ts";
import { PaperHead, PaperSums } from "../orders/detail/paper.tsx";
import { type Addressee, companyName, postalAddress, soldName } from "../orders/names.ts";
import { codesOf } from "./load.ts";
import { purchaseStatus } from "./names.tsx";

interface Props {
  readonly order: PurchaseOrder;
  readonly supplier: Addressee | null;
  readonly seesCosts: boolean;
}

const cell = "numbers py-1.5 pl-4 text-right";

/** The printed purchase order, without anything of the screen; for users who see no costs it has quantities only. */
export async function PrintSheet({ order, supplier, seesCosts: maySeeCosts }: Props) {
  // For a moment after the first user was made, the pages may not know yet what the API hides already.
  const seesCosts = maySeeCosts && order.total_cost !== undefined;
  const { t } = await serverText();
  const { currency } = await loadCompany();
  const mark = markOf(order, t);
  return (
    <article className="hidden text-[10.5pt] print:block">
      <PaperHead title={t("purchase.one")} number={order.id}>
        {mark !== null && <p className="mt-2 border-2 border-ink px-3 py-1 font-semibold text-lg">{mark}</p>}
      </PaperHead>
      <div className="mb-8 grid grid-cols-2 gap-6">
        <div>
          <p className="mb-1 text-[8pt] text-muted">{t("purchase.supplier")}</p>
          <p className="whitespace-pre-line">{supplier === null ? "–" : postalAddress(supplier)}</p>
        </div>
        <dl className="grid h-fit grid-cols-[auto_1fr] gap-x-3">
          <dt>{t("purchase.date")}</dt>
          <dd className="text-right">
            <DateText value={order.creation_date} />
          </dd>
          <dt>{t("purchase.expected_date")}</dt>
          <dd className="text-right">
            <DateText value={order.expected_date} />
          </dd>
        </dl>
      </div>
      <Lines {...{ order, supplier, seesCosts, mark }} />
      {order.notes && <p className="mt-8 whitespace-pre-line break-words">{order.notes}</p>}
      {seesCosts && <p className="mt-6 text-[8pt] text-muted">{t("print.currency", { currency: currency.code })}</p>}
    </article>
  );
}

/** What paper says of one that binds nobody; null of one that was approved. */
function markOf({ status_id }: PurchaseOrder, t: Text): string | null {
  if (status_id === purchaseStatus.cancelled) return t("status.cancelled");
  if (status_id === purchaseStatus.submitted) return t("purchase.notApproved");
  return (status_id ?? purchaseStatus.new) === purchaseStatus.new ? t("purchase.draft") : null;
}

async function Lines({ order, supplier, seesCosts, mark }: Props & { readonly mark: string | null }) {
  const { t, locale } = await serverText();
  const lines = order.purchase_order_details ?? [];
  const codes = await codesOf(
    order.supplier_id,
    lines.map(({ product_id }) => product_id),
  );
  const title = [t("purchase.title", { number: String(order.id) }), supplier && companyName(supplier), mark];
  return (
    <table className="w-full border-collapse">
      {/* Browsers repeat it on every page, so each sheet says which purchase order it belongs to. */}
      <thead>
        <tr>
          <th colSpan={seesCosts ? 5 : 3} className="pb-1 text-left font-normal text-[8pt] text-muted">
            {title.filter((part) => part).join(" · ")}
          </th>
        </tr>
        <tr className="border-ink border-b-2 text-left">
          <th className="py-1.5">{t("order.product_id")}</th>
          <th className="py-1.5 pl-4">{t("terms.yourCode")}</th>
          <th className={cell}>{t("order.quantity")}</th>
          {seesCosts && (
            <>
              <th className={cell}>{t("purchase.unit_cost")}</th>
              <th className={cell}>{t("purchase.amount")}</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} className="break-inside-avoid border-line border-b">
            <td className="py-1.5">
              {soldName(line)}
              <span className="block text-[8pt] text-muted">{line.product_code}</span>
            </td>
            <td className="py-1.5 pl-4">{codes.get(line.product_id ?? 0) ?? "–"}</td>
            <td className={cell}>{amountText(line.quantity, locale, 0)}</td>
            {seesCosts && (
              <>
                <td className={cell}>
                  <UnitPrice amount={line.unit_cost} />
                </td>
                <td className={cell}>
                  <Money amount={line.extended_cost} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
      {seesCosts && <Sums order={order} />}
    </table>
  );
}

async function Sums({ order }: Pick<Props, "order">) {
  const { t } = await serverText();
  const lines = order.purchase_order_details ?? [];
  const subtotal = fromUnits(lines.reduce((sum, { extended_cost }) => sum + toUnits(extended_cost), 0n));
  const sums = [
    [t("order.subtotal"), subtotal],
    [t("order.shipping_fee"), order.shipping_fee],
    [t("order.taxes"), order.taxes],
    [t("order.order_total"), order.total_cost],
  ] as const;
  return <PaperSums sums={sums} />;
}
