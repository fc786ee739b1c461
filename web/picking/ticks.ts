"use client";
import { useEffect, useState } from "react";
import { ownKey } from "../api/session/own-key.ts";

const storeKey = "picked";
/** More than anybody picks in a day; the oldest are forgotten first. */
const mostKept = 2000;

/** What is ticked off, remembered by this browser, so that a reload or a locked phone loses nothing. */
export function useTicks() {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // The server knows nothing of it.
  useEffect(() => setTicked(readTicks()), []);
  const tick = (ticks: readonly string[], isTicked: boolean) => {
    const now = readTicks();
    for (const one of ticks) {
      now.delete(one);
      if (isTicked) now.add(one);
    }
    storeTicks(now);
    setTicked(now);
  };
  return { ticked, tick };
}

function readTicks(): Set<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(ownKey(storeKey)) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : []);
  } catch (error) {
    console.warn("What was ticked off cannot be read:", error);
    return new Set();
  }
}

function storeTicks(ticks: ReadonlySet<string>): void {
  try {
    localStorage.setItem(ownKey(storeKey), JSON.stringify([...ticks].slice(-mostKept)));
  } catch (error) {
    console.warn("What is ticked off is not stored:", error);
  }
}
