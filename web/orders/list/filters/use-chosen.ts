"use client";
import { useEffect, useState } from "react";
import { read } from "../../../api/browser.ts";
import type { OrderParty } from "../../../api/types.ts";
import type { Choice } from "../../../components/form/use-choices.ts";
import { choiceFrom, type PartyKind } from "./choices.ts";

/** The name behind the id in the address. `first` is the one the server looked up. */
export function useChosen(kind: PartyKind, id: string | undefined, first: Choice | null) {
  const [chosen, setChosen] = useState(first);
  const isKnown = id === undefined || chosen?.id === Number(id);
  useEffect(() => {
    if (isKnown || id === undefined) return;
    const request = new AbortController();
    void read<OrderParty>(`/api/${kind}/${id}`, request.signal).then((reply) => {
      if (!request.signal.aborted) setChosen(choiceFrom(kind, id, reply));
    });
    return () => request.abort();
  }, [kind, id, isKnown]);
  const value = id === undefined ? null : isKnown ? chosen : { id: Number(id), name: `#${id}` };
  return [value, setChosen] as const;
}
