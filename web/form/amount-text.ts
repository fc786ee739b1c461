import type { MinorUnit } from "northwind-api/src/company/currency.ts";
import {
  type DecimalReading,
  fromMillionths,
  fromUnits,
  hundredPercent,
  rateScale,
  readDecimal,
  toMillionths,
  toUnits,
} from "northwind-api/src/contract/decimal.ts";
import { company } from "../api/company.ts";
import type { Locale } from "../messages/text.ts";

/** The sign before the decimals, by language. */
const point: Readonly<Record<Locale, "." | ",">> = { en: ".", es: "," };

/**
 * Reads an amount as people type it in their language, exactly: `1,234.50` or `1.234,50`. A point alone is a decimal
 * point in Spanish as well, as on number pads, unless it is where only thousands are grouped.
 */
export function readAmount(typed: string, locale: Locale): DecimalReading {
  const text = typed.trim().replace(/[\s\u00a0\u202f]/g, "");
  return readDecimal(plain(text, point[locale]));
}

/** Reads an amount of money, with the sign or the code of the company's currency before or after it, or without. */
export function readMoney(typed: string, locale: Locale): DecimalReading {
  const text = typed.trim();
  const lower = text.toLowerCase();
  for (const sign of currencySigns(locale)) {
    if (lower.startsWith(sign)) return readAmount(text.slice(sign.length), locale);
    if (lower.endsWith(sign)) return readAmount(text.slice(0, -sign.length), locale);
  }
  return readAmount(text, locale);
}

/** What people write for the company's currency, longest first: `kr.` before `kr`. */
function currencySigns(locale: Locale): readonly string[] {
  const { code } = company().currency;
  const written = (["narrowSymbol", "symbol"] as const).flatMap((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: "currency", currency: code, currencyDisplay })
      .formatToParts(0)
      .flatMap(({ type, value }) => (type === "currency" ? [value, `${value}.`] : [])),
  );
  const signs = [code, ...written].map((sign) => sign.toLowerCase());
  return [...new Set(signs)].sort((one, other) => other.length - one.length);
}

function plain(text: string, decimal: "." | ","): string {
  const group = decimal === "." ? "," : ".";
  const [whole = "", ...fractions] = text.split(decimal);
  const grouped = new RegExp(`^-?\\d{1,3}(?:\\${group}\\d{3})+$`);
  const digits = grouped.test(whole) ? whole.replaceAll(group, "") : whole;
  // What remains of the other sign is an error, or a decimal point where the language writes a comma.
  return tidy([digits, ...fractions].join("."));
}

/** Accepts `.5` and `007`. */
function tidy(text: string): string {
  return text.replace(/^(-?)\./, "$10.").replace(/^(-?)0+(?=\d)/, "$1");
}

/** An amount to edit: at least the places of the currency, no more zeros than needed. */
export function amountText(
  amount: string | null | undefined,
  locale: Locale,
  places: MinorUnit = company().currency.minorUnit,
): string {
  if (amount == null) return "";
  const [whole = "", fraction = ""] = amount.split(".");
  const shown = fraction.replace(/0+$/, "").padEnd(places, "0");
  return shown === "" ? whole : whole + point[locale] + shown;
}

/** Reads a discount typed as a percentage: `7.5` is 0.0750. */
export function readPercent(typed: string, locale: Locale): DecimalReading {
  const reading = readRate(typed, locale);
  if ("refusal" in reading) return reading;
  const millionths = toMillionths(reading.decimal);
  return millionths % 100n === 0n ? { decimal: fromUnits(millionths / 100n) } : { refusal: "scale" };
}

/** Reads a tax rate typed as a percentage, with four decimal places at most: `8.425` is 0.084250. */
export function readRate(typed: string, locale: Locale): DecimalReading {
  const reading = readAmount(typed.replace(/\s*%\s*$/, ""), locale);
  if ("refusal" in reading) return reading;
  // Ten-thousandths of a per cent are millionths of the whole.
  const millionths = toUnits(reading.decimal);
  return millionths < 0n || millionths > hundredPercent
    ? { refusal: "range" }
    : { decimal: fromMillionths(millionths) };
}

/** A discount or a rate as a percentage to edit; empty for zero. */
export function percentText(share: string | null | undefined, locale: Locale): string {
  const reading = readDecimal(share ?? "0", rateScale);
  if ("refusal" in reading) return "";
  const millionths = toMillionths(reading.decimal);
  return millionths === 0n ? "" : amountText(fromUnits(millionths), locale, 0);
}

/** A rate in JSON as a decimal, null where there is none. */
export function rateOf(
  rate: number | null | undefined,
): Extract<DecimalReading, { readonly decimal: unknown }>["decimal"] | null {
  if (rate == null) return null;
  const reading = readDecimal(String(rate), rateScale);
  return "decimal" in reading ? reading.decimal : null;
}
