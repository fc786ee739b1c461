// An order as it is typed: the draft, what is wrong with it (check.ts), its totals, and the body sent (body.ts).
// Pure functions, used by the form and by the server.
import { toUnits, zero } from "northwind-api/src/contract/decimal.ts";
import { computedTaxes, taxable } from "northwind-api/src/orders/taxes.ts";
import { company } from "../../../api/company.ts";
import type { Order } from "../../../api/types.ts";
import type { Choice } from "../../../components/form/use-choices.ts";
import { amountText, percentText, rateOf } from "../../../form/amount-text.ts";
import type { Locale } from "../../../messages/text.ts";
import {
  type ChoiceField,
  type DetailField,
  isOneOf,
  type ShipField,
  shipFields,
  type TypedField,
} from "../../fields.ts";
import { soldName } from "../../names.ts";
import { committedUnits, type DetailStock } from "../../portions.ts";

/** One row of the form. Texts are as typed: nothing is corrected silently. */
export interface DetailDraft {
  /** Names the row for as long as the form is open. */
  readonly key: string;
  /** Null for one that is not stored yet. */
  readonly id: number | null;
  /** What of it is allocated, shipped and invoiced, as it is stored; absent for one that is not stored yet. */
  readonly stock?: DetailStock;
  readonly product: ChosenProduct | null;
  readonly quantity: string;
  readonly unit_price: string;
  /** In per cent. */
  readonly discount: string;
  /** What is missing of it is bought from this supplier when the order is saved. */
  readonly buyFrom?: Supplier;
}

interface Supplier {
  readonly id: number;
  readonly name: string;
}

interface ChosenProduct extends Choice {
  /** Where the user may know it. */
  readonly cost?: string;
  readonly taxClass?: string | null;
  /** The rate of its tax class when it was sold; absent for one that was chosen in the form. */
  readonly soldRate?: number | null;
}

/** An order as it is in the form. */
export interface Draft {
  readonly texts: Readonly<Record<TypedField, string>>;
  readonly choices: Readonly<Record<ChoiceField, Choice | null>>;
  readonly details: readonly DetailDraft[];
  /** Text in a choice field that stands for no choice, by the place of the field. */
  readonly unmatched: Readonly<Record<string, string>>;
}

/** The names of what an order refers to. */
export type NameOf = (kind: ChoiceField | "product_id", id: number) => string;

export function blankDetail(key: string): DetailDraft {
  return { key, id: null, product: null, quantity: "", unit_price: "", discount: "" };
}

/** Nothing was entered in this row: it is not part of the order. */
export function isBlank({ id, product, quantity, unit_price, discount }: DetailDraft): boolean {
  return id === null && product === null && (quantity + unit_price + discount).trim() === "";
}

const noTexts: Draft["texts"] = {
  ship_name: "",
  ship_address: "",
  ship_city: "",
  ship_state_province: "",
  ship_zip_postal_code: "",
  ship_country_region: "",
  payment_type: "",
  notes: "",
  correction_reason: "",
  shipping_fee: "",
  taxes: "",
  order_date: "",
  shipped_date: "",
  paid_date: "",
  tax_rate: "",
  tax_status_id: "",
};

/** A new order of this day. */
export function emptyDraft(today: string): Draft {
  return {
    texts: { ...noTexts, order_date: today },
    choices: { customer_id: null, employee_id: null, shipper_id: null },
    details: [blankDetail("r1")],
    unmatched: {},
  };
}

/** A stored order as it is in the form before anything is typed. */
export function draftOf(order: Order, nameOf: NameOf, locale: Locale): Draft {
  const choice = (field: ChoiceField, id: number | null): Choice | null =>
    id === null ? null : { id, name: nameOf(field, id) };
  return {
    texts: textsOf(order, locale),
    choices: {
      customer_id: choice("customer_id", order.customer_id),
      employee_id: choice("employee_id", order.employee_id),
      shipper_id: choice("shipper_id", order.shipper_id),
    },
    details: (order.order_details ?? []).map((detail) => ({
      key: `d${detail.id}`,
      id: detail.id,
      stock: stockOf(detail),
      product:
        detail.product_id === null
          ? null
          : { id: detail.product_id, name: soldName(detail), taxClass: detail.tax_class, soldRate: detail.tax_rate },
      quantity: amountText(detail.quantity, locale, 0),
      unit_price: amountText(detail.unit_price, locale),
      discount: percentText(detail.discount, locale),
    })),
    unmatched: {},
  };
}

function stockOf(detail: DetailStock): DetailStock {
  const { quantity, allocated, shipped, invoiced, returned, status_id } = detail;
  const { product_id = null, purchase_order_id = null } = detail;
  return { quantity, allocated, shipped, invoiced, returned, status_id, product_id, purchase_order_id };
}

/** The row without what is to be bought for it. */
export function withoutBuying({ buyFrom: _, ...row }: DetailDraft): DetailDraft {
  return row;
}

/** Some of it is shipped or invoiced: it stays, with its product. */
export function isCommitted({ stock }: DetailDraft): boolean {
  return stock !== undefined && committedUnits(stock) > 0n;
}

/**
 * Whether a field of the row stays as it is although the order is new: the product once goods are shipped or invoiced,
 * the price and the discount once they are invoiced.
 */
export function staysFixed(row: DetailDraft, field: DetailField): boolean {
  if (field === "product_id") return isCommitted(row);
  return field !== "quantity" && isInvoicedInPart(row);
}

/** Some of it is invoiced: its price and its discount stay as well. */
export function isInvoicedInPart({ stock }: DetailDraft): boolean {
  return stock !== undefined && toUnits(stock.invoiced) > 0n;
}

/** The row as a new one, of which nothing is stored yet. */
export function asNewRow({ stock: _, ...row }: DetailDraft): DetailDraft {
  return { ...row, id: null };
}

function textsOf(order: Order, locale: Locale): Draft["texts"] {
  return {
    ...noTexts,
    ...shipTextsOf(order),
    payment_type: order.payment_type ?? "",
    notes: order.notes ?? "",
    shipping_fee: amountText(order.shipping_fee, locale),
    taxes: taxesTyped(order) === null ? "" : amountText(order.taxes, locale),
    order_date: order.order_date?.slice(0, 10) ?? "",
    shipped_date: order.shipped_date?.slice(0, 10) ?? "",
    paid_date: order.paid_date?.slice(0, 10) ?? "",
    tax_rate: rateText(order, locale),
    tax_status_id: order.tax_status_id === null ? "" : String(order.tax_status_id),
  };
}

/** The one rate of an order in per cent. No rate, and 0 % where no detail has another, is empty. */
function rateText({ tax_rate, order_details = [] }: Order, locale: Locale): string {
  if (tax_rate === 0 && order_details.some((detail) => detail.tax_rate !== null)) return "0";
  return percentText(tax_rate === null ? null : String(tax_rate), locale);
}

/** Taxes that were entered, or null when they are computed from the details. */
function taxesTyped({ taxes, tax_status_id, tax_rate, order_details = [] }: Order): string | null {
  const details = order_details.map((detail) => ({ ...detail, tax_rate: rateOf(detail.tax_rate) }));
  const order = { tax_rate: rateOf(tax_rate) };
  const computed = tax_status_id === taxable ? computedTaxes(order, details, company().currency.minorUnit) : zero;
  return (taxes ?? zero) === computed ? null : taxes;
}

function shipTextsOf(order: Order): Readonly<Record<ShipField, string>> {
  return {
    ship_name: order.ship_name ?? "",
    ship_address: order.ship_address ?? "",
    ship_city: order.ship_city ?? "",
    ship_state_province: order.ship_state_province ?? "",
    ship_zip_postal_code: order.ship_zip_postal_code ?? "",
    ship_country_region: order.ship_country_region ?? "",
  };
}

/** An exempt order has no tax rate, whatever was typed before it became exempt. */
export function isExempt({ texts }: Draft): boolean {
  return texts.tax_status_id === "0";
}

/** The names that a draft already knows. */
export function namesIn(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { choices, details } of drafts) {
    for (const [field, choice] of Object.entries(choices))
      if (choice !== null) names.set(`${field} ${choice.id}`, choice.name);
    for (const { product } of details) if (product !== null) names.set(`product_id ${product.id}`, product.name);
  }
  return names;
}

/** The place of one field of one row: also the id of its element. */
export function detailPath(key: string, field: DetailField): string {
  return `${key}.${field}`;
}

/** The address of a draft, to be compared with another. */
export function shipToIn({ texts }: Draft): string {
  return JSON.stringify(shipFields.map((field) => texts[field].trim()));
}

export function isShipField(name: string): name is ShipField {
  return isOneOf(shipFields, name);
}
