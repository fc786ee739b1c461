"use client";
import { Card } from "../../components/card.tsx";
import { controlLook, Field } from "../../components/form/field.tsx";
import { Money } from "../../components/money/money.tsx";
import { amountText, percentText } from "../../form/amount-text.ts";
import { useText } from "../../messages/provider.tsx";
import { isExempt } from "./draft/draft.ts";
import { elementId } from "./field-paths.ts";
import { TextField } from "./text-field.tsx";
import type { FormParts } from "./use-order-form.ts";

/** The totals while the order is typed, computed by the server's own functions. */
export function TotalsCard({ form }: { readonly form: FormParts }) {
  const { t, locale } = useText();
  const { totals, draft } = form;
  const hasClass = draft.details.some(({ product }) => product?.taxClass != null);
  const ratePlaceholder = hasClass ? t("orderForm.rateOfProducts") : "0";
  return (
    <Card title={t("order.amounts")}>
      <div className="grid grid-cols-2 gap-3 p-4">
        <TaxStatus form={form} />
        {isExempt(draft) ? (
          <span />
        ) : (
          <TextField form={form} field="tax_rate" kind="amount" placeholder={ratePlaceholder} />
        )}
        <TextField form={form} field="taxes" kind="amount" placeholder={amountText(totals.computedTaxes, locale)} />
        <TextField form={form} field="shipping_fee" kind="amount" placeholder={amountText("0.0000", locale)} />
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-y-1 border-line border-t px-4 py-3">
        <Line label={t("order.subtotal")} amount={totals.subtotal} />
        <TaxLines totals={totals} />
        <Line label={t("order.shipping_fee")} amount={totals.shippingFee} />
        <div className="contents font-semibold text-lg">
          <dt className="border-line border-t pt-2">{t("order.order_total")}</dt>
          <dd className="border-line border-t pt-2 text-right" data-testid="order-total">
            <Money amount={totals.orderTotal} />
          </dd>
        </div>
      </dl>
      {draft.texts.tax_status_id === "1" && draft.texts.taxes.trim() === "" && (
        <p className="px-4 pb-3 text-muted text-xs">{t("orderForm.taxesComputed")}</p>
      )}
    </Card>
  );
}

/** One line per rate, or one for all. */
function TaxLines({ totals: { taxes, taxGroups } }: Pick<FormParts, "totals">) {
  const { t, locale } = useText();
  if (taxGroups.length < 2) return <Line label={t("order.taxes")} amount={taxes} />;
  return taxGroups.map(({ taxRate, taxes: ofRate }) => (
    <Line key={taxRate} label={`${t("order.taxes")} (${percentText(taxRate, locale) || "0"} %)`} amount={ofRate} />
  ));
}

function Line({ label, amount }: { readonly label: string; readonly amount: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="text-right">
        <Money amount={amount} />
      </dd>
    </>
  );
}

function TaxStatus({ form }: { readonly form: FormParts }) {
  const { t } = useText();
  return (
    <Field id={elementId("tax_status_id")} label={t("order.tax_status_id")} issue={form.issueAt("tax_status_id")}>
      {(control) => (
        <select
          {...control}
          className={controlLook}
          value={form.draft.texts.tax_status_id}
          disabled={form.needsReason("tax_status_id")}
          onChange={(event) => form.dispatch({ type: "typed", field: "tax_status_id", text: event.target.value })}
        >
          <option value="">{t("order.taxUnset")}</option>
          <option value="0">{t("order.taxExempt")}</option>
          <option value="1">{t("order.taxable")}</option>
        </select>
      )}
    </Field>
  );
}
