"use client";
import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import { useEffect, useState } from "react";
import { read, write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import type { Order } from "../../api/types.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { useToast } from "../../components/toast.tsx";
import { amountText } from "../../form/amount-text.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import { useRefresh } from "../../shell/connection/connection.ts";
import { type Addressee, companyName } from "../names.ts";
import { orderPath } from "../order-path.ts";
import { nothingChosen, readQuantity, refusalOf, sentDay, today, useRefusalText, useSendLines } from "./lines.ts";

type Detail = NonNullable<Order["order_details"]>[number];

interface Opened {
  readonly order: Order;
  readonly etag: string | null;
  readonly picked?: ReadonlyMap<number, string>;
  readonly onClose: () => void;
}

interface Papers {
  readonly shipper: string;
  readonly tracking: string;
  readonly notes: string;
  readonly day: string;
}

/** The fields of the dialog, each of which shows its own issue. */
const fields = ["shipper_id", "shipped_date", "tracking_number", "notes"] as const;

/** A line of the dialog: how much of it can go (null while that is not known), and how much is typed. */
export interface ShipLine {
  readonly detail: Detail;
  readonly most: string | null;
  readonly typed: string;
  readonly issue: string | undefined;
}

export type Shipping = ReturnType<typeof useShipping>;

/** What is typed of a shipment, what is wrong with it, and how it is sent. */
export function useShipping({ order, etag, picked, onClose }: Opened) {
  const { t, locale } = useText();
  const toast = useToast();
  const refresh = useRefresh();
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(picked ?? new Map());
  const [papers, setPapers] = useState(() => blankPapers(order));
  const [isSubmitted, setSubmitted] = useState(false);
  const { known, refused, setRefused } = useShippable(order, etag);
  const shippers = useShippers(order);
  const { sent, send, isBusy } = useSendLines(order.id, "ship", etag);
  const details = order.order_details ?? [];
  const textOf = ({ id }: Detail) => typed.get(id) ?? amountText(known?.get(id), locale, 0);
  const readings = details.map((detail) => readQuantity(textOf(detail), locale));
  const lines = details.map((detail, place): ShipLine => {
    const issue = isSubmitted ? readings[place]?.issue : undefined;
    const said = refusalOf(refused, sent.current.indexOf(detail.id));
    return {
      ...{ detail, most: known?.get(detail.id) ?? null, typed: textOf(detail) },
      issue: issue === undefined ? said && issueText(said, t, locale, "problem.rule") : t(issue),
    };
  });
  const submit = async () => {
    setSubmitted(true);
    if (known === null || readings.some(({ issue }) => issue !== undefined)) return;
    const order_details = details.flatMap(({ id }, place) => {
      const quantity = readings[place]?.quantity ?? null;
      return quantity === null ? [] : [{ id, quantity }];
    });
    if (order_details.length === 0) return setRefused(nothingChosen);
    const reply = await send({ order_details, ...sentPapers(papers) });
    if (reply === null) return;
    if (!reply.ok) return setRefused(reply);
    toast.info(t("ship.done", { number: String(order.id) }));
    refresh();
    onClose();
  };
  const refusal = useRefusalText(refused, lines, fields);
  return {
    ...{ lines, papers, shippers, isBusy, refusal },
    type: (id: number, text: string) => setTyped(new Map([...typed, [id, text]])),
    write: (more: Partial<Papers>) => setPapers({ ...papers, ...more }),
    issueAt: (field: string) => {
      const issue = refused?.issues.find(({ pointer }) => pointer === `#/${field}`);
      return issue && issueText(issue, t, locale, "problem.rule");
    },
    submit: () => void submit(),
  };
}

function blankPapers({ shipper_id }: Order): Papers {
  return { shipper: String(shipper_id ?? ""), tracking: "", notes: "", day: today() };
}

function sentPapers({ shipper, tracking, notes, day }: Papers) {
  return {
    ...(shipper === "" ? {} : { shipper_id: Number(shipper) }),
    ...(tracking.trim() === "" ? {} : { tracking_number: tracking.trim() }),
    ...(notes.trim() === "" ? {} : { notes: notes.trim() }),
    ...sentDay("shipped_date", day),
  };
}

/** How much of each detail can go now: a rehearsal of shipping all that can be shipped says so. */
function useShippable(order: Order, etag: string | null) {
  const [known, setKnown] = useState<ReadonlyMap<number, string> | null>(null);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [{ id, order_details: before = [] }] = useState(order);
  const [version] = useState(etag);
  useEffect(() => {
    const rehearse = async () => {
      const path = `${orderPath(id)}/ship?dry_run=1`;
      const reply = await write<Order>({ method: "POST", path, body: {}, etag: version, key: newKey() });
      if (!reply.ok) return setRefused(reply);
      const shipped = new Map(before.map((detail) => [detail.id, toUnits(detail.shipped)]));
      const after = reply.data.order_details ?? [];
      setKnown(new Map(after.map((one) => [one.id, fromUnits(toUnits(one.shipped) - (shipped.get(one.id) ?? 0n))])));
    };
    void rehearse();
  }, [id, before, version]);
  return { known, refused, setRefused };
}

/** All shippers; until they are read, the one of the order. */
function useShippers({ shipper }: Order): readonly Choice[] {
  const own = shipper == null ? [] : [{ id: shipper.id, name: companyName(shipper) }];
  const [all, setAll] = useState<readonly Choice[]>(own);
  useEffect(() => {
    const aborting = new AbortController();
    const load = async () => {
      const reply = await read<readonly Addressee[]>("/api/shippers?limit=1000&sort=name", aborting.signal);
      if (reply.ok) setAll(reply.data.map((row) => ({ id: row.id, name: companyName(row) })));
    };
    void load();
    return () => aborting.abort();
  }, []);
  return all;
}
