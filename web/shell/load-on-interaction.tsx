"use client";
import { type ComponentType, useEffect, useState } from "react";
import type { EarlyInput } from "./early-input.ts";

const interactions = ["pointermove", "pointerdown", "touchstart", "focusin"] as const;

const restMs = 1000;

/** Calls back when the browser is idle. Safari has no `requestIdleCallback`. */
function whenIdle(call: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(call, restMs);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(call, { timeout: restMs });
  return () => cancelIdleCallback(handle);
}

/** Records input from the first moment on; every interaction calls `load`. */
function record(early: EarlyInput, load: () => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (early.isReplayed) return;
    early.keys.push(event);
    // The browser's own search must not open before the palette is loaded.
    if ((event.ctrlKey || event.metaKey) && event.key === "k") event.preventDefault();
    load();
  };
  const onControl = ({ type, target }: Event) => {
    const control = target instanceof Element ? target.closest<HTMLElement>("[data-shell-action]") : null;
    // A select acts on its change, a button on its click.
    if (control === null || (type === "change") !== control instanceof HTMLSelectElement) return;
    if (early.use === null) early.controls.push(control);
    else early.use(control);
    load();
  };
  const listeners = new AbortController();
  const { signal } = listeners;
  addEventListener("keydown", onKey, { signal });
  for (const type of ["click", "change"]) addEventListener(type, onControl, { signal });
  for (const type of interactions) addEventListener(type, load, { signal, passive: true });
  return () => listeners.abort();
}

interface Loaded {
  readonly InteractiveShell: ComponentType<{ readonly early: EarlyInput }>;
  readonly early: EarlyInput;
}

/**
 * Loads the interactive shell (keys, palette, pending writes, messages) when the page is idle or first used, whichever
 * comes first: the first load of a page does not wait for it, and earlier input is replayed.
 */
export function LoadOnInteraction() {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    const { pathname: path } = location;
    const early: EarlyInput = { keys: [], controls: [], use: null, path, text: "", isReplayed: false };
    let isLoading = false;
    const load = async () => {
      if (isLoading) return;
      isLoading = true;
      try {
        const { InteractiveShell } = await import("./interactive-shell.tsx");
        setLoaded({ InteractiveShell, early });
      } catch {
        // Without a network it did not come; the next interaction asks for it again.
        isLoading = false;
      }
    };
    const stop = record(early, () => void load());
    const cancel = whenIdle(() => void load());
    return () => {
      cancel();
      stop();
    };
  }, []);
  return loaded === null ? null : <loaded.InteractiveShell early={loaded.early} />;
}
