"use client";
import { company } from "../api/company.ts";
import { useText } from "../messages/provider.tsx";
import type { Locale } from "../messages/text.ts";

/** Money can be paid, so it is rounded to the minor unit of the currency; a unit price has up to four places. */
type Kind = "money" | "unit price";

/** Made once: making one costs far more than using it. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: Locale, kind: Kind): Intl.NumberFormat {
  const { code, minorUnit } = company().currency;
  const key = `${locale} ${kind} ${code}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: code,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: kind === "money" ? minorUnit : 4,
    minimumFractionDigits: minorUnit,
  });
  formats.set(key, made);
  return made;
}

/** An exact amount for people, rounded half away from zero as the API rounds. Text in, never a float. */
export function moneyText(amount: string, locale: Locale, kind: Kind = "money"): string {
  return isNumeric(amount) ? formatOf(locale, kind).format(amount) : amount;
}

/** Text that `Intl` formats exactly, digit by digit. */
function isNumeric(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

interface Props {
  readonly amount: string | null | undefined;
}

/** An amount that can be paid, formatted by the language of the page. */
export function Money({ amount }: Props) {
  return <Formatted amount={amount} kind="money" />;
}

/** The price of one unit, with all its places. */
export function UnitPrice({ amount }: Props) {
  return <Formatted amount={amount} kind="unit price" />;
}

function Formatted({ amount, kind }: Props & { readonly kind: Kind }) {
  const { locale } = useText();
  return <span className="numbers">{amount == null ? "–" : moneyText(amount, locale, kind)}</span>;
}
