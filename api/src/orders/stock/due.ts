// What is due for what is invoiced of an order. Pure functions.
import type { Decimal } from "sqlproof";
import type { MinorUnit } from "../../company/currency.ts";
import { fromUnits, quantityText, toUnits, zero } from "../../contract/decimal.ts";
import { amountsOf, type PricedDetail, type PricedOrder, roundedUnits, toBigUnits } from "../rules.ts";

/** An order detail with how much of it is invoiced. */
export interface DueDetail extends PricedDetail {
  readonly invoiced: Decimal;
}

/** What is due for all that is invoiced: the shipping fee at once, and of the taxes as much as of the subtotal. */
export function dueFor(
  { details, ...order }: PricedOrder & { readonly details: readonly DueDetail[] },
  minorUnit: MinorUnit,
) {
  const whole = amountsOf(order, details, minorUnit);
  const invoiced = details.map((detail) => ({ ...detail, quantity: detail.invoiced }));
  const isAll = details.every(({ quantity, invoiced: part }) => part === quantity);
  const taxes = toBigUnits(order.taxes ?? zero);
  const subtotal = toBigUnits(whole.subtotal);
  const part = toBigUnits(amountsOf(order, invoiced, minorUnit).subtotal);
  const tax = isAll || subtotal === 0n ? taxes : roundedUnits(taxes * part, subtotal, minorUnit);
  const parts = { taxes: fromUnits(tax), shipping_fee: order.shipping_fee };
  const total = toBigUnits(amountsOf(parts, invoiced, minorUnit).orderTotal);
  return { tax, shipping: toUnits(order.shipping_fee ?? zero), total };
}

/** Why no invoice can follow earlier ones that ask for more than is due. Amounts are for those who see prices. */
export function askedTooMuch(due: bigint, asked: bigint, seesPrices: boolean) {
  const message = seesPrices
    ? `Earlier invoices ask for ${quantityText(asked)}, and only ${quantityText(due)} is due.`
    : "Earlier invoices ask for more than is due.";
  return { message, what_to_do: "Put the shipping fee and the taxes back." } as const;
}
