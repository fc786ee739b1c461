import type { ReactNode } from "react";
import { get } from "../../api/server.ts";
import { DateText } from "../../components/date-text.tsx";
import { Money } from "../../components/money/money.tsx";
import { UnitPrice } from "../../components/money/unit-price.tsx";
import { amountText } from "../../form/amount-text.ts";
import { LineChange, ValueChange } from "../../history/change-line.tsx";
import { type Entry, HistoryCard, HistoryItem } from "../../history/history-card.tsx";
import { serverText } from "../../messages/server.ts";
import type { Locale, MessageKey, Text } from "../../messages/text.ts";
import { supplierNames } from "../load.ts";
import { purchaseStatusLabel } from "../names.tsx";
import { type Change, changesOf, type State, type Value } from "./changes.ts";

interface Words {
  readonly t: Text;
  readonly locale: Locale;
  readonly supplierOf: (id: number | null) => string;
}

/** Who changed a purchase order, when, and what, the newest first. */
export async function PurchaseHistory({ id, seesCosts }: { readonly id: number; readonly seesCosts: boolean }) {
  const { t, locale } = await serverText();
  const reply = await get<readonly Entry<State>[]>(`/api/purchase_orders/${id}/history`);
  if (!reply.ok) return null;
  const entries = reply.data.toReversed().map((entry) => ({ ...entry, changes: changesOf(entry.before, entry.after) }));
  const suppliers = entries.flatMap(({ changes }) =>
    changes.flatMap(({ field, before, after }) => (field === "supplier_id" ? [before, after] : [])),
  );
  const supplierOf = await supplierNames(suppliers.map((value) => (typeof value === "number" ? value : null)));
  const words: Words = { t, locale, supplierOf };
  const items = entries.map((entry) => (
    <HistoryItem
      key={entry.sequence}
      entry={entry}
      sentence="purchase.historyWho"
      seesAll={seesCosts}
      lines={entry.changes.map((change, place) => (
        // A change has no name of its own, and the list never changes.
        <ChangeLine key={`${change.field} ${change.product} ${String(place)}`} change={change} words={words} />
      ))}
    />
  ));
  return <HistoryCard items={items} />;
}

const labels: Readonly<Record<NonNullable<Change["field"]>, MessageKey>> = {
  ...({ status_id: "purchase.status", supplier_id: "purchase.supplier", notes: "order.notes" } as const),
  ...({ expected_date: "purchase.expected_date", payment_date: "purchase.paid" } as const),
  ...({ payment_amount: "purchase.payment_amount", payment_method: "purchase.payment_method" } as const),
  ...({ shipping_fee: "order.shipping_fee", taxes: "order.taxes", product_id: "order.product_id" } as const),
  ...({ quantity: "order.quantity", received: "purchase.received", unit_cost: "purchase.unit_cost" } as const),
};

function ChangeLine({ change, words }: { readonly change: Change; readonly words: Words }) {
  const { t } = words;
  const { field, product, before, after } = change;
  if (field === null) return <LineChange name={product ?? ""} what={after === null ? "removed" : "added"} />;
  return (
    <ValueChange
      name={[product, t(labels[field])].filter((part) => part !== null).join(": ")}
      hadValue={before !== null && before !== ""}
      before={valueText(field, before, words)}
      after={valueText(field, after, words)}
    />
  );
}

function valueText(field: NonNullable<Change["field"]>, value: Value, { t, locale, supplierOf }: Words): ReactNode {
  if (value === null || value === "") return t("history.nothing");
  const text = String(value);
  if (field === "status_id") return t(purchaseStatusLabel(Number(value)));
  if (field === "supplier_id") return supplierOf(Number(value));
  if (field.endsWith("_date")) return <DateText value={text} />;
  if (field === "quantity" || field === "received") return amountText(text, locale, 0);
  if (field === "unit_cost") return <UnitPrice amount={text} />;
  const isMoney = field === "shipping_fee" || field === "taxes" || field === "payment_amount";
  return isMoney ? <Money amount={text} /> : text;
}
