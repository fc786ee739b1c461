import type { ReactNode } from "react";
import { get } from "../../api/server.ts";
import { may } from "../../api/session/current.ts";
import type { Order } from "../../api/types.ts";
import { DateText } from "../../components/date-text.tsx";
import { Money } from "../../components/money/money.tsx";
import { UnitPrice } from "../../components/money/unit-price.tsx";
import { amountText, percentText } from "../../form/amount-text.ts";
import { LineChange, ValueChange } from "../../history/change-line.tsx";
import { type Entry, HistoryCard, HistoryItem } from "../../history/history-card.tsx";
import { serverText } from "../../messages/server.ts";
import type { Locale, MessageKey, Text } from "../../messages/text.ts";
import type { NameOf } from "../form/draft/draft.ts";
import { productNames } from "../load.ts";
import { type Addressee, companyName, employeeName, statusLabels } from "../names.ts";
import {
  type Change,
  canBePutBack,
  changesOf,
  goodsFields,
  goodsMoves,
  isReference,
  type State,
  type Value,
} from "./changes.ts";
import { PutBack } from "./put-back.tsx";

interface Props {
  readonly order: Order;
  readonly etag: string | null;
  readonly nameOf: NameOf;
}

/** Who changed the order, when, and what, the newest first, with the way back where there is one. */
export async function History({ order, etag, nameOf }: Props) {
  const { t, locale } = await serverText();
  const { id } = order;
  const reply = await get<readonly Entry<State>[]>(`/api/orders/${id}/history`);
  if (!reply.ok) return null;
  const entries = reply.data.toReversed().map((entry) => {
    const changes = changesOf(entry.before, entry.after);
    // A step says what became of the goods by itself.
    return { ...entry, changes, moves: changes.length === 0 ? goodsMoves(entry.before, entry.after) : [] };
  });
  const names = await namesOfAll(
    entries.flatMap(({ changes, moves }) => [...changes, ...moves]),
    nameOf,
  );
  const [mayWrite, seesPrices] = [await may("write-orders"), await may("see-prices")];
  const words: Words = { t, locale, nameOf: names };
  const items = entries.map((entry) => (
    <HistoryItem
      key={entry.sequence}
      entry={entry}
      sentence="history.who"
      seesAll={seesPrices}
      lines={[...entry.changes, ...entry.moves].map((change, at) => (
        // A change has no name of its own, and the list never changes.
        <ChangeLine key={`${change.field} ${change.productId} ${String(at)}`} change={change} words={words} />
      ))}
    >
      {mayWrite && entry.action === "update" && canBePutBack(entry.changes, order) && (
        <PutBack id={id} etag={etag} sequence={entry.sequence} />
      )}
    </HistoryItem>
  ));
  return <HistoryCard items={items} />;
}

interface Words {
  readonly t: Text;
  readonly locale: Locale;
  readonly nameOf: NameOf;
}

function ChangeLine({ change, words }: { readonly change: Change; readonly words: Words }) {
  const { t, nameOf } = words;
  const { field, productId, isDetail, names } = change;
  const product = isDetail ? (names.product ?? (productId === null ? "–" : nameOf("product_id", productId))) : null;
  const name = [product, field === null ? null : t(labelOf(field))].filter((part) => part !== null).join(": ");
  if (field === null) return <LineChange name={name} what={change.after === null ? "removed" : "added"} />;
  return (
    <ValueChange
      name={name}
      hadValue={change.before !== null && change.before !== ""}
      before={names.before ?? valueText(field, change.before, words)}
      after={names.after ?? valueText(field, change.after, words)}
    />
  );
}

function labelOf(field: NonNullable<Change["field"]>): MessageKey {
  if (field === "purchase_order_id") return "purchase.one";
  return isGoodsField(field) ? `portion.${field}` : `order.${field}`;
}

function isGoodsField(field: string): field is (typeof goodsFields)[number] {
  return goodsFields.some((one) => one === field);
}

function valueText(field: NonNullable<Change["field"]>, value: Value, { t, locale, nameOf }: Words): ReactNode {
  if (value === null || value === "") return t("history.nothing");
  if (isReference(field)) return nameOf(field, Number(value));
  const text = String(value);
  if (field === "purchase_order_id") return `#${text}`;
  if (field === "status_id") return t(statusLabels[Number(value)] ?? "status.new");
  if (field === "tax_status_id") return t(value === 1 ? "order.taxable" : "order.taxExempt");
  if (field.endsWith("_date")) return <DateText value={text} />;
  if (field === "tax_rate" || field === "discount") return `${percentText(text, locale) || "0"} %`;
  if (field === "quantity" || isGoodsField(field)) return amountText(text, locale, 0);
  if (field === "unit_price") return <UnitPrice amount={text} />;
  return field === "shipping_fee" || field === "taxes" ? <Money amount={text} /> : text;
}

/** The names of everything the changes refer to: those the order has now, the rest read once each. */
async function namesOfAll(changes: readonly Change[], nameOf: NameOf): Promise<NameOf> {
  const unknown = new Map<string, { kind: "customer_id" | "employee_id" | "shipper_id"; id: number }>();
  const products = new Set<number>();
  for (const { field, before, after, productId, names } of changes) {
    if (productId !== null && names.product === null) products.add(productId);
    if (names.before !== null || names.after !== null) continue;
    for (const value of [before, after]) {
      if (!isReference(field) || typeof value !== "number") continue;
      if (field === "product_id") products.add(value);
      else if (nameOf(field, value) === `#${value}`) unknown.set(`${field} ${value}`, { kind: field, id: value });
    }
  }
  const names = new Map<string, string>();
  const resources = { customer_id: "customers", employee_id: "employees", shipper_id: "shippers" } as const;
  const [found] = await Promise.all([
    productNames([...products]),
    ...[...unknown].map(async ([key, { kind, id }]) => {
      const reply = await get<Addressee>(`/api/${resources[kind]}/${id}`);
      if (reply.ok) names.set(key, kind === "employee_id" ? employeeName(reply.data) : companyName(reply.data));
    }),
  ]);
  return (kind, id) => (kind === "product_id" ? found.get(id) : names.get(`${kind} ${id}`)) ?? nameOf(kind, id);
}
