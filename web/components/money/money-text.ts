import { company } from "../../api/company.ts";
import type { Locale } from "../../messages/text.ts";

/** Made once: making one costs far more than using it. */
const formats = new Map<string, Intl.NumberFormat>();

/** Text that `Intl` formats exactly, digit by digit. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/**
 * An exact amount for people, rounded half away from zero as the API rounds: to the minor unit of the currency, or to
 * more places. Text in, never a float.
 */
export function moneyText(amount: string, locale: Locale, places: number = company().currency.minorUnit): string {
  if (!isNumeric(amount)) return amount;
  const { code, minorUnit } = company().currency;
  const key = `${locale} ${code} ${places}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      style: "currency",
      currency: code,
      currencyDisplay: "narrowSymbol",
      maximumFractionDigits: places,
      minimumFractionDigits: minorUnit,
    });
  formats.set(key, format);
  return format.format(amount);
}
