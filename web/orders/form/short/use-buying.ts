"use client";
import { useRef, useState } from "react";
import { write } from "../../../api/browser.ts";
import { newKey } from "../../../api/key.ts";
import type { ApiError } from "../../../api/reply.ts";
import type { Order } from "../../../api/types.ts";
import { isFinal } from "../../../form/save.ts";
import { issueText } from "../../../messages/problem-text.ts";
import { useText } from "../../../messages/provider.tsx";
import { orderPath } from "../../order-path.ts";
import type { SavedOrder } from "../saving.ts";
import type { LineToBuy } from "./lines-to-buy.ts";

/** An order that is saved, and for which nothing was bought, or nobody knows. */
export interface NotBought {
  readonly saved: SavedOrder;
  readonly lines: readonly LineToBuy[];
  readonly error: ApiError;
  /** What each of its issues says, in the language of the page. */
  readonly said: readonly string[];
  /** Nothing was bought, for sure. Otherwise the same is sent again, and carried out once. */
  readonly isFinal: boolean;
}

/** Called with the ids of the purchase orders that were made. */
type Done = (saved: SavedOrder, purchases: readonly number[]) => void;

/** Buys what is missing of a saved order, once, however often it is tried. */
export function useBuying(onDone: Done) {
  const { t, locale } = useText();
  const [notBought, setNotBought] = useState<NotBought | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = useRef({ text: "", key: "" });
  const running = useRef(false);
  const buy = async (saved: SavedOrder, lines: readonly LineToBuy[]) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    const body = { order_details: lines.map(({ id, supplier_id }) => ({ id, supplier_id })) };
    const text = JSON.stringify(body);
    // The first attempt has the key of the write which saved the order: whoever saves it again after a reload, which
    // repeats that write, repeats the purchase, too.
    if (attempt.current.text !== text)
      attempt.current = { text, key: attempt.current.key === "" ? saved.key : newKey() };
    const path = `${orderPath(saved.row.id)}/purchase`;
    const reply = await write<Order>({ method: "POST", path, body, key: attempt.current.key });
    const said = reply.ok ? [] : reply.issues.map((issue) => issueText(issue, t, locale, "problem.rule"));
    running.current = false;
    setBusy(false);
    if (reply.ok) {
      setNotBought(null);
      onDone(saved, purchasesOf(reply.data, lines));
      return;
    }
    const isNothingDone = isFinal(reply);
    // What was refused is another attempt when it is tried again.
    if (isNothingDone) attempt.current = { text: "", key: "refused" };
    setNotBought({ saved, lines, error: reply, said, isFinal: isNothingDone });
  };
  return {
    ...{ notBought, isBusy, buy },
    again: (lines: readonly LineToBuy[]) => {
      if (notBought !== null) void buy(notBought.saved, lines);
    },
    /** Goes on without buying. */
    leave: () => {
      setNotBought(null);
      if (notBought !== null) onDone(notBought.saved, []);
    },
  };
}

function purchasesOf({ order_details = [] }: Order, lines: readonly LineToBuy[]): readonly number[] {
  const bought = order_details.filter(({ id }) => lines.some((line) => line.id === id));
  return [...new Set(bought.flatMap(({ purchase_order_id }) => purchase_order_id ?? []))].sort((a, b) => a - b);
}
