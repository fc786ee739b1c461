"use client";
import { lazy, Suspense, useEffect, useState } from "react";

// Keys, palette, waiting writes: nothing of a page waits for them, so they come when it is at rest, or used before that.
const Desk = lazy(async () => ({ default: (await import("./desk.tsx")).Desk }));

const signsOfUse = ["pointermove", "pointerdown", "touchstart", "focusin"] as const;

/** What was done before the desk was there to hear it: it makes up for that, and then hears for itself. */
export interface Missed {
  readonly keys: KeyboardEvent[];
  /** The button of the palette was pressed. */
  palette: boolean;
  /** What was typed for the palette before it had a field to type into. */
  text: string;
  /** All of it has been made up for. */
  isHeard: boolean;
}

const restMs = 1000;

/** Calls when the browser has nothing better to do. Safari has no word for that. */
function atRest(call: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(call, restMs);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call, { timeout: restMs });
  return () => cancelIdleCallback(handle);
}

/** What makes a page a desk to work at; no key, movement or touch before it was there is lost. */
export function InUse() {
  const [missed, setMissed] = useState<Missed | null>(null);
  useEffect(() => {
    const first: Missed = { keys: [], palette: false, text: "", isHeard: false };
    const use = (event: Event) => {
      if (event.type === "pointerdown" || event.type === "touchstart") first.palette ||= isOnPaletteButton(event);
      setMissed(first);
    };
    const onKey = (event: KeyboardEvent) => {
      if (first.isHeard) return;
      first.keys.push(event);
      // The browser's own find would come up before ours is loaded.
      if ((event.ctrlKey || event.metaKey) && event.key === "k") event.preventDefault();
      setMissed(first);
    };
    addEventListener("keydown", onKey);
    for (const sign of signsOfUse) addEventListener(sign, use, { passive: true });
    const cancel = atRest(() => setMissed(first));
    return () => {
      cancel();
      removeEventListener("keydown", onKey);
      for (const sign of signsOfUse) removeEventListener(sign, use);
    };
  }, []);
  if (missed === null) return null;
  return (
    <Suspense>
      <Desk missed={missed} />
    </Suspense>
  );
}

function isOnPaletteButton({ target }: Event): boolean {
  return target instanceof Element && target.closest("[data-opens-palette]") !== null;
}
