import type { Order } from "../../api/types.ts";
import { percentText } from "../../form/amount-text.ts";
import type { Locale, Text } from "../../messages/text.ts";
import { soldUnit } from "../names.ts";

type OrderDetail = NonNullable<Order["order_details"]>[number];

/** The sums of an order as they are shown and printed: subtotal, taxes by rate, shipping fee, total. */
export function sumsOf(
  order: Order,
  t: Text,
  locale: Locale,
): readonly (readonly [label: string, amount: string | null | undefined])[] {
  return [
    [t("order.subtotal"), order.subtotal],
    ...taxLines(order, t, locale),
    [t("order.shipping_fee"), order.shipping_fee],
    [t("order.order_total"), order.order_total],
  ];
}

function taxLines(
  { taxes, tax_breakdown = [] }: Order,
  t: Text,
  locale: Locale,
): readonly (readonly [string, string | null])[] {
  // Taxes that somebody entered, and those of an order that pays none, have no rate.
  if (tax_breakdown.length === 0) return [[t("order.taxes"), taxes]];
  return tax_breakdown.map((group) => {
    const rate = percentText(String(group.tax_rate), locale);
    return [
      rate === "" && tax_breakdown.length === 1 ? t("order.taxes") : `${t("order.taxes")} (${rate || "0"} %)`,
      group.taxes,
    ];
  });
}

/** Code and unit of a product as sold; and the rate of its taxes, where the details of the order have several. */
export function aboutDetail(detail: OrderDetail, { tax_breakdown = [] }: Order, locale: Locale): string {
  if (tax_breakdown.length < 2) return soldUnit(detail);
  const rate = `${percentText(String(detail.tax_rate ?? 0), locale) || "0"} %`;
  return [soldUnit(detail), rate].filter((part) => part !== "").join(" · ");
}

/** Why no taxes are charged, as an invoice must say it; null where they are, or nobody knows. */
export function exemptionOf({ customer, tax_status_id }: Order, t: Text): string | null {
  if (tax_status_id !== 0 || customer == null) return null;
  const { tax_treatment, tax_exemption_reason, vat_id } = customer;
  if (tax_exemption_reason) return tax_exemption_reason;
  if (tax_treatment === "reverse_charge") return t("order.reverseCharge", { vatId: vat_id ?? "" });
  return tax_treatment === "export" ? t("order.export") : null;
}
