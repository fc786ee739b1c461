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

/** The height of a row in pixels, from the style sheet: it depends on density, width and text size. */
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
