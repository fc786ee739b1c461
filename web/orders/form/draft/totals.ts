import { zero } from "northwind-api/src/contract/decimal.ts";
import { type Amounts, amountsOf } from "northwind-api/src/orders/rules.ts";
import type { TaxedDetail } from "northwind-api/src/orders/taxes.ts";
import { company } from "../../../api/company.ts";
import { readAmount, readMoney, readPercent } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import { type DetailDraft, type Draft, isBlank } from "./draft.ts";
import { type ComputedTaxes, computedTaxesOf, rateOfRow, type TaxRate } from "./taxes.ts";

type Decimal = TaxedDetail["quantity"];

/** Every amount of the order, as the server will compute it. */
export interface Totals extends Amounts {
  readonly taxes: Decimal;
  /** Taxes that follow from the details, when the clerk typed none. */
  readonly computedTaxes: Decimal;
  /** The computed taxes by rate; none where they do not count. */
  readonly taxGroups: ComputedTaxes["groups"];
  readonly shippingFee: Decimal;
}

/** Computed by the API's own functions. What cannot be read counts as zero until it is fixed. */
export function totalsOf(draft: Draft, locale: Locale, rates: readonly TaxRate[] = []): Totals {
  const { texts, details } = draft;
  const { minorUnit } = company().currency;
  const money = (typed: string) => read(readMoney(typed, locale));
  const share = (typed: string) => read(readPercent(typed, locale));
  const priced = details.map((row: DetailDraft): TaxedDetail => {
    const { quantity, unit_price, discount } = row;
    const tax_rate = rateOfRow(row, texts.order_date, rates);
    const counted = read(readAmount(quantity, locale));
    return { quantity: counted, unit_price: money(unit_price), discount: share(discount), tax_rate };
  });
  // A blank row is no part of the order: it belongs to no rate.
  const taxed = priced.filter((_, at) => details[at] !== undefined && !isBlank(details[at]));
  const computed = computedTaxesOf(draft, taxed, locale);
  const isTyped = texts.taxes.trim() !== "";
  const computedTaxes = computed?.taxes ?? zero;
  const taxes = isTyped ? money(texts.taxes) : computedTaxes;
  const shippingFee = money(texts.shipping_fee);
  return {
    ...amountsOf({ taxes, shipping_fee: shippingFee }, priced, minorUnit),
    ...{ taxes, computedTaxes, taxGroups: isTyped ? [] : (computed?.groups ?? []), shippingFee },
  };
}

function read(reading: ReturnType<typeof readAmount>): Decimal {
  return "refusal" in reading || reading.decimal.startsWith("-") ? zero : reading.decimal;
}
