"use client";
import { fromUnits } from "northwind-api/src/contract/decimal.ts";
import { outOf, quantitiesOf } from "northwind-api/src/orders/stock/quantities.ts";
import { useState } from "react";
import type { ApiError } from "../../api/reply.ts";
import type { Order } from "../../api/types.ts";
import { useToast } from "../../components/toast.tsx";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import type { Disposition } from "../dispositions.ts";
import { nothingChosen, readQuantity, refusalOf, sentDay, today, useRefusalText, useSendLines } from "./lines.ts";

type Detail = NonNullable<Order["order_details"]>[number];

/** The fields of the dialog, each of which shows its own issue. */
const fields = ["reason", "returned_date"] as const;

interface Row {
  readonly typed: string;
  readonly disposition: Disposition;
}

/** A line of which something is out: how much, and what of it comes back. */
export interface ReturnLine extends Row {
  readonly detail: Detail;
  readonly most: string;
  readonly issue: string | undefined;
}

export type Returning = ReturnType<typeof useReturning>;

const blank: Row = { typed: "", disposition: "stock" };

interface Opened {
  readonly order: Order;
  readonly etag: string | null;
  readonly onClose: () => void;
}

/** What is typed of a return, what is wrong with it, and how it is sent. */
export function useReturning({ order, etag, onClose }: Opened) {
  const { t, locale } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const [rows, setRows] = useState<ReadonlyMap<number, Row>>(new Map());
  const [papers, setPapers] = useState({ reason: "", day: today() });
  const [isSubmitted, setSubmitted] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const { sent, send, isBusy } = useSendLines(order.id, "returns", etag);
  const out = (order.order_details ?? []).filter((detail) => outOf(quantitiesOf(detail)) > 0n);
  const rowOf = ({ id }: Detail) => rows.get(id) ?? blank;
  const readings = out.map((detail) => readQuantity(rowOf(detail).typed, locale));
  const lines = out.map((detail, place): ReturnLine => {
    const issue = isSubmitted ? readings[place]?.issue : undefined;
    const said = refusalOf(refused, sent.current.indexOf(detail.id));
    return {
      ...{ detail, most: fromUnits(outOf(quantitiesOf(detail))), ...rowOf(detail) },
      issue: issue === undefined ? said && issueText(said, t, locale, "problem.rule") : t(issue),
    };
  });
  const reason = papers.reason.trim();
  const submit = async () => {
    setSubmitted(true);
    if (readings.some(({ issue }) => issue !== undefined)) return;
    const order_details = out.flatMap((detail, place) => {
      const quantity = readings[place]?.quantity ?? null;
      return quantity === null ? [] : [{ id: detail.id, quantity, disposition: rowOf(detail).disposition }];
    });
    if (order_details.length === 0) return setRefused(nothingChosen);
    setRefused(null);
    if (reason === "") return;
    const reply = await send({ ...{ reason, order_details }, ...sentDay("returned_date", papers.day) });
    if (reply === null) return;
    if (!reply.ok) return setRefused(reply);
    toast.info(t("return.done", { number: String(order.id) }));
    refresh();
    onClose();
  };
  const refusal = useRefusalText(refused, lines, fields);
  return {
    ...{ lines, papers, isBusy, refusal },
    change: (id: number, more: Partial<Row>) =>
      setRows(new Map([...rows, [id, { ...(rows.get(id) ?? blank), ...more }]])),
    write: (more: Partial<typeof papers>) => setPapers({ ...papers, ...more }),
    issueAt: (field: (typeof fields)[number]) => {
      if (field === "reason" && isSubmitted && reason === "") return t("typing.required");
      const issue = refused?.issues.find(({ pointer }) => pointer === `#/${field}`);
      return issue && issueText(issue, t, locale, "problem.rule");
    },
    submit: () => void submit(),
  };
}
