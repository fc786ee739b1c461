"use client";
import { businessDay } from "northwind-api/src/company/business-time.ts";
import { toUnits } from "northwind-api/src/contract/decimal.ts";
import { useRef, useState } from "react";
import { write } from "../../api/browser.ts";
import { company } from "../../api/company.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import { readAmount } from "../../form/amount-text.ts";
import { issueText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/provider.tsx";
import type { Locale, MessageKey } from "../../messages/text.ts";
import { useErrorText } from "../../messages/use-error-text.ts";
import { flush } from "../../undo/hold-writes.ts";
import { orderPath } from "../order-path.ts";

/*
 * What shipping and returning share: quantities of the lines of an order, sent once, and refused line by line.
 */

/** Said in place of an answer: there is nothing to send. */
export const nothingChosen: ApiError = {
  ...{ ok: false, status: 422, code: "nothing-chosen", message: "", issues: [], current: null, etag: null },
  requestId: null,
};

/** Why all of it was refused: what is shown at no line and at no field. */
export function useRefusalText(
  refused: ApiError | null,
  lines: readonly { readonly issue: string | undefined }[],
  fields: readonly string[],
): string | null {
  const { t, locale } = useText();
  const words = useErrorText();
  if (refused === null) return null;
  if (refused === nothingChosen) return t("lines.nothingChosen");
  if (refused.status === 412) return t("lines.changedMeanwhile");
  const isAtField = (pointer = "") => fields.some((field) => pointer === `#/${field}`);
  const isAtLine = (pointer = "") => /^#\/order_details\/\d/.test(pointer) && lines.some(({ issue }) => issue);
  const others = refused.issues.filter(({ pointer }) => !isAtField(pointer) && !isAtLine(pointer));
  if (others.length > 0) return others.map((issue) => issueText(issue, t, locale, "problem.rule")).join("\n");
  return refused.issues.length > 0 ? null : words(refused);
}

/** What the API says of a line that was sent. */
export function refusalOf(refused: ApiError | null, place: number) {
  if (place < 0) return undefined;
  return refused?.issues.find(({ pointer = "" }) => `${pointer}/`.startsWith(`#/order_details/${place}/`));
}

interface Reading {
  /** Null for none of it. */
  readonly quantity: string | null;
  readonly issue?: MessageKey;
}

/** How much of a line is typed, or what is wrong with it. */
export function readQuantity(typed: string, locale: Locale): Reading {
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

/** The day of the company, by the clock of the user. */
export function today(): string {
  return businessDay(company().timeZone);
}

/** A day as it is sent. Today is left to the server, which knows the time. */
export function sentDay(field: "shipped_date" | "returned_date", day: string): Readonly<Record<string, string>> {
  return day === "" || day === today() ? {} : { [field]: `${day}T00:00:00` };
}

/** Sends lines of an order to one of its actions, once, however often it is clicked. */
export function useSendLines(id: number, action: "ship" | "returns", etag: string | null) {
  const attempt = useRef({ body: "", key: "" });
  const running = useRef(false);
  /** The ids of the lines that were sent last, in their order: issues name them by their place. */
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
    const path = `${orderPath(id)}/${action}`;
    const version = own?.etag ?? etag;
    const reply = await write<unknown>({ method: "POST", path, body, etag: version, key: attempt.current.key });
    running.current = false;
    setBusy(false);
    return reply;
  };
  return { sent, send, isBusy };
}
