import { businessTime } from "northwind-api/src/company/business-time.ts";
import type { ReactNode } from "react";
import { company } from "../../api/company.ts";
import { get } from "../../api/server.ts";
import { Card } from "../../components/card.tsx";
import { DateText } from "../../components/date-text.tsx";
import { Money } from "../../components/money/money.tsx";
import { UnitPrice } from "../../components/money/unit-price.tsx";
import { amountText } from "../../form/amount-text.ts";
import { serverText } from "../../messages/server.ts";
import type { Locale, MessageKey, Text } from "../../messages/text.ts";
import { supplierNames } from "../load.ts";
import { purchaseStatusLabel } from "../names.tsx";
import { type Change, changesOf, type State, type Value } from "./changes.ts";

interface Entry {
  readonly sequence: number;
  readonly happened_at: string;
  readonly principal: string;
  readonly action: string;
  readonly before: State | null;
  readonly after: State | null;
}

const shown = 5;

interface Words {
  readonly t: Text;
  readonly locale: Locale;
  readonly supplierOf: (id: number | null) => string;
  /** Whoever sees no costs is not told either which of them were changed. */
  readonly seesCosts: boolean;
}

/** Who changed a purchase order, when, and what, the newest first. */
export async function PurchaseHistory({ id, seesCosts }: { readonly id: number; readonly seesCosts: boolean }) {
  const { t, locale } = await serverText();
  const reply = await get<readonly Entry[]>(`/api/purchase_orders/${id}/history`);
  if (!reply.ok) return null;
  const entries = reply.data.toReversed().map((entry) => ({ ...entry, changes: changesOf(entry.before, entry.after) }));
  const suppliers = entries.flatMap(({ changes }) =>
    changes.flatMap(({ field, before, after }) => (field === "supplier_id" ? [before, after] : [])),
  );
  const supplierOf = await supplierNames(suppliers.map((value) => (typeof value === "number" ? value : null)));
  const words: Words = { t, locale, supplierOf, seesCosts };
  const items = entries.map((entry) => <HistoryItem key={entry.sequence} entry={entry} words={words} />);
  return (
    <Card title={t("history.title")} className="screen-only">
      {entries.length === 0 && <p className="px-4 py-3 text-muted">{t("history.empty")}</p>}
      <ol className="divide-y divide-line">{items.slice(0, shown)}</ol>
      {items.length > shown && (
        <details className="border-line border-t">
          <summary className="cursor-pointer px-4 py-2.5 text-accent">
            {t("history.more", { count: items.length })}
          </summary>
          <ol className="divide-y divide-line border-line border-t">{items.slice(shown)}</ol>
        </details>
      )}
    </Card>
  );
}

interface ItemProps {
  readonly entry: Entry & { readonly changes: readonly Change[] };
  readonly words: Words;
}

function HistoryItem({ entry: { happened_at, principal, action, changes }, words }: ItemProps) {
  const { t, seesCosts } = words;
  // The number of the user is for the log.
  const who = principal === "local" ? t("history.local") : principal.replace(/^\d+ /, "");
  const did = action === "create" ? "history.create" : "history.update";
  // The audit log is in UTC; people read the time of the company.
  const at = businessTime(company().timeZone, Date.parse(`${happened_at}Z`));
  return (
    <li className="px-4 py-3">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{t("purchase.historyWho", { who, action: t(did) })}</span>
        <span className="text-muted">
          <DateText value={at} detail="minute" />
        </span>
      </p>
      {changes.length === 0 && <p className="text-muted">{t(seesCosts ? "history.same" : "history.unseen")}</p>}
      {action !== "create" && (
        <ul className="mt-1 flex flex-col gap-0.5">
          {changes.map((change, place) => (
            // A change has no name of its own, and the list never changes.
            <ChangeLine key={`${change.field} ${change.product} ${String(place)}`} change={change} words={words} />
          ))}
        </ul>
      )}
    </li>
  );
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
  if (field === null)
    return (
      <li className="flex flex-wrap gap-x-2">
        <span className="text-muted">{product}</span>
        <span>{t(after === null ? "history.removed" : "history.added")}</span>
      </li>
    );
  // There was nothing before.
  const Before = before === null || before === "" ? "span" : "del";
  return (
    <li className="flex flex-wrap gap-x-2">
      <span className="text-muted">{[product, t(labels[field])].filter((part) => part !== null).join(": ")}</span>
      <span className="numbers min-w-0 break-words">
        <Before className="text-muted">{valueText(field, before, words)}</Before> →{" "}
        <ins className="no-underline">{valueText(field, after, words)}</ins>
      </span>
    </li>
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
