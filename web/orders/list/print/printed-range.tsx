"use client";
import { useText } from "../../../messages/provider.tsx";
import type { ListState } from "../paging/pages.ts";

interface RangeProps {
  readonly list: ListState;
  readonly range: { readonly first: number; readonly end: number };
}

/** When the browser prints by itself, which of the orders are on paper: only those in sight are in the document. */
export function PrintedRange({ list, range }: RangeProps) {
  const { t } = useText();
  const last = Math.min(range.end, list.total);
  if (range.first === 0 && last === list.total && list.isCounted) return null;
  return (
    <p className="hidden print:block">{t("orders.printed", { first: range.first + 1, last, count: list.total })}</p>
  );
}
