"use client";
import { businessDay } from "northwind-api/src/company/business-time.ts";
import { fromUnits, toUnits } from "northwind-api/src/contract/decimal.ts";
import { useEffect, useRef, useState } from "react";
import { read, write } from "../../api/browser.ts";
import { company } from "../../api/company.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import type { Order } from "../../api/types.ts";
import type { Choice } from "../../components/form/use-choices.ts";
import { useToast } from "../../components/toast.tsx";
import { amountText, readAmount } from "../../form/amount-text.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import type { Locale, MessageKey } from "../../messages/text.ts";
import { useErrorText } from "../../messages/use-error-text.ts";
import { useRefresh } from "../../shell/connection/connection.ts";
import { flush } from "../../undo/hold-writes.ts";
import { type Addressee, companyName } from "../names.ts";
import { orderPath } from "../order-path.ts";

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
  const { sent, send, isBusy } = useSend(order, etag);
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
  const refusal = useRefusalText(refused, lines);
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

/** Said in place of an answer: there is nothing to send. */
const nothingChosen: ApiError = {
  ...{ ok: false, status: 422, code: "nothing-chosen", message: "", issues: [], current: null, etag: null },
  requestId: null,
};

/** Why all of it was refused: what is shown at no line and at no field. */
function useRefusalText(refused: ApiError | null, lines: readonly ShipLine[]): string | null {
  const { t, locale } = useText();
  const words = useErrorText();
  if (refused === null) return null;
  if (refused === nothingChosen) return t("ship.nothingChosen");
  if (refused.status === 412) return t("ship.changedMeanwhile");
  const isShown = (pointer = "") => /^#\/(shipper_id|shipped_date|tracking_number|notes)$/.test(pointer);
  const isAtLine = (pointer = "") => /^#\/order_details\/\d/.test(pointer) && lines.some(({ issue }) => issue);
  const others = refused.issues.filter(({ pointer }) => !isShown(pointer) && !isAtLine(pointer));
  if (others.length > 0) return others.map((issue) => issueText(issue, t, locale, "problem.rule")).join("\n");
  return refused.issues.length > 0 ? null : words(refused);
}

/** What the API says of a line that was sent. */
function refusalOf(refused: ApiError | null, place: number) {
  if (place < 0) return undefined;
  return refused?.issues.find(({ pointer = "" }) => `${pointer}/`.startsWith(`#/order_details/${place}/`));
}

interface Reading {
  /** Null for none of it. */
  readonly quantity: string | null;
  readonly issue?: MessageKey;
}

function readQuantity(typed: string, locale: Locale): Reading {
  if (typed.trim() === "") return { quantity: null };
  const reading = readAmount(typed, locale);
  if ("refusal" in reading) {
    const issue = reading.refusal === "decimal-format" ? "number" : reading.refusal;
    return { quantity: null, issue: `typing.${issue}` };
  }
  const units = toUnits(reading.decimal);
  if (units < 0n) return { quantity: null, issue: "typing.negative" };
  return { quantity: units === 0n ? null : reading.decimal };
}

function today(): string {
  return businessDay(company().timeZone);
}

function blankPapers({ shipper_id }: Order): Papers {
  return { shipper: String(shipper_id ?? ""), tracking: "", notes: "", day: today() };
}

/** Of today is left to the server, which knows the time. */
function sentPapers({ shipper, tracking, notes, day }: Papers) {
  return {
    ...(shipper === "" ? {} : { shipper_id: Number(shipper) }),
    ...(tracking.trim() === "" ? {} : { tracking_number: tracking.trim() }),
    ...(notes.trim() === "" ? {} : { notes: notes.trim() }),
    ...(day === "" || day === today() ? {} : { shipped_date: `${day}T00:00:00` }),
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

/** Sends a shipment once, however often it is clicked. */
function useSend({ id }: Order, etag: string | null) {
  const attempt = useRef({ body: "", key: "" });
  const running = useRef(false);
  const sent = useRef<readonly number[]>([]);
  const [isBusy, setBusy] = useState(false);
  const send = async (body: { readonly order_details: readonly { readonly id: number }[] }) => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    const text = JSON.stringify(body);
    if (attempt.current.body !== text) attempt.current = { body: text, key: newKey() };
    sent.current = body.order_details.map((detail) => detail.id);
    const own = (await flush(orderPath(id))).findLast(({ ok }) => ok);
    const version = own?.etag ?? etag;
    const reply = await write<Order>({
      ...{ method: "POST", path: `${orderPath(id)}/ship`, body, etag: version, key: attempt.current.key },
    });
    running.current = false;
    setBusy(false);
    return reply;
  };
  return { sent, send, isBusy };
}
