// What is typed of a purchase order, and how it is read.
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { amountText, readAmount, readMoney } from "../../form/amount-text.ts";
import type { Locale, MessageKey } from "../../messages/text.ts";
import { soldName } from "../../orders/names.ts";

/** A line as it is typed. */
export interface LineDraft {
  readonly key: string;
  /** The stored line; null for a new one. */
  readonly id: number | null;
  /** With its standard cost, where it was chosen here. */
  readonly product: (Choice & { readonly cost?: string }) | null;
  /** Text that stands for no product. */
  readonly unmatched: string;
  readonly quantity: string;
  /** Empty: what the supplier asks, or the standard cost. */
  readonly unitCost: string;
  /** Goods of it have come in: it stays as it is. */
  readonly isReceived: boolean;
}

/** A purchase order as it is typed. Dates are days. */
export interface PurchaseDraft {
  readonly supplier: string;
  readonly expected: string;
  readonly shippingFee: string;
  readonly taxes: string;
  readonly notes: string;
  readonly paidOn: string;
  readonly paid: string;
  readonly paidBy: string;
  readonly lines: readonly LineDraft[];
}

/** A line with nothing in it. */
export function blankLine(): LineDraft {
  const key = crypto.randomUUID();
  return { key, id: null, product: null, unmatched: "", quantity: "", unitCost: "", isReceived: false };
}

export function isBlankLine({ id, product, unmatched, quantity, unitCost }: LineDraft): boolean {
  return id === null && product === null && [unmatched, quantity, unitCost].every((text) => text.trim() === "");
}

/** The draft of a stored purchase order; of null it is that of a new one. */
export function draftOf(order: PurchaseOrder | null, locale: Locale): PurchaseDraft {
  if (order === null)
    return {
      ...{ supplier: "", expected: "", shippingFee: "", taxes: "", notes: "", paidOn: "", paid: "", paidBy: "" },
      lines: [{ ...blankLine(), key: "first" }],
    };
  const money = (amount: string | null) => (amount === null || amount === "0.0000" ? "" : amountText(amount, locale));
  return {
    supplier: String(order.supplier_id ?? ""),
    expected: order.expected_date?.slice(0, 10) ?? "",
    shippingFee: money(order.shipping_fee),
    taxes: money(order.taxes),
    notes: order.notes ?? "",
    paidOn: order.payment_date?.slice(0, 10) ?? "",
    paid: money(order.payment_amount),
    paidBy: order.payment_method ?? "",
    lines: (order.purchase_order_details ?? []).map((line) => ({
      ...{ key: String(line.id), id: line.id, unmatched: "", isReceived: line.received !== "0.0000" },
      product: line.product_id === null ? null : { id: line.product_id, name: soldName(line) },
      quantity: amountText(line.quantity, locale, 0),
      unitCost: amountText(line.unit_cost, locale),
    })),
  };
}

/** What of a purchase order may be changed in its status. */
export interface Editable {
  readonly terms: boolean;
  readonly payment: boolean;
}

/** The request that a draft makes, and what is wrong with it, by the field or `line key/field`. */
export function read(draft: PurchaseDraft, locale: Locale, { terms, payment }: Editable) {
  const problems = new Map<string, MessageKey>();
  const amount = (path: string, text: string, reader: typeof readMoney) => {
    const reading = reader(text, locale);
    if ("decimal" in reading) {
      if (!reading.decimal.startsWith("-")) return reading.decimal;
      problems.set(path, "typing.negative");
      return undefined;
    }
    problems.set(path, reading.refusal === "decimal-format" ? "typing.number" : `typing.${reading.refusal}`);
    return undefined;
  };
  const money = (path: string, text: string) => (text.trim() === "" ? "0" : amount(path, text, readMoney));
  const day = (text: string) => (text === "" ? null : `${text}T00:00:00`);
  const lines = draft.lines.filter((line) => !isBlankLine(line));
  const purchase_order_details = lines.map((line) => {
    // A line that was taken over may have none.
    if (line.product === null && (line.id === null || line.unmatched !== ""))
      problems.set(`${line.key}/product_id`, "typing.required");
    if (line.quantity.trim() === "") problems.set(`${line.key}/quantity`, "typing.required");
    const quantity =
      line.quantity.trim() === "" ? undefined : amount(`${line.key}/quantity`, line.quantity, readAmount);
    const unit_cost =
      line.unitCost.trim() === "" ? undefined : amount(`${line.key}/unit_cost`, line.unitCost, readMoney);
    const product_id = line.product?.id;
    return { ...(line.id === null ? {} : { id: line.id }), product_id, quantity, unit_cost };
  });
  const body = {
    notes: draft.notes.trim() === "" ? null : draft.notes,
    ...(terms
      ? {
          supplier_id: draft.supplier === "" ? null : Number(draft.supplier),
          ...{ expected_date: day(draft.expected), shipping_fee: money("shipping_fee", draft.shippingFee) },
          ...{ taxes: money("taxes", draft.taxes), purchase_order_details },
        }
      : {}),
    ...(payment
      ? {
          ...{ payment_date: day(draft.paidOn), payment_amount: money("payment_amount", draft.paid) },
          payment_method: draft.paidBy.trim() === "" ? null : draft.paidBy.trim(),
        }
      : {}),
  };
  return { body, keys: lines.map(({ key }) => key), problems };
}
