"use client";
import { useSyncExternalStore } from "react";
import { cardHeight, type Density, rowHeights } from "./columns.ts";

const phone = "(max-width: 39.999rem)";
const usualRem = 16;

function watch(changed: () => void): () => void {
  const media = matchMedia(phone);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}

/** The height of a row in pixels, as the style sheet has it: by the density, the width and the size of letters. */
export function useRowHeight(density: Density): number {
  return useSyncExternalStore(
    watch,
    () => {
      const rem = Number.parseInt(getComputedStyle(document.documentElement).fontSize, 10) || usualRem;
      return (matchMedia(phone).matches ? cardHeight : rowHeights[density]) * rem;
    },
    () => rowHeights[density] * usualRem,
  );
}
