"use client";
import type { PurchaseOrder } from "northwind-api/src/purchasing/fields.ts";
import { useEffect, useRef, useState } from "react";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import { useToast } from "../../components/toast.tsx";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useRefresh } from "../../shell/connection/connection.ts";

/** The actions that move a purchase order on, in the order in which the page shows them. */
export const purchaseActions = ["submit", "approve", "receive", "close", "cancel"] as const;
export type PurchaseAction = (typeof purchaseActions)[number];

/** Carries an action out, once however often it is clicked. Gives why it was refused, or null. */
export function usePurchaseActions({ id }: PurchaseOrder, etag: string | null) {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const refusalOf = useRefusalText();
  const running = useRef(false);
  const attempt = useRef({ text: "", key: "" });
  /** The newest version that is known: what one's own actions made of it is no conflict. */
  const version = useRef(etag);
  useEffect(() => {
    version.current = etag;
  }, [etag]);
  const [isRunning, setRunning] = useState(false);
  const act = async (action: PurchaseAction, body?: object): Promise<string | null> => {
    if (running.current) return null;
    running.current = true;
    setRunning(true);
    const text = JSON.stringify([action, version.current, body]);
    if (attempt.current.text !== text) attempt.current = { text, key: newKey() };
    const reply = await write<PurchaseOrder>({
      ...{
        method: "POST",
        path: `/api/purchase_orders/${id}/${action}`,
        etag: version.current,
        key: attempt.current.key,
      },
      ...(body === undefined ? {} : { body }),
    });
    running.current = false;
    setRunning(false);
    if (!reply.ok) {
      if (reply.status === 412) refresh();
      return refusalOf(reply);
    }
    version.current = reply.etag;
    toast.info(t(`purchase.done.${action}`, { number: String(id) }));
    refresh();
    return null;
  };
  return { act, isRunning };
}

/** Why a request was refused, each reason on its line. */
export function useRefusalText(): (error: ApiError) => string {
  const { t, locale } = useText();
  const words = useErrorText();
  return (error) => {
    if (error.status === 412) return t("purchase.changedMeanwhile");
    if (error.issues.length === 0) return words(error);
    return error.issues.map((issue) => issueText(issue, t, locale, "problem.rule")).join("\n");
  };
}
