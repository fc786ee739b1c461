import {
  computedTaxes,
  rateAt,
  type TaxedDetail,
  type TaxGroup,
  taxable,
  taxGroupsOf,
} from "northwind-api/src/orders/taxes.ts";
import { company } from "../../../api/company.ts";
import { rateOf, readRate } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import type { DetailDraft, Draft } from "./draft.ts";

/** A rate of a tax class from a day on, as the API answers it. */
export interface TaxRate {
  readonly tax_class: string;
  readonly valid_from: string;
  readonly tax_rate: number;
}

type Decimal = TaxedDetail["quantity"];

/** The rate of a row's product: as it was sold, or what its class has on the day of the order. */
export function rateOfRow({ product }: DetailDraft, orderDate: string, rates: readonly TaxRate[]): Decimal | null {
  if (product?.soldRate !== undefined) return rateOf(product.soldRate);
  const ofClass = rates.filter(({ tax_class }) => tax_class === product?.taxClass);
  const newestFirst = ofClass.toSorted((one, other) => (one.valid_from < other.valid_from ? 1 : -1));
  return rateOf(rateAt(newestFirst, orderDate));
}

/** The taxes of a taxable order by rate. */
export interface ComputedTaxes {
  readonly taxes: Decimal;
  readonly groups: readonly TaxGroup[];
}

/** The taxes that follow from the rows; null while the order is not taxable. */
export function computedTaxesOf(
  { texts }: Draft,
  details: readonly TaxedDetail[],
  locale: Locale,
): ComputedTaxes | null {
  if (texts.tax_status_id !== String(taxable)) return null;
  const { minorUnit } = company().currency;
  const reading = texts.tax_rate.trim() === "" ? null : readRate(texts.tax_rate, locale);
  // What cannot be read counts as no rate until it is fixed.
  const order = { tax_rate: reading === null ? null : "decimal" in reading ? reading.decimal : rateOf(0) };
  return { taxes: computedTaxes(order, details, minorUnit), groups: taxGroupsOf(order, details, minorUnit) };
}
