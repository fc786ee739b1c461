import { zero } from "northwind-api/src/contract/decimal.ts";
import { type Amounts, amountsOf, type PricedDetail } from "northwind-api/src/orders/rules.ts";
import { taxable, taxesOf } from "northwind-api/src/orders/taxes.ts";
import { company } from "../../../api/company.ts";
import { readAmount, readPercent, readRate } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import type { DetailDraft, Draft } from "./draft.ts";

type Decimal = PricedDetail["quantity"];

/** Every amount of the order, as the server will compute it. */
export interface Totals extends Amounts {
  readonly taxes: Decimal;
  /** Taxes that follow from the details, when the clerk typed none. */
  readonly computedTaxes: Decimal;
  readonly shippingFee: Decimal;
}

/** Computed by the API's own functions. What cannot be read counts as zero until it is fixed. */
export function totalsOf({ texts, details }: Draft, locale: Locale): Totals {
  const { minorUnit } = company().currency;
  const amount = (typed: string) => read(readAmount(typed, locale));
  const share = (typed: string) => read(readPercent(typed, locale));
  const priced = details.map(({ quantity, unit_price, discount }: DetailDraft): PricedDetail => {
    return { quantity: amount(quantity), unit_price: amount(unit_price), discount: share(discount) };
  });
  const { subtotal } = amountsOf({ taxes: zero, shipping_fee: zero }, priced, minorUnit);
  const computedTaxes =
    texts.tax_status_id === String(taxable)
      ? taxesOf(subtotal, read(readRate(texts.tax_rate, locale)), minorUnit)
      : zero;
  const taxes = texts.taxes.trim() === "" ? computedTaxes : amount(texts.taxes);
  const shippingFee = amount(texts.shipping_fee);
  return { ...amountsOf({ taxes, shipping_fee: shippingFee }, priced, minorUnit), taxes, computedTaxes, shippingFee };
}

function read(reading: ReturnType<typeof readAmount>): Decimal {
  return "refusal" in reading || reading.decimal.startsWith("-") ? zero : reading.decimal;
}
