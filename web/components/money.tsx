"use client";
import { useText } from "../messages/provider.tsx";
import type { Locale } from "../messages/text.ts";

/** The currency of every amount: the schema has none, and the original is a trader in the United States. */
const currency = "USD";

/** Made once: making one costs far more than using it. */
const formats = new Map<Locale, Intl.NumberFormat>();

function formatOf(locale: Locale): Intl.NumberFormat {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 4,
    minimumFractionDigits: 2,
  });
  formats.set(locale, made);
  return made;
}

/** An exact amount for people: at least cents, all four places where they matter. Text in, never a float. */
export function moneyText(amount: string, locale: Locale): string {
  return isNumeric(amount) ? formatOf(locale).format(amount) : amount;
}

/** Text that `Intl` formats exactly, digit by digit. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** An amount, formatted by the language of the page. */
export function Money({ amount }: { readonly amount: string | null | undefined }) {
  const { locale } = useText();
  return <span className="numbers">{amount == null ? "–" : moneyText(amount, locale)}</span>;
}
