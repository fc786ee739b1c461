"use client";
import { useEffect, useState } from "react";
import { read } from "../../../api/browser.ts";
import type { OrderContact } from "../../../api/types.ts";
import type { Choice } from "../../../components/form/use-choices.ts";
import { type ContactResource, choiceFrom } from "./choices.ts";

/** The name behind the id in the address; `none` is nobody. `first` is the one the server looked up. */
export function useFilterChoice(kind: ContactResource, filter: string | undefined, first: Choice | null) {
  const id = filter === "none" ? undefined : filter;
  const [choice, setChoice] = useState(first);
  const isKnown = id === undefined || choice?.id === Number(id);
  useEffect(() => {
    if (isKnown || id === undefined) return;
    const request = new AbortController();
    void read<OrderContact>(`/api/${kind}/${id}`, request.signal).then((reply) => {
      if (!request.signal.aborted) setChoice(choiceFrom(kind, id, reply));
    });
    return () => request.abort();
  }, [kind, id, isKnown]);
  const value = id === undefined ? null : isKnown ? choice : { id: Number(id), name: `#${id}` };
  return [value, setChoice] as const;
}
