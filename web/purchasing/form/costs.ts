"use client";
import { readDecimal, zero } from "northwind-api/src/contract/decimal.ts";
import { amountsOf } from "northwind-api/src/orders/rules.ts";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { useEffect, useState } from "react";
import { read } from "../../api/browser.ts";
import { company } from "../../api/company.ts";
import { readAmount, readMoney } from "../../form/amount-text.ts";
import type { Locale } from "../../messages/text.ts";
import { isBlankLine, type LineDraft, type PurchaseDraft } from "./draft.ts";

type Decimal = PurchaseOrder["shipping_fee"];

interface ProductSuppliers {
  readonly suppliers: readonly { readonly supplier_id: number; readonly unit_cost?: Decimal | null }[];
}

/** What a line costs where nothing is typed; null while that is not known. */
export type UsualCost = (line: LineDraft) => Decimal | null;

/** What the suppliers of the products ask, each product read once. What they do not say is its standard cost. */
export function useUsualCosts({ supplier, lines }: PurchaseDraft): UsualCost {
  const [known, setKnown] = useState<ReadonlyMap<number, ProductSuppliers>>(new Map());
  const wanted = lines.flatMap(({ product }) => (product === null || known.has(product.id) ? [] : [product.id]));
  const asked = [...new Set(wanted)].join();
  useEffect(() => {
    if (asked === "") return;
    const aborting = new AbortController();
    const load = async () => {
      const ids = asked.split(",").map(Number);
      const replies = await Promise.all(
        ids.map((id) => read<ProductSuppliers>(`/api/products/${id}/suppliers`, aborting.signal)),
      );
      if (aborting.signal.aborted) return;
      const found = replies.map(
        (reply, place) => [ids[place] ?? 0, reply.ok ? reply.data : { suppliers: [] }] as const,
      );
      setKnown((before) => new Map([...before, ...found]));
    };
    void load();
    return () => aborting.abort();
  }, [asked]);
  return ({ product }) => {
    if (product === null) return null;
    const terms = known.get(product.id)?.suppliers.find(({ supplier_id }) => String(supplier_id) === supplier);
    return terms?.unit_cost ?? decimalOf(product.cost);
  };
}

function decimalOf(text: string | undefined): Decimal | null {
  const reading = text === undefined ? null : readDecimal(text);
  return reading !== null && "decimal" in reading ? reading.decimal : null;
}

/** What all of it costs, by the API's own function. What cannot be read counts as zero until it is fixed. */
export function totalOf({ lines, shippingFee, taxes }: PurchaseDraft, usual: UsualCost, locale: Locale): Decimal {
  const counted = (reading: ReturnType<typeof readAmount>): Decimal =>
    "refusal" in reading || reading.decimal.startsWith("-") ? zero : reading.decimal;
  const money = (typed: string) => counted(readMoney(typed, locale));
  const priced = lines
    .filter((line) => !isBlankLine(line))
    .map((line) => ({
      quantity: counted(readAmount(line.quantity, locale)),
      unit_price: line.unitCost.trim() === "" ? (usual(line) ?? zero) : money(line.unitCost),
      discount: zero,
    }));
  const fees = { shipping_fee: money(shippingFee), taxes: money(taxes) };
  return amountsOf(fees, priced, company().currency.minorUnit).orderTotal;
}
