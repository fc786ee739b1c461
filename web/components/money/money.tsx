"use client";
import { useText } from "../../messages/provider.tsx";
import { moneyText } from "./money-text.ts";

/** An amount that can be paid, formatted by the language of the page. */
export function Money({ amount }: { readonly amount: string | null | undefined }) {
  const { locale } = useText();
  return <span className="numbers">{amount == null ? "–" : moneyText(amount, locale)}</span>;
}
