"use client";
import { businessTime } from "northwind-api/src/company/business-time.ts";
import { fromUnits } from "northwind-api/src/contract/decimal.ts";
import { policyOf, type ShippingPolicy } from "northwind-api/src/ledger/policies.ts";
import type { ProductSupplier } from "northwind-api/src/purchasing/fields.ts";
import type { StockPromise } from "northwind-api/src/stock/fields.ts";
import { useEffect, useState } from "react";
import { read } from "../../../api/browser.ts";
import { company } from "../../../api/company.ts";
import type { Shortage } from "../draft/shortages.ts";
import type { BuyableProduct } from "./offer.ts";

/** What is known of the product of a short line; null is what could not be read. */
export interface ProductFacts {
  readonly product: BuyableProduct | null;
  /** Null also for who may not buy. */
  readonly sellers: readonly ProductSupplier[] | null;
}

/** Reads the product of a short line and who sells it. Null until both are read. */
export function useProduct(id: number, mayBuy: boolean): ProductFacts | null {
  const [known, setKnown] = useState<(ProductFacts & { readonly id: number }) | null>(null);
  useEffect(() => {
    const aborting = new AbortController();
    const { signal } = aborting;
    const load = async () => {
      const path = `/api/products/${id}`;
      const [product, sold] = await Promise.all([
        read<BuyableProduct>(path, signal),
        mayBuy ? read<{ readonly suppliers: readonly ProductSupplier[] }>(`${path}/suppliers`, signal) : null,
      ]);
      if (signal.aborted) return;
      setKnown({ id, product: product.ok ? product.data : null, sellers: sold?.ok ? sold.data.suppliers : null });
    };
    void load();
    return () => aborting.abort();
  }, [id, mayBuy]);
  return known?.id === id ? known : null;
}

/** While a quantity is typed, nothing is asked. */
const waitMs = 250;

/** When all that a line waits for is there: null if nobody can say, undefined while that is not known. */
export function usePromise(
  product: number,
  { awaited }: Shortage,
  detail: number | null,
): StockPromise["promised_date"] | undefined {
  const path = `/api/stock/${product}/promise?quantity=${fromUnits(awaited)}`;
  const asked = detail === null ? path : `${path}&order_detail_id=${detail}`;
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly date: StockPromise["promised_date"] } | null>(
    null,
  );
  useEffect(() => {
    const aborting = new AbortController();
    const load = async () => {
      const reply = await read<StockPromise>(asked, aborting.signal);
      if (aborting.signal.aborted || !reply.ok) return;
      const date = reply.data.promised_date;
      // What is there by now is no date to wait for.
      setAnswer({ asked, date: date !== null && date > businessTime(company().timeZone) ? date : null });
    };
    const timer = setTimeout(() => void load(), waitMs);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [asked]);
  return answer?.asked === asked ? answer.date : undefined;
}

interface WithPolicy {
  readonly shipping_policy?: string | null;
}

/** What an order does with a line of which not all is there; `partial` until it is known. */
export function usePolicy(ofOrder: string | null, customer: number | null): ShippingPolicy {
  const [policy, setPolicy] = useState<ShippingPolicy>("partial");
  useEffect(() => {
    const aborting = new AbortController();
    const { signal } = aborting;
    const load = async () => {
      const [buyer, seller] = await Promise.all([
        customer === null ? null : read<WithPolicy>(`/api/customers/${customer}`, signal),
        read<WithPolicy>("/api/company", signal),
      ]);
      if (signal.aborted) return;
      const ofCustomer = buyer?.ok ? buyer.data.shipping_policy : null;
      setPolicy(policyOf(ofOrder, ofCustomer, seller.ok ? seller.data.shipping_policy : null));
    };
    void load();
    return () => aborting.abort();
  }, [ofOrder, customer]);
  return policy;
}
