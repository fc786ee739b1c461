"use client";
import { type ComponentType, useEffect, useState } from "react";
import type { DeskProps } from "./interactive-shell.tsx";

const signsOfUse = ["pointermove", "pointerdown", "touchstart", "focusin"] as const;

/** What was done before the desk was there to hear it: it makes up for that, and then hears for itself. */
export interface Missed {
  readonly keys: KeyboardEvent[];
  /** The frame's controls that were used. */
  readonly controls: HTMLElement[];
  /** What a control of the frame does, from when the desk is there. */
  use: ((control: HTMLElement) => void) | null;
  /** The page that was in front. */
  readonly path: string;
  /** What was typed for the palette before it had a field to type into. */
  text: string;
  /** All keys have been made up for. */
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

/** Hears everything from the first moment on; `wake` is called for every sign that the page is used. */
function listen(missed: Missed, wake: () => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (missed.isHeard) return;
    missed.keys.push(event);
    // The browser's own find would come up before ours is loaded.
    if ((event.ctrlKey || event.metaKey) && event.key === "k") event.preventDefault();
    wake();
  };
  const onControl = ({ type, target }: Event) => {
    const control = target instanceof Element ? target.closest<HTMLElement>("[data-frame]") : null;
    // A list is used when another choice is made, a button when it is pressed.
    if (control === null || (type === "change") !== control instanceof HTMLSelectElement) return;
    if (missed.use === null) missed.controls.push(control);
    else missed.use(control);
    wake();
  };
  const all = new AbortController();
  const { signal } = all;
  addEventListener("keydown", onKey, { signal });
  for (const type of ["click", "change"]) addEventListener(type, onControl, { signal });
  for (const sign of signsOfUse) addEventListener(sign, wake, { signal, passive: true });
  return () => all.abort();
}

interface Loaded {
  readonly Desk: ComponentType<DeskProps>;
  readonly missed: Missed;
}

/**
 * What makes a page a desk to work at: keys, palette, waiting writes, the words in the frame. Nothing of a page waits for
 * them, so they come when it is at rest, or used before that; no key, movement or touch before they are there is lost.
 */
export function InUse() {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    const { pathname: path } = location;
    const missed: Missed = { keys: [], controls: [], use: null, path, text: "", isHeard: false };
    let isWoken = false;
    const wake = async () => {
      if (isWoken) return;
      isWoken = true;
      try {
        const { Desk } = await import("./interactive-shell.tsx");
        setLoaded({ Desk, missed });
      } catch {
        // Without a network it did not come; the next sign of use asks for it again.
        isWoken = false;
      }
    };
    const deafen = listen(missed, () => void wake());
    const cancel = atRest(() => void wake());
    return () => {
      cancel();
      deafen();
    };
  }, []);
  return loaded === null ? null : <loaded.Desk missed={loaded.missed} />;
}
