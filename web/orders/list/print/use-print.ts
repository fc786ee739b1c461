"use client";
import { useEffect, useRef, useState } from "react";
import { read } from "../../../api/browser.ts";
import { unreachable } from "../../../api/reply.ts";
import type { Order } from "../../../api/types.ts";
import { useToast } from "../../../components/toast.tsx";
import { useErrorText } from "../../../messages/use-error-text.ts";
import { type ListedOrder, listedOrder, listInclude } from "../paging/listed-order.ts";
import type { PrintedList } from "./printed-list.tsx";

/** So many orders are some fifty sheets, and one page of the API. For more there is the exported file. */
export const mostPrinted = 1000;

/** The orders of a list that are printed. */
export interface PrintedOrders {
  /** The list: its filters and its sort. */
  readonly params: string;
  readonly orders: readonly ListedOrder[];
  /** More orders match than are printed. */
  readonly hasMore: boolean;
  /** What prints them. It arrives with them, because a part that is still loading would not be on the paper. */
  readonly List: typeof PrintedList;
}

/**
 * Prints a list: reads all its orders first, because the browser's own way to print waits for nothing. `printed` is
 * there only while the browser prints.
 */
export function usePrint(params: string) {
  const toast = useToast();
  const words = useErrorText();
  const [printed, setPrinted] = useState<PrintedOrders | null>(null);
  const [isReading, setReading] = useState(false);
  const running = useRef(false);
  useEffect(() => {
    if (printed === null) return;
    const done = () => setPrinted(null);
    addEventListener("afterprint", done);
    window.print();
    return () => removeEventListener("afterprint", done);
  }, [printed]);
  const print = async () => {
    if (running.current) return;
    running.current = true;
    setReading(true);
    const [reply, list] = await Promise.all([
      read<readonly Order[]>(`/api/orders?${params}&${listInclude}&limit=${mostPrinted}`),
      import("./printed-list.tsx").catch(() => null),
    ]);
    running.current = false;
    setReading(false);
    if (!reply.ok) return toast.error(words(reply));
    if (list === null) return toast.error(words(unreachable()));
    const orders = reply.data.map(listedOrder);
    setPrinted({ params, orders, hasMore: reply.page?.next_cursor != null, List: list.PrintedList });
  };
  return { printed: printed?.params === params ? printed : null, print, isReading };
}
