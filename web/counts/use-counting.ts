"use client";
import type { StockCount } from "northwind-api/src/stock/counts/fields.ts";
import { useEffect, useRef, useState } from "react";
import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { Reply } from "../api/reply.ts";
import { amountText, readAmount } from "../form/amount-text.ts";
import { issueText } from "../messages/problem-text.ts";
import { useText } from "../messages/provider.tsx";
import { useErrorText } from "../messages/use-error-text.ts";

export type CountLine = NonNullable<StockCount["stock_count_details"]>[number];

/** What a line of the sheet shows beside what is stored: what is typed, and how saving it goes. */
interface LineState {
  readonly typed?: string;
  readonly isSaving?: boolean;
  readonly issue?: string;
}

export type Counting = ReturnType<typeof useCounting>;

/**
 * A sheet that several people fill in at once. Each line is saved when it is left, one after the other. Another line
 * that somebody else has counted meanwhile is no conflict; the same line is, and says so.
 */
export function useCounting(count: StockCount, etag: string | null) {
  const { t, locale } = useText();
  const words = useErrorText();
  const [lines, setLines] = useState<readonly CountLine[]>(count.stock_count_details ?? []);
  const [states, setStates] = useState<ReadonlyMap<number, LineState>>(new Map());
  const version = useRef(etag);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const stored = count.stock_count_details;
  // The page has read itself again: what others have counted shows, and is what is approved.
  useEffect(() => {
    version.current = etag;
    setLines(stored ?? []);
  }, [etag, stored]);
  const put = (id: number, state: LineState) => setStates((before) => new Map([...before, [id, state]]));
  const send = async (product_id: number, counted: string | null, seen: string | null): Promise<Reply<StockCount>> => {
    const body = { stock_count_details: [{ product_id, counted }] };
    const path = `/api/stock_counts/${count.id}`;
    const reply = await write<StockCount>({ method: "PUT", path, body, etag: version.current, key: newKey() });
    if (reply.ok || reply.status !== 412) return reply;
    const now = linesIn(reply.current);
    version.current = reply.etag;
    setLines((before) => now ?? before);
    const line = now?.find((one) => one.product_id === product_id);
    // Somebody else has counted this very line: who counted is asked again.
    return line === undefined || line.counted !== seen ? reply : send(product_id, counted, seen);
  };
  const save = (line: CountLine) => {
    const { product_id } = line;
    const state = states.get(product_id);
    if (state?.typed === undefined) return;
    const read = readCounted(state.typed, locale);
    if ("issue" in read) return put(product_id, { ...state, issue: t(`typing.${read.issue}`) });
    if (read.counted === line.counted) return put(product_id, {});
    put(product_id, { typed: state.typed, isSaving: true });
    queue.current = queue.current.then(async () => {
      const reply = await send(product_id, read.counted, line.counted);
      if (reply.ok) {
        version.current = reply.etag;
        setLines((before) => linesIn(reply.data) ?? before);
        return put(product_id, {});
      }
      const [issue] = reply.issues;
      const said = issue === undefined ? words(reply) : issueText(issue, t, locale, "problem.rule");
      put(product_id, { typed: state.typed ?? "", issue: reply.status === 412 ? t("counts.changedLine") : said });
    });
  };
  return {
    ...{ lines, save, version },
    typedOf: (line: CountLine) => states.get(line.product_id)?.typed ?? amountText(line.counted, locale, 0),
    stateOf: ({ product_id }: CountLine) => states.get(product_id) ?? {},
    type: (line: CountLine, typed: string) => put(line.product_id, { typed }),
    /** When everything that was left is saved. */
    settled: () => queue.current,
    done: lines.filter(({ counted }) => counted !== null).length,
  };
}

/** The lines of a count in an answer. */
function linesIn(current: unknown): readonly CountLine[] | null {
  const isCount = (value: unknown): value is Pick<StockCount, "stock_count_details"> =>
    typeof value === "object" && value !== null && "stock_count_details" in value;
  return isCount(current) ? (current.stock_count_details ?? null) : null;
}

function readCounted(typed: string, locale: Parameters<typeof readAmount>[1]) {
  if (typed.trim() === "") return { counted: null };
  const reading = readAmount(typed, locale);
  if ("refusal" in reading)
    return { issue: reading.refusal === "decimal-format" ? "number" : reading.refusal } as const;
  if (reading.decimal.startsWith("-")) return { issue: "negative" } as const;
  return { counted: reading.decimal };
}
