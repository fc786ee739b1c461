"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useText } from "../../messages/provider.tsx";
import { type Command, useAllCommands } from "./registry.tsx";
import { exactFirst, type Findings, isCalled, orderNumber, search } from "./search.ts";

/** A row of the palette: something that was found, or something to do. */
export interface Row {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly keys: string | null;
  /** It is called exactly what was typed. */
  readonly isExact: boolean;
  readonly run: () => void;
}

const waitMs = 80;

interface Found extends Findings {
  readonly typed: string;
}
const nothing: Found = { typed: "", hits: [], areOrdersSearched: true };

/** What was found in the API for the typed text, a moment after typing stopped; until then, for an earlier text. */
function useSearch(typed: string): Findings & { readonly isFresh: boolean } {
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    const request = new AbortController();
    const timer = setTimeout(async () => {
      const findings = await search(typed, request.signal);
      if (!request.signal.aborted) setFound({ typed, ...findings });
    }, waitMs);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [typed]);
  if (typed.trim() === "") return { ...nothing, isFresh: true };
  return { ...found, isFresh: found.typed === typed };
}

/** The rows for the typed text. They are final when `isFresh`: what is called exactly what was typed comes first. */
export function usePaletteRows(typed: string): { readonly rows: readonly Row[]; readonly isFresh: boolean } {
  const { t } = useText();
  const router = useRouter();
  const { hits, areOrdersSearched, isFresh } = useSearch(typed);
  const words = typed.trim().toLowerCase();
  const fits = ({ id, label }: Command) => id !== "palette" && t(label).toLowerCase().includes(words);
  const found = hits.map(({ key, name, title, about, href, isExact }) => ({
    ...{ key, name: title === undefined ? name : t(title.key, { number: title.number }), about, isExact },
    keys: null,
    run: () => router.push(href),
  }));
  const number = orderNumber(typed);
  const key = `order-${number}`;
  // A number is an order until the search has shown that there is none.
  const mayExist = number !== null && !(isFresh && areOrdersSearched);
  const missing = mayExist && !hits.some((hit) => hit.key === key) ? number : null;
  const openOrder = {
    ...{ key, name: t("palette.openOrder", { id: missing ?? "" }), about: "", keys: null, isExact: false },
    run: () => router.push(`/orders/${missing}`),
  };
  const commands = useAllCommands()
    .filter(fits)
    .map(({ id, label, keys, run }) => {
      return { key: id, name: t(label), about: "", keys, isExact: words !== "" && isCalled(t(label), words), run };
    });
  const isExactFound = found.some(({ isExact }) => isExact);
  const order = missing === null ? [] : [openOrder];
  return {
    rows: exactFirst(isExactFound ? [...found, ...order, ...commands] : [...order, ...found, ...commands]),
    isFresh,
  };
}
