"use client";
import { useEffect, useState } from "react";
import { read } from "../../../api/browser.ts";
import { type CountsAnswer, countsPath, type StatusCounts, statusCounts } from "./counts.ts";

export interface FirstCounts {
  readonly path: string;
  readonly answer: CountsAnswer | null;
}

/** The counts on the tabs, read again when the filters or `version` change. */
export function useCounts(params: string, first: FirstCounts, version: number): StatusCounts | null {
  const path = countsPath(params);
  const [found, setFound] = useState(first);
  const isHere = found.path === path && found.answer !== null;
  useEffect(() => {
    if (isHere && version === 0) return;
    const request = new AbortController();
    void read<CountsAnswer>(path, request.signal).then((reply) => {
      if (reply.ok) setFound({ path, answer: reply.data });
    });
    return () => request.abort();
  }, [path, isHere, version]);
  return isHere && found.answer !== null ? statusCounts(found.answer) : null;
}
