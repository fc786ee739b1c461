"use client";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import type { Reorder } from "northwind-api/src/purchasing/reorder/fields.ts";
import { useRef, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import { useToast } from "../../components/toast.tsx";
import { amountText, readAmount } from "../../form/amount-text.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useRefresh } from "../../shell/connection/connection.ts";

/** The purchase orders that were made last: the list is read again, and they are still shown. */
let made: readonly PurchaseOrder[] = [];

/** Whether a product can be reordered from here. */
export function isOrderable({ supplier, to_reorder }: Reorder): boolean {
  return supplier !== null && to_reorder !== "0.0000";
}

interface Refused {
  readonly error: ApiError;
  readonly ids: readonly number[];
}

interface Sent {
  readonly product_id: number;
  readonly to_reorder: string;
  readonly quantity?: string;
  readonly supplier_id?: number;
}

/** Sends a selection once, however often it is clicked, and holds what was made or why it was refused. */
function useOrdering() {
  const refresh = useRefresh();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [shown, setShown] = useState(() => made);
  const attempt = useRef({ text: "", key: "" });
  const running = useRef(false);
  const send = async (products: readonly Sent[], submit: boolean) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const body = { products, submit };
    const text = JSON.stringify(body);
    if (attempt.current.text !== text) attempt.current = { text, key: newKey() };
    const path = "/api/reorder";
    const reply = await write<readonly PurchaseOrder[]>({ method: "POST", path, body, key: attempt.current.key });
    running.current = false;
    setBusy(false);
    if (!reply.ok) return setRefused({ error: reply, ids: products.map(({ product_id }) => product_id) });
    made = reply.data;
    setShown(made);
    setRefused(null);
    refresh();
  };
  const dismiss = () => {
    made = [];
    setShown(made);
  };
  return { refused, isBusy, made: shown, send, dismiss };
}

/** Which products are selected, how much of each is typed, and how they are ordered. */
export function useReorder(rows: readonly Reorder[], supplierId: number | null) {
  const { t, locale } = useText();
  const words = useErrorText();
  const toast = useToast();
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(new Map());
  const [isSubmitting, setSubmitting] = useState(false);
  const { refused, isBusy, made: shown, send, dismiss } = useOrdering();
  const orderable = rows.filter(isOrderable);
  const textOf = ({ product_id, quantity }: Reorder) => typed.get(product_id) ?? amountText(quantity, locale, 0);
  const order = () => {
    const chosen = orderable.filter(({ product_id }) => selected.has(product_id));
    if (chosen.length === 0) return toast.error(t("reorder.nothingSelected"));
    const products = chosen.flatMap((row): Sent[] => {
      const reading = readAmount(textOf(row), locale);
      if (!("decimal" in reading)) return [];
      const { product_id, to_reorder } = row;
      // What follows from the list is left to the server.
      const own = reading.decimal === row.quantity ? {} : { quantity: reading.decimal };
      return [{ product_id, to_reorder, ...own, ...(supplierId === null ? {} : { supplier_id: supplierId }) }];
    });
    if (products.length > 0 && products.length === chosen.length) void send(products, isSubmitting);
  };
  const issueAt = (row: Reorder) => {
    const { product_id } = row;
    const isTyped = typed.has(product_id) && selected.has(product_id);
    if (isTyped && !("decimal" in readAmount(textOf(row), locale))) return t("typing.number");
    const place = refused?.ids.indexOf(product_id) ?? -1;
    const issue = refused?.error.issues.find(({ pointer = "" }) => pointer.startsWith(`#/products/${place}/`));
    return place < 0 || issue === undefined ? undefined : issueText(issue, t, locale, "problem.rule");
  };
  const toggle = (id: number) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const isAll = selected.size === orderable.length;
  return {
    ...{
      selected,
      orderable,
      isSubmitting,
      setSubmitting,
      isBusy,
      textOf,
      issueAt,
      made: shown,
      dismiss,
      order,
      toggle,
    },
    toggleAll: () => setSelected(isAll ? new Set() : new Set(orderable.map((row) => row.product_id))),
    type: (id: number, text: string) => {
      setTyped(new Map([...typed, [id, text]]));
      if (!selected.has(id)) setSelected(new Set([...selected, id]));
    },
    refusal: refused === null || refused.error.issues.length > 0 ? null : words(refused.error),
  };
}

export type ReorderState = ReturnType<typeof useReorder>;
