"use client";
import { useText } from "../../messages/provider.tsx";
import { moneyText } from "./money-text.ts";

/** A unit price is never rounded: it has up to four places. */
const places = 4;

/** The price of one unit, with all its places. */
export function UnitPrice({ amount }: { readonly amount: string | null | undefined }) {
  const { locale } = useText();
  return <span className="numbers">{amount == null ? "–" : moneyText(amount, locale, places)}</span>;
}
